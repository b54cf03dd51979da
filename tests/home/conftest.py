"""What the tests of the start page share."""

from tests.portal.chrome.browsing import browser

__all__ = ["browser"]
