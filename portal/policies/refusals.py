"""What the database itself refuses about policies."""

from portal.record.triggers import append_only

REFUSALS = append_only("policies_policyversion")
