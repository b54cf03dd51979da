"""Lists that leave the portal as spreadsheets, and spreadsheets that people bring to it."""

from portal.spreadsheets.exports import SafeSpreadsheetMixin, neutral_cell

__all__ = ["SafeSpreadsheetMixin", "neutral_cell"]
