"""Mails to people about their account, and the link with which they choose a password."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from portal.people.models import User

_STAYS_HERE = frozenset(
    f"django.core.mail.backends.{name}.EmailBackend" for name in ("console", "dummy", "filebased")
)


def mail_goes_out() -> bool:
    """Tell whether the portal sends real e-mail; without a mail server it only writes it down."""
    return settings.EMAIL_BACKEND not in _STAYS_HERE


def password_link(person: User) -> str:
    """Return a link that lets ``person`` choose a password: once, for 24 hours.

    It is the link of the "forgotten password" page, so one page checks them all.
    """
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return _address("account_reset_password_from_key", **key)


def send_password_link(person: User, address: str) -> None:
    """Mail a person, at their address, a link to choose a password.

    Raises:
        OSError: the mail server did not take it.
    """
    context = {
        "person": person,
        "is_new": not person.has_usable_password(),
        "link": password_link(person),
        "sign_in": _address("account_login"),
        "ask_again": _address("account_reset_password"),
    }
    _send("choose_password", address, context)


def tell_old_address(name: str, address: str) -> None:
    """Tell the address somebody signed in with until now that it is theirs no more.

    Raises:
        OSError: the mail server did not take it.
    """
    _send("address_changed", address, {"name": name})


def _send(kind: str, address: str, context: dict[str, object]) -> None:
    text = render_to_string(f"accounts/mail/{kind}.txt", context)
    subject, _, body = text.strip().partition("\n")
    send_mail(" ".join(subject.split()), body.strip() + "\n", None, [address])


def _address(name: str, **kwargs: str) -> str:
    base: str = settings.WAGTAILADMIN_BASE_URL
    return base.rstrip("/") + reverse(name, kwargs=kwargs)
