"""The date of a decision in its title."""

from __future__ import annotations

import datetime

from graph.parse.dates import find_dates
from graph.parse.years import find_years


def date_in_title(title: str) -> str:
    """Return the first date or month that a title names ("2023-07-06", "2021-11"), else its first financial year.

    A financial year is written "2021/22"; "" where the title names neither.
    """
    dates = (mention.date for mention in find_dates(title))
    named = (mention.years[0] for mention in find_years(title) if mention.years)
    return next((date for date in dates if day_of(date) is not None), None) or min(named, default="")


def day_of(iso: str) -> datetime.date | None:
    """Return the first day of an ISO date that may lack its day; None for a bare year or another text."""
    parts = iso.split("-")
    if len(parts) < 2 or not all(part.isdigit() for part in parts):
        return None
    try:
        return datetime.date(int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) > 2 else 1)
    except ValueError:  # no such day
        return None
