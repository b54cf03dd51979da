"""Packs that are good, and packs that were tampered with, each with the check that must fail.

Both verifiers are asked about each, so what one refuses the other refuses, in the same words.
"""

import struct
import zipfile
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from tests.evidence_review.packs.verifiers.reference import (
    Document,
    Key,
    Members,
    Record,
    approve,
    at,
    base64_of,
    canonical,
    checkpoint_size,
    good_record,
    members_of,
    note,
    zipped,
    zipped_pairs,
)

Listing = dict[str, Any]


def good_members(**options: Any) -> Members:
    record, documents = good_record()
    return members_of(record, documents, **options)


def good_pair(lose: bool = False) -> tuple[bytes, bytes]:
    """Return an older pack and a newer one of the same record."""
    record, documents = good_record()
    older = members_of(record, documents)
    if lose:
        record.replace_key(Key(2), lost=True)
    third = approve(record, Document("ev-3", "Third", b"Three.\n"))
    newer = members_of(record, [*documents, third], earlier=(checkpoint_size(older),))
    return zipped(older), zipped(newer)


def rotated(*, lost: bool = False, forged: bool = False) -> bytes:
    """Return a pack sealed with a second key, which the first one signed unless it was lost."""
    record, documents = good_record()
    record.replace_key(Key(2), lost=lost)
    if forged:
        text, _, _ = record.statements[1].rpartition("\n\n")
        record.statements[1] = note(text + "\n", Key(2), Key(3))
    return zipped(members_of(record, documents))


def _members(change: Callable[[Members], object]) -> bytes:
    members = good_members()
    change(members)
    return zipped(members)


def _renamed(old: str, new: str) -> bytes:
    pairs = [(new if name == old else name, one) for name, one in good_members().items()]
    return zipped_pairs(pairs)


def _added(name: str, content: bytes = b"x") -> bytes:
    return zipped_pairs([*good_members().items(), (name, content)])


def _swapped(one: str, two: str) -> bytes:
    def change(members: Members) -> None:
        members[one], members[two] = members[two], members[one]

    return _members(change)


def _listing(change: Callable[[Listing], None]) -> bytes:
    """Return a pack whose own list lies, although the record settled it."""
    return zipped(good_members(change=change))


def _approved(story: Callable[[Record, Document], object]) -> bytes:
    """Return a pack of one document with another story than it should have."""
    record, document = Record(), Document("ev-1", "Fire drill", b"The bell rang.\n")
    story(record, document)
    return zipped(members_of(record, [document]))


def _then(verb: str, actor: str = "p-yes") -> bytes:
    def story(record: Record, document: Document) -> None:
        approve(record, document)
        document.events.append(record.tell(verb, "evidence", "ev-1", 1, actor=actor))

    return _approved(story)


def _back_in_time(record: Record, document: Document) -> None:
    approve(record, document)
    document.events.append(record.tell("version.rescanned", "evidence", "ev-1", 1, time=at(1)))
    record.tell("person.changed", "person", "p-other")


def _other_body(record: Record, document: Document) -> None:
    approve(record, document)
    document.events[1] = record.tell("version.rescanned", "evidence", "ev-2", 1)


def _twice(name: str) -> bytes:
    other = name.upper()
    return _added(other, b"other").replace(other.encode(), name.encode())


def _put(name: str, content: bytes) -> bytes:
    return _members(lambda members: members.update({name: content}))


def _without(name: str) -> bytes:
    return _members(lambda members: members.pop(name))


def _as(**attributes: Any) -> bytes:
    """Return a pack whose ZIP describes one member in another way."""

    def change(info: zipfile.ZipInfo) -> None:
        if info.filename == "index.html":
            for name, value in attributes.items():
                setattr(info, name, value)

    return zipped(good_members(), change)


def _encrypted() -> bytes:
    whole = bytearray(zipped(good_members()))
    directory = struct.unpack_from("<I", whole, len(whole) - 6)[0]
    whole[6] |= 1
    whole[directory + 8] |= 1
    return bytes(whole)


def _between() -> bytes:
    """Return a ZIP with bytes that belong to no member, which programs pass over."""
    whole = zipped(good_members())
    start = struct.unpack_from("<I", whole, len(whole) - 6)[0]
    moved = bytearray(whole[:start] + b"hidden" + whole[start:])
    struct.pack_into("<I", moved, len(moved) - 6, start + 6)
    return bytes(moved)


def _dated_later(listing: Listing) -> None:
    listing["as_at"]["size"] = 3


