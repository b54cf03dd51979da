"""The questions that follow a policy, on a shared tablet."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from portal.policies.models import PolicyVersion
from portal.reading.actions.try_quiz import try_quiz
from portal.reading.forms import QuizForm
from portal.reading.queries.policy import open_policy
from portal.reading.quiz import marked, newest_try, questions_of, quiz_is_passed
from portal.reading.stale import QuizReplaced
from portal.refused import Refused
from portal.shared_devices.limits import READING
from portal.shared_devices.views.page import Here, person_page, sent
from portal.shared_devices.views.reading import refused_page

REPLACED = (
    "The questions have changed, because a new version of this policy was published while you "
    "were answering. Nothing was kept. Read what changed, then answer the new questions."
)


@require_http_methods(["GET", "POST"])
@person_page(READING)
def questions(request: HttpRequest, here: Here, slug: str) -> HttpResponse:
    """Show every question on one page, above it how the last try went; mark what is sent."""
    try:
        return _questions(request, here, slug)
    except Refused as refused:
        return refused_page(request, here, refused)


def _questions(request: HttpRequest, here: Here, slug: str) -> HttpResponse:
    standing = open_policy(slug, here.person)
    page, version = standing.page, standing.version
    asked = questions_of(page)
    if not asked:
        raise Http404("No questions follow this policy.")
    form = QuizForm(asked, sent(request), initial={"version": version.pk})
    if form.is_bound:
        _same_version(form, version)
        if form.is_valid():
            try_quiz(version, form.chosen(), actor=here.person)
            return redirect("shared_devices:questions", slug)
    last = None if form.errors else newest_try(version, here.person)
    context = {
        "here": here,
        "page": page,
        "version": version,
        "standing": standing,
        "form": form,
        "last": last,
        "answers": marked(asked, last.answers) if last else [],
        "is_passed": quiz_is_passed(page, version, here.person),
        "pass_mark": page.pass_mark,
    }
    status = 400 if form.errors else 200
    return render(request, "shared_devices/quiz.html", context, status=status)


def _same_version(form: QuizForm, version: PolicyVersion) -> None:
    """Refuse answers to the questions of another version, which these could not mark."""
    answered = form["version"].value()
    if answered and str(answered) != str(version.pk):
        raise QuizReplaced(REPLACED)
