"""The list of files with what happens to each: drawn on a page, and again while it is watched."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.problems import Problem, problems_of
from evidence_review.evidence.queries import versions_named
from evidence_review.evidence.states import (
    NEEDS_UPLOADER,
    READABLE,
    VersionState,
    VersionVerb,
    may,
)
from evidence_review.evidence.steps import Step, steps_of
from portal.people.requests import PersonRequest

MOST_WATCHED = 50
_NAME = re.compile(r"[\w-]{1,22}", re.ASCII)


@dataclass(frozen=True)
class FileRow:
    """One version with all a row needs."""

    version: EvidenceVersion
    steps: list[Step]
    problem: Problem | None

    @property
    def is_moving(self) -> bool:
        """Whether the row will change by itself soon."""
        return self.version.state == VersionState.WAITING

    @property
    def needs_uploader(self) -> bool:
        """Whether the person has something to do."""
        return self.version.state in NEEDS_UPLOADER

    @property
    def can_download(self) -> bool:
        """Whether the file may be opened, as far as its state says; opening it asks again."""
        return self.version.state in READABLE

    @property
    def can_withdraw(self) -> bool:
        """Whether it may be taken back, as far as its state says; the page for it asks again."""
        return may(self.version.state, VersionVerb.WITHDRAW)

    @property
    def can_retry(self) -> bool:
        """Whether checking the same bytes again may help."""
        return self.version.state == VersionState.CHECK_FAILED


def file_rows(versions: Iterable[EvidenceVersion]) -> list[FileRow]:
    """Return rows for versions whose evidence and site are loaded; two more queries at most."""
    versions = list(versions)
    problems = problems_of(versions)
    return [FileRow(v, steps_of(v), problems.get(v.pk)) for v in versions]


@never_cache
@require_GET
@login_required
def watch_files(request: PersonRequest) -> HttpResponse:
    """Return how the named files stand: ``{id: {moving, html}}``, for those one may see."""
    asked = _NAME.findall(request.GET.get("ids", ""))[:MOST_WATCHED]
    rows = file_rows(versions_named(asked, request.user))
    return JsonResponse(
        {
            row.version.public_id: {
                "moving": row.is_moving,
                "html": render_to_string("evidence/file_row.html", {"row": row}, request),
            }
            for row in rows
        }
    )
