"""The questions that follow a policy."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View

from portal.people.requests import PersonRequest
from portal.reading.actions.try_quiz import try_quiz
from portal.reading.forms import QuizForm
from portal.reading.models import QuizTry
from portal.reading.queries.policy import open_policy
from portal.reading.quiz import Question, marked, newest_try, questions_of, quiz_is_passed
from portal.reading.stale import QuizReplaced
from portal.reading.standing import Standing


@method_decorator(login_required, name="dispatch")
class Questions(View):
    """One page with every question; above it how the last try went."""

    standing: Standing
    questions: list[Question]

    def get(self, request: PersonRequest, slug: str) -> HttpResponse:
        """Show the questions, and how the last try went."""
        self._open(request, slug)
        form = QuizForm(self.questions, initial={"version": self.standing.version.pk})
        return self._page(request, form, last=newest_try(self.standing.version, request.user))

    def post(self, request: PersonRequest, slug: str) -> HttpResponse:
        """Mark the answers and keep them."""
        self._open(request, slug)
        form = QuizForm(self.questions, request.POST)
        version_id = form["version"].value()
        if version_id and str(version_id) != str(self.standing.version.pk):
            # Questions of another version: their answers cannot be read by these.
            return self._replaced(request)
        if not form.is_valid():
            return self._page(request, form, status=400)
        try:
            try_quiz(self.standing.version, form.chosen(), actor=request.user)
        except QuizReplaced:
            self._open(request, slug)
            return self._replaced(request)
        return redirect(reverse("reading:questions", args=[slug]) + "#result")

    def _open(self, request: PersonRequest, slug: str) -> None:
        """Open the policy with its questions; 404 when none follow it."""
        self.standing = open_policy(slug, request.user)
        self.questions = questions_of(self.standing.page)
        if not self.questions:
            raise Http404("No questions follow this policy.")

    def _replaced(self, request: PersonRequest) -> HttpResponse:
        return render(
            request,
            "reading/quiz_replaced.html",
            {"page": self.standing.page, "version": self.standing.version},
            status=QuizReplaced.status,
        )

    def _page(
        self,
        request: PersonRequest,
        form: QuizForm,
        *,
        status: int = 200,
        last: QuizTry | None = None,
    ) -> HttpResponse:
        page, version = self.standing.page, self.standing.version
        context = {
            "page": page,
            "version": version,
            "standing": self.standing,
            "form": form,
            "last": last,
            "answers": marked(self.questions, last.answers) if last else [],
            "is_passed": quiz_is_passed(page, version, request.user),
            "pass_mark": page.pass_mark,
        }
        return render(request, "reading/quiz.html", context, status=status)
