"""A spreadsheet of people with their roles: what stands in each column."""

from portal.accounts.role_words import MAY
from portal.spreadsheets.sheet import Column, Sheet

EVERY_SITE = "Every site"
PEOPLE = Sheet(
    name="people",
    title="People",
    columns=(
        Column(
            name="first_name",
            heading="First name",
            explanation="As it is shown wherever they are named.",
            example="Priya",
            is_needed=True,
        ),
        Column(
            name="last_name",
            heading="Last name",
            explanation="As it is shown wherever they are named.",
            example="Nair",
            is_needed=True,
        ),
        Column(
            name="job_title",
            heading="Job title",
            explanation="It is shown beside their name.",
            example="Senior carer",
            is_needed=True,
        ),
        Column(
            name="email",
            heading="E-mail address",
            explanation="They sign in with it. Leave it empty for somebody who has none.",
            example="priya.nair@example.org",
        ),
        Column(
            name="role",
            heading="Role",
            explanation="For another role, add another row with the same e-mail address.",
            example="Contributor",
            is_needed=True,
            choices=tuple(role.label for role in MAY),
        ),
        Column(
            name="site",
            heading="Site",
            explanation=f"The ODS code or name of a site that is here, or: {EVERY_SITE}.",
            example="VM195",
            is_needed=True,
        ),
        Column(
            name="starts",
            heading="First day",
            explanation="When the role begins. Leave it empty for today.",
            example="1 September 2027",
            is_day=True,
        ),
        Column(
            name="ends",
            heading="Last day",
            explanation="When the role ends. Leave it empty for a role without an end.",
            example="31/12/2027",
            is_day=True,
        ),
    ),
    row_limit=2000,
)
