"""What the database itself refuses about decisions: no second look skipped, by whatever road."""

from portal.record.triggers import Refusal, append_only, refuse

_DECISIONS = "review_decision"
_VERSIONS = "evidence_evidenceversion"
_OF_THE_VERSION = "FROM evidence_evidenceversion v WHERE v.id = NEW.version_id"
_NEWEST_WORD_ON_THE_BYTES = """
    SELECT s.verdict FROM scanning_verdict s
    WHERE s.sha256 = NEW.sha256 AND s.verdict <> 'error' ORDER BY s.id DESC LIMIT 1
"""

REFUSALS: list[Refusal] = [
    *append_only(_DECISIONS),
    refuse(
        _DECISIONS,
        "insert",
        "a decision is about the exact bytes of its version",
        when=f"NEW.sha256 <> COALESCE((SELECT v.sha256 {_OF_THE_VERSION}), '')",
        name="review_decision_refuses_other_bytes",
    ),
    refuse(
        _DECISIONS,
        "insert",
        "only a version in review is decided on",
        when=f"COALESCE((SELECT v.state {_OF_THE_VERSION}), '') <> 'in_review'",
        name="review_decision_refuses_other_states",
    ),
    refuse(
        _DECISIONS,
        "insert",
        "no approval without a clean virus check of these bytes",
        when=f"""
            NEW.outcome = 'approve' AND COALESCE(({_NEWEST_WORD_ON_THE_BYTES}), '') <> 'clean'
        """,
        name="review_decision_refuses_unclean",
    ),
    refuse(
        _DECISIONS,
        "insert",
        "nobody decides on what they uploaded",
        when=f"""
            EXISTS (
                SELECT 1 {_OF_THE_VERSION}
                AND (v.uploaded_by_id = NEW.decider_id OR v.uploaded_by_id = NEW.on_behalf_of_id)
            )
        """,
        name="review_decision_refuses_uploader",
    ),
    refuse(
        _DECISIONS,
        "insert",
        "the final decision on this version is already made",
        when="""
            EXISTS (
                SELECT 1 FROM review_decision d WHERE d.version_id = NEW.version_id AND d.is_final
            )
        """,
        name="review_decision_refuses_second_final",
    ),
    refuse(
        _VERSIONS,
        "insert",
        "a version does not begin as approved",
        when="NEW.state = 'approved'",
        name="evidence_version_refuses_birth_approved",
    ),
    refuse(
        _VERSIONS,
        "update",
        "a version is approved out of review, by a final decision to approve its bytes",
        when="""
            NEW.state = 'approved' AND OLD.state <> 'approved' AND (
                OLD.state <> 'in_review' OR NOT EXISTS (
                    SELECT 1 FROM review_decision d
                    WHERE d.version_id = NEW.id AND d.is_final
                      AND d.outcome = 'approve' AND d.sha256 = NEW.sha256
                )
            )
        """,
        name="evidence_version_refuses_unearned_approval",
    ),
]
