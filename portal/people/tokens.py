"""How an API client says who it is: ``Authorization: Bearer <token>``."""

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from portal.people.actions.token import digest_of
from portal.people.models import ApiToken, User


class TokenAuthentication(BaseAuthentication):
    """Signs a request in by the person's own token. Switched-off people are refused."""

    keyword = b"bearer"

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return the person and token, or ``None`` when no token was sent.

        Raises:
            AuthenticationFailed: the token is malformed, unknown, revoked, or its owner inactive.
        """
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != self.keyword:
            return None
        try:
            (_, sent) = parts
            digest = digest_of(sent.decode("ascii"))
        except ValueError:
            raise AuthenticationFailed("Send the token as: Authorization: Bearer TOKEN.") from None
        token = ApiToken.objects.select_related("person").filter(digest=digest).first()
        if token is None or token.revoked_at is not None or not token.person.is_active:
            raise AuthenticationFailed("This token does not work. Make a new one on your account.")
        today = timezone.localdate()
        if token.last_used_on != today:
            ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
        return token.person, token

    def authenticate_header(self, request: Request) -> str:
        """Return what a 401 tells the client to send."""
        return 'Bearer realm="api"'


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # untyped base
    """Describes the token in the OpenAPI document."""

    target_class = "portal.people.tokens.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        """Return the OpenAPI security scheme."""
        return {"type": "http", "scheme": "bearer"}
