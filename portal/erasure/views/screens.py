"""What the screens of erasures share: the door, the way back, the answer."""

from typing import ClassVar

from django.urls import reverse

from portal.chrome.screens import AdminScreen
from portal.erasure.permissions import user_can_erase, user_can_see_erasures
from portal.people.answers import Answer
from portal.people.models import User


class ErasureScreen(AdminScreen):
    """A screen about erasures, for those who may see them."""

    header_icon = "bin"
    above: ClassVar[list[tuple[str, str]]] = [("erasure:index", "Erased details")]

    def may_enter(self, person: User) -> Answer:
        """Let those in who may see erasures."""
        return user_can_see_erasures(person)

    def way_back(self) -> list[tuple[str, str]]:
        """Return the record and what is between it and this page."""
        above = [(reverse(name), label) for name, label in self.above]
        return [(reverse("record:index"), "Record"), *above]


class ErasingScreen(ErasureScreen):
    """A screen that erases: for those who may, and who just gave their password again."""

    def may_enter(self, person: User) -> Answer:
        """Let those in who may erase."""
        return user_can_erase(person)
