"""What the database itself refuses about policies."""

from portal.record.triggers import Refusal, append_only, refuse

_VERSIONS = "policies_policyversion"

_APPROVED_BY_THAT_PERSON = """
    SELECT 1 FROM wagtailcore_taskstate t
    JOIN policies_foureyestask f ON f.task_ptr_id = t.task_id
    JOIN wagtailcore_revision r ON r.id = t.revision_id
    WHERE t.revision_id = NEW.revision_id AND t.status = 'approved'
      AND t.finished_by_id = NEW.approved_by_id AND t.started_at >= r.created_at
      AND r.object_id = CAST(NEW.page_id AS TEXT)
"""
_SUBMITTED_BY_THAT_PERSON = """
    SELECT 1 FROM wagtailcore_taskstate t
    JOIN wagtailcore_workflowstate w ON w.id = t.workflow_state_id
    WHERE t.revision_id = NEW.revision_id AND t.status = 'approved'
      AND t.finished_by_id = NEW.approved_by_id AND w.requested_by_id = NEW.approved_by_id
"""
_OWNED_BY_THAT_PERSON = """
    SELECT 1 FROM policies_policypage p
    WHERE p.page_ptr_id = NEW.page_id AND p.policy_owner_id = NEW.approved_by_id
"""
_WRITTEN_BY_THAT_PERSON = """
    SELECT 1 FROM wagtailcore_revision r
    JOIN wagtailcore_revision d
      ON d.object_id = r.object_id AND d.base_content_type_id = r.base_content_type_id
    WHERE r.id = NEW.revision_id AND d.created_at <= r.created_at
      AND d.user_id = NEW.approved_by_id
      AND NOT EXISTS (
          SELECT 1 FROM policies_policyversion v
          JOIN wagtailcore_revision o ON o.id = v.revision_id
          WHERE v.page_id = NEW.page_id AND o.created_at < r.created_at
            AND o.created_at >= d.created_at
      )
"""
_PUBLISHED_BEFORE = """
    SELECT 1 FROM policies_policyversion v WHERE v.revision_id = NEW.revision_id
"""

REFUSALS: list[Refusal] = [
    *append_only(_VERSIONS),
    refuse(
        _VERSIONS,
        "insert",
        "a version of a policy is what somebody approved, as it was submitted",
        when=f"NEW.approved_by_id IS NULL OR NOT EXISTS ({_APPROVED_BY_THAT_PERSON})",
        name="policies_version_refuses_unapproved",
    ),
    refuse(
        _VERSIONS,
        "insert",
        "nobody approves a policy they own, wrote or submitted",
        when=(
            f"EXISTS ({_SUBMITTED_BY_THAT_PERSON}) OR EXISTS ({_OWNED_BY_THAT_PERSON}) "
            f"OR EXISTS ({_WRITTEN_BY_THAT_PERSON})"
        ),
        name="policies_version_refuses_own_work",
    ),
    refuse(
        _VERSIONS,
        "insert",
        "an approval is used once: this revision was published before",
        when=f"EXISTS ({_PUBLISHED_BEFORE})",
        name="policies_version_refuses_used_approval",
    ),
]
