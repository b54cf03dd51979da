"""The verbs of the record."""

import re

from portal.record.verbs import Verb

RELEASED = """
    person.created person.changed person.deactivated person.reactivated membership.granted
    membership.ended organisation.changed site.created site.changed token.created token.revoked
    signed_in.succeeded catalogue.loaded edition.checked evidence.created evidence.changed
    evidence.linked evidence.unlinked version.uploaded version.gate_refused version.infected
    version.unscannable version.check_failed version.check_retried version.submitted
    version.approved version.step_approved version.returned version.refused version.superseded
    version.withdrawn version.recalled version.downloaded version.opened version.rescanned
    route.changed stand_in.named stand_in.ended inspector_access.granted inspector_access.revoked
    inspector_access.code_sent inspector_access.opened inspector_access.code_refused
    inspector_access.summary_viewed inspector_access.version_downloaded policy.published demo.loaded
    policy.adopted policy.acknowledged policy.quiz_tried policy.nudged meeting.recorded
    device.started device.ended device.opened device.pin_refused device.pin_locked
    device.pin_unlocked pin.set pin.reset record.restored starter.taken_over
    named_person.named named_person.changed named_person.ended
    assessment.started assessment.rolled_over assessment.compared assessment.covered
    assessment.published assessments.counted response.saved response.confirmed response.assigned
    response.noted response.linked response.unlinked site_answer.confirmed site_answer.differed
    improvement_action.planned improvement_action.changed improvement_action.finished
    publication.entered publication.exported certificate.kept certificate.changed
    claim.made claim.changed claim.withdrawn
    inspector_access.link_sent inspector_access.closed policies.prepared policy.withdrawn
    person.link_made
    record.checked seal_key.rotated seal_key.lost anchor_recipient.named anchor_recipient.ended
    checkpoint.anchored pack.requested pack.made pack.failed pack.downloaded pack.removed
    inspector_access.pack_downloaded details.erased retention_rule.changed legal_hold.placed
    legal_hold.lifted version.disposed
"""


def test_every_verb_is_a_thing_and_what_was_done_to_it() -> None:
    grammar = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*")
    assert [verb for verb in Verb.values if not grammar.fullmatch(verb)] == []


def test_no_released_verb_was_renamed_or_removed() -> None:
    assert set(RELEASED.split()) <= set(Verb.values)


def test_no_two_verbs_read_the_same() -> None:
    assert len(set(Verb.labels)) == len(Verb.values)


def test_every_verb_fits_its_column() -> None:
    assert max(len(verb) for verb in Verb.values) <= 81
