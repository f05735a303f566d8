"""Every sum of a document as many times as large, so that what adds up still does; a rounded sum is rounded anew."""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from ingest.labels.records import LabelledDocument

FACTORS = (2, 3, 4, 7)
_SCALES = {"k": 10**3, "thousand": 10**3, "m": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9}
_SUM = re.compile(
    r"(?P<pound>(?:£|&pound;|&#163;|GBP)\s?)?(?<![\d.,/-])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<scale>\s?(?:k|m|bn|million|thousand|billion)\b)?(?![\d,/]*\d)",
    re.IGNORECASE,
)
_ROUNDINGS = (ROUND_HALF_UP, ROUND_FLOOR, ROUND_CEILING)
_LEAST_ROUND = 100  #: pounds: what is rounded is rounded to hundreds at least


def with_other_sums(
    document: LabelledDocument, text: str, chance: random.Random
) -> tuple[LabelledDocument, str] | None:
    """Return the document with other sums; None where a labelled sum is not printed as a figure."""
    labelled = {row.amount for row in document.rows}
    printed = {_value(match) for match in _SUM.finditer(text) if _is_money(match, labelled)}
    if not labelled or not labelled <= printed:
        return None
    factor = chance.choice(FACTORS)
    new = {value: _new(value, printed, factor) for value in printed}
    changed = _SUM.sub(lambda match: _printed(match, new) if _is_money(match, labelled) else match[0], text)
    rows = tuple(replace(row, amount=new[row.amount].quantize(Decimal("0.01"))) for row in document.rows)
    return replace(document, rows=rows), changed


def _value(match: re.Match[str]) -> Decimal:
    number = Decimal(match["number"].replace(",", ""))
    return number * _scale(match)


def _scale(match: re.Match[str]) -> int:
    return _SCALES[(match["scale"] or "").strip().casefold()] if match["scale"] else 1


def _is_money(match: re.Match[str], labelled: Collection[Decimal]) -> bool:
    """Return whether a figure is a sum: it has its sign, or it is a labelled sum in a column headed by the sign."""
    if match["pound"]:
        return True
    is_year = re.fullmatch(r"(?:19|20)\d\d", match["number"]) is not None
    return not is_year and _value(match) >= _LEAST_ROUND and _value(match) in labelled


def _new(value: Decimal, printed: Collection[Decimal], factor: int) -> Decimal:
    """Return another sum: so many times as large, or what its exact sum comes to when it is rounded as it was."""
    step = _step(value)
    if step >= _LEAST_ROUND:
        near = sorted((other for other in printed if 0 < abs(other - value) < step and _step(other) < step),
                      key=lambda other: abs(other - value))  # fmt: skip
        for exact in near[:1]:
            for rounding in _ROUNDINGS:
                if (exact / step).quantize(Decimal(1), rounding) * step == value:
                    return (exact * factor / step).quantize(Decimal(1), rounding) * step
    return value * factor


def _step(value: Decimal) -> Decimal:
    """Return the place of the last digit that is no nought: 1000 for 183,000."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(10) ** int(exponent) if value else Decimal(1)


def _printed(match: re.Match[str], new: Mapping[Decimal, Decimal]) -> str:
    number = new[_value(match)] / _scale(match)
    places = len(match["number"].partition(".")[2])
    comma = "," if "," in match["number"] or number >= 10000 else ""
    return f"{match['pound'] or ''}{number:{comma}.{places}f}{match['scale'] or ''}"
