"""What the database itself refuses about the record."""

from portal.record.triggers import append_only, never_deleted, refuse, refuse_truncate

_NOT_DECLARED = """
    NOT EXISTS (SELECT 1 FROM record_eraseddetail e WHERE e.event_id = OLD.event_id)
"""
_NO_ERASURE = """
    NEW.event_id >= NEW.erasure_id
    OR COALESCE((SELECT verb FROM record_event WHERE seq = NEW.erasure_id), '')
        <> 'details.erased'
"""

REFUSALS = [
    *append_only("record_event"),
    refuse(
        "record_event",
        "insert",
        "events are numbered without gaps",
        when="NEW.seq <> COALESCE((SELECT MAX(seq) FROM record_event), 0) + 1",
    ),
    refuse(
        "record_eventdetail",
        "update",
        "the detail of an event may be erased, never rewritten",
        when="NEW.event_id <> OLD.event_id OR NEW.text <> '' OR length(NEW.salt) <> 0",
    ),
    refuse(
        "record_eventdetail",
        "update",
        "no detail is erased without an erasure that says so",
        when=f"""
            NEW.event_id = OLD.event_id AND NEW.text = '' AND length(NEW.salt) = 0
            AND {_NOT_DECLARED}
        """,
        name="record_eventdetail_refuses_blanking",
    ),
    refuse(
        "record_eventdetail",
        "delete",
        "no detail is erased without an erasure that says so",
        when=_NOT_DECLARED,
    ),
    refuse_truncate("record_eventdetail", "details are erased one by one"),
    *append_only("record_eraseddetail"),
    refuse(
        "record_eraseddetail",
        "insert",
        "only an erasure that is on record, and later, erases a detail",
        when=_NO_ERASURE,
    ),
    *append_only("record_recordcheck"),
    *never_deleted("record_loghead"),
    refuse(
        "record_loghead",
        "update",
        "the head of the record only moves forward, with its events",
        when="""
            NEW.size <= OLD.size
            OR NEW.size <> COALESCE((SELECT MAX(seq) FROM record_event), 0)
            OR NEW.last_at IS NULL
            OR NEW.last_at < OLD.last_at
        """,
    ),
]
