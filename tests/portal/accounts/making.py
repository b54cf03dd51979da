"""What the tests about people and places say again and again."""

import io
from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from portal.people.models import User
from portal.record.models import Event

ANNA = {
    "first_name": "Anna",
    "last_name": "Field (demo)",
    "job_title": "Senior carer",
    "email": "anna@demo.example",
    "role": "contributor",
    "site": "every",
}


def page(client: Client, url: str) -> str:
    """Return the text of a page that opens."""
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def sent(client: Client, url: str, data: dict[str, Any], *, status: int) -> str:
    """Send a form, look at the status, return the text of what comes back."""
    answer = client.post(url, data)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def getvalue(answer: Any) -> bytes:
    """Return all bytes of a download."""
    return b"".join(answer)


def verbs() -> list[str]:
    """Return what the record says happened, in order."""
    return list(Event.objects.order_by("seq").values_list("verb", flat=True))


def url_of(name: str, person: User, *more: Any) -> str:
    """Return the address of a screen about a person."""
    return reverse(f"people:{name}", args=[person.public_id, *more])


def spreadsheet(*rows: Iterable[Any], name: str = "list.xlsx") -> SimpleUploadedFile:
    """Return an upload whose first row holds the headings."""
    workbook = Workbook()
    for row in rows:
        workbook.worksheets[0].append(list(row))
    content = io.BytesIO()
    workbook.save(content)
    return SimpleUploadedFile(name, content.getvalue())


def uploaded(client: Client, url: str, *rows: Iterable[Any]) -> str:
    """Upload rows; return the address of the report."""
    answer = client.post(url, {"file": spreadsheet(*rows)})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])
