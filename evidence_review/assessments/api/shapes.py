"""What the API of assessments takes and gives, field by field."""

from typing import Any

from django.core.validators import ProhibitNullCharactersValidator, URLValidator
from rest_framework import serializers

from evidence_review.assessments.answer import FIELDS
from evidence_review.assessments.forms.answering import MOST_REMARK, MOST_WORDS
from evidence_review.assessments.models import Assessment, Response
from evidence_review.assessments.queries.questions import AsOf
from evidence_review.assessments.states import Standing
from evidence_review.assessments.tally import Count, Tally


class CountBody(serializers.Serializer[Any]):
    """Counts of what a level needs, as they are today."""

    needed = serializers.IntegerField()
    complete = serializers.IntegerField()
    will_lapse = serializers.IntegerField(
        help_text="Among the complete: those that lapse before the next 30 June."
    )
    in_progress = serializers.IntegerField()
    not_started = serializers.IntegerField()


class AssessmentBody(serializers.Serializer[Any]):
    """One assessment: whose it is, and how its answers stand."""

    id = serializers.CharField()
    edition = serializers.CharField(help_text="Such as dspt-v8.")
    site = serializers.CharField(
        allow_null=True, help_text="The id of a site from /sites/; nothing for head office."
    )
    owner = serializers.CharField(help_text="The name of the site, or “head office”.")
    carried_from = serializers.CharField(allow_null=True)
    started_at = serializers.DateTimeField()
    counts = CountBody()
    sections = serializers.DictField(child=CountBody())


class PersonBody(serializers.Serializer[Any]):
    """Who did something."""

    id = serializers.CharField()
    name = serializers.CharField(help_text="With the job title.")


class ResponseBody(serializers.Serializer[Any]):
    """The answer to one question."""

    requirement = serializers.CharField(help_text="Such as dspt-v8:1.3.1.")
    ref = serializers.CharField()
    section = serializers.CharField()
    revision = serializers.IntegerField(help_text="Send it back with a change.")
    standing = serializers.ChoiceField(choices=Standing.choices)
    good_until = serializers.DateField(
        allow_null=True, help_text="The last day it is complete; nothing when it does not lapse."
    )
    tick = serializers.BooleanField(allow_null=True)
    text = serializers.CharField()
    kept_where = serializers.CharField()
    link = serializers.CharField()
    document_date = serializers.DateField(allow_null=True)
    not_applicable = serializers.BooleanField()
    reason_not_applicable = serializers.CharField()
    comment = serializers.CharField()
    answered_by = PersonBody(allow_null=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    confirmed_by = PersonBody(allow_null=True)
    confirmed_at = serializers.DateTimeField(allow_null=True)
    assigned_to = PersonBody(allow_null=True)
    due = serializers.DateField(allow_null=True)
    evidence = serializers.ListField(
        child=serializers.CharField(), help_text="The ids of the evidence the answer rests on."
    )


def _written(longest: int) -> serializers.CharField:
    return serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=longest,
        validators=[ProhibitNullCharactersValidator()],
    )


class ResponseIn(serializers.Serializer[Any]):
    """A change of an answer: what is left out stays as it is."""

    revision = serializers.IntegerField(
        min_value=0, help_text="The revision you read. Another one by now is answered with 409."
    )
    confirm = serializers.BooleanField(
        required=False, default=False, help_text="Say that the answer is right."
    )
    tick = serializers.BooleanField(required=False, allow_null=True)
    text = _written(MOST_WORDS)
    kept_where = _written(300)
    link = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=500,
        validators=[URLValidator(schemes=["http", "https"])],
    )
    document_date = serializers.DateField(required=False, allow_null=True)
    not_applicable = serializers.BooleanField(required=False)
    reason_not_applicable = _written(MOST_REMARK)
    comment = _written(MOST_REMARK)

    def changes(self) -> dict[str, Any]:
        """Return the fields of the answer that were sent."""
        return {name: value for name, value in self.validated_data.items() if name in FIELDS}


def assessment_body(assessment: Assessment, as_of: AsOf) -> dict[str, Any]:
    """Return an assessment as the API gives it. Edition and site must be loaded."""
    tally = Tally.from_json(assessment.tally)
    carried_from = assessment.carried_from
    return {
        "id": assessment.public_id,
        "edition": assessment.edition.code,
        "site": assessment.site.public_id if assessment.site else None,
        "owner": assessment.owner_name,
        "carried_from": carried_from.public_id if carried_from else None,
        "started_at": assessment.started_at,
        "counts": _counts(tally.total, as_of),
        "sections": {name: _counts(count, as_of) for name, count in tally.sections.items()},
    }


def _counts(count: Count, as_of: AsOf) -> dict[str, int]:
    complete = count.complete_on(as_of.today)
    return {
        "needed": count.needed,
        "complete": complete,
        "will_lapse": complete - count.complete_on(as_of.until),
        "in_progress": count.in_progress_on(as_of.today),
        "not_started": count.not_started,
    }


def response_body(response: Response) -> dict[str, Any]:
    """Return an answer as the API gives it. People and evidence must be loaded."""
    requirement = response.requirement
    people = ("answered_by", "confirmed_by", "assigned_to")
    kept = ("revision", "standing", "good_until", *FIELDS, "answered_at", "confirmed_at", "due")
    return {
        "requirement": requirement.code,
        "ref": requirement.ref,
        "section": requirement.section,
        **{name: getattr(response, name) for name in kept},
        **{name: _person(getattr(response, name)) for name in people},
        "evidence": [one.public_id for one in response.evidence.all()],
    }


def _person(person: Any) -> dict[str, str] | None:
    return {"id": person.public_id, "name": person.actor_label} if person else None
