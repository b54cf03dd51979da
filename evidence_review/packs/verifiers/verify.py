"""Check a Wellkept inspection pack, offline, with nothing but Python 3.8 or later.

    python verify.py [PACK.zip] [OLDER.zip] [--key FINGERPRINT]

Without a name it takes the one ZIP in its own folder, or in the folder above. Nothing is unpacked, written or
sent. It ends with 0 when no check fails, else with 1. Wellkept's docs/pack-format.md says what it checks.
It is short, and its lines tight, so that it can be read whole before it is trusted.
"""

# fmt: off
# ruff: noqa: E401, E501, E701, E702, I001, UP014, UP035
from __future__ import annotations
import base64, hashlib, json, re, struct, sys, unicodedata, zlib
from pathlib import Path
from typing import Any, Iterator, NamedTuple, Sequence

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # Ed25519's
D, ROOT, BASE = -121665 * pow(121666, -1, P) % P, pow(2, (P - 1) // 4, P), b"\x58" + b"\x66" * 31
UNREADABLE = (ValueError, LookupError, TypeError, ArithmeticError, AttributeError, OSError, struct.error, RecursionError, MemoryError)
HALF, MAX, CHUNK, LIMIT, HIDDEN = 0x7FFFFFFF, 0xFFFFFFFF, 1 << 20, 1 << 26, {"Cc", "Cf", "Zl", "Zp"}
UNSAFE = re.compile(r'[<>:"|?*\\]|(^|/)( |/|$)|[ .](/|$)|(^|/)(con|prn|aux|nul|(com|lpt)[0-9\xb9\xb2\xb3]) *(\.[^/]*)?(/|$)', re.I)
SIGNATURE = re.compile("\u2014 ([!-*,-~]+) ([A-Za-z0-9+/]+={0,2})")
TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
KEYS, NOTE, LIST, EVENTS, EARLIER = "record/keys.txt", "record/checkpoint.txt", "manifest.json", "record/events/", "record/earlier/"
EVENT = {"seq": int, "t": str, "actor_ref": str, "verb": str, "sha256": str, "facts": {}, "object": {"kind": str, "ref": str, "version": int}}
EVIDENCE = {"ref": str, "title": str, "version": int, "sha256": str, "size": int, "path": str, "approved_at": str, "events": [int]}
MANIFEST = {"v": int, "kind": str, "origin": str, "organisation": {"name": str}, "scope": {"with_files": bool}, "events": [int],
            "as_at": {"size": int, "time": str}, "files": [{"path": str, "size": int, "sha256": str}], "evidence": [EVIDENCE]}
ENDINGS = {f"version.{how}" for how in ("superseded", "withdrawn", "recalled", "disposed")}
CHECKS = ("package", "keys", "seal", "fingerprint", "contents", "files", "events", "approvals", "earlier packs", "older pack")
IF = "If the fingerprint is the one that you were given before"
GOOD = ("{}, the listed documents are those that were approved, at the times listed, and nothing listed was changed since."
        " This does not show that nothing was left out, or that what a document says is true.")
BAD = "Do not rely on this pack. Checks after the one that failed were not made. Keep it, ask for a new one, and say what failed."
Key = NamedTuple("Key", [("text", str), ("name", str), ("id", bytes), ("public", bytes)])

class Fault(Exception):
    """Something is wrong; the message says what, to people."""
# Ed25519 (RFC 8032). A point is (x, y); there is none for bytes that are not its one form, or of small order.
def _point(raw: bytes) -> tuple[int, int] | None:
    sign, y = divmod(int.from_bytes(raw, "little"), 2**255)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square: x = x * ROOT % P
    if x & 1 != sign: x = P - x
    return (x, y) if len(raw) == 32 and y < P and x * x % P == square and _times(8, (x, y))[0] else None
def _add(p: tuple[int, int], q: tuple[int, int]) -> tuple[int, int]:
    k, x, y = D * p[0] * q[0] * p[1] * q[1], p[0] * q[1] + p[1] * q[0], p[1] * q[1] + p[0] * q[0]
    return x * pow(1 + k, -1, P) % P, y * pow(1 - k, -1, P) % P
def _times(number: int, point: tuple[int, int]) -> tuple[int, int]:
    total = (0, 1)
    for bit in bin(number)[2:]: total = _add(_add(total, total), point) if bit == "1" else _add(total, total)
    return total
def ed25519_holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether a signature holds, by the equation without the cofactor."""
    base, key, r, s = _point(BASE), _point(public), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or s >= L or not (base and key and r): return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    return _times(s, base) == _add(r, _times(k, key))
# Merkle proofs (RFC 9162, 2.1.3 and 2.1.4), from the top down. What is too short or too long leads to no hash.
def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
def _up(index: int, size: int, leaf: bytes, proof: list[bytes]) -> bytes:
    if size == 1 or not proof: return leaf if size == 1 and not proof else b""
    half, last = 1 << (size - 1).bit_length() - 1, proof.pop()
    return _node(_up(index, half, leaf, proof), last) if index < half else _node(last, _up(index - half, size - half, leaf, proof))
def _both(first: int, second: int, known: bytes, proof: list[bytes]) -> tuple[bytes, bytes]:
    last = b"" if not proof or (known and first == second) else proof.pop()
    if first == second or not last: return (known or last,) * 2 if first == second and not proof else (b"", b"")
    half = 1 << (second - 1).bit_length() - 1
    old, new = _both(first, half, known, proof) if first <= half else _both(first - half, second - half, b"", proof)
    return (old, _node(new, last)) if first <= half else (_node(last, old), _node(last, new))
def inclusion_holds(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """Say whether a leaf's hash is number ``index``, from 0, of ``size`` under a root."""
    good = 0 <= index < size and {len(one) for one in (leaf, root, *proof)} == {32}
    return good and _up(index, size, leaf, list(proof)) == root
def consistency_holds(first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]) -> bool:
    """Say whether a tree of ``first`` leaves is the beginning of one of ``second``."""
    good = 1 <= first <= second and {len(one) for one in (first_root, second_root, *proof)} == {32}
    return good and _both(first, second, first_root, list(proof)) == (first_root, second_root)
