"""What the worker does about policies."""

from portal.policies.actions import publish_due as action


def publish_due() -> int:
    """Publish and withdraw the policies whose day has come; return how many."""
    return action.publish_due()
