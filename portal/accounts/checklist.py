"""What an empty portal still needs before the first evidence can be approved and trusted."""

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from portal.accounts.mailing import mail_goes_out
from portal.accounts.queries import count_who_can_sign_in_as
from portal.health.findings import Finding, State
from portal.health.probes import run_probes
from portal.health.steps import Step
from portal.people.models import Site
from portal.people.queries import the_organisation
from portal.people.roles import Role

_FOUR_EYES = 2


def steps() -> list[Step]:
    """Return every step, in the order in which they are best done."""
    leads = count_who_can_sign_in_as(Role.IG_LEAD)
    return [
        _organisation(),
        Step(
            "Add your first site",
            "Evidence and roles belong to a site, or to every site. Under Sites you can also "
            "import many from a spreadsheet.",
            Site.objects.filter(is_active=True).exists(),
            "Add a site",
            reverse("places:add_site"),
        ),
        Step(
            "Name an IG lead",
            "They approve evidence. It can be you: give yourself the role on your page in People.",
            leads > 0,
            "Add an IG lead",
            _add(Role.IG_LEAD),
        ),
        Step(
            "Name a second person who can approve",
            "Nobody approves what they uploaded or changed themselves, so one is not enough.",
            leads >= _FOUR_EYES,
            "Add a second IG lead",
            _add(Role.IG_LEAD),
        ),
        Step(
            "Name an editor",
            "They write and publish the policies that staff read.",
            count_who_can_sign_in_as(Role.EDITOR) > 0,
            "Add an editor",
            _add(Role.EDITOR),
        ),
        *_of_other_rooms(),
        _mail(),
        _health(),
    ]


def _of_other_rooms() -> list[Step]:
    """Return the steps of rooms that are built on this one; ``SET_UP_STEPS`` names them."""
    return [import_string(name)() for name in settings.SET_UP_STEPS]


def _organisation() -> Step:
    organisation = the_organisation()
    return Step(
        "Say who you are",
        "The name and head office ODS code of your organisation stand on what inspectors see.",
        bool(organisation and organisation.name and organisation.ods_code),
        "Complete your organisation",
        reverse("places:organisation"),
    )


def _mail() -> Step:
    return Step(
        "Connect a mail server",
        "Until then no e-mail leaves the portal. You can give people their first link by hand. "
        "Whoever runs the server sets EMAIL_URL, as config/env.example shows.",
        mail_goes_out(),
    )


def _health() -> Step:
    unwell = [finding for finding in run_probes() if finding.state is not State.OK]
    said = " ".join(_sentences(finding) for finding in unwell)
    return Step(
        "See that everything works",
        said or "The virus check, the disk and the background jobs are well.",
        not unwell,
        "Look at the health page",
        reverse("health"),
    )


def _sentences(finding: Finding) -> str:
    """Say what a probe saw and advises; some write the first without its full stop."""
    return f"{finding.part}: {finding.seen.removesuffix('.')}. {finding.advice}".strip()


def _add(role: Role) -> str:
    return f"{reverse('people:add')}?role={role.value}"
