"""What somebody with the database's own password, and more, may do to the record."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

from django.utils import timezone

from evidence_review.evidence.models import EvidenceVersion
from portal.record.canonical import canonical_bytes, time_text
from portal.record.checkpoints import Checkpoint
from portal.record.merkle import CompactRange, leaf_hash
from portal.record.models import Event, EventDetail, LogHead
from portal.record.notes import signed
from portal.sealing.actions.register_key import register_key
from portal.sealing.memory import FILE
from portal.sealing.models import Seal, SealKey
from portal.sealing.signing_key import SigningKey, make_key, read_key
from tests.attacks.conftest import House, let_happen


@dataclass(frozen=True)
class Row:
    """One event with its detail, taken out of the database to be forged."""

    data: dict[str, Any]
    salt: bytes
    text: str


def take() -> list[Row]:
    """Return the whole record."""
    rows = Event.objects.select_related("detail").order_by("seq")
    return [Row(row.data, bytes(row.detail.salt), row.detail.text) for row in rows]


def put(rows: list[Row]) -> None:
    """Make this the record: renumbered, with every hash that needs no key, and the head."""
    EventDetail.objects.all()._raw_delete("default")
    Event.objects.all()._raw_delete("default")
    tree = CompactRange()
    for seq, row in enumerate(rows, start=1):
        data = {**row.data, "seq": seq}
        body = canonical_bytes(data)
        event = Event(seq=seq, body=body, leaf_hash=leaf_hash(body), **_columns(data))
        Event.objects.bulk_create([event])
        EventDetail.objects.bulk_create([EventDetail(event=event, salt=row.salt, text=row.text)])
        tree.append(leaf_hash(body))
    last = datetime.fromisoformat(rows[-1].data["t"])
    LogHead.objects.update(size=tree.size, compact_range=tree.packed(), last_at=last)


def _columns(data: dict[str, Any]) -> dict[str, Any]:
    """Return the columns that repeat what the bytes say."""
    thing = data["object"]
    return {
        "at": datetime.fromisoformat(data["t"]),
        "verb": data["verb"],
        "actor_ref": data["actor_ref"],
        "object_kind": thing["kind"],
        "object_ref": thing["ref"],
        "object_version": thing["version"],
        "sha256": data["sha256"],
        "before": data["before"],
        "after": data["after"],
    }


def _with(row: Row, **changes: Any) -> Row:
    """Return a row that says something else."""
    return Row({**row.data, **changes}, row.salt, row.text)


def edit_an_event(house: House) -> None:
    body = bytes(Event.objects.get(seq=3).body)
    Event.objects.filter(seq=3).update(body=body.replace(b"version.approved", b"version.refused"))


def delete_an_event(house: House) -> None:
    EventDetail.objects.filter(event=3)._raw_delete("default")
    Event.objects.filter(seq=3)._raw_delete("default")


def edit_the_columns(house: House) -> None:
    Event.objects.filter(seq=3).update(verb="version.refused", actor_ref="person:somebodyElse")


def edit_and_recompute(house: House) -> None:
    rows = take()
    rows[2] = _with(rows[2], verb="version.refused", after="refused")
    put(rows)


def insert_and_renumber(house: House) -> None:
    rows = take()
    put([*rows[:3], _with(rows[2], verb="version.downloaded"), *rows[3:]])


def swap_two_events(house: House) -> None:
    rows = take()
    times = [rows[4].data["t"], rows[5].data["t"]]
    rows[4], rows[5] = _with(rows[5], t=times[0]), _with(rows[4], t=times[1])
    put(rows)


def date_an_event_back(house: House) -> None:
    rows = take()
    rows[-1] = _with(rows[-1], t=time_text(timezone.now() - timedelta(days=30)))
    put(rows)


def roll_the_clock_back(house: House) -> None:
    then = timezone.now() - timedelta(days=365)
    with mock.patch("portal.record.record.timezone.now", return_value=then):
        let_happen()


def cut_the_tail(house: House) -> None:
    rows = take()
    put(rows[:12])
    Seal.objects.filter(size__gt=12)._raw_delete("default")


def restore_a_backup(house: House) -> None:
    house.put_back_database()


def rewrite_with_another_key(house: House) -> None:
    rows = take()
    rows[2] = _with(rows[2], verb="version.refused", after="refused")
    put(rows)
    own = make_key(house.disk / "attackers", _name())
    Seal.objects.all()._raw_delete("default")
    SealKey.objects.all()._raw_delete("default")
    register_key(own, now=timezone.now())
    _sign_all(own)


def swap_bytes_on_disk(house: House) -> None:
    sha256 = EvidenceVersion.objects.earliest("pk").sha256
    (kept,) = (path for path in (house.disk / "bytes").rglob(sha256) if path.is_file())
    kept.chmod(0o600)
    kept.write_bytes(b"P" * kept.stat().st_size)


def rewrite_and_erase_details(house: House) -> None:
    EventDetail.objects.filter(event=2).update(text='{"actor":"Somebody Else"}')
    EventDetail.objects.filter(event=3)._raw_delete("default")


def forge_a_seal(house: House) -> None:
    first = Seal.objects.earliest("pk")
    root = hashlib.sha256(b"another record").digest()
    note = signed(
        Checkpoint(_name(), first.size, root).text,
        [(_name(), make_key(house.disk / "attackers", _name()).private)],
    )
    Seal.objects.filter(pk=first.pk).update(root=root.hex(), note=str(note))


def cut_the_tail_and_the_memory(house: House) -> None:
    cut_the_tail(house)
    house.put_back_sealer()


def rewrite_with_the_stolen_key(house: House) -> None:
    rows = take()
    rows[2] = _with(rows[2], verb="version.refused", after="refused")
    put(rows)
    sizes = list(Seal.objects.order_by("pk").values_list("size", flat=True))
    Seal.objects.all()._raw_delete("default")
    last = _sign_all(read_key(house.sealer), sizes)
    (house.sealer / FILE).write_text(last, encoding="utf-8")


def edit_before_it_is_sealed(house: House) -> None:
    rows = take()
    rows[-2] = _with(rows[-2], verb="evidence.created")
    put(rows)


def add_a_lie_in_good_order(house: House) -> None:
    let_happen()


def _name() -> str:
    return SealKey.objects.latest("pk").public.partition("+")[0]


def _sign_all(key: SigningKey, sizes: list[int] | None = None) -> str:
    """Sign the record at the given sizes, or at its end; return the last note."""
    tree, note = CompactRange(), ""
    kept = SealKey.objects.get(public=str(key.public))
    wanted = set(sizes or [Event.objects.count()])
    for seq, leaf in Event.objects.order_by("seq").values_list("seq", "leaf_hash"):
        tree.append(bytes(leaf))
        if seq in wanted:
            head = Checkpoint(key.name, seq, tree.root())
            note = str(signed(head.text, [(key.name, key.private)]))
            Seal.objects.create(size=seq, root=tree.root().hex(), note=note, key=kept)
    return note
