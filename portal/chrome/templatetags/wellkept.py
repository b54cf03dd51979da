"""The tags and filters of every page: ``{% load wellkept %}``."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from portal.chrome import words
from portal.chrome.brand import palette
from portal.chrome.fields import field_context, problems_of
from portal.chrome.icons import icon
from portal.chrome.menu import Item, menu_for
from portal.chrome.notices import admin_notices_for
from portal.chrome.pages import page_links, page_url
from portal.chrome.tracks import steps_of
from portal.people import queries as people

WAGTAIL_CONTENT = '<div class="content">'
"""Where the content of an admin page begins."""

STYLE_SHEETS = ("nhsuk", "parts", "theme")

register = template.Library()

register.simple_tag(icon, name="icon")
register.simple_tag(icon, name="wk_icon")  # Wagtail's admin has a tag called icon too.
register.filter("day", words.day)
register.filter("weekday", words.weekday)
register.filter("clock", words.clock)
register.filter("moment", words.moment)
register.filter("days_until", words.days_until)
register.filter("file_size", words.file_size)
register.filter("in_words", words.in_words)
register.filter("hash_groups", words.hash_groups)


@register.simple_tag
def portal_name() -> str:
    """Return the name the provider gave the portal."""
    return str(settings.PORTAL_NAME)


@register.simple_tag
def organisation_name() -> str:
    """Return the provider's name; the portal's before set-up."""
    return people.organisation_name() or portal_name()


@register.simple_tag
def style_sheets() -> SafeString:
    """Return the links to the style sheets of every page."""
    return _style_sheets()


@cache
def _style_sheets() -> SafeString:
    """Return the same links for as long as the process lives: files change only by a new start."""
    return format_html_join(
        "\n",
        '<link rel="stylesheet" href="{}">',
        ((static(f"wellkept/{name}.css"),) for name in STYLE_SHEETS),
    )


@register.simple_tag(takes_context=True)
def brand_style(context: Context) -> str:
    """Return a style element with the provider's own colours; nothing when it has none."""
    if not settings.PORTAL_BRAND_COLOUR:
        return ""
    own = palette(settings.PORTAL_BRAND_COLOUR)
    return format_html(
        '<style nonce="{}">:root{{--wk-brand:{};--wk-brand-dark:{};--wk-brand-tint:{}}}</style>',
        context["request"].csp_nonce,
        own.brand,
        own.dark,
        own.tint,
    )


@register.simple_tag
def brand_colour() -> str:
    """Return the colour that a phone's browser shows around the page."""
    return settings.PORTAL_BRAND_COLOUR or "#0f524e"


@register.simple_tag(takes_context=True)
def portal_menu(context: Context) -> list[Item]:
    """Return the menu of the person who asks."""
    return menu_for(context["request"])


@register.simple_block_tag(takes_context=True)
def with_admin_notices(context: Context, content: str) -> SafeString:
    """Put what administrators must be told on every page at the top of Wagtail's content."""
    notices = admin_notices_for(context["request"])
    if not notices:
        return SafeString(content)
    bar = render_to_string("components/admin_notices.html", {"notices": notices})
    return SafeString(content.replace(WAGTAIL_CONTENT, WAGTAIL_CONTENT + bar, 1))


@register.simple_tag
def address_of(name: str) -> str:
    """Return the address of a page that has one address only. For what stands on every page."""
    return _address_of(name, settings.ROOT_URLCONF)


@cache
def _address_of(name: str, addresses: str) -> str:
    """Return an address, found once for each set of addresses: tests have sets of their own."""
    return reverse(name)


@register.simple_tag
def url_if_there(name: str, *arguments: Any) -> str:
    """Return the address of a named page; nothing when the portal does not have it."""
    try:
        return reverse(name, args=arguments) if arguments else address_of(name)
    except NoReverseMatch:
        return ""


@register.inclusion_tag("components/state.html")
def state(shown: Any = None, *, kind: str = "", word: str = "", icon: str = "") -> dict[str, str]:
    """Show a state as icon, word and tint: an object's (.label, .kind, .icon) or from parts."""
    return {
        "kind": kind or shown.kind,
        "word": word or str(shown.label),
        "icon": icon or shown.icon,
    }


@register.inclusion_tag("components/track.html")
def track(steps: Iterable[Any]) -> dict[str, Any]:
    """Show how far something has come: steps are (word, status) or have .label and .status."""
    return {"steps": steps_of(steps)}


@register.inclusion_tag("components/back_link.html")
def back_link(url: str, words: str) -> dict[str, str]:
    """Show the way back to where this page belongs."""
    return {"url": url, "words": words}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: "Page[Any]", param: str = "page") -> dict[str, Any]:
    """Show links to the other pages of a list, keeping the rest of the query string."""
    query = context["request"].GET
    before = page_url(query, param, page.previous_page_number()) if page.has_previous() else ""
    after = page_url(query, param, page.next_page_number()) if page.has_next() else ""
    return {"pages": page_links(page, query, param), "previous": before, "next": after}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: Any) -> dict[str, Any]:
    """Show what is wrong with the forms, each sentence leading to its input; takes the focus."""
    return {"problems": problems_of(forms)}


@register.simple_tag
def error_prefix(*forms: Any) -> str:
    """Return "Error: " for the title of a page whose form was refused."""
    return "Error: " if problems_of(forms) else ""


@register.simple_tag
def field(bound: BoundField, **options: Any) -> SafeString:
    """Draw one field with its label, hint and errors. For the options see ``field_context``."""
    return render_to_string("components/field.html", field_context(bound, **options))


@register.simple_tag
def fields(form: Any) -> SafeString:
    """Draw every field of a form in order, hidden ones too."""
    hidden = [bound.as_widget() for bound in form.hidden_fields()]
    seen = [field(bound) for bound in form.visible_fields()]
    return SafeString("\n".join([*hidden, *seen]))


@register.simple_tag
def person(someone: Any) -> str:
    """Name a person with their job title; a person who is gone from the table is "someone"."""
    return str(someone.actor_label) if someone else "Someone"