# Texts: base64, numbers and JSON in their one form; keys and signed notes (c2sp.org/signed-note).
def _unbase64(text: str) -> bytes:
    raw = base64.b64decode(text, validate=True)
    if base64.b64encode(raw).decode() != text: raise ValueError
    return raw
def _whole(text: str) -> int:
    if len(text) > 16 or abs(int(text)) >= 2**53 or str(int(text)) != text: raise ValueError
    return int(text)
def _fits(value: Any, shape: Any) -> bool:
    if isinstance(shape, dict): return type(value) is dict and all(_fits(value.get(key), shape[key]) for key in shape)
    if isinstance(shape, list): return type(value) is list and all(_fits(one, shape[0]) for one in value)
    return type(value) is shape
def canonical(raw: bytes, shape: Any) -> Any:
    """Return JSON that has the keys and types of a shape, or more; no key twice, no fractions, no spaces."""
    text = raw.decode()
    value = json.loads(text, parse_int=_whole, parse_float=_whole, parse_constant=_whole)
    if json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False) != text or not _fits(value, shape): raise ValueError
    return value
def read_key(text: str) -> Key:
    """Read an Ed25519 key, written as name+id+key."""
    name, identity, encoded = text.split("+", 2)
    raw = _unbase64(encoded)
    own = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
    if raw[:1] != b"\x01" or len(raw) != 33 or own.hex() != identity: raise ValueError
    return Key(text, name, own, raw[1:])
def opened(note: str, keys: Sequence[Key], what: str) -> str:
    """Return the text of a signed note, if each of these keys signed it, and nobody else."""
    text, _, below = note.rpartition("\n\n")
    lines, signed = below.split("\n"), set()
    for found in filter(None, map(SIGNATURE.fullmatch, lines[:-1])):
        blob = _unbase64(found[2])
        signed |= {key for key in keys if (key.name, key.id) == (found[1], blob[:4]) and ed25519_holds(key.public, f"{text}\n".encode(), blob[4:])}
    if lines[-1] or not len(lines) - 1 == len(keys) == len(signed): raise Fault(f"{what} is not signed by the key that should have signed it")
    return text + "\n"
def _told(faults: list[str], otherwise: str) -> str:
    if faults: raise Fault("; ".join(faults[:5]) + (f"; and {len(faults) - 5} more" if len(faults) > 5 else ""))
    return otherwise
def _headers(raw: bytes, size: int, crc: int, here: int) -> tuple[bytes, bytes]:
    """Return what stands before a ZIP's member at this place, and its entry in the central directory."""
    far, large, distant = size * 1.05 > HALF, size > HALF, here > HALF
    facts, more = (0 if raw.isascii() else 0x800, 0, 0, 33, crc), (size, size) * large + (here,) * distant
    first = struct.pack("<4s5H3I2H", b"PK\3\4", 45 if far else 20, *facts, *[MAX if far else size] * 2, len(raw), 20 * far) + raw
    extra = struct.pack(f"<2H{len(more)}Q", 1, 8 * len(more), *more) if more else b""
    need = 45 if far or more else 20
    again = struct.pack("<4s6H3I5H2I", b"PK\1\2", 768 + need, need, *facts, *[MAX if large else size] * 2, len(raw), len(extra),
                        0, 0, 0, 0o100644 << 16, MAX if distant else here)
    return first + (struct.pack("<2H2Q", 1, 16, size, size) if far else b""), again + raw + extra

