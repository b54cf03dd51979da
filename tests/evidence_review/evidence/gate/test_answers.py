"""Believing only what makes sense."""

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_review.evidence.gate.answers import Answer, collect, read_answer
from evidence_review.evidence.gate.reasons import Code

WELL = b'{"ended": 0}\n'


def line(**content: object) -> bytes:
    return json.dumps(content).encode() + b"\n"


def test_an_answer_is_read():
    text = line(codes=["macros"], facts={"pages": 3, "encoding": "utf-8"}) + WELL
    assert read_answer(text) == Answer((Code.MACROS,), {"pages": 3, "encoding": "utf-8"})


@pytest.mark.parametrize("text", [b"", line(codes=[], facts={}), b"half a li", b"\n\n"])
def test_a_reply_that_the_room_did_not_finish_is_no_answer(text: bytes):
    assert read_answer(text) is None


@pytest.mark.parametrize(
    "first",
    [
        b"",
        b"garbage\n",
        b"[1]\n",
        b"[" * 100_000 + b"\n",
        line(codes=[]),
        line(codes=[], facts={}, more=1),
        line(codes="macros", facts={}),
        line(codes=[1], facts={}),
        line(codes=[["macros"]], facts={}),
        line(codes=["all_is_well"], facts={}),
        line(codes=[], facts=[]),
        line(codes=[], facts={"Pages": 1}),
        line(codes=[], facts={"pages": 1.5}),
        line(codes=[], facts={"pages": None}),
        line(codes=[], facts={"pages": 2**60}),
        line(codes=[], facts={"text": "x" * 201}),
        line(codes=[], facts={"text": "a\u202eb"}),
        line(codes=[], facts={f"f{'a' * n}": 1 for n in range(31)}),
        line(codes=[], facts={}) * 2,
        line(codes=[], facts={}) + WELL,
    ],
)
def test_an_answer_that_makes_no_sense_is_not_believed(first: bytes):
    answer = read_answer(first + WELL)
    assert answer is not None
    assert answer.problem == "answer makes no sense"


@pytest.mark.parametrize(
    ("ended", "problem"), [("late", "took too long"), (-11, "signal 11"), (3, "exit 3")]
)
def test_an_answer_from_a_child_that_ended_badly_does_not_count(ended: object, problem: str):
    answer = read_answer(line(codes=[], facts={}) + line(ended=ended))
    assert answer == Answer(problem=problem)


def test_a_child_may_say_what_failed():
    assert read_answer(line(failed="MemoryError") + line(ended=1)) == Answer(problem="MemoryError")


@given(st.binary(max_size=200))
def test_no_bytes_are_ever_taken_for_all_is_well(noise: bytes):
    answer = read_answer(noise + b"\n" + WELL)
    assert answer is not None
    assert answer.problem


def test_waiting_for_an_answer_has_an_end():
    reading, writing = os.pipe()
    os.write(writing, b"some")
    assert collect(reading, 0.02) is None
    os.close(writing)
    os.close(reading)


def test_too_long_an_answer_is_cut_off():
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(reading)
            for _ in range(40):
                os.write(writing, b"x" * 16_384)
        finally:
            os._exit(0)
    os.close(writing)
    text = collect(reading, 5)
    os.close(reading)
    os.waitpid(pid, 0)
    assert text is not None
    assert 65_536 < len(text) <= 131_072
