"""An inspector's packs, behind the key of their link, where their session's cookie is sent."""

from django.urls import path

from evidence_review.packs.views.inspector import ask_for_pack, download_pack, packs

app_name = "inspectors_packs"
urlpatterns = [
    path("<str:link_key>/packs/", packs, name="packs"),
    path("<str:link_key>/packs/ask/", ask_for_pack, name="ask"),
    path("<str:link_key>/packs/<str:public_id>/", download_pack, name="download"),
]
