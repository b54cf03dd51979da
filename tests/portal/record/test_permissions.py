"""Who may read the record."""

import pytest
from django.contrib.auth.models import Permission

from portal.record.permissions import VIEW_RECORD, user_can_view_record


class Holder:
    """Somebody with some permissions."""

    def __init__(self, *held: str) -> None:
        self.held = held

    def has_perm(self, perm: str) -> bool:
        """Say whether it is one of those held."""
        return perm in self.held


def test_who_holds_the_permission_may_read_the_record() -> None:
    answer = user_can_view_record(Holder("record.view_event"))
    assert answer
    assert answer.reason == ""


@pytest.mark.parametrize("held", [(), ("record.change_event",), ("wagtailadmin.access_admin",)])
def test_who_does_not_is_told_what_to_do(held: tuple[str, ...]) -> None:
    answer = user_can_view_record(Holder(*held))
    assert not answer
    assert answer.reason == "Your role does not let you read the record. Ask your IG lead."


@pytest.mark.django_db
def test_reading_is_the_only_permission_there_is() -> None:
    known = Permission.objects.filter(content_type__app_label="record")
    assert [f"record.{codename}" for codename in known.values_list("codename", flat=True)] == [
        VIEW_RECORD
    ]
