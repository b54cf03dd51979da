"""Say who holds a duty, correct it, and say when it ended."""

from dataclasses import dataclass, fields
from datetime import date

from django.db import transaction

from evidence_review.assessments.models import NamedPerson
from evidence_review.assessments.permissions import user_can_name_people
from evidence_review.assessments.states import Duty
from evidence_review.evidence.models import Evidence
from evidence_review.evidence.queries import visible_evidence
from portal.chrome.words import day
from portal.people.answers import require
from portal.people.models import Site, User
from portal.record.record import record
from portal.record.verbs import Verb
from portal.refused import Refused


class DutyDoesNotFit(Refused):
    """What was given does not go together."""

    status = 422


@dataclass(frozen=True, kw_only=True)
class DutyDetails:
    """Everything of a named person but the duty. ``site`` ``None`` is the whole organisation.

    Somebody without an account is given by ``name``; for others it is empty.
    """

    person: User | None
    name: str
    job_title: str
    site: Site | None
    how_assigned: str
    evidence: Evidence | None
    starts: date

    @classmethod
    def of(cls, named: NamedPerson) -> "DutyDetails":
        """Return what is known of a named person now."""
        return cls(**{one.name: getattr(named, one.name) for one in fields(cls)})

    def in_words(self) -> dict[str, str]:
        """Return field: words, as the record's erasable side table keeps them."""
        return {
            "who": str(self.person) if self.person else self.name,
            "job title": self.job_title,
            "where": str(self.site or "The whole organisation"),
            "how assigned": self.how_assigned,
            "evidence": str(self.evidence or ""),
            "first day": day(self.starts),
        }

    def changed_from(self, old: "DutyDetails") -> list[str]:
        """Return the names of the fields that differ."""
        names = (one.name for one in fields(self))
        return [name for name in names if getattr(self, name) != getattr(old, name)]


@transaction.atomic
def name_person(duty: Duty, details: DutyDetails, *, actor: User) -> NamedPerson:
    """Say that somebody holds a duty from a day on.

    Raises:
        NotPermitted: the actor may not name people there.
        DutyDoesNotFit: nobody is given, or a part does not belong there.
    """
    require(user_can_name_people(actor, details.site))
    _check(duty, details, actor)
    named = NamedPerson(duty=duty)
    _put(named, details, [one.name for one in fields(details)])
    named._history_user = actor
    named.save()
    record(
        Verb.NAMED_PERSON_NAMED,
        named.record_ref,
        actor=actor,
        facts={"duty": duty.value, "site": _site_fact(details.site)},
        detail={"person": str(named), "said": details.in_words()},
    )
    return named


@transaction.atomic
def change_named_person(named: NamedPerson, details: DutyDetails, *, actor: User) -> NamedPerson:
    """Correct what is known of a named person. Changing nothing writes nothing.

    Raises:
        NotPermitted: the actor may not name people there, before or after the change.
        DutyDoesNotFit: nobody is given, a part does not belong there, or it starts after its end.
    """
    named = _lock(named)
    require(user_can_name_people(actor, named.site))
    require(user_can_name_people(actor, details.site))
    old = DutyDetails.of(named)
    changed = details.changed_from(old)
    if not changed:
        return named
    _check(Duty(named.duty), details, actor, held=old)
    if named.ends and named.ends < details.starts:
        raise DutyDoesNotFit(f"The duty ended on {day(named.ends)}. Write a first day before it.")
    _put(named, details, changed)
    named._history_user = actor
    named.save(update_fields=changed)
    before, after = old.in_words(), details.in_words()
    record(
        Verb.NAMED_PERSON_CHANGED,
        named.record_ref,
        actor=actor,
        facts={"fields": ",".join(sorted(changed))},
        detail={
            "person": str(named),
            "changes": {
                name: [before[name], after[name]] for name in after if before[name] != after[name]
            },
        },
    )
    return named


@transaction.atomic
def end_duty(named: NamedPerson, last_day: date, *, actor: User) -> NamedPerson:
    """Say on which day a duty was, or will be, held last. The row stays.

    Raises:
        NotPermitted: the actor may not name people there.
        DutyDoesNotFit: the day is before the first.
    """
    named = _lock(named)
    require(user_can_name_people(actor, named.site))
    if last_day < named.starts:
        raise DutyDoesNotFit(f"They began on {day(named.starts)}. Write a last day from then on.")
    if named.ends == last_day:
        return named
    named.ends = last_day
    named._history_user = actor
    named.save(update_fields=["ends"])
    record(
        Verb.NAMED_PERSON_ENDED,
        named.record_ref,
        actor=actor,
        facts={"ends": last_day.isoformat()},
        detail={"person": str(named), "duty": named.get_duty_display()},
    )
    return named


def _lock(named: NamedPerson) -> NamedPerson:
    return (
        NamedPerson.objects.select_for_update(of=("self",))
        .select_related("person", "site", "evidence")
        .get(pk=named.pk)
    )


def _put(named: NamedPerson, details: DutyDetails, names: list[str]) -> None:
    for name in names:
        setattr(named, name, getattr(details, name))


def _check(duty: Duty, details: DutyDetails, actor: User, held: DutyDetails | None = None) -> None:
    if (details.person is None) == (details.name == ""):
        raise DutyDoesNotFit("Choose somebody from the list, or type their name: one of the two.")
    if duty is Duty.REGISTERED_MANAGER and details.site is None:
        raise DutyDoesNotFit("A manager is registered for a site. Choose the site.")
    evidence = details.evidence
    if evidence is None or (held and held.evidence == evidence and held.site == details.site):
        return
    if not visible_evidence(actor).filter(pk=evidence.pk).exists():
        raise DutyDoesNotFit("Choose evidence of the sites that you work with.")
    if details.site and evidence.site_id not in (None, details.site.pk):
        raise DutyDoesNotFit("That evidence belongs to another site. Choose another.")


def _site_fact(site: Site | None) -> str:
    return site.public_id if site else "every"
