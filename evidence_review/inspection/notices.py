"""What an inspector is told by e-mail: nothing but the code, the link and who invites."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from evidence_review.inspection.codes import LASTS, code_of, in_groups
from evidence_review.inspection.models import InspectorAccess, InspectorCode
from portal.people.queries import the_organisation


def link_of(access: InspectorAccess) -> str:
    """Return the whole address of an access, on the host name the portal is reached by."""
    path = reverse("inspection:open", args=[access.link_key])
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def send_code_mail(code: InspectorCode) -> None:
    """Mail the digits of a code to the inspector's work address."""
    context = {"code": in_groups(code_of(code)), "minutes": LASTS.seconds // 60}
    _send(code.access, "Your code for the evidence summary", "code", context)


def send_link_mail(access: InspectorAccess) -> None:
    """Mail the link to the inspector's work address."""
    _send(access, "Your link to the evidence summary", "link", {"link": link_of(access)})


def _send(access: InspectorAccess, subject: str, template: str, context: dict[str, Any]) -> None:
    organisation = the_organisation()
    provider = organisation.name if organisation else settings.PORTAL_NAME
    body = render_to_string(
        f"inspection/mail/{template}.txt", context | {"access": access, "provider": provider}
    )
    EmailMessage(subject, body, to=[access.email]).send()
