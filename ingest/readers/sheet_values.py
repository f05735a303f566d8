"""Format a cell's value as it is displayed: dates day first, pounds with their sign, whole numbers plain."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from functools import lru_cache

from graph.parse.money import format_pounds

_IN_QUOTES = re.compile(r"\"[^\"]*\"|\\.|_.|\*.|\[(?:\$-|\w+\])[^\]]*\]?")
_DIGITS = 15  #: of a number that a spreadsheet keeps; what lies behind them is noise


def words_of_value(value: object, number_format: str = "General") -> str:
    """Return a cell's value as text; "" if it is empty.

    Sums keep their exact pence, even if the sheet shows whole pounds.

    Args:
        value: As openpyxl gives it: text, number, date, time or boolean.
        number_format: The display format of the cell, such as '"£"#,##0.00'.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, datetime.datetime):
        return _date(value.date(), number_format)
    if isinstance(value, datetime.date):
        return _date(value, number_format)
    return str(value)


def _number(value: int | float, number_format: str) -> str:
    try:
        amount = Decimal(format(value, f".{_DIGITS}g"))
    except ValueError:  # neither infinite nor a number
        return str(value)
    if not amount.is_finite():
        return str(value)
    shown = _shown_as(number_format)
    if shown == "pounds" and abs(amount) < 10**_DIGITS:
        return format_pounds(amount)
    if shown == "percent":
        return f"{_plain(amount * 100)}%"
    return _plain(amount)


def _plain(amount: Decimal) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=1024)
def _shown_as(number_format: str) -> str:
    """Return how a format displays a number: "pounds", "percent" or ""."""
    if "£" in number_format or "GBP" in number_format:
        return "pounds"
    return "percent" if "%" in _IN_QUOTES.sub("", number_format) else ""


def _date(date: datetime.date, number_format: str) -> str:
    """Return "01/04/2024", or "April 2024" if the format shows no day."""
    bare = _IN_QUOTES.sub("", number_format).lower()
    if "d" not in bare and "m" in bare and "y" in bare:
        return f"{date:%B %Y}"
    return f"{date:%d/%m/%Y}"
