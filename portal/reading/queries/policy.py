"""One policy as one person finds it, in one statement.

The statement is written out, because this page is opened more often than all others together and
putting the same question together anew costs Django ten times what the database takes to answer
it. ``tests/portal/reading/test_standing.py`` holds it to the selections it stands for.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model
from django.http import Http404
from django.utils import timezone

from portal.people.answers import require
from portal.people.models import User
from portal.policies.models import PolicyPage, PolicyVersion
from portal.policies.permissions import user_can_read_policy
from portal.reading.gone import Withdrawn
from portal.reading.models import Acknowledgement
from portal.reading.standing import Standing
from portal.record.queries import events_about
from portal.record.verbs import Verb

Row = TypeVar("Row", bound=Model)

_PERSON = ("id", "first_name", "last_name", "job_title", "email", "public_id", "is_active")
_VERSION = (
    *("id", "page_id", "number", "revision_id", "major", "sha256", "change_note"),
    *("asks_to_confirm", "confirm_by", "published_at", "approved_by_id"),
)
_SHOWN: Mapping[str, tuple[str, ...]] = {
    "page": ("id", "title", "slug", "live"),
    "policy": (
        *("page_ptr_id", "topic", "summary", "review_date", "confirm_days", "pass_mark"),
        "policy_owner_id",
    ),
    "version": _VERSION,
    "owner": _PERSON,
    "approver": _PERSON,
    "kept": ("id", "person_id", "page_id", "version_id", "major", "sha256", "at", "how"),
    "read": _VERSION,
}
_COLUMNS = ", ".join(f"{table}.{column}" for table, names in _SHOWN.items() for column in names)
_QUESTION = f"""
    SELECT {_COLUMNS},
        CAST(policy.quiz AS text) NOT IN ('[]', ''),
        (
            SELECT held.starts FROM people_membership held
            WHERE held.person_id = %(person)s
                AND held.starts <= %(today)s AND (held.ends IS NULL OR held.ends >= %(today)s)
                AND EXISTS (
                    SELECT 1 FROM policies_policyaudience named
                    WHERE named.page_id = page.id AND named.role IN ('', held.role)
                        AND (
                            held.site_id IS NULL OR named.site_id IS NULL
                            OR named.site_id = held.site_id
                        )
                )
            ORDER BY held.starts LIMIT 1
        )
    FROM wagtailcore_page page
    JOIN policies_policypage policy ON policy.page_ptr_id = page.id
    JOIN policies_policyinforce in_force ON in_force.page_id = page.id
    JOIN policies_policyversion version ON version.id = in_force.version_id
    JOIN people_user owner ON owner.id = policy.policy_owner_id
    LEFT JOIN people_user approver ON approver.id = version.approved_by_id
    LEFT JOIN reading_acknowledgement kept ON kept.id = (
        SELECT own.id FROM reading_acknowledgement own
        JOIN policies_policyversion seen ON seen.id = own.version_id
        WHERE own.page_id = page.id AND own.person_id = %(person)s
        ORDER BY seen.number DESC LIMIT 1
    )
    LEFT JOIN policies_policyversion read ON read.id = kept.version_id
"""  # noqa: S608 - put together from the names above, never from what anybody sent
_BY_SLUG = f"{_QUESTION} WHERE page.slug = %(wanted)s"
_BY_ID = f"{_QUESTION} WHERE page.id = %(wanted)s"


def open_policy(slug: str, person: User) -> Standing:
    """Return the policy at an address as the person finds it.

    Raises:
        Http404: there is no policy there, or none that was ever published.
        NotPermitted: it is not for this person; the reason says so.
        Withdrawn: it does not hold any more.
    """
    return _opened(_BY_SLUG, slug, person)


def open_policy_by_id(page_id: int, person: User) -> Standing:
    """Return a policy by its id. Raises as ``open_policy`` does."""
    return _opened(_BY_ID, page_id, person)


def _opened(question: str, wanted: str | int, person: User) -> Standing:
    today = timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute(question, {"wanted": wanted, "person": person.pk, "today": today})
        row = cursor.fetchone()
    if row is None:
        raise Http404("There is no policy at this address. Look for it among all policies.")
    standing = _standing(row)
    if standing.asked_since is None:
        require(user_can_read_policy(person, standing.page))
    if not standing.page.live:
        raise Withdrawn(standing.page)
    return standing


def _standing(row: tuple[Any, ...]) -> Standing:
    """Put the models together that the row holds."""
    values, parts = iter(row), {}
    for table, names in _SHOWN.items():
        parts[table] = {name: next(values) for name in names}
    has_quiz, asked_since = values
    page = _made(PolicyPage, parts["page"] | parts["policy"])
    version = _made(PolicyVersion, parts["version"])
    page.policy_owner = _made(User, parts["owner"])
    version.approved_by = _made(User, parts["approver"]) if parts["approver"]["id"] else None
    last = None
    if parts["kept"]["id"]:
        last = _made(Acknowledgement, parts["kept"])
        last.version = _made(PolicyVersion, parts["read"])
    return Standing(page, version, _day(asked_since), last, bool(has_quiz))


def _made(model: type[Row], found: Mapping[str, Any]) -> Row:
    """Return a model that holds these columns, and asks for any other when it is wanted."""
    names = [field.attname for field in model._meta.concrete_fields if field.attname in found]
    return model.from_db(connection.alias, names, [_plain(found[name]) for name in names])


def _plain(value: Any) -> Any:
    """Return a moment with its zone, which SQLite does not keep."""
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    return value


def _day(value: date | str | None) -> date | None:
    """Return a date; what SQLite gives for an inner question is a text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def withdrawn_at(page: PolicyPage) -> datetime | None:
    """Return when a policy was withdrawn last."""
    about = page.record_ref
    found = events_about(about.kind, about.ref).filter(verb=Verb.POLICY_WITHDRAWN).first()
    return found.at if found else None
