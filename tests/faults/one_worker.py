"""A worker of one process: starts as the real one does, works through the queue, and ends.

Run as ``python -m tests.faults.one_worker`` by the fault tests, which kill it on the way.
"""

import logging

import django

django.setup()

from django.utils.module_loading import import_string  # noqa: E402 - Django must be set up first
from django_q.brokers import get_broker  # noqa: E402 - Django must be set up first
from django_q.signals import post_spawn  # noqa: E402 - Django must be set up first
from django_q.signing import SignedPackage  # noqa: E402 - Django must be set up first

log = logging.getLogger(__name__)


def work() -> None:
    """Take jobs as django-q2 takes them, and acknowledge each when it is done."""
    broker = get_broker()
    post_spawn.send(sender="django_q", proc_name="one worker")
    while jobs := broker.dequeue():
        for receipt, payload in jobs:
            job = SignedPackage.loads(payload)
            import_string(job["func"])(*job["args"], **job["kwargs"])
            broker.acknowledge(receipt)


if __name__ == "__main__":
    work()
