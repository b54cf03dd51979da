"""What the database itself refuses about retention: to lose what must be kept, by whatever road."""

from portal.record.triggers import Refusal, append_only, immutable, never_deleted, refuse

_DISPOSALS = "retention_disposal"
_HOLDS = "retention_legalhold"
_VERSIONS = "evidence_evidenceversion"
_OF_THE_VERSION = """
    FROM evidence_evidenceversion v JOIN evidence_evidence e ON e.id = v.evidence_id
    WHERE v.id = NEW.version_id
"""
_FITS_ITS_RULE = """
    SELECT 1 FROM evidence_evidenceversion v
    JOIN evidence_evidence e ON e.id = v.evidence_id
    JOIN retention_retentionrule r ON r.type_id = e.type_id
    WHERE v.id = NEW.version_id AND r.confirmed_at IS NOT NULL AND CASE
        WHEN EXISTS (
            SELECT 1 FROM review_decision d
            WHERE d.version_id = v.id AND d.is_final AND d.outcome = 'approve'
        )
        THEN NEW.was_approved AND NEW.months = r.months AND NEW.basis = r.basis
        ELSE NOT NEW.was_approved AND NEW.months = r.months_never_approved
            AND NEW.basis = 'stopped'
        END
"""
_CAN_GO = (
    "'superseded', 'withdrawn', 'returned', 'refused', 'refused_by_gate', 'infected', "
    "'unscannable', 'recalled'"
)
_HOLD_FACTS = (
    "id",
    "public_id",
    "scope",
    "evidence_id",
    "site_id",
    "reason",
    "placed_by_id",
    "placed_at",
)
# The days that follow differ only in how the two databases spell them. A day in London is never
# before the day in UTC at the same moment.
_COUNTED_TOO_EARLY = f"""
    EXISTS (
        SELECT 1 {_OF_THE_VERSION} AND (
            NEW.counted_from < {{day_of}}
            OR NEW.basis = 'period_end'
            AND NEW.counted_from < COALESCE(e.period_end, NEW.counted_from)
        )
    )
"""
_PG_START = """(CASE WHEN NEW.basis = 'uploaded' THEN v.uploaded_at ELSE v.state_since END
    AT TIME ZONE 'UTC')::date"""
_LITE_START = "date(CASE WHEN NEW.basis = 'uploaded' THEN v.uploaded_at ELSE v.state_since END)"
_PG_END = "(NEW.counted_from + make_interval(months => NEW.months::int))::date"
_LITE_END = """min(
    date(NEW.counted_from, '+' || NEW.months || ' months'),
    date(NEW.counted_from, 'start of month', '+' || (NEW.months + 1) || ' months', '-1 day')
)"""

REFUSALS: list[Refusal] = [
    *append_only(_DISPOSALS),
    refuse(
        _DISPOSALS,
        "insert",
        "only what is out of use is disposed of, by its own uploader never",
        when=f"""
            NOT EXISTS (
                SELECT 1 {_OF_THE_VERSION} AND v.state IN ({_CAN_GO})
                AND v.sha256 = NEW.sha256 AND v.size = NEW.size
                AND v.uploaded_by_id <> NEW.disposed_by_id
            )
        """,
        name="retention_disposal_refuses_what_is_in_use",
    ),
    refuse(
        _DISPOSALS,
        "insert",
        "nothing is disposed of but by the confirmed rule of its kind",
        when=f"NOT EXISTS ({_FITS_ITS_RULE})",
        name="retention_disposal_refuses_other_rules",
    ),
    refuse(
        _DISPOSALS,
        "insert",
        "nothing is disposed of inside its period",
        when=f"""
            NEW.kept_until >= NEW.day OR NEW.kept_until < {_PG_END}
            OR {_COUNTED_TOO_EARLY.format(day_of=_PG_START)}
        """,
        sqlite_when=f"""
            NEW.kept_until >= NEW.day OR NEW.kept_until < {_LITE_END}
            OR {_COUNTED_TOO_EARLY.format(day_of=_LITE_START)}
        """,
        name="retention_disposal_refuses_inside_its_period",
    ),
    refuse(
        _DISPOSALS,
        "insert",
        "a disposal is of the day on which it is made",
        # A day of grace, because the day is counted in UTC here.
        when="""
            NEW.day > (NEW.at AT TIME ZONE 'UTC')::date + 1
            OR NEW.at > CURRENT_TIMESTAMP + INTERVAL '1 day'
        """,
        sqlite_when="""
            NEW.day > date(NEW.at, '+1 day') OR date(NEW.at) > date('now', '+1 day')
        """,
        name="retention_disposal_refuses_another_day",
    ),
    refuse(
        _DISPOSALS,
        "insert",
        "nothing under a legal hold is disposed of",
        when="""
            EXISTS (
                SELECT 1 FROM retention_legalhold h, evidence_evidenceversion v
                JOIN evidence_evidence e ON e.id = v.evidence_id
                WHERE v.id = NEW.version_id AND h.lifted_at IS NULL AND (
                    h.scope = 'everything' OR h.evidence_id = e.id OR h.site_id = e.site_id
                    OR EXISTS (
                        SELECT 1 FROM evidence_historicalevidence past
                        WHERE past.id = e.id AND past.site_id = h.site_id
                    )
                )
            )
        """,
        name="retention_disposal_refuses_what_is_held",
    ),
    refuse(
        _VERSIONS,
        "insert",
        "a version does not begin as disposed of",
        when="NEW.state = 'disposed'",
        name="retention_version_refuses_birth_disposed",
    ),
    refuse(
        _VERSIONS,
        "update",
        "a version is disposed of with a certificate only, and stays so",
        # What would become approved is refused by the rule of four eyes.
        when="""
            NEW.state = 'disposed' AND NOT EXISTS (
                SELECT 1 FROM retention_disposal d
                WHERE d.version_id = NEW.id AND d.sha256 = NEW.sha256
            )
            OR OLD.state = 'disposed' AND NEW.state NOT IN ('disposed', 'approved')
        """,
        name="retention_version_refuses_uncertified",
    ),
    immutable(_HOLDS, _HOLD_FACTS),
    *never_deleted(_HOLDS),
    refuse(
        _HOLDS,
        "update",
        "a hold that was lifted stays as it was lifted",
        when="OLD.lifted_at IS NOT NULL",
        name="retention_legalhold_refuses_change_after_lifting",
    ),
]
