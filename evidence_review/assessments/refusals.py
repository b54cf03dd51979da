"""What the database itself refuses about assessments, by whatever road."""

from portal.record.triggers import Refusal, append_only, immutable, never_deleted, refuse

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
    refuse(
        "assessments_assessment",
        "insert",
        "head office answers for this site in this edition",
        when="""
            EXISTS (
                SELECT 1 FROM assessments_coverage c
                JOIN assessments_assessment head ON head.id = c.assessment_id
                WHERE c.site_id = NEW.site_id AND c.ended_at IS NULL
                  AND head.edition_id = NEW.edition_id
            )
        """,
        name="assessment_refuses_covered_site",
    ),
    refuse(
        "assessments_coverage",
        "insert",
        "this site answers for itself in this edition",
        when="""
            NEW.ended_at IS NULL AND EXISTS (
                SELECT 1 FROM assessments_assessment own
                JOIN assessments_assessment head ON head.edition_id = own.edition_id
                WHERE head.id = NEW.assessment_id AND own.site_id = NEW.site_id
            )
        """,
        name="coverage_refuses_site_of_its_own",
    ),
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
