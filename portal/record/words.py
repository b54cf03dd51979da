"""How the record is put into words for people."""

from portal.record.models import Event

_NAMING_DETAILS = ("title", "name", "person", "inspector")
"""The entries of a detail that say what the thing is called, the best first."""


def kind_words(kind: str) -> str:
    """Return what people read for a kind of thing: ``inspector_access`` as "Inspector access"."""
    return kind.replace("_", " ").capitalize()


def name_of_thing(event: Event) -> str:
    """Return what a thing is called in the detail of its event, or an empty string."""
    detail = event.detail_data
    return next((str(detail[key]) for key in _NAMING_DETAILS if detail.get(key)), "")


def thing_words(event: Event) -> str:
    """Return what an event is about: by name while that is kept, else by reference."""
    named = name_of_thing(event) or event.object_ref
    if not event.object_version:
        return f"{kind_words(event.object_kind)} {named}"
    if event.object_kind == "version":
        return f"Version {event.object_version} of {named}"
    return f"{kind_words(event.object_kind)} {named}, version {event.object_version}"


def state_words(event: Event) -> str:
    """Return the states before and after, "waiting → in review", or the one there is."""
    states = (event.before, event.after)
    return " → ".join(state.replace("_", " ") for state in states if state)


def detail_pairs(event: Event) -> list[tuple[str, str]]:
    """Return the details of an event but the actor, as names and values that people can read."""
    return [
        (key.replace("_", " ").capitalize(), plain_words(value))
        for key, value in event.detail_data.items()
        if key != "actor" and value not in ("", None, [], {})
    ]


def plain_words(value: object) -> str:
    """Return a value of the detail as text: lists with commas, maps as ``name: value``."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(plain_words(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {plain_words(item)}" for key, item in value.items())
    return "nothing" if value is None else str(value)
