"""One run of a benchmark: fair turns, and the figures that come of them."""

import os
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

Figure = float | int | str


@dataclass(frozen=True)
class Bench:
    """One run: its name, whether it has to be quick, and the seed of all its chances."""

    name: str
    quick: bool
    seed: int

    @property
    def data(self) -> Path:
        """The scratch folder of this run."""
        return Path(os.environ["PORTAL_DATA"])

    def rounds(self, full: int, quick: int) -> int:
        """Return how often to measure."""
        return quick if self.quick else full

    def say(self, text: str) -> None:
        """Tell the person who waits what is going on."""
        print(text, file=sys.stderr, flush=True)


def in_turns(
    rounds: int, measures: Mapping[str, Callable[[], float]], *, warm_up: int = 1
) -> dict[str, list[float]]:
    """Call every measure once a round, in an order that changes, and return what each gave.

    What slows the machine for a while then slows the portal and its floor alike. The first
    ``warm_up`` rounds are not counted.
    """
    results: dict[str, list[float]] = {name: [] for name in measures}
    order = list(measures)
    for turn in range(rounds + warm_up):
        for name in order:
            value = measures[name]()
            if turn >= warm_up:
                results[name].append(value)
        order.append(order.pop(0))
    return results


def ratio(results: Mapping[str, Sequence[float]], of: str, over: str) -> float:
    """Return the median of the round-by-round ratios of one measure over another."""
    return statistics.median(
        one / floor for one, floor in zip(results[of], results[over], strict=True)
    )


def spread(results: Mapping[str, Sequence[float]], of: str, over: str) -> str:
    """Return the quartiles of those ratios and how many there are: ``"1.02 to 1.31 (n 40)"``."""
    ratios = [one / floor for one, floor in zip(results[of], results[over], strict=True)]
    low, _, high = statistics.quantiles(ratios, n=4) if len(ratios) > 1 else ratios * 3
    return f"{low:.3g} to {high:.3g} (n {len(ratios)})"


def session_cookie(person: "AbstractBaseUser") -> str:
    """Sign a person in without the door; return the ``Cookie`` header that shows it."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
