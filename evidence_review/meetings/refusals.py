"""What the database itself refuses about meetings."""

from portal.record.triggers import Refusal, append_only, refuse

REFUSALS: list[Refusal] = [
    *append_only("meetings_meeting"),
    *append_only("meetings_meetingpolicy"),
    *append_only("meetings_meetingperson"),
    refuse(
        "meetings_meeting",
        "insert",
        "a meeting is recorded after it was held",
        # A day of grace, because the day is counted in UTC here.
        when="NEW.held_on > (NEW.at AT TIME ZONE 'UTC')::date + 1",
        sqlite_when="NEW.held_on > date(NEW.at, '+1 day')",
    ),
    refuse(
        "meetings_meetingpolicy",
        "insert",
        "nobody reads a version before it is published",
        when="""EXISTS (
            SELECT 1 FROM policies_policyversion v JOIN meetings_meeting m ON m.id = NEW.meeting_id
            WHERE v.id = NEW.version_id AND (v.published_at AT TIME ZONE 'UTC')::date > m.held_on
        )""",
        sqlite_when="""EXISTS (
            SELECT 1 FROM policies_policyversion v JOIN meetings_meeting m ON m.id = NEW.meeting_id
            WHERE v.id = NEW.version_id AND date(v.published_at) > m.held_on
        )""",
    ),
]
