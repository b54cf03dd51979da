"""The sheet for somebody outside: a page to print, and a PDF."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from portal.anchors.sheet import sheet_code, sheet_facts, sheet_pdf
from portal.record.views.access import RecordReadersOnly
from portal.sealing.models import Seal
from portal.sealing.queries import newest_seal


class SheetView(RecordReadersOnly):
    """The sheet of the newest seal, to look at and print."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it; 404 while nothing is sealed."""
        seal = newest_seal()
        if seal is None:
            raise Http404("Nothing is sealed yet. Look again in a few minutes.")
        context = sheet_facts(seal) | {"seal": seal, "code": sheet_code(seal)}
        return render(request, "anchors/sheet.html", context)


class SheetPdfView(RecordReadersOnly):
    """The sheet of one seal as a file."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give the file."""
        seal = get_object_or_404(Seal.objects.select_related("key"), pk=pk)
        response = HttpResponse(sheet_pdf(seal), content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="seal-{seal.size}.pdf"'
        response["Cache-Control"] = "no-store"
        return response
