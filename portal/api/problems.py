"""Errors of the API as RFC 9457 problem details, in plain words."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from portal.refused import Refused

MEDIA_TYPE = "application/problem+json"
_WORDS = {
    HTTPStatus.BAD_REQUEST: "Something in the request is not right",
    HTTPStatus.UNAUTHORIZED: "Sign in first",
    HTTPStatus.FORBIDDEN: "You may not do this",
    HTTPStatus.NOT_FOUND: "There is nothing here",
    HTTPStatus.METHOD_NOT_ALLOWED: "That cannot be done here",
    HTTPStatus.CONFLICT: "That does not fit how things stand now",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The file is too large",
    HTTPStatus.UNPROCESSABLE_ENTITY: "The file is refused",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many requests. Wait a little",
}


def problem(status: int, detail: str, **more: Any) -> Response:
    """Return a problem: ``type``, ``title``, ``status``, ``detail`` and any further members."""
    body = {
        "type": "about:blank",
        "title": _WORDS.get(HTTPStatus(status), HTTPStatus(status).phrase),
        "status": status,
        "detail": detail,
    }
    return Response(body | more, status=status, content_type=MEDIA_TYPE)


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn what a view raised into a problem; ``None`` lets what nobody foresaw become a 500."""
    if isinstance(error, Refused):
        set_rollback()
        return problem(error.status, error.reason)
    if isinstance(error, Http404):
        error = exceptions.NotFound("There is nothing here, or you may not see it.")
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied(str(error) or None)
    if not isinstance(error, exceptions.APIException):
        return None
    set_rollback()
    response = _from_framework(error)
    for header, value in _headers(error):
        response[header] = value
    return response


def _from_framework(error: exceptions.APIException) -> Response:
    if isinstance(error, exceptions.ValidationError):
        fields = error.detail if isinstance(error.detail, dict) else {"": error.detail}
        errors = [
            {"field": name, "message": str(message)}
            for name, messages in fields.items()
            for message in (messages if isinstance(messages, list) else [messages])
        ]
        first = errors[0]["message"] if errors else "Check what you sent."
        return problem(error.status_code, first, errors=errors)
    return problem(error.status_code, str(error.detail))


def _headers(error: exceptions.APIException) -> list[tuple[str, str]]:
    headers = []
    if challenge := getattr(error, "auth_header", None):
        headers.append(("WWW-Authenticate", challenge))
    if wait := getattr(error, "wait", None):
        headers.append(("Retry-After", str(int(wait))))
    return headers
