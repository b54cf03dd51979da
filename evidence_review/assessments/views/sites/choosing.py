"""Choose the sites that head office answers for."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from evidence_review.assessments.actions.cover_sites import Covered, cover_sites
from evidence_review.assessments.forms.sites import words_of
from evidence_review.assessments.models import Assessment
from evidence_review.assessments.permissions import user_can_run_assessment
from evidence_review.assessments.queries.coverage import covered
from evidence_review.assessments.queries.site_answers import choosable_sites, sites_on_their_own
from evidence_review.assessments.sameness import why_not
from evidence_review.assessments.views.sites.finding import head_office_or_404
from portal.chrome.words import in_words
from portal.people.answers import require
from portal.people.models import Site
from portal.people.requests import PersonRequest
from portal.refused import Refused

PAGE = 100


@require_http_methods(["GET", "POST"])
@login_required
def choose(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show the open sites with a box each; what is not on the page stays as it is."""
    assessment = head_office_or_404(request.user, public_id)
    require(user_can_run_assessment(request.user, assessment))
    words = words_of(request.GET.get("q", ""))
    fitting = choosable_sites(assessment, words)
    problem = ""
    if request.method == "POST":
        held = {row.site for row in covered([assessment])}
        wanted = _wanted(request, held, fitting)
        if held - wanted and "sure" not in request.POST:
            return _ask(request, assessment, held - wanted, wanted)
        try:
            done = cover_sites(assessment, wanted, actor=request.user)
        except Refused as refused:
            problem = refused.reason
        else:
            _tell(request, done)
            return redirect("assessments:sites", public_id=assessment.public_id)
    context = {
        "assessment": assessment,
        "page": Paginator(fitting, PAGE).get_page(request.GET.get("page")),
        "own": sites_on_their_own(assessment, words),
        "words": words,
        "why_not": why_not(assessment),
        "problem": problem,
        "covered_count": covered([assessment]).count(),
    }
    status = 409 if problem else 200
    return render(request, "assessments/sites/choose.html", context, status=status)


def _wanted(request: PersonRequest, held: set[Site], fitting: QuerySet[Site]) -> set[Site]:
    """Return the sites to be covered: those chosen, and those that were not on the page."""
    if "every" in request.POST:
        return held | set(fitting)
    on_page = set(request.POST.getlist("shown"))
    # A NUL never reaches the database, which knows no way to look for one.
    chosen = [name for name in request.POST.getlist("site") if name.isprintable()]
    kept = {site for site in held if site.public_id not in on_page}
    return kept | set(Site.objects.filter(public_id__in=chosen))


def _ask(
    request: PersonRequest, assessment: Assessment, gone: set[Site], wanted: set[Site]
) -> HttpResponse:
    """Name what follows before sites are let go."""
    letting_go = covered([assessment], [site.pk for site in gone])
    context = {
        "assessment": assessment,
        "letting_go": letting_go,
        "wanted": sorted(wanted, key=lambda site: site.name),
        "shown": [site.public_id for site in gone | wanted],
    }
    return render(request, "assessments/sites/let_go.html", context, status=409)


def _tell(request: PersonRequest, done: Covered) -> None:
    if done.added:
        count = in_words(len(done.added), "site,sites")
        messages.success(
            request,
            f"Head office now answers for {count} more. Their registered managers are asked, on "
            "their home page, whether each answer is true there too.",
        )
    if done.ended:
        count = in_words(len(done.ended), "site,sites")
        messages.success(request, f"Head office no longer answers for {count}.")
