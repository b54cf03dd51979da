"""Texts of two pages, made up from a seed, and the questions that are put to them.

A text is some 640 words: four in ten of them the small words of English, the rest words of care
work and made-up ones, drawn about as language draws them (Zipf and Mandelbrot).
Each text holds one word of its own twice, as a name or a product would, in one of four forms.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

WORDS_A_TEXT = 640
_SMALL_TEXT = """
the of and to in a is for on with that by be as are this it or at from was not we will all have
has which if each any must when you they their who no its an do
"""
_CARE_TEXT = """
care staff resident home record training policy person manager data support review risk plan
medication check audit safety team day shift room family information incident report health
service assessment food visit night fire infection control hand water floor consent dignity
meeting action date month year form file box list question answer need change time place work
carer nurse doctor hospital phone password computer network backup breach access request form
retention privacy notice guidance inspection rating evidence standard requirement signature
supervision appraisal induction rota agency contract supplier equipment hoist bed chair door
garden kitchen laundry cleaning waste temperature fridge diet fluid weight skin pressure fall
mobility continence dementia wellbeing activity choice complaint concern safeguarding capacity
"""
_TITLES = (
    "Fire drill", "Medication audit", "Training record", "Supervision notes", "Care plan review",
    "Infection control check", "Data protection policy", "Meeting minutes", "Risk assessment",
    "Equipment service", "Food safety check", "Staff survey", "Incident review", "Backup test",
)  # fmt: skip
_MONTHS = "January February March April May June July August September October November December"
_FORMS = ("", "s", "ed", "ing")
_ONSETS_TEXT = """
b br c cl d dr f fl g gr h j k l m n p pl r s sl st t tr v w
"""
_VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "oo"]
_CODAS_TEXT = """
ck d g k lk ld lm lp mp n nd nk nt p rb rd rk rm rn rp sk t
"""
_FLAT = 12
"""Mandelbrot's correction: without it, one word in ten would be "care"."""
_SMALL, _CARE, _ONSETS, _CODAS = (
    text.split() for text in (_SMALL_TEXT, _CARE_TEXT, _ONSETS_TEXT, _CODAS_TEXT)
)
MIDDLING = 6_000
"""Made-up words that stand in more than one text."""


@dataclass(frozen=True)
class Text:
    """One document: its title, its body, its own word and the form in which the body has it."""

    title: str
    body: str
    own: str
    form: str


@dataclass(frozen=True)
class Asked:
    """A question and the number of the document that should be among the first ten."""

    kind: str
    typed: str
    number: int


QUESTIONS = ("title", "rare", "inflected", "prefix", "one_typing_error", "four_words_in_a_row")


def _made_up(chance: random.Random, syllables: int) -> str:
    return "".join(
        chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_CODAS)
        for _ in range(syllables)
    )


@cache
def _vocabulary(seed: int) -> tuple[list[str], list[float]]:
    """Return the words of the texts and how often each is drawn, added up."""
    chance = random.Random(seed)
    made_up = dict.fromkeys(_made_up(chance, 2) for _ in range(MIDDLING))
    rest = [*dict.fromkeys(_CARE), *made_up]
    weights = [1 / (rank + _FLAT) for rank in range(1, len(rest) + 1)]
    small = [sum(weights) / ((rank + 2) * 4.3) for rank in range(1, len(_SMALL) + 1)]
    return [*_SMALL, *rest], list(accumulate([*small, *weights]))


def text(number: int, seed: int) -> Text:
    """Return one document; the same number and seed give the same one."""
    chance = random.Random(f"{seed}:{number}")
    words, weights = _vocabulary(seed)
    body = chance.choices(words, cum_weights=weights, k=WORDS_A_TEXT)
    own, form = _made_up(chance, 3), chance.choice(_FORMS)
    for at in (chance.randrange(WORDS_A_TEXT // 2), chance.randrange(WORDS_A_TEXT // 2, 640)):
        body[at] = own + form
    month = chance.choice(_MONTHS.split())
    middling = " ".join(chance.choices(words[-MIDDLING:], k=2)).title()
    title = f"{chance.choice(_TITLES)} {middling} {month} {chance.randrange(2020, 2027)}"
    sentences = [body[at : at + 16] for at in range(0, WORDS_A_TEXT, 16)]
    return Text(title, " ".join(f"{' '.join(one).capitalize()}." for one in sentences), own, form)


def questions(numbers: list[int], seed: int) -> Iterator[Asked]:
    """Give one question of each kind about each of these documents."""
    for number in numbers:
        chance, about = random.Random(f"{seed}:ask:{number}"), text(number, seed)
        stands = about.own + about.form
        other = chance.choice([form for form in _FORMS if form != about.form])
        words = about.body.replace(".", "").split()
        start = chance.randrange(len(words) - 4)
        asked = {
            "title": about.title,
            "rare": stands,
            "inflected": about.own + other,
            "prefix": stands[: max(5, len(stands) - chance.randint(2, 4))],
            "one_typing_error": _mistyped(stands, chance),
            "four_words_in_a_row": " ".join(words[start : start + 4]).lower(),
        }
        for kind in QUESTIONS:
            yield Asked(kind, asked[kind], number)


def common(count: int, seed: int) -> list[str]:
    """Return questions of three words each of which stands in a large part of all texts."""
    chance = random.Random(f"{seed}:common")
    return [" ".join(chance.sample(_CARE[:25], 3)) for _ in range(count)]


def _mistyped(word: str, chance: random.Random) -> str:
    """Return the word with a letter left out, added, replaced, or swapped with the next."""
    at, letter = chance.randrange(len(word) - 1), chance.choice("abcdefghijklmnopqrstuvwxyz")
    start, end = word[:at], word[at:]
    mistyped = {
        "less": start + end[1:],
        "more": start + letter + end,
        "other": start + letter + end[1:],
        "swapped": start + end[1] + end[0] + end[2:],
    }[chance.choice(("less", "more", "other", "swapped"))]
    return mistyped if mistyped != word else _mistyped(word, chance)
