"""What the database itself refuses about the virus check: to change or forget a verdict."""

from portal.record.triggers import append_only

REFUSALS = append_only("scanning_verdict")
