"""What must be true of policies at all times."""

from collections.abc import Iterator

from portal.policies.fingerprints import text_sha256
from portal.policies.models import PolicyPage


def what_is_live_was_approved() -> Iterator[str]:
    """I16: what readers see of a policy is, word for word, the version that was approved."""
    pages = PolicyPage.objects.live().select_related("in_force__version").order_by("pk")
    for page in pages.iterator(chunk_size=100):
        kept = getattr(page, "in_force", None)
        if kept is None:
            yield f"policy {page.pk} is live without a version"
        elif kept.version.revision_id != page.live_revision_id:
            yield f"policy {page.pk} shows another revision than its version {kept.version.number}"
        elif kept.version.sha256 != text_sha256(page):
            yield f"policy {page.pk} shows other words than its version {kept.version.number}"
