"""The pictures of the one sprite file, ``wellkept/icons.svg``."""

from functools import cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

_NAMES = """
    back bin book building bulb calendar camera clock close document down download flag history
    home hourglass info key link lock mail minus next pencil people plus print question report
    returned search seal settings shield sort sort-down sort-up stop tick todo upload warning
    brand big-seal
"""
ICONS = frozenset(_NAMES.split())


@cache
def icon(name: str, css_class: str = "wk-icon") -> SafeString:
    """Return the picture called ``name``, hidden from screen readers: the words beside it speak.

    Raises:
        ValueError: when the sprite has no such picture.
    """
    if name not in ICONS:
        raise ValueError(f"There is no icon called {name!r}. There are: {', '.join(sorted(ICONS))}")
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        css_class,
        static("wellkept/icons.svg"),
        name,
    )
