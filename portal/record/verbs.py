"""The verbs of the record: everything that can be said to have happened."""

from django.db.models import TextChoices


class Verb(TextChoices):
    """What happened, as ``<thing>.<past participle>``.

    Grammar, held by a test: one thing and one thing done to it, joined by a single dot; both in
    lower case ASCII letters with single underscores. ``thing`` names the kind of object the event
    is about, and the participle says what is now true of it, so that an event reads as a sentence:
    "version approved". A verb once released is never renamed or given a new meaning, because the
    sealed bytes hold it for good; a verb may only be added. The label is what people read.
    """

    PERSON_CREATED = "person.created", "Person added"
    PERSON_CHANGED = "person.changed", "Person's details changed"
    PERSON_DEACTIVATED = "person.deactivated", "Account switched off"
    PERSON_REACTIVATED = "person.reactivated", "Account switched on again"
    PERSON_LINK_MADE = "person.link_made", "Link to choose a password made"
    MEMBERSHIP_GRANTED = "membership.granted", "Role given"
    MEMBERSHIP_ENDED = "membership.ended", "Role ended"
    ORGANISATION_CHANGED = "organisation.changed", "Organisation's details changed"
    SITE_CREATED = "site.created", "Site added"
    SITE_CHANGED = "site.changed", "Site's details changed"
    TOKEN_CREATED = "token.created", "API token made"
    TOKEN_REVOKED = "token.revoked", "API token revoked"
    SIGNED_IN_SUCCEEDED = "signed_in.succeeded", "Signed in"
    CATALOGUE_LOADED = "catalogue.loaded", "Catalogue loaded"
    EDITION_CHECKED = "edition.checked", "Edition checked against the toolkit"
    EVIDENCE_CREATED = "evidence.created", "Evidence added"
    EVIDENCE_CHANGED = "evidence.changed", "Evidence details changed"
    EVIDENCE_LINKED = "evidence.linked", "Evidence linked to a requirement"
    EVIDENCE_UNLINKED = "evidence.unlinked", "Evidence unlinked from a requirement"
    VERSION_UPLOADED = "version.uploaded", "Version uploaded"
    VERSION_GATE_REFUSED = "version.gate_refused", "File refused by our own checks"
    VERSION_INFECTED = "version.infected", "Virus found"
    VERSION_UNSCANNABLE = "version.unscannable", "File could not be looked into"
    VERSION_CHECK_FAILED = "version.check_failed", "Virus check failed"
    VERSION_CHECK_RETRIED = "version.check_retried", "Virus check tried again"
    VERSION_SUBMITTED = "version.submitted", "Version sent for review"
    VERSION_STEP_APPROVED = "version.step_approved", "Review step approved"
    VERSION_APPROVED = "version.approved", "Version approved"
    VERSION_RETURNED = "version.returned", "Version returned"
    VERSION_REFUSED = "version.refused", "Version refused"
    VERSION_SUPERSEDED = "version.superseded", "Version replaced by a newer one"
    VERSION_WITHDRAWN = "version.withdrawn", "Version withdrawn"
    VERSION_RECALLED = "version.recalled", "Version recalled"
    VERSION_DOWNLOADED = "version.downloaded", "File downloaded"
    VERSION_OPENED = "version.opened", "File opened"
    VERSION_RESCANNED = "version.rescanned", "File checked for viruses again"
    ROUTE_CHANGED = "route.changed", "Review route changed"
    STAND_IN_NAMED = "stand_in.named", "Stand-in named"
    STAND_IN_ENDED = "stand_in.ended", "Stand-in ended"
    INSPECTOR_ACCESS_GRANTED = "inspector_access.granted", "Inspector access given"
    INSPECTOR_ACCESS_REVOKED = "inspector_access.revoked", "Inspector access ended early"
    INSPECTOR_ACCESS_LINK_SENT = "inspector_access.link_sent", "Link sent to an inspector"
    INSPECTOR_ACCESS_CODE_SENT = "inspector_access.code_sent", "Code sent to an inspector"
    INSPECTOR_ACCESS_OPENED = "inspector_access.opened", "Inspector signed in"
    INSPECTOR_ACCESS_CODE_REFUSED = "inspector_access.code_refused", "Inspector's code refused"
    INSPECTOR_ACCESS_CLOSED = "inspector_access.closed", "Inspector signed out"
    INSPECTOR_ACCESS_SUMMARY_VIEWED = (
        "inspector_access.summary_viewed",
        "Inspector looked at the summary",
    )
    INSPECTOR_ACCESS_VERSION_DOWNLOADED = (
        "inspector_access.version_downloaded",
        "Inspector downloaded a file",
    )
    NAMED_PERSON_NAMED = "named_person.named", "Person named for a duty"
    NAMED_PERSON_CHANGED = "named_person.changed", "Named person's details changed"
    NAMED_PERSON_ENDED = "named_person.ended", "Duty ended"
    ASSESSMENT_STARTED = "assessment.started", "Assessment started"
    ASSESSMENT_ROLLED_OVER = "assessment.rolled_over", "Assessment carried over to a new edition"
    ASSESSMENT_COMPARED = "assessment.compared", "Questions of sameness answered"
    ASSESSMENT_COVERED = "assessment.covered", "Sites that head office answers for chosen"
    ASSESSMENT_PUBLISHED = "assessment.published", "Assessment published"
    ASSESSMENTS_COUNTED = "assessments.counted", "Standing of the day kept"
    RESPONSE_SAVED = "response.saved", "Answer saved"
    RESPONSE_CONFIRMED = "response.confirmed", "Answer saved and confirmed"
    RESPONSE_ASSIGNED = "response.assigned", "Question given to somebody"
    RESPONSE_NOTED = "response.noted", "Note written on an answer"
    RESPONSE_LINKED = "response.linked", "Evidence linked to an answer"
    RESPONSE_UNLINKED = "response.unlinked", "Evidence unlinked from an answer"
    SITE_ANSWER_CONFIRMED = "site_answer.confirmed", "Head office's answers confirmed for a site"
    SITE_ANSWER_DIFFERED = "site_answer.differed", "Difference at a site recorded"
    IMPROVEMENT_ACTION_PLANNED = "improvement_action.planned", "Action planned"
    IMPROVEMENT_ACTION_CHANGED = "improvement_action.changed", "Action changed"
    IMPROVEMENT_ACTION_FINISHED = "improvement_action.finished", "Action finished"
    IMPROVEMENT_ACTION_DROPPED = "improvement_action.dropped", "Action no longer needed"
    PUBLICATION_ENTERED = "publication.entered", "Publication entered in the national toolkit"
    PUBLICATION_EXPORTED = "publication.exported", "Publication exported"
    CERTIFICATE_KEPT = "certificate.kept", "Certificate kept"
    CERTIFICATE_CHANGED = "certificate.changed", "Certificate's details changed"
    CLAIM_MADE = "claim.made", "Claim made"
    CLAIM_CHANGED = "claim.changed", "Claim changed"
    CLAIM_WITHDRAWN = "claim.withdrawn", "Claim withdrawn"
    POLICIES_PREPARED = "policies.prepared", "Policies page made ready"
    POLICY_PUBLISHED = "policy.published", "Policy published"
    POLICY_WITHDRAWN = "policy.withdrawn", "Policy withdrawn"
    DEMO_LOADED = "demo.loaded", "Demo data loaded"
