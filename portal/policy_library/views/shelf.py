"""The list of starter policies, by topic, with how far each has come here."""

from collections.abc import Iterable
from itertools import groupby

from django.http import HttpResponse

from portal.people.requests import PersonRequest
from portal.policy_library.forms import FilterForm
from portal.policy_library.queries import shelves
from portal.policy_library.standing import Shelved
from portal.policy_library.views.screens import LibraryScreen


class LibraryView(LibraryScreen):
    """Every starter; narrowed by words and state where asked."""

    template_name = "policy_library/admin/library.html"
    page_title = "Policy library"

    def get(self, request: PersonRequest) -> HttpResponse:
        """Show the list."""
        form = FilterForm(request.GET)
        form.is_valid()
        everything = shelves()
        found = list(_narrowed(everything, **_asked(form)))
        by_topic = [
            (topic.label, list(group))
            for topic, group in groupby(found, key=lambda one: one.starter.topic)
        ]
        return self.show(
            form=form, by_topic=by_topic, found=len(found), is_narrowed=any(_asked(form).values()),
            newer=[one for one in everything if any(made.has_newer_text for made in one.made)],
        )  # fmt: skip

    def way_back(self) -> list[tuple[str, str]]:
        """Nothing is above the list."""
        return []


def _asked(form: FilterForm) -> dict[str, str]:
    return {name: form.cleaned_data.get(name, "") for name in ("q", "standing")}


def _narrowed(everything: Iterable[Shelved], q: str, standing: str) -> Iterable[Shelved]:
    words = q.casefold().split()
    for one in everything:
        text = f"{one.starter.title} {one.starter.summary}".casefold()
        if all(word in text for word in words) and standing in ("", one.standing):
            yield one
