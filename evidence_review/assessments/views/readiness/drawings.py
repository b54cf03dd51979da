"""Drawings as SVG: put together here, because a template takes many times as long over the marks.

Every drawing has a title that says what it shows; the table beside it gives the same in words.
Colours are in ``assessments/readiness.css``.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from evidence_review.assessments import charts
from evidence_review.assessments.overview import Outlook, Section
from evidence_review.assessments.queries.readiness import Past
from portal.chrome.words import day

_BAR = 88
_HIGH_UP = 40
"""Above this a number stands below its dot, or it would leave the drawing."""


@lru_cache(maxsize=4096)
def bar(section: Section) -> SafeString:
    """Draw a section: what is complete, what of it will lapse, and the rest."""
    width = _BAR / max(section.needed, 1)
    kept, lapsing = (section.complete - section.lapsing) * width, section.lapsing * width
    hatched = f'<rect class="wk-ready-lapse" x="{kept:.1f}" width="{lapsing:.1f}" height="8"/>'
    return mark_safe(  # noqa: S308 - numbers only
        f'<svg class="wk-bar" viewBox="0 0 {_BAR} 8" preserveAspectRatio="none"'
        ' aria-hidden="true" focusable="false">'
        f'<rect class="wk-ready-rest" width="{_BAR}" height="8"/>'
        f'<rect class="wk-ready-done" width="{kept:.1f}" height="8"/>'
        f"{hatched if section.lapsing else ''}</svg>"
    )


def timelines(counts: Sequence[tuple[date, int]], outlook: Outlook) -> SafeString:
    """Draw how many lapse when, once for a desk and once for a phone."""
    days = outlook.today, outlook.day
    desk = charts.timeline(counts, *days, width=1080, apart=34)
    phone = charts.timeline(counts, *days, width=328, apart=26)
    both = _timeline(desk, outlook, "wk-not-phone") + _timeline(phone, outlook, "wk-only-phone")
    return mark_safe(both)  # noqa: S308 - numbers and dates only


def _timeline(drawn: charts.Timeline, outlook: Outlook, css: str) -> str:
    title = f"Timeline from today, {day(outlook.today)}, to {day(outlook.day)}."
    ticks = "".join(
        f'<line class="wk-ready-axis" x1="{tick.x}" x2="{tick.x}" y1="58" y2="68"/>'
        f'<text x="{tick.x}" y="86" text-anchor="middle">{tick.word}</text>'
        for tick in drawn.ticks
    )
    marks = "".join(
        f'<line class="wk-ready-stem" x1="{mark.x}" x2="{mark.x}" y1="30" y2="62"/>'
        f'<circle class="wk-ready-mark" cx="{mark.x}" cy="20" r="{mark.radius}"/>'
        f'<text class="wk-ready-strong" x="{mark.x}" y="25" text-anchor="middle">'
        f"{mark.count}</text>"
        for mark in drawn.marks
    )
    return (
        f'<svg class="wk-chart {css}" viewBox="0 0 {drawn.width} 116" role="img"'
        f' aria-labelledby="timeline-{css}"><title id="timeline-{css}">{title} The table below'
        f' gives the dates.</title><line class="wk-ready-axis" x1="{drawn.margin}"'
        f' x2="{drawn.end}" y1="62" y2="62"/>{ticks}{marks}'
        f'<circle class="wk-ready-done" cx="{drawn.margin}" cy="62" r="7"/>'
        '<text class="wk-ready-strong" x="4" y="110">Today</text>'
        f'<rect class="wk-ready-end" x="{drawn.end - 5}" y="50" width="10" height="24"/>'
        f'<text class="wk-ready-strong" x="{drawn.width}" y="110" text-anchor="end">'
        f"{day(outlook.day)}</text></svg>"
    )


def trend(past: Sequence[Past]) -> SafeString:
    """Draw the share of answers that were complete, from the first day to the last."""
    drawn = charts.line([(one.day, one.share) for one in past], width=540, height=140, margin=20)
    first, last = drawn.dots[0], drawn.dots[-1]
    dots = "".join(
        f'<circle class="wk-ready-dot" cx="{dot.x}" cy="{dot.y}" r="5"/>' for dot in drawn.dots
    )
    return mark_safe(  # noqa: S308 - numbers and dates only
        '<svg class="wk-chart wk-ready-chart" viewBox="0 0 540 150" role="img"'
        ' aria-labelledby="trend-drawing"><title id="trend-drawing">The share of answers that are'
        f" complete, from {day(first.day)} to {day(last.day)}. The table below gives the figures."
        '</title><line class="wk-ready-axis" x1="20" x2="520" y1="120" y2="120"/>'
        f'<polyline class="wk-ready-line" points="{drawn.points}"/>{dots}'
        f"{_share(first, 'start')}{_share(last, 'end')}"
        f'<text x="20" y="146">{day(first.day)}</text>'
        f'<text x="520" y="146" text-anchor="end">{day(last.day)}</text></svg>'
    )


def _share(dot: charts.Dot, anchor: str) -> str:
    y = dot.y + 28 if dot.y < _HIGH_UP else dot.y - 14
    return (
        f'<text class="wk-ready-strong" x="{dot.x}" y="{y}" text-anchor="{anchor}">'
        f"{dot.share}%</text>"
    )
