"""Checkpoints: one text for one head, and no other."""

import pytest

from portal.record.checkpoints import Checkpoint, NotACheckpoint, read_checkpoint

SPECIFIED = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
"""The example of the specification."""


def test_the_example_of_the_specification_reads_and_writes_the_same() -> None:
    checkpoint = read_checkpoint(SPECIFIED)

    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert checkpoint.text == SPECIFIED


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin\n",
        "origin\n1\n",
        "origin\n01\n" + "A" * 43 + "=\n",
        "origin\n-1\n" + "A" * 43 + "=\n",
        "origin\n1\nAAAA\n",
        "origin\n1\n" + "A" * 43 + "=",
        "origin\n1\n" + "A" * 43 + "=\n\n",
        "\n1\n" + "A" * 43 + "=\n",
        "origin\n1\n" + "A" * 42 + "B=\n",
    ],
)
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(NotACheckpoint):
        read_checkpoint(text)


@pytest.mark.parametrize("origin", ["", "evil\n999"])
def test_a_name_that_would_read_as_another_head_is_refused(origin: str) -> None:
    with pytest.raises(NotACheckpoint):
        Checkpoint(origin, 1, bytes(32))
