"""What is said of bytes, from many verdicts on them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evidence_review.scanning.queries import is_clean, latest_verdict, latest_verdicts
from tests.factories import VerdictFactory

pytestmark = pytest.mark.django_db
BYTES = "a" * 64


@pytest.mark.parametrize(
    ("said", "clean", "latest"),
    [
        ([], False, None),
        (["clean"], True, "clean"),
        (["error"], False, "error"),
        (["error", "clean"], True, "clean"),
        (["clean", "error"], True, "clean"),
        (["clean", "infected"], False, "infected"),
        (["clean", "infected", "error"], False, "infected"),
        (["clean", "unscannable"], False, "unscannable"),
        (["infected", "clean"], True, "clean"),
        (["error", "error"], False, "error"),
    ],
)
def test_the_newest_word_counts_and_failed_scans_say_nothing(said, clean, latest) -> None:
    for verdict in said:
        VerdictFactory.create(sha256=BYTES, verdict=verdict)
    VerdictFactory.create(sha256="b" * 64, verdict="clean" if not clean else "infected")
    assert is_clean(BYTES) is clean
    newest = latest_verdict(BYTES)
    assert (newest.verdict if newest else None) == latest


def test_verdicts_on_many_bytes_come_in_one_query() -> None:
    for letter in "abc":
        VerdictFactory.create(sha256=letter * 64, verdict="error")
        VerdictFactory.create(sha256=letter * 64)
    with CaptureQueriesContext(connection) as queries:
        found = latest_verdicts(letter * 64 for letter in "abcd")
    assert len(queries) == 1
    assert {sha256[0]: verdict.verdict for sha256, verdict in found.items()} == {
        "a": "clean",
        "b": "clean",
        "c": "clean",
    }
