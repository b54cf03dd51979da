"""Quality statements and what speaks to them, mounted at ``/well-led/``."""

from django.urls import URLPattern, path

from evidence_review.assessments.views.well_led import claims, reading

app_name = "well_led"
urlpatterns: list[URLPattern] = [
    path("", reading.statements, name="statements"),
    path("claims/<slug:public_id>/", reading.claim, name="claim"),
    path("claims/<slug:public_id>/change/", claims.change, name="change"),
    path("claims/<slug:public_id>/withdraw/", claims.withdraw, name="withdraw"),
    path("<slug:edition>/", reading.statements, name="edition"),
    path("<slug:edition>/<str:ref>/", reading.statement, name="statement"),
    path("<slug:edition>/<str:ref>/claims/add/", claims.add, name="add"),
]
