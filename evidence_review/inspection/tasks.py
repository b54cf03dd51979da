"""What the worker does for inspectors: mails. The row says whether one is still due."""

from smtplib import SMTPException

from evidence_review.inspection.mailing import (
    claim_code,
    claim_link,
    give_code_back,
    give_link_back,
)
from evidence_review.inspection.notices import send_code_mail, send_link_mail

MAIL_TROUBLE = (OSError, SMTPException)


def mail_code(code_id: int) -> None:
    """Mail a one-time code. When the mail server fails, the job fails and may be run again."""
    code = claim_code(code_id)
    if code is None:
        return
    try:
        send_code_mail(code)
    except MAIL_TROUBLE:
        give_code_back(code)
        raise


def mail_link(access_id: int) -> None:
    """Mail the link. When the mail server fails, the job fails and may be run again."""
    access = claim_link(access_id)
    if access is None:
        return
    try:
        send_link_mail(access)
    except MAIL_TROUBLE:
        give_link_back(access)
        raise
