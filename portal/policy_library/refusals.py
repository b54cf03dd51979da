"""What the database itself refuses about the policy library."""

from portal.record.triggers import append_only

REFUSALS = append_only("policy_library_adoption") + append_only("policy_library_takenover")
