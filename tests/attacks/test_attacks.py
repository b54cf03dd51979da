"""Eighteen attacks on a copy of a real database: who notices each, and who cannot.

The table of docs/threat-model.md is this one, and a test holds them together.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.utils import timezone

from evidence_review.evidence.invariants import rows_agree_with_bytes
from portal.record.installation import remove_refusals
from portal.record.models import Event
from portal.record.verification import problems
from portal.sealing.checking import check_checkpoint, recompute_checkpoint
from portal.sealing.invariants import seals_agree
from portal.sealing.key_ring import key_in_use
from portal.sealing.models import Seal
from portal.sealing.reading import RecordBroken
from portal.sealing.sealer import Sealer
from portal.sealing.stuck import SealerStuck
from tests.attacks import attacker
from tests.attacks.conftest import House

TABLE = Path(configured.BASE_DIR) / "docs" / "threat-model.md"
RECORD = "record check"
SEALS = "seal check"
SEALER = "sealer"
OUTSIDE = "checkpoint outside"
BYTES = "file check"
CLOCK = "clock flag"


@dataclass(frozen=True)
class Attack:
    """One attack; ``seen`` says by whom it is noticed, and a piece of what each says."""

    name: str
    do: Callable[[House], None]
    seen: dict[str, str] = field(default_factory=dict)


ATTACKS = [
    Attack(
        "An event is edited",
        attacker.edit_an_event,
        {
            RECORD: "its bytes are not those that were hashed",
            SEALS: "not those that were sealed",
            SEALER: "not those that were sealed",
            OUTSIDE: "the record is another",
        },
    ),
    Attack(
        "An event is deleted",
        attacker.delete_an_event,
        {
            RECORD: "number 3 should stand here",
            SEALS: "event 3 is missing",
            SEALER: "event 3 is missing",
            OUTSIDE: "event 3 is missing",
        },
    ),
    Attack(
        "The list is edited, but not the bytes",
        attacker.edit_the_columns,
        {RECORD: "the list shows something else than the bytes: verb, actor_ref"},
    ),
    Attack(
        "An event is edited and every hash recomputed",
        attacker.edit_and_recompute,
        {
            SEALS: "not those that were sealed",
            SEALER: "not those that were sealed",
            OUTSIDE: "the record is another",
        },
    ),
    Attack(
        "An event is put in and the rest renumbered",
        attacker.insert_and_renumber,
        {
            SEALS: "not those that were sealed",
            SEALER: "not those that were sealed",
            OUTSIDE: "the record is another",
        },
    ),
    Attack(
        "Two events change places",
        attacker.swap_two_events,
        {
            SEALS: "not those that were sealed",
            SEALER: "not those that were sealed",
            OUTSIDE: "the record is another",
        },
    ),
    Attack(
        "An event is dated back",
        attacker.date_an_event_back,
        {
            RECORD: "its time is before that of the event above it",
            SEALS: "is dated before the event above it",
            SEALER: "is dated before the event above it",
            OUTSIDE: "is dated before the event above it",
        },
    ),
    Attack(
        "The clock is turned back while people work",
        attacker.roll_the_clock_back,
        {CLOCK: "held"},
    ),
    Attack(
        "The newest events are cut off, with their seals",
        attacker.cut_the_tail,
        {SEALER: "18 events were sealed, but the record ends after 12", OUTSIDE: "ends after 12"},
    ),
    Attack(
        "The database is put back from a backup",
        attacker.restore_a_backup,
        {SEALER: "18 events were sealed, but the record ends after 12", OUTSIDE: "ends after 12"},
    ),
    Attack(
        "Everything is rewritten and sealed with another key",
        attacker.rewrite_with_another_key,
        {SEALER: "sealed with another key", OUTSIDE: "No key of this portal signed this"},
    ),
    Attack(
        "The bytes of a file are swapped on the disk",
        attacker.swap_bytes_on_disk,
        {BYTES: "are others"},
    ),
    Attack(
        "Details beside the events are rewritten or taken away",
        attacker.rewrite_and_erase_details,
        {RECORD: "its detail is not the one that was written"},
    ),
    Attack(
        "A seal in the database is forged",
        attacker.forge_a_seal,
        {SEALS: "the seal of 6 events does not hold"},
    ),
    Attack(
        "The newest events are cut off, and the sealer's memory with them",
        attacker.cut_the_tail_and_the_memory,
        {OUTSIDE: "ends after 12"},
    ),
    Attack(
        "Everything is rewritten with the stolen key and memory",
        attacker.rewrite_with_the_stolen_key,
        {OUTSIDE: "the record is another"},
    ),
    Attack("An event is changed before it is sealed", attacker.edit_before_it_is_sealed),
    Attack("A false event is added in good order", attacker.add_a_lie_in_good_order),
]
UNSEEN_INSIDE = [attack.name for attack in ATTACKS if set(attack.seen) <= {OUTSIDE}]


def _sealer_says(house: House) -> str:
    """Start the sealer afresh, when a seal is due; return why it refuses, or nothing."""
    try:
        seal = Sealer(key_in_use(house.sealer), house.sealer).work(
            timezone.now() + timedelta(days=1)
        )
    except (RecordBroken, SealerStuck) as refusal:
        return refusal.sentence
    assert seal is not None
    return ""


def _outside_says(house: House) -> str:
    """Compare the checkpoint that somebody kept with the record; nothing when it holds."""
    checked = recompute_checkpoint(house.checkpoint)
    return "" if checked.holds else checked.sentence


def _clock_says() -> str:
    """Return the flag of the newest event, unless the clock was well."""
    flag = str(Event.objects.latest("seq").data["clock"])
    return "" if flag == "ok" else flag


def everybody(house: House) -> dict[str, str]:
    """Ask all who could notice; return what each found."""
    said = {
        RECORD: "; ".join(problem.sentence for problem in problems()),
        SEALS: "; ".join(seals_agree()),
        BYTES: "; ".join(rows_agree_with_bytes()),
        OUTSIDE: _outside_says(house),
        CLOCK: "",
    }
    if said[RECORD] == said[SEALS] == "":
        said[CLOCK] = _clock_says()
    said[SEALER] = _sealer_says(house)
    return {who: found for who, found in said.items() if found}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.do.__name__)
def test_an_attack_is_noticed_by_those_the_table_names_and_nobody_else(
    attack: Attack, house: House
) -> None:
    remove_refusals()
    attack.do(house)

    found = everybody(house)

    assert set(found) == set(attack.seen), found
    for who, piece in attack.seen.items():
        assert piece in found[who]


def test_a_house_that_nobody_attacked_is_well(house: House) -> None:
    assert everybody(house) == {}
    assert check_checkpoint(house.checkpoint).holds


def test_details_that_were_taken_away_are_told_from_details_that_were_rewritten(
    house: House,
) -> None:
    remove_refusals()
    attacker.rewrite_and_erase_details(house)

    assert [(problem.seq, problem.sentence) for problem in problems()] == [
        (2, "its detail is not the one that was written"),
        (3, "its detail was taken away, and no erasure says so"),
    ]


def test_a_stolen_key_shows_two_records_of_one_size_to_whoever_kept_a_checkpoint(
    house: House,
) -> None:
    remove_refusals()
    attacker.rewrite_with_the_stolen_key(house)

    checked = check_checkpoint(house.checkpoint)

    assert (checked.holds, checked.size) == (False, 18)
    assert "shows another record of 18 events" in checked.sentence


def test_a_cut_record_keeps_no_seal_of_the_checkpoint_that_somebody_kept(house: House) -> None:
    remove_refusals()
    attacker.cut_the_tail_and_the_memory(house)

    assert "keeps no seal of 18 events" in check_checkpoint(house.checkpoint).sentence


def test_a_deleted_seal_is_signed_again_from_memory(house: House) -> None:
    remove_refusals()
    Seal.objects.filter(size=18)._raw_delete("default")

    Sealer(key_in_use(house.sealer), house.sealer)

    assert check_checkpoint(house.checkpoint).holds


def test_four_attacks_are_not_seen_from_inside() -> None:
    assert len(UNSEEN_INSIDE) == 4
    assert len(ATTACKS) - len(UNSEEN_INSIDE) == 14


def test_the_threat_model_says_exactly_this() -> None:
    written = {
        cells[0]: cells[1]
        for line in TABLE.read_text(encoding="utf-8").splitlines()
        if line.startswith("| ")
        and len(cells := [cell.strip() for cell in line.strip("|").split("|")]) == 2
    }

    for attack in ATTACKS:
        noticed = set(written[attack.name].split(", "))
        assert noticed == (set(attack.seen) or {"nobody"}), attack.name
    assert set(written) == {"attack", *(attack.name for attack in ATTACKS)}
