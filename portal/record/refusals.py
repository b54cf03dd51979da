"""What the database itself refuses about the record."""

from portal.record.triggers import append_only, never_deleted, refuse, refuse_truncate

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
    refuse_truncate("record_eventdetail", "details are erased one by one"),
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
