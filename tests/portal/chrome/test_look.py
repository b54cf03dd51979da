"""Stylesheets, colours, and the kit that they are made of."""

import gzip
import re

import pytest
from django.test import Client
from pytest_django import Settings

from portal.chrome.brand import contrast, is_readable, palette
from portal.chrome.checks import brand_colour_can_be_read
from portal.chrome.kit import neutral_css
from portal.chrome.management.commands.take_kit import STYLESHEET, installed_kit

OURS = STYLESHEET.parent
TEMPLATES = STYLESHEET.parents[2]
KILOBYTE = 1024


def test_the_stylesheet_is_what_the_installed_kit_gives() -> None:
    made = neutral_css(installed_kit().read_text())

    assert made == STYLESHEET.read_text()


@pytest.mark.parametrize("name", ["nhsuk.css", "parts.css", "theme.css", "admin.css"])
def test_no_stylesheet_asks_for_another_file(name: str) -> None:
    css = (OURS / name).read_text()

    assert "url(" not in css
    assert "@import" not in css
    assert "@font-face" not in css
    assert "sourceMappingURL" not in css
    assert "Frutiger" not in css
    assert css.count("{") == css.count("}")


def test_a_portal_page_loads_little() -> None:
    sent = sum(
        len(gzip.compress((OURS / name).read_bytes()))
        for name in ("nhsuk.css", "parts.css", "theme.css", "icons.svg")
    )

    assert sent < 20 * KILOBYTE


def test_the_kit_keeps_what_we_use_and_loses_the_rest() -> None:
    css = neutral_css(
        '@charset "UTF-8";:root{--a:1}@font-face{src:url(https://x)}'
        ".nhsuk-header{a:b}.nhsuk-header,.nhsuk-input:is(.a,.nhsuk-card){c:d}"
        "@media print{.nhsuk-hero{e:f}}@media screen{.nhsuk-hint{g:h}}"
        "body{font-family:Frutiger W01,arial}/*# sourceMappingURL=x.map */"
    )

    assert css.splitlines() == [
        '@charset "UTF-8";@media screen{.nhsuk-hint{g:h}}',
        "body{font-family:arial}",
    ]


def test_every_class_of_the_kit_that_our_templates_name_has_a_rule() -> None:
    css = (OURS / "nhsuk.css").read_text() + (OURS / "theme.css").read_text()
    named: set[str] = set()
    for template in TEMPLATES.rglob("*.html"):
        named |= set(re.findall(r"nhsuk-[a-z0-9_-]+[a-z0-9]", template.read_text()))
    without_rule = {"nhsuk-label-wrapper", "nhsuk-form-group--error"}

    missing = {name for name in named - without_rule if f".{name}" not in css}

    assert missing <= {"nhsuk-label--", "nhsuk-radios", "nhsuk-width-container"}, missing


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "paper"),
        ("ink-soft", "paper"),
        ("ink-soft", "sand"),
        ("brand", "paper"),
        ("done", "done-tint"),
        ("check", "check-tint"),
        ("wait", "wait-tint"),
        ("stop", "stop-tint"),
        ("todo", "todo-tint"),
        ("brand", "brand-tint"),
    ],
)
def test_every_text_of_the_palette_can_be_read_on_its_ground(text: str, ground: str) -> None:
    colours = dict(re.findall(r"--wk-([a-z-]+): (#[0-9a-f]{6})", (OURS / "parts.css").read_text()))

    assert contrast(colours[text], colours[ground]) >= 4.5


def test_black_on_white_is_the_greatest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


def test_the_own_colour_stands_on_every_page_under_a_nonce(
    client: Client, settings: Settings, gallery: None, db: None
) -> None:
    settings.PORTAL_BRAND_COLOUR = "#5b2a86"

    answer = client.get("/help/")
    nonce = re.search(r'<style nonce="([^"]+)">:root\{--wk-brand:#5b2a86;', answer.content.decode())

    assert nonce
    assert f"'nonce-{nonce[1]}'" in answer["Content-Security-Policy"]


def test_a_palette_is_readable_when_its_colour_is() -> None:
    own = palette("#5b2a86")

    assert is_readable(own.brand)
    assert is_readable(own.dark)
    assert contrast(own.brand, own.tint) >= 4.5


@pytest.mark.parametrize(
    ("colour", "code"),
    [("green", "chrome.E001"), ("#0f5", "chrome.E001"), ("#ffcc00", "chrome.E002")],
)
def test_a_colour_nobody_can_read_stops_the_portal(
    settings: Settings, colour: str, code: str
) -> None:
    settings.PORTAL_BRAND_COLOUR = colour

    found = brand_colour_can_be_read(None)

    assert [message.id for message in found] == [code]
    assert found[0].hint


@pytest.mark.parametrize("colour", ["", "#0f524e", "#5B2A86"])
def test_a_good_colour_or_none_is_accepted(settings: Settings, colour: str) -> None:
    settings.PORTAL_BRAND_COLOUR = colour

    assert brand_colour_can_be_read(None) == []
