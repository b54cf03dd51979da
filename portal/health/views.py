"""The health page of the admin."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from portal.health.findings import State
from portal.health.permissions import user_can_see_health
from portal.health.probes import run_probes
from portal.people.answers import require
from portal.people.requests import PersonRequest

LOOKS = {
    State.OK: ("done", "tick", "Well"),
    State.DEGRADED: ("wait", "warning", "Needs a look"),
    State.FAILING: ("stop", "stop", "Not working"),
}
_URGENT = ("stop", "warning", "Put this right")


@never_cache
@require_GET
def health(request: PersonRequest) -> HttpResponse:
    """Show how each part stands, and what to do about what is not well."""
    require(user_can_see_health(request.user))
    rows = [
        (finding, *(_URGENT if finding.is_urgent else LOOKS[finding.state]))
        for finding in run_probes()
    ]
    return render(request, "health/health.html", {"rows": rows})
