"""What stands between an assessment and a level, in full sentences. Pure."""

from evidence_review.assessments.levels import Blocks


def sentences(found: Blocks) -> list[str]:
    """Return one sentence for each thing that blocks the level; none when nothing does."""
    name = found.level.name
    said = []
    if found.was_published:
        said.append(f"{name} can be used only once, as a first publication. You have published.")
    if found.missing:
        said.append(f"{_answers(found.missing)} not complete that {name} needs.")
    if found.unplanned:
        said.append(
            f"{_answers(found.unplanned)} not complete and not in the improvement plan. {name} "
            "needs an action with a person and a date for each."
        )
    if found.lacks_certificate:
        said.append(f"{name} needs a {found.lacks_certificate} certificate that is valid today.")
    return said


def _answers(count: int) -> str:
    return "1 answer is" if count == 1 else f"{count} answers are"
