"""What the database itself refuses about people."""

from portal.record.triggers import Refusal

_OVERLAP = """
    SELECT 1 FROM people_membership m
    WHERE m.person_id = NEW.person_id AND m.role = NEW.role AND m.id <> NEW.id
      AND (m.site_id = NEW.site_id OR (m.site_id IS NULL AND NEW.site_id IS NULL))
      AND m.starts <= COALESCE(NEW.ends, '9999-12-31')
      AND COALESCE(m.ends, '9999-12-31') >= NEW.starts
"""
