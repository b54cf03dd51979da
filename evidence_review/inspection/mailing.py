"""The claim a mailing job lays on its row, so that the same job twice sends one mail."""

from django.utils import timezone

from evidence_review.inspection.models import InspectorAccess, InspectorCode


def claim_code(code_id: int) -> InspectorCode | None:
    """Return the code if it is this job's to mail; ``None`` when it was, or is no good now."""
    now = timezone.now()
    waiting = InspectorCode.objects.filter(pk=code_id, mailed_at__isnull=True, expires_at__gt=now)
    if not waiting.update(mailed_at=now):
        return None
    code = InspectorCode.objects.select_related("access").get(pk=code_id)
    return code if code.access.is_open() else None


def give_code_back(code: InspectorCode) -> None:
    """Say that the code was not mailed after all."""
    InspectorCode.objects.filter(pk=code.pk).update(mailed_at=None)


def claim_link(access_id: int) -> InspectorAccess | None:
    """Return the access if its link is this job's to mail; ``None`` when it was, or is over."""
    if not InspectorAccess.objects.filter(pk=access_id, link_waits=True).update(link_waits=False):
        return None
    access = InspectorAccess.objects.select_related("granted_by").get(pk=access_id)
    return None if access.state.is_over else access


def give_link_back(access: InspectorAccess) -> None:
    """Say that the link was not mailed after all."""
    InspectorAccess.objects.filter(pk=access.pk).update(link_waits=True)
