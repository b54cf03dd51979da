"""Everybody on one page: today, on the day, what to do first, what lapses, every site."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Page, Paginator
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views import View

from evidence_review.assessments.first_things import first_things
from evidence_review.assessments.overview import Lapses, Readiness, panel
from evidence_review.assessments.permissions import user_can_list_assessments
from evidence_review.assessments.queries import readiness as ask
from evidence_review.assessments.queries import visible_assessments
from evidence_review.assessments.views.readiness import drawings, table
from evidence_review.assessments.views.readiness.asked_for import WORST_FIRST, Group, group_of
from evidence_review.assessments.views.readiness.past import readiness_then
from portal.chrome.past import PastForm, past_form
from portal.chrome.words import day
from portal.people.answers import require
from portal.people.requests import PersonRequest
from portal.spreadsheets import SafeSpreadsheetMixin

PAGE = 50
_LAPSES_SHOWN = 4
_SORTS = (
    (WORST_FIRST, "Most to put right"),
    ("site", "Site name"),
    ("lapse", "Next to lapse"),
    ("today", "Level today"),
    ("then", "Level on the day"),
)


class GroupView(LoginRequiredMixin, SafeSpreadsheetMixin, View):
    """The page, and its table as a spreadsheet."""

    request: PersonRequest
    export_filename = "readiness"

    def get(self, request: PersonRequest) -> HttpResponseBase:
        """Show the page, or give every row that was asked for as a spreadsheet."""
        require(user_can_list_assessments(request.user))
        group = group_of(request)
        if group is None:
            return render(request, "assessments/readiness/no_edition.html")
        asked = past_form(request.GET)
        if asked.is_valid():
            seen = visible_assessments(request.user).filter(edition=group.edition)
            return readiness_then(request, group.edition, list(seen), asked, asked.found())
        if self.is_export:
            self.columns = table.columns(group.outlook)
            self.list_export = [*self.columns]
            self.export_headings = {name: name for name in self.columns}
            head_office = [group.head_office] if group.head_office else []
            answer: HttpResponseBase = self.as_spreadsheet(
                [*head_office, *group.shown], request.GET["export"]
            )
            return answer
        return render(
            request, "assessments/readiness/group.html", _context(group) | _past_form(asked, group)
        )

    def to_row_dict(self, item: Readiness) -> dict[str, object]:
        """Return one row of the spreadsheet."""
        return {name: value(item) for name, value in self.columns.items()}


def _past_form(asked: PastForm, group: Group) -> dict[str, Any]:
    return {"past_form": asked, "past_keeps": [("edition", group.edition.code)]}


def _context(group: Group) -> dict[str, Any]:
    outlook, sites = group.outlook, group.sites
    page = Paginator(group.shown, PAGE).get_page(group.request.GET.get("page"))
    lapsing = Lapses(group.places, outlook)
    things, past = first_things(sites), _past(group)
    lapses = ask.lapses(lapsing.groups(_LAPSES_SHOWN))
    site_of = {place.assessment: place for place in group.places if not place.covered}
    fixers = ask.who_can_fix(
        [thing.row.place.site for thing in things]
        + [site_of[lapse.assessment].site for lapse in lapses]
    )
    return {
        "group": group,
        "outlook": outlook,
        "panels": [
            panel((row.rank for row in sites), outlook),
            panel((row.rank_then for row in sites), outlook),
        ],
        "things": [(thing, fixers.get(thing.row.place.site)) for thing in things],
        "lapse_count": lapsing.count,
        "lapses": [
            (one, site_of[one.assessment], fixers.get(site_of[one.assessment].site))
            for one in lapses
        ],
        "more_lapses": lapsing.count > sum(len(one.answers) for one in lapses),
        "timelines": drawings.timelines(lapsing.by_day, outlook),
        "past": past,
        "trend": drawings.trend(past) if past else "",
        "sorts": _SORTS,
        "headings": _headings(group),
        "page": page,
        "head_office": _first_row(group, page),
        "table": table.drawn(page.object_list, outlook),
        "counted": table.said_of(page.paginator.count, len(sites)),
    }


def _past(group: Group) -> list[ask.Past]:
    """Return how it went so far with what the person may see."""
    seen = visible_assessments(group.request.user).filter(edition=group.edition)
    return ask.trend(seen, group.outlook, days_apart=21)


def _first_row(group: Group, page: "Page[Readiness]") -> str:
    """Draw head office above the sites, where nobody asked for something else."""
    if group.head_office is None or group.is_narrowed or page.number > 1:
        return ""
    return table.drawn([group.head_office], group.outlook)


def _headings(group: Group) -> list[dict[str, str]]:
    """Return the columns: words, what a click sorts by, and how it is sorted now."""
    sections = [(f"s{at}", name) for at, name in enumerate(group.outlook.sections, start=1)]
    columns = [
        ("site", "Site"),
        ("today", "Today"),
        ("then", f"On {day(group.outlook.day)}"),
        *sections,
    ]
    columns += [("missing", "To put right"), ("lapse", "Next to lapse")]
    return [
        {
            "words": words,
            "sort": f"-{key}" if group.sort == key else key,
            "now": {key: "ascending", f"-{key}": "descending"}.get(group.sort, ""),
        }
        for key, words in columns
    ]
