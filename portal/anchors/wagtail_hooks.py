"""Copies outside in the admin, beside the record and its seal."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks

from portal.anchors.views.copies import CopiesView, ReceiptView
from portal.anchors.views.recipients import EndRecipientView, NameRecipientView
from portal.anchors.views.sheet import SheetPdfView, SheetView


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    """Put them at ``/admin/record/anchors/``."""
    patterns = [
        path("", CopiesView.as_view(), name="index"),
        path("people/name/", NameRecipientView.as_view(), name="name"),
        path("people/<slug:public_id>/end/", EndRecipientView.as_view(), name="end"),
        path("<int:pk>/receipt/", ReceiptView.as_view(), name="receipt"),
        path("sheet/", SheetView.as_view(), name="sheet"),
        path("sheet/<int:pk>.pdf", SheetPdfView.as_view(), name="sheet_pdf"),
    ]
    return [path("record/anchors/", include((patterns, "anchors")))]
