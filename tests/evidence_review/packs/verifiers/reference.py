"""Packs written from docs/pack-format.md alone, by nothing that the portal writes them with.

So the verifiers and the portal's own writer are checked by a third reading of the same page.
"""

import base64
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ORIGIN = "wellkept.example/record/1a2b3c4d"
Members = dict[str, bytes]


def canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def base64_of(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def root_of(leaves: list[bytes]) -> bytes:
    """Return the root of RFC 9162, 2.1.1."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256(b"").digest()
    half = _half(len(leaves))
    return sha256(b"\x01" + root_of(leaves[:half]) + root_of(leaves[half:])).digest()


def inclusion(index: int, leaves: list[bytes]) -> list[bytes]:
    """Return the proof of RFC 9162, 2.1.3.1."""
    if len(leaves) == 1:
        return []
    half = _half(len(leaves))
    if index < half:
        return [*inclusion(index, leaves[:half]), root_of(leaves[half:])]
    return [*inclusion(index - half, leaves[half:]), root_of(leaves[:half])]


def consistency(first: int, leaves: list[bytes], *, known: bool = True) -> list[bytes]:
    """Return the proof of RFC 9162, 2.1.4.1."""
    if first == len(leaves):
        return [] if known else [root_of(leaves)]
    half = _half(len(leaves))
    if first <= half:
        return [*consistency(first, leaves[:half], known=known), root_of(leaves[half:])]
    return [*consistency(first - half, leaves[half:], known=False), root_of(leaves[:half])]


def _half(count: int) -> int:
    return 1 << ((count - 1).bit_length() - 1)


class Key:
    """A key of our own; always the same for the same number."""

    def __init__(self, number: int, name: str = ORIGIN) -> None:
        self.private = Ed25519PrivateKey.from_private_bytes(bytes([number] * 32))
        self.name, self.public = name, self.private.public_key().public_bytes_raw()
        self.id = sha256(name.encode() + b"\n\x01" + self.public).digest()[:4]
        encoded = base64_of(b"\x01" + self.public)
        self.text = f"{name}+{self.id.hex()}+{encoded}"
        self.fingerprint = sha256(self.public).hexdigest()

    def line(self, text: str) -> str:
        signature = self.private.sign(text.encode())
        return f"— {self.name} {base64_of(self.id + signature)}\n"


def note(text: str, *keys: Key) -> str:
    return text + "\n" + "".join(key.line(text) for key in keys)


def statement(key: Key, time: str, way: str = "none", *others: Key) -> str:
    text = f"wellkept.org/seal-key@v1\n{key.text}\nfrom {time}\nreplaces {way}\n"
    return note(text, key, *others)


def at(minute: int) -> str:
    """Return a time in events: so many minutes after nine."""
    return f"2027-06-30T{9 + minute // 60:02d}:{minute % 60:02d}:00.000Z"


@dataclass
class Record:
    """Events in order, and the keys that sealed them."""

    keys: list[Key] = field(default_factory=lambda: [Key(1)])
    statements: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not self.statements:
            self.statements = [statement(self.keys[0], at(0))]

    def tell(
        self,
        verb: str,
        kind: str,
        ref: str,
        version: int = 0,
        *,
        actor: str = "p-someone",
        sha: str = "",
        facts: dict[str, Any] | None = None,
        time: str = "",
    ) -> int:
        seq = len(self.bodies) + 1
        body = {
            "v": 1,
            "seq": seq,
            "t": time or at(seq),
            "clock": "ok",
            "actor_ref": actor,
            "verb": verb,
            "object": {"kind": kind, "ref": ref, "version": version},
            "sha256": sha,
            "before": "",
            "after": "",
            "facts": facts or {},
            "detail_commit": sha256(f"detail {seq}".encode()).hexdigest(),
        }
        self.bodies.append(canonical(body))
        return seq

    def replace_key(self, key: Key, *, lost: bool = False) -> None:
        old, time = self.keys[-1], at(len(self.bodies))
        way = f"replaces lost {old.text}" if lost else f"replaces {old.text}"
        self.statements.append(
            statement(key, time, way.removeprefix("replaces "), *([] if lost else [old]))
        )
        self.keys.append(key)

    def leaves(self, size: int | None = None) -> list[bytes]:
        return [sha256(b"\x00" + body).digest() for body in self.bodies[:size]]

    def checkpoint(self, size: int) -> str:
        root = base64_of(root_of(self.leaves(size)))
        return note(f"{self.keys[-1].name}\n{size}\n{root}\n", self.keys[-1])

    def proof(self, seq: int, size: int) -> bytes:
        hashes = "".join(f"{base64_of(one)}\n" for one in inclusion(seq - 1, self.leaves(size)))
        head = f"c2sp.org/tlog-proof@v1\nindex {seq - 1}\n{hashes}\n"
        return (head + self.checkpoint(size)).encode()

    def earlier(self, first: int, size: int) -> bytes:
        proof = [base64_of(one) for one in consistency(first, self.leaves(size))]
        root = base64_of(root_of(self.leaves(first)))
        return canonical({"size": first, "root": root, "proof": proof})


@dataclass
class Document:
    """One evidence in a pack."""

    ref: str
    title: str
    content: bytes
    events: list[int] = field(default_factory=list)
    approved_at: str = ""
    version: int = 1

    @property
    def sha(self) -> str:
        return sha256(self.content).hexdigest()

    def entry(self, *, with_files: bool) -> dict[str, Any]:
        return {
            "ref": self.ref,
            "title": self.title,
            "version": self.version,
            "sha256": self.sha,
            "size": len(self.content),
            "media_type": "text/plain",
            "path": f"evidence/{self.ref}/{self.title}, version 1.txt" if with_files else "",
            "site": "",
            "kind": "Policy",
            "owner": "Grace Adeyemi",
            "approved_at": self.approved_at,
            "approved_by": "Priya Shah",
            "requirements": ["dspt-v8:1.3.1"],
            "events": self.events,
        }


def approve(
    record: Record, document: Document, *, uploader: str = "p-up", approver: str = "p-yes"
) -> Document:
    """Tell the record of a document's way to its approval."""
    about = ("evidence", document.ref, document.version)
    facts = {"size": len(document.content), "media_type": "text/plain"}
    uploaded = record.tell(
        "version.uploaded", *about, actor=uploader, sha=document.sha, facts=facts
    )
    record.tell("person.changed", "person", "p-other")
    submitted = record.tell("version.submitted", *about, actor="scanner", sha=document.sha)
    approved = record.tell("version.approved", *about, actor=approver, sha=document.sha)
    document.events = [uploaded, submitted, approved]
    document.approved_at = json.loads(record.bodies[approved - 1])["t"]
    return document


def members_of(
    record: Record,
    documents: list[Document],
    *,
    with_files: bool = True,
    earlier: tuple[int, ...] = (),
    change: Callable[[dict[str, Any]], None] = lambda manifest: None,
    facts: dict[str, Any] | None = None,
) -> Members:
    """Return a pack's members in order; it tells the record that it was made. ``change`` lies."""
    size = len(record.bodies)
    events = sorted(seq for document in documents for seq in document.events)
    files: Members = {"index.html": b"<!doctype html><title>Report</title>", "report.pdf": b"%PDF"}
    entries = [document.entry(with_files=with_files) for document in documents]
    for document, entry in zip(documents, entries, strict=True):
        if entry["path"]:
            files[entry["path"]] = document.content
    files |= {"verify.html": b"page", "verify.py": b"program"}
    manifest = {
        "v": 1,
        "kind": "wellkept.org/inspection-pack@v1",
        "origin": record.keys[-1].name,
        "organisation": {"name": "Sunrise Care", "ods_code": "A1B2C"},
        "scope": {
            "editions": [],
            "statements": [],
            "sites": [],
            "approved_from": "",
            "approved_to": "",
            "with_files": with_files,
        },
        "as_at": {"size": size, "time": json.loads(record.bodies[-1])["t"]},
        "files": [
            {"path": path, "size": len(content), "sha256": sha256(content).hexdigest()}
            for path, content in files.items()
        ],
        "evidence": entries,
        "events": events,
    }
    change(manifest)
    listing = canonical(manifest)
    told = {"sha": sha256(listing).hexdigest(), **(facts or {})}
    made = record.tell("pack.made", "pack", "pk-1", **told)
    record.tell("person.changed", "person", "p-other")
    sealed = len(record.bodies)
    members = {**files, "manifest.json": listing}
    members["record/keys.txt"] = "-----\n".join(record.statements).encode()
    members["record/checkpoint.txt"] = record.checkpoint(sealed).encode()
    members["record/pack.json"] = record.bodies[made - 1]
    members["record/pack.tlog-proof"] = record.proof(made, sealed)
    for seq in events:
        members[f"record/events/{seq}.json"] = record.bodies[seq - 1]
        members[f"record/events/{seq}.tlog-proof"] = record.proof(seq, sealed)
    for one in earlier:
        members[f"record/earlier/{one}.json"] = record.earlier(one, sealed)
    return members


def zipped(members: Members, change: Callable[[zipfile.ZipInfo], None] | None = None) -> bytes:
    """Return the ZIP of some members; ``change`` alters how each is written."""
    return zipped_pairs(list(members.items()), change)


def zipped_pairs(
    members: list[tuple[str, bytes]], change: Callable[[zipfile.ZipInfo], None] | None = None
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o100644 << 16
            if change:
                change(info)
            archive.writestr(info, content)
    return out.getvalue()


def checkpoint_size(members: Members) -> int:
    return int(members["record/checkpoint.txt"].split(b"\n")[1])


def good_record() -> tuple[Record, list[Document]]:
    """Return a record of two documents that were approved."""
    record = Record()
    record.tell("person.created", "person", "p-yes")
    documents = [
        approve(record, Document("ev-1", "Fire drill", b"The bell rang at ten.\n" * 40)),
        approve(record, Document("ev-2", "Égalité policy", b"Everybody is welcome.\n")),
    ]
    return record, documents
