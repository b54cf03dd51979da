"""What is kept of people here, and how it is erased. See ``portal.people.traces``."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment
from wagtail.users.models import UserProfile

from portal.people.actions.person import end_sessions_of
from portal.people.models import ApiToken, Membership, User
from portal.people.traces import (
    ERASED_FIRST_NAME,
    ERASED_LAST_NAME,
    SHORTEST_WORD,
    Fate,
    Place,
    Subject,
)

_BLANK = {
    "first_name": ERASED_FIRST_NAME,
    "last_name": ERASED_LAST_NAME,
    "email": None,
    "job_title": "",
}


def subject_of(public_id: str) -> Subject | None:
    """Return the person with this public id."""
    person = User.objects.filter(public_id=public_id).first()
    if person is None:
        return None
    return Subject(
        ref=person.record_ref,
        actor_ref=person.actor_ref,
        label=str(person),
        words=_words_for(person),
        obstacle=_obstacle(person),
        url=reverse("people:person", args=[person.public_id]),
        person=person,
    )


def _obstacle(person: User) -> str:
    if person.erased_at is not None:
        return "The details of this person are erased already."
    if person.is_active:
        return f"The account of {person} is switched on. Switch it off first."
    return ""


def _words_for(person: User) -> tuple[str, ...]:
    """Return full names and addresses, now and before, but no name that somebody else has."""
    known = {(person.first_name, person.last_name, person.email or "")}
    rows = User.history.filter(id=person.pk).values_list("first_name", "last_name", "email")
    known |= {(first, last, email or "") for first, last, email in rows}
    words = {email for _, _, email in known if email}
    for first, last, _ in known:
        shared = User.objects.filter(first_name__iexact=first, last_name__iexact=last)
        if first and last and not shared.exclude(pk=person.pk).exists():
            words.add(f"{first} {last}")
    return tuple(sorted(word for word in words if len(word) >= SHORTEST_WORD))


def duties(subject: Subject) -> list[str]:
    """Say which roles still run."""
    if subject.person is None:
        return []
    today = timezone.localdate()
    running = Membership.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=today), person=subject.person
    ).count()
    return [f"{_many(running, 'role', 'roles')} of theirs still run: end them."] if running else []


def places(subject: Subject) -> list[Place]:
    """Say what is kept of their account."""
    person = subject.person
    if person is None:
        return []
    return [
        Place("Name, job title and e-mail address", 1, Fate.REPLACED),
        Place(
            "Earlier names, job titles and addresses",
            User.history.filter(id=person.pk).count(),
            Fate.REPLACED,
        ),
        Place(
            "Password, API tokens, sessions, picture",
            1 + ApiToken.objects.filter(person=person).count(),
            Fate.DELETED,
        ),
        Place(
            "Which roles they held, where and when",
            Membership.objects.filter(person=person).count(),
            Fate.KEPT,
            "It shows who was allowed to approve. It names nobody any more.",
        ),
        Place(
            "Comments they wrote on policies",
            Comment.objects.filter(user=person).count(),
            Fate.KEPT,
            "They are about the policy. They name nobody any more as their writer.",
        ),
    ]


def erase(subject: Subject) -> None:
    """Put "Erased person" in the place of the name, everywhere, and take away every way in."""
    person = subject.person
    if person is None:
        return
    now = timezone.now()
    # Without a new row of history, which would only keep the day of the erasure once more.
    User.objects.filter(pk=person.pk).update(**_BLANK, password=make_password(None), erased_at=now)
    User.history.filter(id=person.pk).update(**_BLANK)
    EmailAddress.objects.filter(user=person).delete()
    ApiToken.objects.filter(person=person).update(name="Erased")
    ApiToken.objects.filter(person=person, revoked_at__isnull=True).update(revoked_at=now)
    UserProfile.objects.filter(user=person).delete()
    end_sessions_of(person)


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"
