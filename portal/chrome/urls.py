"""The pages in the footer."""

from django.urls import path

from portal.chrome.views import Page

app_name = "chrome"
urlpatterns = [
    path("help/", Page.as_view(template_name="pages/help.html"), name="help"),
    path(
        "accessibility/",
        Page.as_view(template_name="pages/accessibility.html"),
        name="accessibility",
    ),
    path("privacy/", Page.as_view(template_name="pages/privacy.html"), name="privacy"),
]
