"""What the database itself refuses about reading."""

from portal.record.triggers import append_only, refuse

REFUSALS = [
    *append_only("reading_acknowledgement"),
    *append_only("reading_quiztry"),
    refuse(
        "reading_acknowledgement",
        "insert",
        "a confirmation names the page, the bytes and the major number of its version",
        when="""NOT EXISTS (
            SELECT 1 FROM policies_policyversion v
            WHERE v.id = NEW.version_id AND v.page_id = NEW.page_id
              AND v.sha256 = NEW.sha256 AND v.major = NEW.major
        )""",
    ),
]
