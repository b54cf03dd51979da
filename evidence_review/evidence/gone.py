"""What is said to somebody who asks for a file that was disposed of."""

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.problems import problems_of
from evidence_review.evidence.states import VersionState
from portal.refused import Refused


class FileGone(Refused):
    """The file was disposed of; its certificate is still here."""

    status = 410


def refuse_if_gone(version: EvidenceVersion) -> None:
    """Say when and under which rule the file was disposed of, if it was.

    Ask after the person was found to see the version at all. Its evidence must be loaded.

    Raises:
        FileGone: with that sentence.
    """
    if version.state != VersionState.DISPOSED:
        return
    problem = problems_of([version]).get(version.pk)
    raise FileGone(
        f"{problem.sentence}. {problem.advice}" if problem else "This file was disposed of."
    )
