"""Who else must know when somebody starts, ends or changes where they work.

What is counted of people lives in rooms above this one. They register a function in the setting
``MEMBERSHIP_FOLLOWERS``; it is called in the transaction of the change, before the record is
written, so that no lock is asked for behind the record's own.
"""

from django.conf import settings
from django.utils.module_loading import import_string


def tell_followers() -> None:
    """Tell them that memberships changed, or that an account was switched off or on."""
    for path in settings.MEMBERSHIP_FOLLOWERS:
        import_string(path)()
