"""Which keys a catalogue file has, and what may stand under each."""

from typing import Any

from yaml.nodes import MappingNode, Node

from portal.frameworks.catalogue.nodes import (
    Key,
    Reader,
    day,
    flag,
    line_of,
    list_of,
    mapping_of,
    name_like,
    one_of,
    text,
    whole_number,
)
from portal.frameworks.states import AnswerKind, Source, Sureness

_code = name_like(r"[a-z0-9][a-z0-9-]*", 40)
_ref = name_like(r"[A-Za-z0-9][A-Za-z0-9.-]*", 20)
_name = text(200)
_sure = Key(one_of(*Sureness.values))


def pairs(reader: Reader, node: Node) -> list[tuple[int, str, str]]:
    """Read a mapping of old to new references as (line, old, new)."""
    if not isinstance(node, MappingNode):
        reader.complain(node, 'expected old and new references, such as "1.6.2": "1.3.12"')
        return []
    return [
        (line_of(old), str(_ref(reader, old)), str(_ref(reader, new))) for old, new in node.value
    ]


def reference_block(reader: Reader, node: Node) -> dict[str, Any]:
    """Read one block of the reference map; what is marked as reworded must be in it."""
    values = reader.mapping(node, REFERENCE_MAP)
    new = {pair[2] for pair in values["to"] or ()}
    for ref in values["reworded"] or ():
        if ref not in new:
            reader.complain(node, f"{ref} is marked as reworded but nothing is mapped to it")
    return values


FRAMEWORK = {"code": Key(_code), "name": Key(_name)}
EDITION = {
    "code": Key(_code),
    "name": Key(_name),
    "starts": Key(day, None),
    "ends": Key(day, None),
    "in_use": Key(flag, True),
    "position": Key(whole_number, 0),
    "note": Key(text(), ""),
}
LEVEL = {
    "code": Key(_code),
    "name": Key(_name),
    "total": Key(whole_number, None),
    "once_only": Key(flag, False),
    "action_plan": Key(flag, False),
    "certificate": Key(_name, ""),
}
SECTION = {"name": Key(text(80)), "groups": Key(list_of(text(80)), ())}
STANDARD = {"number": Key(whole_number), "name": Key(_name)}
ASSERTION = {
    "ref": Key(_ref),
    "standard": Key(whole_number),
    "title": Key(_name),
    "confidence": Key(one_of(*Source.values), Source.SOURCE.value),
}
CATEGORY = {"code": Key(_code), "name": Key(_name), "explanation": Key(text(), "")}
CONFIDENCE = {
    "source": Key(one_of(*Source.values)),
    "ref": _sure,
    "level": _sure,
    "note": Key(text(), ""),
}
REQUIREMENT = {
    "ref": Key(_ref),
    "title": Key(text(120)),
    "question": Key(text()),
    "why_it_matters": Key(text()),
    "good_evidence": Key(list_of(text())),
    "answer": Key(one_of(*AnswerKind.values)),
    "section": Key(text(80)),
    "group": Key(text(80), ""),
    "assertion": Key(_ref, ""),
    "needed_from": Key(_code, ""),
    "mandatory": Key(flag, False),
    "condition": Key(text(), ""),
    "not_applicable": Key(flag, False),
    "freshness_months": Key(whole_number, None),
    "confidence": Key(mapping_of(CONFIDENCE)),
    "supersedes": Key(_ref, ""),
    "reworded": Key(text(), ""),
}
REFERENCE_MAP = {"from": Key(_code), "to": Key(pairs), "reworded": Key(list_of(_ref), ())}
EDITION_FILE = {
    "framework": Key(mapping_of(FRAMEWORK)),
    "edition": Key(mapping_of(EDITION)),
    "levels": Key(list_of(mapping_of(LEVEL)), ()),
    "sections": Key(list_of(mapping_of(SECTION))),
    "standards": Key(list_of(mapping_of(STANDARD)), ()),
    "assertions": Key(list_of(mapping_of(ASSERTION)), ()),
    "categories": Key(list_of(mapping_of(CATEGORY)), ()),
    "requirements": Key(list_of(mapping_of(REQUIREMENT))),
    "reference_map": Key(list_of(reference_block), ()),
}
LINK = {"ref": Key(_ref), "to": Key(_ref), "why": Key(text(), "")}
CROSSWALK = {"from": Key(_code), "to": Key(_code), "links": Key(list_of(mapping_of(LINK)))}
CROSSWALK_FILE = {"crosswalk": Key(list_of(mapping_of(CROSSWALK)))}