def _other_path(listing: Listing) -> None:
    one, two = listing["evidence"]
    one["path"], two["path"] = two["path"], one["path"]


def _raw_list(raw: bytes) -> bytes:
    """Return a pack whose list is these bytes, which the record did settle."""
    record, documents = good_record()
    members = members_of(record, documents, facts={"sha": sha256(raw).hexdigest()})
    return zipped({**members, "manifest.json": raw})


def _retyped(path: list[Any], value: object) -> bytes:
    def change(listing: Any) -> None:
        for step in path[:-1]:
            listing = listing[step]
        listing[path[-1]] = value

    return _listing(change)


def _event_of(name: str) -> bytes:
    return good_members()[name]


FILE = "evidence/ev-1/Fire drill, version 1.txt"
OTHER = "evidence/ev-2/Égalité policy, version 1.txt"
LIST = good_members()["manifest.json"]
CASES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a file changed": ("Files", lambda: _put(FILE, b"The bell never rang.\n")),
    "files swapped": ("Files", lambda: _swapped(FILE, OTHER)),
    "a file renamed": ("Files", lambda: _renamed(FILE, "evidence/ev-1/other.txt")),
    "a file added": ("Files", lambda: _added("evidence/ev-1/added.txt")),
    "a file removed": ("Files", lambda: _without(FILE)),
    "a file emptied": ("Files", lambda: _put(FILE, b"")),
    "a verifier changed": ("Files", lambda: _put("verify.py", b"print('PASS')")),
    "an event not listed": (
        "Files",
        lambda: _added("record/events/1.json", _event_of("record/events/2.json")),
    ),
    "proofs exchanged": (
        "Events",
        lambda: _swapped("record/events/2.tlog-proof", "record/events/4.tlog-proof"),
    ),
    "bodies exchanged": (
        "Events",
        lambda: _swapped("record/events/2.json", "record/events/4.json"),
    ),
    "a body changed": (
        "Events",
        lambda: _put(
            "record/events/2.json", _event_of("record/events/2.json").replace(b"p-up", b"p-ok")
        ),
    ),
    "a proof lost": ("Events", lambda: _without("record/events/2.tlog-proof")),
    "an event and proof exchanged": (
        "Events",
        lambda: _members(
            lambda members: members.update(
                {
                    "record/events/2.json": members["record/events/4.json"],
                    "record/events/2.tlog-proof": members["record/events/4.tlog-proof"],
                }
            )
        ),
    ),
    "a list changed": ("Contents", lambda: _put("manifest.json", LIST.replace(b"Fire", b"Free"))),
    "no list": ("Contents", lambda: _without("manifest.json")),
    "no checkpoint": ("Seal", lambda: _without("record/checkpoint.txt")),
    "no keys": ("Keys", lambda: _without("record/keys.txt")),
    "keys of nobody": ("Keys", lambda: _put("record/keys.txt", b"")),
    "keys in no text": ("Keys", lambda: _put("record/keys.txt", b"\xff\xfe")),
    "a forged rotation": ("Keys", lambda: rotated(forged=True)),
    "another event settles the list": (
        "Contents",
        lambda: _members(
            lambda members: members.update(
                {
                    "record/pack.json": members["record/events/2.json"],
                    "record/pack.tlog-proof": members["record/events/2.tlog-proof"],
                }
            )
        ),
    ),
    "a list of the past": ("Events", lambda: _listing(_dated_later)),
    "files of other documents": ("Approvals", lambda: _listing(_other_path)),
    "a key twice in the list": ("Contents", lambda: _raw_list(LIST.replace(b"{", b'{"v":1,', 1))),
    "a list with spaces": ("Contents", lambda: _raw_list(LIST + b" ")),
    "a list of another kind": ("Contents", lambda: _retyped(["kind"], "other")),
    "true for a number": ("Contents", lambda: _retyped(["v"], True)),
    "a number for a text": ("Contents", lambda: _retyped(["origin"], 5)),
    "a fraction": ("Contents", lambda: _retyped(["evidence", 0, "size"], 1.5)),
    "a number too large": ("Contents", lambda: _retyped(["as_at", "size"], 2**60)),
    "a very long number": ("Contents", lambda: _raw_list(b'{"v":' + b"9" * 100_000 + b"}")),
    "deep nesting": ("Contents", lambda: _raw_list(b"[" * 100_000 + b"]" * 100_000)),
    "a list of lists": ("Contents", lambda: _retyped(["files"], [[]])),
    "nothing in the list": ("Contents", lambda: _raw_list(b"null")),
    "half a character": ("Contents", lambda: _raw_list(b'{"v":"\\ud800"}')),
    "an event that is not listed": (
        "Approvals",
        lambda: _retyped(["evidence", 0, "events"], [2, 4, 99]),
    ),
    "another time of approval": (
        "Approvals",
        lambda: _retyped(["evidence", 0, "approved_at"], at(1)),
    ),
    "another version": ("Approvals", lambda: _retyped(["evidence", 0, "version"], 2)),
    "approved by the uploader": (
        "Approvals",
        lambda: _approved(lambda record, one: approve(record, one, approver="p-up")),
    ),
    "a step approved by the uploader": (
        "Approvals",
        lambda: _then("version.step_approved", "p-up"),
    ),
    "withdrawn later": ("Approvals", lambda: _then("version.withdrawn")),
    "disposed of later": ("Approvals", lambda: _then("version.disposed")),
    "approved twice": ("Approvals", lambda: _then("version.approved")),
    "events of something else": ("Approvals", lambda: _approved(_other_body)),
    "time goes back": ("Events", lambda: _approved(_back_in_time)),
    "an earlier record that never was": (
        "Earlier packs",
        lambda: _added(
            "record/earlier/3.json",
            canonical({"proof": [base64_of(bytes(32))], "root": base64_of(bytes(32)), "size": 3}),
        ),
    ),
    "no proof of an earlier record": ("Earlier packs", lambda: _added("record/earlier/3.json")),
    "a name that climbs": ("Package", lambda: _added("../evil.txt")),
    "an absolute name": ("Package", lambda: _added("/etc/passwd")),
    "a drive": ("Package", lambda: _added("C:evil.txt")),
    "a backslash": ("Package", lambda: _added("evidence\\evil.txt")),
    "a device": ("Package", lambda: _added("evidence/aux.txt")),
    "writing turned round": ("Package", lambda: _added("evidence/\u202etxt.exe")),
    "a name with a newline": ("Package", lambda: _added("evidence/a\nb.txt")),
    "a dot at the end": ("Package", lambda: _added("evidence/a./b.txt")),
    "a name in pieces": ("Package", lambda: _added("evidence/E\u0301galite\u0301.txt")),
    "a name twice": ("Package", lambda: _twice("index.html")),
    "a name twice but for case": ("Package", lambda: _added("INDEX.html")),
    "a file as a folder": ("Package", lambda: _added("index.html/x")),
    "a link": ("Package", lambda: _as(external_attr=0o120777 << 16)),
    "a program": ("Package", lambda: _as(external_attr=0o100755 << 16)),
    "another date": ("Package", lambda: _as(date_time=(2027, 6, 30, 0, 0, 0))),
    "a packed file": ("Package", lambda: _as(compress_type=zipfile.ZIP_DEFLATED)),
    "a file with a comment": ("Package", lambda: _as(comment=b"hello")),
    "a file with an extra field": ("Package", lambda: _as(extra=b"\x99\x99\x02\x00hi")),
    "an encrypted file": ("Package", _encrypted),
    "bytes between": ("Package", _between),
    "bytes after": ("Package", lambda: zipped(good_members()) + b"x"),
    "bytes before": ("Package", lambda: b"x" + zipped(good_members())),
    "cut short": ("Package", lambda: zipped(good_members())[:-1]),
    "half of it": ("Package", lambda: zipped(good_members())[:4000]),
    "nothing": ("Package", lambda: b""),
    "no ZIP": ("Package", lambda: b"%PDF-1.7\n" * 50),
    "a pack in a pack": ("Keys", lambda: zipped({"pack.zip": zipped(good_members())})),
}


def other_key() -> tuple[bytes, Key]:
    """Return the same story, wholly written again and signed with another key."""
    stranger = Key(9)
    record, documents = Record(keys=[stranger]), []
    record.tell("person.created", "person", "p-yes")
    documents = [approve(record, Document("ev-1", "Fire drill", b"It never rang.\n"))]
    return zipped(members_of(record, documents)), stranger


def forked() -> tuple[bytes, bytes]:
    """Return two packs of one key that tell the same stretch of the record differently."""
    _, newer = good_pair()
    record = Record()
    record.tell("person.created", "person", "p-yes")
    story = approve(record, Document("ev-1", "Fire drill", b"It never rang.\n"))
    approve(record, Document("ev-2", "Other", b"Other.\n"))
    record.tell("person.changed", "person", "p-other")
    return zipped(members_of(record, [story])), newer
