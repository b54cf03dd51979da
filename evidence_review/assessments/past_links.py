"""What answers rested on at a moment, replayed from the record for evidence of which rows are gone.

A row says since when an answer rests on an evidence, and is deleted when it no longer does. For
evidence that was taken from an answer later, the events are followed from the beginning.
"""

import json
from collections.abc import Collection
from typing import Any

from evidence_review.assessments.models import Response
from evidence_review.evidence.models import Evidence
from portal.record.models import Event
from portal.record.moments import Moment
from portal.record.verbs import Verb

_VERBS = (
    Verb.EVIDENCE_CREATED,
    Verb.EVIDENCE_LINKED,
    Verb.EVIDENCE_UNLINKED,
    Verb.RESPONSE_LINKED,
    Verb.RESPONSE_UNLINKED,
    Verb.ASSESSMENT_STARTED,
)
Pair = tuple[int, int]
"""The primary keys of an answer and an evidence."""


class _Replay:
    """Follows events by the rules of ``actions.follow_evidence``.

    Evidence joins the answer of its own site's assessment, or of head office's when it has none.
    The site is today's: evidence that moved since is looked for where it is now.
    """

    def __init__(self, responses: Collection[Response], evidence: dict[str, Evidence]) -> None:
        self.evidence = evidence
        self.responses = {one.public_id: one for one in responses}
        self.places: dict[tuple[str, int | None], Response] = {}
        for one in responses:
            self.places[_code(one), one.assessment.site_id] = one
        self.tied: set[tuple[str, str]] = set()
        self.begun: set[str] = set()
        self.pairs: set[Pair] = set()

    def follow(self, verb: str, ref: str, facts: dict[str, Any]) -> None:
        """Take in one event."""
        if verb == Verb.ASSESSMENT_STARTED:
            self.begun.add(ref)
            for evidence, code in self.tied:
                self._join(evidence, code, only=ref)
        elif verb in (Verb.RESPONSE_LINKED, Verb.RESPONSE_UNLINKED):
            self._answer(verb, ref, str(facts["evidence"]))
        elif ref in self.evidence:
            for code in filter(None, str(facts.get("requirements", "")).split(",")):
                self._tie(verb, ref, code)

    def _answer(self, verb: str, ref: str, evidence: str) -> None:
        if ref in self.responses and evidence in self.evidence:
            pair = self.responses[ref].pk, self.evidence[evidence].pk
            (self.pairs.add if verb == Verb.RESPONSE_LINKED else self.pairs.discard)(pair)

    def _tie(self, verb: str, ref: str, code: str) -> None:
        if verb != Verb.EVIDENCE_UNLINKED:
            self.tied.add((ref, code))
            self._join(ref, code)
            return
        self.tied.discard((ref, code))
        asked = {one.pk for one in self.responses.values() if _code(one) == code}
        pk = self.evidence[ref].pk
        self.pairs = {pair for pair in self.pairs if pair[1] != pk or pair[0] not in asked}

    def _join(self, ref: str, code: str, only: str = "") -> None:
        answer = self.places.get((code, self.evidence[ref].site_id))
        whose = answer.assessment.public_id if answer else ""
        if answer and whose in self.begun and only in ("", whose):
            self.pairs.add((answer.pk, self.evidence[ref].pk))


def linked_then(
    responses: Collection[Response], refs: Collection[str], moment: Moment
) -> set[Pair]:
    """Return which of these answers rested on which of this evidence. Two queries."""
    evidence = {one.public_id: one for one in Evidence.objects.filter(public_id__in=refs)}
    replay = _Replay(responses, evidence)
    events = Event.objects.filter(verb__in=_VERBS, seq__lte=moment.size).order_by("seq")
    for verb, ref, body in events.values_list("verb", "object_ref", "body"):
        replay.follow(verb, ref, json.loads(bytes(body))["facts"])
    return replay.pairs


def _code(response: Response) -> str:
    return f"{response.assessment.edition.code}:{response.requirement.ref}"
