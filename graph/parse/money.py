"""Sums of money in prose and table cells, with the words that change their meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from graph.model import Basis

_SIGN = r"(?:£+|\$\s*\\pm\s*|\\pm|±|\bGBP)"
_NUMBER = r"\d+(?:[.,]\d+)*(?:,\s\d{3}(?![\d,.]*\d))?"
_SCALE = r"(?:\s*(?:(?P<scale>k|m|mn|bn|million|thousand|billion)\b))?"
_FIGURE = re.compile(
    rf"{_SIGN}\s*(?P<minus>-\s?)?"
    rf"(?P<number>(?:\d{{1,3}}(?:[\u00a0\u202f\u2009]\d{{3}})+|\d{{1,3}}(?: \d{{3}}){{2,}}|{_NUMBER}))"
    rf"(?:\s?[-–]\s?(?P<upper>{_NUMBER})(?![/\d-]))?{_SCALE}(?![a-z])",
    re.IGNORECASE,
)
_POUNDS = re.compile(
    rf"(?<![\w£.,])(?P<number>{_NUMBER}|\b(?:half\s+a|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)"
    rf"(?=\s+(?:thousand|m|b))){_SCALE}\s*(?:pounds|GBP)\b",
    re.IGNORECASE,
)
_NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_WORDS = {"half a": "0.5", "a": "1", "an": "1", "twenty": "20"} | {
    word: str(number) for number, word in enumerate(_NUMBER_WORDS, start=1)
}
_CELL = re.compile(
    rf"(?P<open>\()?\s*(?P<minus>[-–−])?\s*(?:{_SIGN}\s*)?(?P<late_minus>[-–−])?"
    rf"(?P<number>\d{{1,3}}(?: \d{{3}})+|{_NUMBER}){_SCALE}\s*\$?\s*\)?",
    re.IGNORECASE,
)
_SCALES = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "bn": 9, "billion": 9}

_CEILING = (
    r"up\s?to|maximum(?:\s+[\w']+){0,4}?\s+(?:of|is)|maximum|max\.?|no more than|not more than|"
    r"not exceed(?:ing)?|not to exceed|(?:does|do|will|must|should) not exceed|at most|capped at|cap of|limited to|"
    r"limit of|ceiling of"
)
_ROUNDED = (
    r"around|approximately|approx\.?|circa|c\.?|ca\.?|nearly|almost|just under|just over|over|more than|some|roughly|"
    r"about|in the region of|in excess of|exceeding|estimated(?: at)?|estimate of|at least|minimum(?: of)?|less than|"
    r"under|indicative|between|~"
)
_FILLER = (
    r"(?:\s+(?:a|an|the|of|to|at|be|is|total|further|additional|overall|indicative|value|sum|budget|amount|grant|cost|"
    r"contract|award|funding|combined|annual|initial|extra|contribution|allocation|figure|maximum))*"
)
_BEFORE = re.compile(rf"(?:^|[\s(,;:–-])(?P<words>(?:{_CEILING}|{_ROUNDED}){_FILLER}):?\s*$", re.IGNORECASE)
_IS_CEILING = re.compile(rf"\b(?:{_CEILING})", re.IGNORECASE)
_AFTER_CEILING = re.compile(r"\s*[,(]?\s*(?P<words>(?:as\s+a\s+)?maximum|max\b|or less|at most|ceiling)", re.IGNORECASE)
_AFTER_SUBJECT = re.compile(r"\s*,?\s*(?P<words>subject to)\b", re.IGNORECASE)
_AFTER_ROUNDED = re.compile(r"\s*\(?(?P<words>approx(?:imately)?\.?|or so|or thereabouts|estimated\))", re.IGNORECASE)
_PER_YEAR = re.compile(
    r"(?:\s+[\w'’&-]+){0,4}?[\s,]*\(?(?:\bp\.?a\.?(?=\W|$)|per\s+annum|per\s+(?:financial\s+)?year|"
    r"(?<!half )\ba\s+year\b|(?:in|for)?\s*(?:each|both|every)(?:\s+of\s+the)?(?:\s+\w+)?(?:\s+financial)?\s+years?\b|"
    r"(?:in|for)\s+each\s+of\s+(?:the\s+)?(?:FYs?\s*)?(?:20|\w+\s+years)|annually\b|yearly\b|/\s?(?:year|yr)\b)",
    re.IGNORECASE,
)
_ANNUAL_BEFORE = re.compile(r"\bannual(?:ly)?(?:\s+[\w-]+){0,3}\s+(?:of|up to|is|:)?\s*$", re.IGNORECASE)
_PARTS = tuple(
    (part, re.compile(rf"{words}\s*$", re.IGNORECASE))
    for part, words in (
        ("of which", r"\b(?:of|from|out of|within) (?:which|this|these|that)(?:,|\s+[\w']+){0,4}"),
        ("including", r"\b(?:including|includes?|inclusive of|included)(?:\s+[\w']+){0,3}"),
        ("remaining", r"\b(?:remaining|remainder(?: of)?|balance(?: of)?|rest)(?:\s+[\w']+){0,2}"),
        ("total", r"\b(?:a |the |in |grand |overall )?total(?:l?ing|s|led)?(?:\s+(?:of|is|sum|value|cost|budget|grant|"
                  r"award|amount|funding|allocation|to|up|maximum|a))*:?"),
        ("total", r"\btotal\s+(?:[A-Za-z][\w&'’-]*\s+){1,9}?(?:is|was|will be|totals|of)"),
    )
)  # fmt: skip
_TOTAL_AFTER = re.compile(r"\s*,?\s*\(?(?:in total|in all|altogether|total\b|overall\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MoneyMention:
    """One sum as printed, with what the words around it make of it."""

    amount: Decimal  #: pounds
    start: int  #: from the sign
    end: int  #: past the last digit or the suffix
    text: str
    basis: Basis
    qualifier: str = ""  #: the words that made the basis: "up to", "approximately"
    per_year: bool = False
    part: str = ""  #: "of which", "including", "total", "remaining" or ""


def find_money(text: str) -> list[MoneyMention]:
    """Return the sums in the text, in order. Only what carries a sign or the word pounds is money."""
    if not re.search(r"£|\\pm|±|GBP|pounds", text, re.IGNORECASE):
        return []
    matches = sorted([*_FIGURE.finditer(text), *_POUNDS.finditer(text)], key=lambda match: match.start())
    found: list[MoneyMention] = []
    for place, match in enumerate(matches):
        if found and match.start() < found[-1].end:
            continue
        floor = found[-1].end if found else 0
        ceiling = matches[place + 1].start() if place + 1 < len(matches) else len(text)
        found.extend(_mentions(text, match, floor, ceiling))
    return found


def parse_amount(cell: str, *, unit: int = 1) -> Decimal | None:
    """Return the amount of a table's cell, None where it holds none ("-", "", "n/a", words, a year).

    Args:
        cell: "£226,369.00", "470,000", "(1,200)" for less than nothing, "£1.2m".
        unit: what one stands for, from the heading: 1000 under "£000".
    """
    plain = re.sub(r"\s+", " ", cell.replace("*", "")).strip()
    match = _CELL.fullmatch(plain)
    if not match:
        return None
    scale = match["scale"]
    amount = _decimal(match["number"])
    if amount is None:
        return None
    amount = amount * 10 ** _SCALES[scale.lower()] if scale else amount * unit
    return -amount if match["open"] or match["minus"] or match["late_minus"] else amount


def format_pounds(amount: Decimal) -> str:
    """Return "£1,234.50", or "£1,234" when there are no pence."""
    sign = "-" if amount < 0 else ""
    rounded = abs(amount).quantize(Decimal("0.01"))
    return f"{sign}£{rounded:,.0f}" if rounded == rounded.to_integral_value() else f"{sign}£{rounded:,.2f}"


def _mentions(text: str, match: re.Match[str], floor: int, ceiling: int) -> list[MoneyMention]:
    groups = match.groupdict()
    scale = (groups["scale"] or "").lower()
    upper = groups.get("upper")
    if upper and not _is_range(groups["number"], upper):
        end = match.start("upper")
        end = len(text[:end].rstrip(" -–\n"))
        scale, upper = "", None
    else:
        end = match.end()
    amounts = [(groups["number"], match.start(), match.start("upper") if upper else end)]
    if upper:
        low_end = match.end("number")
        amounts = [(groups["number"], match.start(), low_end), (upper, match.start("upper"), end)]
    found = []
    for number, start, stop in amounts:
        amount = _decimal(number)
        if amount is None:
            continue
        basis, qualifier = _basis(text, start, stop, floor, number, scale)
        if scale:
            amount *= 10 ** _SCALES[scale]
        if groups.get("minus"):
            amount = -amount
        words = text[max(floor, start - 60) : start]
        per_year = bool(_PER_YEAR.match(text[stop : min(ceiling, stop + 60)]) or _ANNUAL_BEFORE.search(words))
        part = next((name for name, pattern in _PARTS if pattern.search(words)), "")
        if not part and _TOTAL_AFTER.match(text[stop : min(ceiling, stop + 20)]):
            part = "total"
        found.append(MoneyMention(amount, start, stop, text[start:stop], basis, qualifier, per_year, part))
    return found


def _basis(text: str, start: int, end: int, floor: int, number: str, scale: str) -> tuple[Basis, str]:
    before = _BEFORE.search(text[max(floor, start - 70) : start])
    if before:
        words = re.sub(r"\s+", " ", before["words"]).strip()
        return (Basis.CEILING if _IS_CEILING.search(words) else Basis.ROUNDED), words
    after = text[end : end + 30]
    for pattern, basis in ((_AFTER_CEILING, Basis.CEILING), (_AFTER_ROUNDED, Basis.ROUNDED)):
        match = pattern.match(after)
        if match:
            return basis, re.sub(r"\s+", " ", match["words"])
    subject = _AFTER_SUBJECT.match(after)
    qualifier = "subject to" if subject else ""
    decimals = len(number.partition(".")[2]) if number.count(".") == 1 else 0
    if scale and decimals < _SCALES[scale]:
        return Basis.ROUNDED, qualifier
    return (Basis.ROUNDED if not scale and decimals == 3 and "," not in number else Basis.EXACT), qualifier


def _is_range(low: str, high: str) -> bool:
    first, second = _decimal(low), _decimal(high)
    return first is not None and second is not None and first < second and not re.fullmatch(r"20\d\d", high)


def _decimal(number: str) -> Decimal | None:
    plain = _WORDS.get(re.sub(r"\s+", " ", number.lower())) or re.sub(r"\s", "", number)
    if "." in plain:
        head, _, tail = plain.rpartition(".")
        thousands = len(tail) == 3 and ("," in head or "." in head)
        plain = head.replace(".", "") + ("" if thousands else ".") + tail
    try:
        return Decimal(plain.replace(",", ""))
    except InvalidOperation:
        return None
