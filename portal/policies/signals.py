"""What policy pages announce. The receivers live in ``receivers``."""

from django.dispatch import Signal

policy_published = Signal()
"""A revision of a policy is now the live one. Sent inside the transaction that made it so, with
``page`` (as it is now), ``revision`` and ``user`` (None when the scheduler did it)."""

policy_in_force = Signal()
"""What was published now holds: its version is kept and its audience set. Sent inside the same
transaction, with ``page``."""
