"""Who is told by e-mail that a file was infected or recalled, and in which words."""

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.scanning.models import Notice
from portal.people.models import User
from portal.people.queries import people_with_role
from portal.people.roles import Role

_SUBJECT = {
    Notice.About.INFECTED: "A virus was found in an uploaded file",
    Notice.About.RECALLED: "A version was recalled",
}
_WHAT = {
    Notice.About.INFECTED: (
        "The virus check found {reason} in a file that was uploaded as version {number} of "
        "“{title}”.\n\nNobody can open it on the portal. Do not open it on your own computer, and "
        "tell whoever looks after your computers. Then upload a clean copy."
    ),
    Notice.About.RECALLED: (
        "Version {number} of “{title}” was recalled. Nobody can open it any more.\n\n"
        "Reason: {reason}\n\n"
        "If you saved a copy, do not open it and do not pass it on. Upload a new version to "
        "replace it."
    ),
}


def recipients(version: EvidenceVersion) -> list[User]:
    """Return who must know: the uploader, the owner, and the IG leads of the site."""
    evidence = version.evidence
    people = {version.uploaded_by, evidence.owner}
    people |= set(people_with_role([Role.IG_LEAD], evidence.site))
    reachable = [person for person in people if person.is_active and person.email]
    return sorted(reachable, key=lambda person: person.pk)


def send(notice: Notice) -> int:
    """Send the notice, one message a person; return how many. Raises SMTPException or OSError."""
    about = Notice.About(notice.about)
    version = notice.version
    link = settings.WAGTAILADMIN_BASE_URL + reverse(
        "evidence:detail", args=[version.evidence.public_id]
    )
    what = _WHAT[about].format(
        reason=notice.reason, number=version.number, title=version.evidence.title
    )
    messages = [
        EmailMessage(
            subject=f"{settings.PORTAL_NAME}: {_SUBJECT[about].lower()}",
            body=f"{what}\n\n{link}\n",
            to=[person.email],
        )
        for person in recipients(version)
        if person.email
    ]
    return int(get_connection().send_messages(messages) or 0) if messages else 0