class Pack:
    """A ZIP's members, read in place. ``places`` has the start, size and CRC-32 of each."""
    def __init__(self, path: Path) -> None:
        self.path, at, here, length = path, 0, 0, path.stat().st_size
        self.places: dict[str, tuple[int, int, int]] = {}
        tail = self._read(max(0, length - 98), 98).rjust(98, b"\0")
        wide = tail[56:60] == b"PK\6\7"
        count, size, start = struct.unpack_from("<3Q", tail, 32) if wide else struct.unpack_from("<H2I", tail, 86)
        end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, *[min(count, 0xFFFF)] * 2, min(size, MAX), min(start, MAX), 0)
        if wide: end = struct.pack("<4sQ2H2I4Q4sIQI", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, start, b"PK\6\7", 0, start + size, 1) + end
        if not tail.endswith(end) or start + size + len(end) != length or size > 4 * LIMIT: raise Fault("the ZIP is not whole: its end is missing or changed")
        directory = self._read(start, size)
        for _ in range(count):
            crc, _, size, width = struct.unpack_from("<3IH", directory, at + 16)
            name = directory[at + 46:at + 46 + width].decode()
            if size == MAX: size, = struct.unpack_from("<Q", directory, at + 50 + width)
            first, again = _headers(name.encode(), size, crc, here)
            if self._read(here, len(first)) != first or not directory.startswith(again, at): raise Fault(f"{name} is packed, encrypted, a link, moved or changed")
            if HIDDEN.intersection(map(unicodedata.category, name)) or UNSAFE.search(name) or unicodedata.normalize("NFC", name) != name:
                raise Fault(f"{name} is not a safe name for a file")
            self.places[name] = here + len(first), size, crc
            at, here = at + len(again), here + len(first) + size
        if (at, here) != (len(directory), start): raise Fault("something stands between its files")
        folded = {name.lower() for name in self.places}
        parents = {one[:found.start()] for one in folded for found in re.finditer("/", one)}
        if len(folded) < count or parents & folded: raise Fault("two of its files have the same name, but for case, or one is another's folder")
    def _read(self, start: int, size: int) -> bytes:
        with self.path.open("rb") as file: return file.read(size) if file.seek(start) == start else b""
    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a member in pieces, none of them large."""
        if name not in self.places: raise Fault(f"{name} is missing")
        (start, size, crc), found = self.places[name], 0
        for at in range(0, size, CHUNK):
            chunk = self._read(start + at, min(CHUNK, size - at))
            found = zlib.crc32(chunk, found)
            yield chunk
        if crc != found: raise Fault(f"{name} has changed")
    def small(self, name: str, most: int = CHUNK) -> bytes:
        """Return a member whole, if it is not larger than it can be."""
        if self.places.get(name, (0, 0))[1] > most: raise Fault(f"{name} is too large")
        return b"".join(self.chunks(name))

class Check:
    """The checks in their order. Each says in a sentence what holds, or raises ``Fault``."""
    def __init__(self, path: Path, older: Path | None, given: str | None) -> None:
        self.path, self.older, self.given, self.blocks = path, older, given, [""]
        self.chain: list[Key] = []; self.trusted: list[str] = []; self.events: dict[int, Any] = {}; self.roots: dict[int, bytes] = {}
    def run(self) -> bool:
        """Make the checks, up to the first that fails, and say how each went."""
        for title in CHECKS:
            word = "NOTE" if title == "fingerprint" and self.given is None else "PASS"
            try: sentence = getattr(self, "_" + title.replace(" ", "_"))()
            except Fault as fault: word, sentence = "FAIL", str(fault)
            except UNREADABLE: word, sentence = "FAIL", "this is not in the form that it has in a pack"
            if sentence: say(f"{word}  {title.capitalize()}: {sentence}.")
            if word == "FAIL": return False
        return True
    def _package(self) -> str:
        self.pack = Pack(self.path)
        return f"{len(self.pack.places)} files with safe names, and nothing hidden between them"
    def _keys(self) -> str:
        self.blocks, before = self.pack.small(KEYS).decode().split("-----\n"), ""
        for block in self.blocks:
            key, since = read_key(block.split("\n")[1]), block.split("\n")[2][5:]
            last, lost = self.chain[-1:], "\nreplaces lost " in block
            text = opened(block, [key] if lost else [key, *last], f"a statement in {KEYS}")
            way = ("lost " if lost else "") + last[0].text if last else "none"
            good = text == f"wellkept.org/seal-key@v1\n{key.text}\nfrom {since}\nreplaces {way}\n" and TIME.fullmatch(since)
            if not good or since < before or key in self.chain or (last and key.name != last[0].name): raise Fault(f"a statement in {KEYS} does not follow from the one before it")
            self.chain, before, self.trusted = [*self.chain, key], since, ([] if lost else self.trusted) + [" ".join(re.findall("." * 8, hashlib.sha256(key.public).hexdigest()))]
        broken = "" if len(self.trusted) == len(self.chain) else ", but for one that replaced a lost key"
        return f"{len(self.chain)} in all, each vouched for by the one before it{broken}"
    def _seal(self) -> str:
        self.note = self.pack.small(NOTE)
        self.origin, size, root, end = opened(self.note.decode(), self.chain[-1:], NOTE).split("\n")
        self.size, self.root = _whole(size), _unbase64(root)
        if end or self.origin != self.chain[-1].name: raise Fault(f"{NOTE} is of another record")
        return f"the newest key signed the record's first {size} events"
    def _fingerprint(self) -> str:
        *old, now = self.trusted
        if self.given is None: return f"{now}. Compare it with the one that you were given before"
        if self.given in old: return f"you gave that of an earlier key. Each key since signed the next; it is now {now}"
        if self.given != now: raise Fault(f"it is {now}, not the one that you gave, and that key did not vouch for this one")
        return f"{now}, as you gave it"
    def _event(self, stem: str) -> Any:
        body, proof = self.pack.small(f"{stem}.json"), self.pack.small(f"{stem}.tlog-proof").decode()
        event, (head, _, note) = canonical(body, EVENT), proof.partition("\n\n")
        (first, index, *hashes), place = head.split("\n"), (event["seq"] - 1, self.size, hashlib.sha256(b"\0" + body).digest())
        good = (first, index, note.encode()) == ("c2sp.org/tlog-proof@v1", f"index {place[0]}", self.note) and TIME.fullmatch(event["t"])
        if not good or not inclusion_holds(*place, list(map(_unbase64, hashes)), self.root): raise Fault(f"{stem}.json is not in the record that was sealed")
        return event
    def _contents(self) -> str:
        raw, made = self.pack.small(LIST, LIMIT), self._event("record/pack")
        settled = ("pack.made", "pack", hashlib.sha256(raw).hexdigest())
        if (made["verb"], made["object"]["kind"], made["sha256"]) != settled: raise Fault(f"{LIST} is not the list that the record settled")
        self.list = canonical(raw, MANIFEST)
        then, about = self.list["as_at"], (self.list["v"], self.list["kind"], self.list["origin"])
        late = made["seq"] > then["size"] and made["t"] >= then["time"] and TIME.fullmatch(then["time"])
        if about != (1, "wellkept.org/inspection-pack@v1", self.origin) or not late: raise Fault(f"{LIST} does not agree with the record")
        self.files = {one["path"]: (one["size"], one["sha256"]) for one in self.list["files"]}
        when, until = (time[:16].replace("T", " ") for time in (made["t"], then["time"]))
        return f"settled in event {made['seq']} at {when} UTC; it tells of the record up to event {then['size']} at {until} UTC"
    def _files(self) -> str:
        listed = {LIST, KEYS, NOTE, "record/pack.json", "record/pack.tlog-proof", *self.files}
        listed |= {f"{EVENTS}{seq}.{end}" for seq in self.list["events"] for end in ("json", "tlog-proof")}
        faults = [f"{name} is missing" for name in self.files if name not in self.pack.places]
        for name in self.pack.places:
            digest = hashlib.sha256()
            for chunk in self.pack.chunks(name) if name in self.files else (): digest.update(chunk)
            if name in self.files and self.files[name] != (self.pack.places[name][1], digest.hexdigest()): faults.append(f"{name} has changed")
            if name not in listed and not name.startswith(EARLIER): faults.append(f"{name} is not listed")
        return _told(faults, f"all {len(self.files)} are there, with their size and SHA-256, and nothing else is")
    def _events(self) -> str:
        then, seq, time = self.list["as_at"], 0, ""
        for number in self.list["events"]:
            event = self.events[number] = self._event(f"{EVENTS}{number}")
            if event["seq"] != number or not seq < number <= then["size"] or not time <= event["t"] <= then["time"]:
                raise Fault(f"event {number} is not in its place, or its time goes back")
            seq, time = number, event["t"]
        return f"all {len(self.events)} are in the record under their numbers, and their times never go back"
    def _wrong(self, one: Any) -> str:
        events = [self.events[seq] for seq in one["events"]]
        up, yes = ([event for event in events if event["verb"] == f"version.{how}"] for how in ("uploaded", "approved"))
        about, deciders = {"kind": "evidence", "ref": one["ref"], "version": one["version"]}, ("version.approved", "version.step_approved")
        if any(event["object"] != about for event in events) or not len(up) == len(yes) == 1: return "was not uploaded once and approved once"
        facts = (up[0]["sha256"], yes[0]["sha256"], up[0]["facts"].get("size"), yes[0]["t"])
        if up[0]["seq"] > yes[0]["seq"] or facts != (one["sha256"], one["sha256"], one["size"], one["approved_at"]): return "is not what was approved"
        if up[0]["actor_ref"] in [event["actor_ref"] for event in events if event["verb"] in deciders]: return "was approved by its uploader"
        if ENDINGS & {event["verb"] for event in events}: return "is no longer approved"
        return "has another file than was approved" if one["path"] and self.files.get(one["path"]) != (one["size"], one["sha256"]) else ""
    def _approvals(self) -> str:
        found = self.list["evidence"]
        faults = [f"{one['title']} ({one['ref']}) {wrong}" for one in found for wrong in [self._wrong(one)] if wrong]
        paths = sorted(one["path"] for one in found if one["path"] or self.list["scope"]["with_files"])
        if paths != sorted(name for name in self.files if name.startswith("evidence/")): faults.append("the files under evidence/ are not one for each document")
        if len({one["ref"] for one in found}) < len(found): faults.append("a document is listed twice")
        return _told(faults, f"{len(found)} documents were uploaded, then approved by somebody else, and no listed event ends that")
    def _earlier_packs(self) -> str:
        for name in filter(lambda name: name.startswith(EARLIER), self.pack.places):
            one = canonical(self.pack.small(name), {"size": int, "root": str, "proof": [str]})
            root, proof = _unbase64(one["root"]), list(map(_unbase64, one["proof"]))
            if name != f"{EARLIER}{one['size']}.json" or not consistency_holds(one["size"], self.size, root, self.root, proof):
                raise Fault(f"the record of {name} is not the beginning of this one")
            self.roots[one["size"]] = root
        return f"{len(self.roots)} in all, and the record of each is the beginning of this one" if self.roots else ""
    def _older_pack(self) -> str:
        if self.older is None: return ""
        old = Check(self.older, None, None)
        _ = old._package(), old._keys(), old._seal()
        if old.blocks != self.blocks[:len(old.blocks)]: raise Fault("it was sealed with other keys")
        if old.size > self.size: raise Fault("it is newer than the first. Give the newer pack first")
        if {**self.roots, self.size: self.root}.get(old.size) != old.root: raise Fault("its record is not shown to be the beginning of this one: the packs may contradict each other")
        both = [name for name in old.pack.places if name in self.pack.places and name.startswith(EVENTS) and name.endswith(".json")]
        faults = [f"{name} is not the same in both" for name in both if old.pack.small(name) != self.pack.small(name)]
        return _told(faults, f"its {old.size} events are the beginning of this record, and the {len(both)} events in both are the same")

def say(text: str) -> None:
    """Print a line that every console can show."""
    sys.stdout.write("".join(sign if " " <= sign <= "~" else ascii(sign)[1:-1] for sign in text) + "\n")
def main(words: list[str]) -> int:
    """Take the command line, make the checks and say what they come to."""
    at, home = words.index("--key") if "--key" in words else len(words), Path(__file__).resolve().parent
    key = " ".join(re.findall("[0-9a-f]{8}", re.sub("[ :]", "", "".join(words[at + 1:at + 2]).lower()))) if at < len(words) else None
    names = words[:at] + words[at + 2:]
    paths = [Path(name) for name in names] or sorted(home.glob("*.zip")) or sorted(home.parent.glob("*.zip"))
    if not 1 <= len(paths) <= (2 if names else 1) or not all(path.is_file() for path in paths):
        say("Name one pack, and an older one if you have it: python verify.py PACK.zip [OLDER.zip] [--key FINGERPRINT]"); return 1
    good = Check(paths[0], paths[1] if names[1:] else None, key).run()
    say("RESULT  " + (GOOD.format("With the key that you know" if key else IF) if good else BAD)); return int(not good)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
