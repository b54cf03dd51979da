"""A form with a file in it, as browsers write it: Django's own writer leaves names as they are."""

import secrets
from collections.abc import Iterable, Mapping

from django.test import Client

_ESCAPES = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})
File = tuple[str, str, bytes]
"""Name of the field, name of the file, content."""


def post(client: Client, address: str, fields: Mapping[str, str], files: Iterable[File]) -> object:
    """Send a form; return the answer."""
    mark = secrets.token_hex(8)
    parts = []
    for name, value in fields.items():
        head = f'Content-Disposition: form-data; name="{name}"'
        parts.append(f"--{mark}\r\n{head}\r\n\r\n{value}\r\n".encode())
    for field, file_name, content in files:
        written = file_name.translate(_ESCAPES)
        head = f'Content-Disposition: form-data; name="{field}"; filename="{written}"'
        parts.append(f"--{mark}\r\n{head}\r\nContent-Type: text/plain\r\n\r\n".encode())
        parts += [content, b"\r\n"]
    body = b"".join([*parts, f"--{mark}--\r\n".encode()])
    return client.post(address, body, content_type=f"multipart/form-data; boundary={mark}")
