"""Pages for the tests of the chrome: every part on one page, and views that fail in every way."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from portal.chrome.dates import DateField3
from portal.chrome.forms import PlainForm
from portal.people.answers import NotPermitted
from portal.refused import Refused

GALLERY = """{% extends "base.html" %}{% load wellkept %}
{% block title %}{% error_prefix form %}Every part{% endblock %}
{% block back %}{% back_link "/" "Home" %}{% endblock %}
{% block content %}{% error_summary form %}<h1 class="wk-title">Every part</h1>
<div class="wk-row">{% state look %}{% state kind="done" word="Clean" icon="tick" %}
{% state kind="check" word="In review" icon="search" %}
{% state kind="todo" word="To read" icon="book" %}</div>
{% track steps %}{% track stopped %}
<form method="post" novalidate enctype="multipart/form-data">{% csrf_token %}{% fields form %}
<div class="wk-actions"><button class="nhsuk-button">Save</button>
<button class="nhsuk-button nhsuk-button--secondary" name="b">Not now</button></div></form>
{% pagination page %}{% endblock %}"""

INSPECTOR = """{% extends "base_inspector.html" %}
{% block title %}Summary{% endblock %}
{% block content %}<h1 class="wk-title">Summary</h1>{% endblock %}"""


class EveryField(PlainForm):
    """One field of each kind."""

    title = forms.CharField(max_length=20, help_text="As it should stand in lists.")
    note = forms.CharField(widget=forms.Textarea, required=False)
    review_date = DateField3(label="Review date", help_text="For example, 30 6 2027")
    site = forms.ChoiceField(choices=[("", "Choose one"), ("1", "Rowan House (demo)")])
    kind = forms.ChoiceField(
        choices=[("Documents", [("policy", "Policy")]), ("Other", [("photo", "Photo")])],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        choices=[("a", "Staff"), ("b", "Devices")], widget=forms.CheckboxSelectMultiple
    )
    sure = forms.BooleanField(label="I have covered all names")
    file = forms.FileField(help_text="Smaller than 100 MB.")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def gallery(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = {
        "form": EveryField(request.POST or None, request.FILES or None),
        "look": SimpleNamespace(kind="stop", icon="returned", label="Returned to you"),
        "steps": [("Uploaded", "done"), ("Virus check", "now"), ("Review", "later")],
        "stopped": [("Uploaded", "done"), ("Virus check", "stop"), ("Review", "later")],
        "page": Paginator(range(300), 20).page(int(request.GET.get("page", 1))),
    }
    return _drawn(GALLERY, context, request)


def inspector(request: HttpRequest) -> HttpResponse:
    context = {"inspector_name": "CQC inspector (demo)", "sign_out_url": "/leave/"}
    return _drawn(INSPECTOR, context, request)


def said(request: HttpRequest) -> HttpResponse:
    for level in (messages.SUCCESS, messages.INFO, messages.WARNING, messages.ERROR):
        messages.add_message(request, level, f"Said {level}")
    return _drawn(INSPECTOR, {}, request)


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<p>yes</p>")


def not_permitted(request: HttpRequest) -> HttpResponse:
    raise NotPermitted("You uploaded this, so someone else must approve it.")


class Quicker(Refused):
    """Somebody else did it first."""

    status = 409


def conflict(request: HttpRequest) -> HttpResponse:
    raise Quicker("Grace was a moment quicker.")


def denied(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Ask your IG lead.")


def missing(request: HttpRequest) -> HttpResponse:
    raise Http404("This policy was withdrawn.")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret detail")


def _drawn(template: str, context: dict[str, Any], request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(template).render(context, request))


urlpatterns = [
    path("account/", include("portal.people.sign_in_urls")),
    path("", include("portal.chrome.urls")),
    path("gallery/", gallery),
    path("inspector/", inspector),
    path("said/", said),
    path("not-permitted/", not_permitted),
    path("denied/", denied),
    path("conflict/", conflict),
    path("missing/", missing),
    path("broken/", broken),
    path("admin/", plain, name="wagtailadmin_home"),
    path("admin/editing-sessions/ping/", plain),
    path("", plain),
]
handler403 = "portal.chrome.errors.forbidden"
handler404 = "portal.chrome.errors.not_found"
handler500 = "portal.chrome.errors.server_error"
