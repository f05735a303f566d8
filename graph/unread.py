"""Sentences on the sums of money in a document that were not read as anything."""

from __future__ import annotations

from graph.model import Evidence, Record, Unread

LONGEST = 90  #: characters of a quotation in a sentence


def unread_said(unread: Unread) -> str:
    """Return "11 figures were not read; the first: “£5 for tea” (3.1)"; "" if every figure was read."""
    if not unread.figures:
        return ""
    if unread.figures == 1:
        return f"1 figure was not read{_first(unread, ': ')}"
    return f"{unread.figures:,} figures were not read{_first(unread, '; the first: ')}"


def lacks_flows(record: Record) -> bool:
    """Return True if a document prints sums of money, and neither a flow nor an award was read from it."""
    return bool(record.unread.figures) and not record.flows and not record.awards


def issue_without_flows(record: Record) -> str:
    """Return the issue of a document that prints sums but gave no flow; "" for any other document."""
    if not lacks_flows(record):
        return ""
    count = record.unread.figures
    figures = "1 figure stands" if count == 1 else f"{count:,} figures stand"
    first = _first(record.unread, ": " if count == 1 else "; the first: ")
    return f"{figures} in it and no funding was read{first}. Look at the document; report it if it awards money."


def _first(unread: Unread, before: str) -> str:
    return f"{before}{example_said(unread.examples[0])}" if unread.examples else ""


def example_said(words: Evidence) -> str:
    """Return the words of a figure with their place: "“£5 for tea” (3.1)"."""
    quote = " ".join(words.quote.split())
    shown = quote if len(quote) <= LONGEST else f"{quote[: LONGEST - 1].rstrip()}…"
    return f"“{shown}”" + (f" ({words.locator})" if words.locator else "")
