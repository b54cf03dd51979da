"""What the database itself refuses about assessments, by whatever road."""

from portal.record.triggers import Refusal, append_only, immutable, never_deleted

_PUBLICATION = (
    "public_id",
    "assessment_id",
    "level",
    "level_name",
    "sites",
    "answers_sha256",
    "published_by_id",
    "published_at",
)

REFUSALS: list[Refusal] = [
    *never_deleted("assessments_assessment"),
    immutable("assessments_assessment", ("public_id", "edition_id", "site_id", "started_by_id")),
    *never_deleted("assessments_response"),
    immutable("assessments_response", ("public_id", "assessment_id", "requirement_id")),
    *append_only("assessments_responsenote"),
    *never_deleted("assessments_siteanswer"),
    *never_deleted("assessments_improvementaction"),
    *never_deleted("assessments_publication"),
    immutable("assessments_publication", _PUBLICATION),
    *append_only("assessments_publishedanswer"),
    *append_only("assessments_dailystanding"),
    *never_deleted("assessments_statementclaim"),
    *never_deleted("assessments_namedperson"),
]
