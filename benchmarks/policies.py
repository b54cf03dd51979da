"""What it costs to read a policy, and to see who has read which.

The page of a policy for somebody who is signed in is measured over eight connections at once,
beside a view that only finds out who asks, and beside the same policy as Wagtail itself serves it.
"""

from benchmarks.harness.bench import Bench, Figure
from benchmarks.harness.follow_up_page import measure_follow_up
from benchmarks.harness.policy_page import measure_page


def measure(bench: Bench) -> dict[str, Figure]:
    """Return the figures of the page, and of who has read what."""
    # This one first: it starts from a portal in which nothing is.
    return measure_follow_up(bench) | measure_page(bench)
