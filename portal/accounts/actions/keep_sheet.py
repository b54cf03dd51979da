"""Keep what somebody uploaded until they have looked at it, and throw it away."""

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import KEPT_FOR, KeptSheet
from portal.people.models import User
from portal.spreadsheets.sheet import Table


@transaction.atomic
def keep_sheet(kind: KeptSheet.Kind, file_name: str, table: Table, *, actor: User) -> KeptSheet:
    """Keep a table for its uploader; it takes the place of an earlier one of the same kind."""
    forget_old_sheets()
    actor.kept_sheets.filter(kind=kind).delete()
    return KeptSheet.objects.create(
        kind=kind, person=actor, file_name=file_name[:255], content=table.as_json()
    )


def discard_sheet(kept: KeptSheet, *, actor: User) -> None:
    """Throw away what the actor uploaded. Doing it twice does no harm."""
    actor.kept_sheets.filter(pk=kept.pk).delete()


def forget_old_sheets() -> None:
    """Throw away what nobody imported in time."""
    KeptSheet.objects.filter(kept_at__lte=timezone.now() - KEPT_FOR).delete()
