"""The demo's drafts from the policy library, as an editor leaves them half done."""

from home.demo.people import Cast
from portal.policies.models import PolicyPage
from portal.policy_library.actions.adopt_starter import adopt_starter

ADOPTED = ("backup", "rights-requests")


def adopt_starters(cast: Cast) -> list[PolicyPage]:
    """Make drafts of two starters; nobody has submitted them yet."""
    return [
        adopt_starter(code, actor=cast["editor"], owner=cast["registered_manager"])
        for code in ADOPTED
    ]
