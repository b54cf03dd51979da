"""Check one waiting version: the gate, the scanner, and the state that follows from them.

All slow work is done outside any transaction. The result is written in one, which makes sure first
that the claim is still this job's and the version still waits.
"""

from django.db import transaction

from evidence_review.evidence.actions.transition import transition
from evidence_review.evidence.gate import GATE_VERSION, GateResult
from evidence_review.evidence.models import EvidenceVersion, GateReport
from evidence_review.evidence.states import VersionState, VersionVerb
from evidence_review.scanning.actions.act_on_infection import act_on_infection
from evidence_review.scanning.actions.claim_check import Claim, claim_check
from evidence_review.scanning.actions.submit import submit
from evidence_review.scanning.examination import Examination, Scan, examine
from evidence_review.scanning.models import Notice, Verdict, VersionCheck
from evidence_review.scanning.queries import lock_versions_of
from evidence_review.scanning.scanner import ScanResult
from evidence_review.scanning.verdicts import scan_facts, verdict_row
from portal.faults import fault_point
from portal.jobs import enqueue
from portal.record.actors import SCANNER, Actor
from portal.record.verbs import Verb

CHECK_TASK = "evidence_review.scanning.tasks.check_version"
_DIED = "Every attempt ended without an answer."


def check_version(public_id: str, *, actor: Actor = SCANNER) -> VersionState | None:
    """Check a version and return the state it is in now; ``None`` when there was nothing to do.

    Safe to call any number of times, by any number of processes: only one that holds the claim
    works, and only its result is written.
    """
    claim = claim_check(public_id)
    if claim is None:
        return None
    fault_point("check.claimed")
    if claim.is_one_too_many:
        examination = Examination(scan=Scan(ScanResult(Verdict.Value.ERROR, detail=_DIED)))
    else:
        examination = examine(claim.version, gated=claim.attempt > 1 and _passed_gate(claim))
    with transaction.atomic():
        state = _conclude(claim, examination, actor)
        fault_point("check.before_commit")
    fault_point("check.after_commit")
    return state


def _passed_gate(claim: Claim) -> bool:
    return GateReport.objects.filter(
        version=claim.version, gate_version=GATE_VERSION, outcome=GateReport.Outcome.ACCEPTED
    ).exists()


def _conclude(claim: Claim, examination: Examination, actor: Actor) -> VersionState | None:
    versions = {one.pk: one for one in lock_versions_of(claim.version.evidence_id)}
    version = versions.pop(claim.version.pk)
    if not _let_go(claim):
        # The lease ran out and somebody else has it: their result counts.
        return None
    gate, scan = examination.gate, examination.scan
    if gate is not None:
        _keep_report(version, gate)
    if scan is not None and not scan.known:
        verdict_row(version.sha256, scan, cause=claim.cause).save()
    if version.state != VersionState.WAITING:
        # Withdrawn in the meantime. What was found is true of the bytes all the same.
        if scan is not None and scan.result.verdict is Verdict.Value.INFECTED:
            act_on_infection(version, scan, actor=actor)
    elif scan is not None and scan.result.verdict is Verdict.Value.CLEAN:
        submit(version, versions.values(), scan, actor=actor)
    elif scan is not None:
        _stop(version, scan, claim, actor)
    elif gate is not None:
        _stop_at_gate(version, gate, actor)
    return VersionState(version.state)


def _let_go(claim: Claim) -> bool:
    """End the claim; False when it is not ours any more."""
    mine = VersionCheck.objects.filter(version=claim.version, claim=claim.word)
    return bool(mine.update(claim="", holder="", claimed_until=None))


def _keep_report(version: EvidenceVersion, gate: GateResult) -> None:
    GateReport.objects.create(
        version=version,
        outcome=gate.outcome,
        reasons=[reason.as_dict() for reason in gate.reasons],
        facts=dict(gate.facts),
        gate_version=GATE_VERSION,
    )


def _stop_at_gate(version: EvidenceVersion, gate: GateResult, actor: Actor) -> None:
    refused = gate.outcome == "refused"
    transition(
        version,
        VersionVerb.REFUSE_BY_GATE if refused else VersionVerb.FIND_UNSCANNABLE,
        actor=actor,
        record_verb=Verb.VERSION_GATE_REFUSED if refused else Verb.VERSION_UNSCANNABLE,
        facts={
            "gate_version": GATE_VERSION,
            "reasons": ",".join(reason.code for reason in gate.reasons),
        },
    )


def _stop(version: EvidenceVersion, scan: Scan, claim: Claim, actor: Actor) -> None:
    """Give a version that is not clean the state that follows from the scan."""
    match scan.result.verdict:
        case Verdict.Value.INFECTED:
            transition(
                version,
                VersionVerb.FIND_INFECTED,
                actor=actor,
                record_verb=Verb.VERSION_INFECTED,
                facts=scan_facts(scan),
            )
            act_on_infection(version, scan, actor=actor, about=Notice.About.INFECTED)
        case Verdict.Value.UNSCANNABLE:
            transition(
                version,
                VersionVerb.FIND_UNSCANNABLE,
                actor=actor,
                record_verb=Verb.VERSION_UNSCANNABLE,
                facts=scan_facts(scan),
            )
        case Verdict.Value.ERROR:
            _try_again(version, scan, claim, actor)


def _try_again(version: EvidenceVersion, scan: Scan, claim: Claim, actor: Actor) -> None:
    check = VersionCheck.objects.filter(version=version)
    if claim.is_last:
        check.update(last_problem=scan.result.detail)
        transition(
            version,
            VersionVerb.FAIL_CHECK,
            actor=actor,
            record_verb=Verb.VERSION_CHECK_FAILED,
            facts={**scan_facts(scan), "attempts": claim.attempt},
            detail={"problem": scan.result.detail},
        )
        return
    when = claim.next_attempt_at
    check.update(last_problem=scan.result.detail, next_attempt_at=when)
    enqueue(CHECK_TASK, version.public_id, at=when)
