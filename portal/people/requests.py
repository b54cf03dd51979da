"""Requests of people who are signed in."""

from django.http import HttpRequest

from portal.people.models import User


class PersonRequest(HttpRequest):
    """A request behind ``login_required``: its user is a person. For type hints."""

    user: User
