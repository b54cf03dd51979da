"""The one door: who gets in with a password, how often they may try, what they are told.

Every door of the portal leads here (the admin's too). Attempts and refusals go to the log
``wellkept.security``, never into the sealed record: they hold network addresses and are kept for
twelve months only.
"""

import logging
from smtplib import SMTPException
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from portal.people.models import User

security_log = logging.getLogger("wellkept.security")


class AccountAdapter(DefaultAccountAdapter):
    """Allauth's questions, answered our way: no sign-up, one address per person, plain words."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": (
            "The e-mail address or the password is not right. Check both and try again."
        ),
        "too_many_login_attempts": (
            "That was tried too many times. Wait 5 minutes, then try again or set a new password."
        ),
        "incorrect_password": "That is not your password. Try again.",
        "enter_current_password": "That is not your password now. Try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: a portal administrator adds people."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count failures per account and network address together.

        Counting per account alone would let a stranger lock somebody out by guessing in their name.
        """
        account = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{account}|{self.get_client_ip(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse a try that comes too soon after too many failures.

        Raises:
            ValidationError: with the sentence for the form.
        """
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            self._note("throttled", request, credentials)
            raise

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Return whose credentials these are; a switched-off account answers like a wrong one."""
        person = super().authenticate(request, **credentials)
        if isinstance(person, User) and person.is_active:
            return person
        if person is not None:
            self.authentication_failed(request, **credentials)
        return None

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note a wrong password, an unknown address or a switched-off account."""
        self._note("refused", request, credentials)

    def reauthenticate(self, user: User, password: str) -> bool:
        """Tell whether somebody who is signed in knows their password; counted like a sign-in."""
        person = self.authenticate(self.request, email=user.email, password=password)
        return person is not None and person.pk == user.pk

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign somebody in and note it."""
        super().login(request, user)
        security_log.info(
            "sign-in succeeded person=%s address=%s", user.public_id, self.get_client_ip(request)
        )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one mail; when the mail server fails, note it and go on.

        An error page only for addresses that have an account would tell strangers which do.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            security_log.exception("mail not sent kind=%s", template_prefix)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell somebody that their account changed, at the address they sign in with."""
        address = email or user.email
        if address:
            super().send_notification_mail(template_prefix, user, context, address)

    def _note(self, outcome: str, request: HttpRequest, credentials: dict[str, Any]) -> None:
        address = credentials.get("email") or ""
        known = User.objects.filter(email__iexact=address).values_list("public_id", flat=True)
        security_log.warning(
            "sign-in %s person=%s address=%s",
            outcome,
            known.first() or "unknown",
            self.get_client_ip(request),
        )
