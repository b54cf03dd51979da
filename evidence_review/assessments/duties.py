"""What each duty is, in the words somebody needs who has never heard of it."""

from evidence_review.assessments.states import Duty

MEANS: dict[Duty, str] = {
    Duty.DSPT_LEAD: "Sees to it that the DSPT is answered and published. Often the manager.",
    Duty.SENIOR_RESPONSIBLE: (
        "A director, owner or trustee who answers for how information is kept safe."
    ),
    Duty.CALDICOTT_GUARDIAN: (
        "Looks after the confidential information of the people you support. "
        "In a small service, often the manager."
    ),
    Duty.REGISTERED_MANAGER: "Registered with CQC for a site. One for each site.",
    Duty.NOMINATED_INDIVIDUAL: "The person CQC knows as speaking for the provider.",
    Duty.DATA_PROTECTION_OFFICER: "Only if you have one: most small providers need none.",
    Duty.IT_ADMINISTRATOR: (
        "Whoever can change your IT systems and accounts, also somebody from a supplier."
    ),
}
"""One sentence a duty, in the order in which they are asked for."""

NEEDED = (Duty.DSPT_LEAD, Duty.SENIOR_RESPONSIBLE, Duty.CALDICOTT_GUARDIAN)
"""Every provider has to be able to name these, beside the registered manager of each site."""
