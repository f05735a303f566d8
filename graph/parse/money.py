"""Sums of money in prose and table cells, with the words beside them that change their meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from graph.model import Basis

_SPACE = "[ \u00a0\u2009\u202f]"
_GROUPED = rf"\d{{1,3}}(?:{_SPACE}\d{{3}}(?!\d)){{1,4}}+(?!/|,\d)(?:\.\d{{1,2}}(?!\d))?"
_PLAIN = r"\d+(?:[.,]\d+)*(?:,\s\d{3}(?![\d,.]*\d))?"
_NUMBER = rf"(?>{_GROUPED}|{_PLAIN})"  #: takes all of a figure's digits or none
_LETTERS = r"[^\S\n]?(?:mn|mil|bn|k|m)"
_SCALE = rf"(?>[\s-]{{0,2}}(?:thousands?|millions?|mill|billions?)|{_LETTERS})(?![A-Za-z])"
_TRANSLITERATED = r"\bPS(?=\d{1,3},\d{3})"  #: "£1,200" where a publisher's tool has put it into ASCII
_POUND = rf"£{{1,3}}|\$\s{{0,2}}\\pm|\\pm|±|\bGBP|{_TRANSLITERATED}"
_FOREIGN = r"\b(?:US|AU?|CA?|NZ|HK)\$|[$€¥]|\b(?:EUR|USD|CHF)"
_SIGNED = re.compile(
    rf"(?P<sign>{_POUND}|{_FOREIGN})\s{{0,3}}(?P<minus>[-–−(]\s?)?(?P<number>{_NUMBER})(?P<scale>{_SCALE})?",
    re.IGNORECASE,
)
_SHARES = r"(?:half|(?:three[\s-]+quarters|quarter)\s+of)\s+a|(?<!third\sof\s)(?<!thirds\sof\s)an?"
_COUNTS = r"one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty"
_IN_WORDS = rf"\b(?:{_SHARES}|{_COUNTS})(?=\s+(?:thousand|m|b))"
_UNIT = r"pounds?|GBP|euros?|EUR|(?:US\s)?dollars?|USD|CHF"
_COUNTED = re.compile(
    rf"(?<![\w£€$.,])(?P<number>{_NUMBER}|{_IN_WORDS})(?P<scale>{_SCALE})?[\s-]{{0,2}}(?P<sign>{_UNIT})\b",
    re.IGNORECASE,
)
_UPPER = re.compile(
    rf"(?P<joint>[^\S\n]?[-–—][^\S\n]?|\s+and\s+)(?P<number>{_NUMBER})(?P<scale>{_SCALE})?(?![\d/%£-])", re.IGNORECASE
)
_ANY = re.compile(rf"[£€$¥±]|\\pm|\b(?:GBP|EUR|USD|CHF)|{_TRANSLITERATED}|pound|euro|dollar", re.IGNORECASE)
_DASHES = ("-", "–", "—")
_CODES = {"$": "USD", "us$": "USD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "nz$": "NZD", "hk$": "HKD"}
_CODES |= {"€": "EUR", "¥": "JPY", "eur": "EUR", "usd": "USD", "chf": "CHF", "euro": "EUR", "dollar": "USD"}
_NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_WORDS = {word: str(number) for number, word in enumerate(_NUMBER_WORDS, start=1)} | {"twenty": "20"}
_WORDS |= {"a": "1", "an": "1", "half a": "0.5", "quarter of a": "0.25", "three quarters of a": "0.75"}
_LESS = r"(?P<less>(?:less|minus):?\s)?\s?(?P<minus>[-–−(]{1,2})?"
_CELL = re.compile(
    rf"{_LESS}\s?(?:{_POUND})?\s?(?P<late>[-–−(])?\s?(?P<number>{_NUMBER})(?P<scale>{_SCALE})?\s?\$?\s?\)?",
    re.IGNORECASE,
)  #: of a cell whose white space is single spaces
_CELL_MARKS = re.compile(r"\s{0,9}(?:[¹²³⁰⁴-⁹†‡*]{1,80}|(?<=\d)\s?\((?:\d|[a-e])\))\s{0,9}\Z")
_SCALES = {"k": 3, "t": 3, "m": 6, "b": 9}  #: by first letter
_MOST = Decimal(10) ** 15  #: what is larger is no sum of money, whatever its sign

_CEILING_WORDS = (
    r"up\s?to", r"maximum(?:\s+[\w']+){0,4}?\s+(?:of|is)", r"maximum", r"max\.?", r"no(?:t)? more than",
    r"not exceed(?:ing)?", r"not to exceed", r"(?:does|do|will|must|should) not exceed", r"at most", r"capped at",
    r"cap of", r"limited to", r"limit of", r"ceiling of",
)  # fmt: skip
_ROUNDED_WORDS = (
    r"around", r"approximately", r"approx\.?", r"circa", r"c\.?", r"ca\.?", r"nearly", r"almost", r"just under",
    r"just over", r"over", r"more than", r"some", r"roughly", r"about", r"in the region of", r"in excess of",
    r"exceeding", r"estimated(?: at)?", r"estimate of", r"at least", r"minimum(?: of)?", r"less than", r"under",
    r"indicative", r"between", r"~",
)  # fmt: skip
_FILLER = (
    r"an?|the|of|to|at|be|is|total|further|additional|overall|indicative|value|sum|budget|amount|grant|cost|contract",
    r"award|funding|combined|annual|initial|extra|contribution|allocation|figure|maximum",
)
_CEILING, _ROUNDED, _FILLER_WORDS = "|".join(_CEILING_WORDS), "|".join(_ROUNDED_WORDS), "|".join(_FILLER)
_BEFORE = re.compile(
    rf"(?:^|[\s(,;:–-])(?P<words>(?:{_CEILING}|{_ROUNDED})(?:\s{{1,9}}(?:{_FILLER_WORDS})){{0,40}}):?\s{{0,9}}$",
    re.IGNORECASE,
)
_IS_CEILING = re.compile(rf"\b(?:{_CEILING})", re.IGNORECASE)
_AFTER_CEILING = re.compile(
    r"\s{0,9}[,(]?\s{0,9}(?P<words>(?:as\s{1,9}a\s{1,9})?maximum|max\b|or less|at most|ceiling)", re.IGNORECASE
)
_AFTER_SUBJECT = re.compile(r"\s*+,?\s*+(?P<words>subject to)\b", re.IGNORECASE)
_AFTER_ROUNDED = re.compile(
    r"\s{0,9}\(?(?P<words>approx(?:imately)?\.?|or so|or thereabouts|estimated\))", re.IGNORECASE
)
_YEARLY_WORDS = (
    r"\bp\.?a\.?(?=\W|$)", r"per\s+annum", r"per\s+(?:financial\s+)?year", r"(?<!half )\ba\s+year\b",
    r"(?:in|for)?\s*(?:each|both|every)(?:\s+of\s+the)?(?:\s+\w+)?(?:\s+financial)?\s+years?\b",
    r"(?:in|for)\s+each\s+of\s+(?:the\s+)?(?:FYs?\s*)?(?:20|\w+\s+years)", r"annually\b", r"yearly\b",
    r"/\s?(?:year|yr)\b",
)  # fmt: skip
_PER_YEAR = re.compile(rf"(?:\s+[\w'’&-]+){{0,4}}?[\s,]*+\(?(?:{'|'.join(_YEARLY_WORDS)})", re.IGNORECASE)
_ANNUAL_BEFORE = re.compile(
    r"\bannual(?:ly)?(?:\s{1,9}[\w-]{1,80}){0,3}\s{1,9}(?:of|up to|is|:)?\s{0,9}$", re.IGNORECASE
)
_TOTAL_WORDS = r"of|is|sum|value|cost|budget|grant|award|amount|funding|allocation|to|up|maximum|a"
_PARTS = tuple(
    (part, re.compile(rf"{words}\s*$", re.IGNORECASE))
    for part, words in (
        ("of which", r"(?<!\btop )\b(?:of|from|out of|within) (?:which|this|these|that|it)(?:,|\s+[\w']+){0,4}"),
        ("including", r"\b(?:including|includes?|inclusive of|included)(?:\s+[\w']+){0,3}"),
        ("remaining", r"\b(?:remaining|remainder(?: of)?|balance(?: of)?|rest)(?:\s+[\w']+){0,2}"),
        ("total", rf"\b(?:a |the |in |grand |overall )?total(?:l?ing|s|led)?(?:\s+(?:{_TOTAL_WORDS}))*:?"),
        ("total", r"\btotal\s+(?:[A-Za-z][\w&'’-]*\s+){1,9}?(?:is|was|will be|totals|of)"),
    )
)
_TOTAL_AFTER = re.compile(r"\s*+,?\s*+\(?(?:in total|in all|altogether|total\b|overall\b)", re.IGNORECASE)
_MINUS_BEFORE = re.compile(
    r"(?:[(:=|\t]|\b(?:of|by|is|was|at)\s)\s*[-−–]\s?$|\b(?:less|minus):?\s+(?:an?\s+|the\s+)?$", re.I
)
_BETWEEN = re.compile(r"\bbetween(?:\s+\w+)?\s+$", re.IGNORECASE)
_CHANGES = re.compile(
    r"\b(?:increas|rais|ris|reduc|chang|uplift|cut|down|up)\w*\s+(?:\w+\s+){0,3}from\s+$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class MoneyMention:
    """One sum of money as printed, with what the words around it say about it."""

    amount: Decimal  #: in whole units of `currency`; below zero where it is taken off
    start: int  #: from the sign
    end: int  #: past the last digit or the suffix
    text: str
    basis: Basis
    qualifier: str = ""  #: the words that made the basis: "up to", "approximately"
    per_year: bool = False
    part: str = ""  #: "of which", "including", "total", "remaining" or ""
    negative: bool = False  #: taken off: a minus, a cell in brackets, "less" before it
    currency: str = "GBP"  #: ISO 4217
    bound: str = ""  #: "lower" or "upper" where two figures are the ends of one range


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure with its currency sign, before the words around it are read."""

    start: int
    end: int
    number: str
    scale: str
    currency: str = "GBP"
    minus: bool = False
    bound: str = ""

    @property
    def amount(self) -> Decimal | None:
        """The figure's value with its scale; None if it is no sum."""
        return _amount(self.number, self.scale)


def find_money(text: str, *, pounds_only: bool = True) -> list[MoneyMention]:
    """Return the sums in a text, in order. A figure is money only with a currency's sign or name.

    Args:
        text: A sentence, a cell or a whole text.
        pounds_only: Leave out sums in other currencies; otherwise their `currency` tells them apart.
    """
    if not _ANY.search(text):
        return []
    figures = _ranges(text, _figures(text))
    found: list[MoneyMention] = []
    for place, figure in enumerate(figures):
        floor = figures[place - 1].end if place else 0
        ceiling = figures[place + 1].start if place + 1 < len(figures) else len(text)
        mention = _mention(text, figure, floor, ceiling)
        if mention is None or (pounds_only and mention.currency != "GBP"):
            continue
        if mention.bound == "upper" and found:
            mention = replace(mention, basis=found[-1].basis, qualifier=found[-1].qualifier)
        found.append(mention)
    return found


def parse_amount(cell: str, *, unit: int = 1) -> Decimal | None:
    """Return the amount in pounds of a table's cell; None if it holds none ("-", "", "n/a", words, a year, euros).

    Args:
        cell: "£226,369.00", "470,000", "£1.2m"; a negative amount as "(1,200)" or "less £1,200".
        unit: The factor in the column's heading: 1000 for "£000".
    """
    plain = _CELL_MARKS.sub("", re.sub(r"\s+", " ", cell.replace("*", "")).strip())
    match = _CELL.fullmatch(plain)
    amount = _amount(match["number"], match["scale"] or "") if match else None
    if match is None or amount is None:
        return None
    amount = amount if match["scale"] else amount * unit
    return -amount if match["less"] or match["minus"] or match["late"] else amount


def format_pounds(amount: Decimal) -> str:
    """Return an amount as "£1,234.50", or as "£1,234" without pence."""
    sign = "-" if amount < 0 else ""
    return f"{sign}£{f'{abs(amount):,.2f}'.removesuffix('.00')}"


def _figures(text: str) -> list[_Figure]:
    """Return the figures that have a currency sign or unit, and the other end of a range: the 30k of "£20-30k"."""
    found: list[_Figure] = []
    for match in sorted([*_SIGNED.finditer(text), *_COUNTED.finditer(text)], key=lambda match: match.start()):
        if found and match.start() < found[-1].end:
            continue
        currency = _currency(match["sign"])
        minus = bool(match.groupdict().get("minus"))
        figure = _Figure(match.start(), match.end(), match["number"], match["scale"] or "", currency, minus)
        found.append(figure)
        upper = _UPPER.match(text, figure.end)
        if upper is not None and _ends_range(text, figure, upper):
            number, scale = upper["number"], upper["scale"] or ""
            found.append(_Figure(upper.start("number"), upper.end(), number, scale, currency))
    scales = {figure.number: figure.scale for figure in found if figure.scale and "." in figure.number}
    return [figure if figure.scale else replace(figure, scale=scales.get(figure.number, "")) for figure in found]


def _currency(sign: str) -> str:
    key = re.sub(r"\s", "", sign.lower())
    return _CODES.get(key) or _CODES.get(key.removeprefix("us").removesuffix("s"), "GBP")


def _ends_range(text: str, low: _Figure, upper: re.Match[str]) -> bool:
    number, scale = upper["number"], upper["scale"]
    if re.fullmatch(r"20\d\d", number) or not low.number[0].isdigit():
        return False
    if upper["joint"].strip() == "and" and not _BETWEEN.search(text[max(0, low.start - 20) : low.start]):
        return False
    if upper["joint"] not in _DASHES and not scale and "," not in number:
        return False
    high = _Figure(0, 0, number, scale or "")
    return _is_below(_with_scale_of(low, high, is_range=True), high)


def _is_below(low: _Figure, high: _Figure) -> bool:
    below, above = low.amount, high.amount
    return below is not None and above is not None and below < above


def _with_scale_of(low: _Figure, high: _Figure, *, is_range: bool) -> _Figure:
    """Return `low` in the unit of `high` if the unit belongs to both: "£1.2-£1.4 million", "£1.2 and £1.4 million"."""
    if low.scale or not high.scale or "," in low.number or not (is_range or re.search(r"\.\d\Z", low.number)):
        return low
    return replace(low, scale=high.scale) if _is_below(low, replace(high, scale="")) else low


def _ranges(text: str, figures: list[_Figure]) -> list[_Figure]:
    """Return the figures, with the two ends of each range marked as such and in one unit."""
    found = list(figures)
    for place in range(len(found) - 1):
        low, high = found[place], found[place + 1]
        joint = text[low.end : high.start].strip().lower() if high.start - low.end < 8 else ""
        if joint not in (*_DASHES, "to", "and", "or") or low.currency != high.currency:
            continue
        before = text[max(0, low.start - 50) : low.start]
        is_range = joint in _DASHES or (joint == "to" and not _CHANGES.search(before))
        is_range = is_range or (joint == "and" and _BETWEEN.search(before) is not None)
        low = _with_scale_of(low, high, is_range=is_range)
        if _is_below(low, high):
            found[place] = replace(low, bound="lower" if is_range else low.bound)
            found[place + 1] = replace(high, bound="upper" if is_range else "")
    return found


def _mention(text: str, figure: _Figure, floor: int, ceiling: int) -> MoneyMention | None:
    amount, start, end = figure.amount, figure.start, figure.end
    if amount is None:
        return None
    basis, qualifier = _basis(text, figure, floor)
    negative = figure.minus or _is_taken_off(text, start, end)
    before, after = text[max(floor, start - 60) : start], text[end : min(ceiling, end + 60)]
    per_year = bool(_PER_YEAR.match(after) or _ANNUAL_BEFORE.search(before))
    part = next((name for name, pattern in _PARTS if pattern.search(before)), "")
    if not part and _TOTAL_AFTER.match(after[:20]):
        part = "total"
    words = text[start:end]
    signed = -amount if negative else amount
    return MoneyMention(
        signed, start, end, words, basis, qualifier, per_year, part, negative, figure.currency, figure.bound
    )


def _is_taken_off(text: str, start: int, end: int) -> bool:
    """Return True if a figure is negative: by a minus, by "less", or by brackets if it stands alone as in a cell."""
    if len(text) <= 60 and text[end:].strip() in ("", ")") and text[:start].strip() in ("(", "-", "–", "−", "(-"):
        return True
    return _MINUS_BEFORE.search(text[max(0, start - 14) : start]) is not None


def _basis(text: str, figure: _Figure, floor: int) -> tuple[Basis, str]:
    before = _BEFORE.search(text[max(floor, figure.start - 70) : figure.start])
    if before:
        words = re.sub(r"\s+", " ", before["words"]).strip()
        return (Basis.CEILING if _IS_CEILING.search(words) else Basis.ROUNDED), words
    after = text[figure.end : figure.end + 30]
    for pattern, basis in ((_AFTER_CEILING, Basis.CEILING), (_AFTER_ROUNDED, Basis.ROUNDED)):
        match = pattern.match(after)
        if match:
            return basis, re.sub(r"\s+", " ", match["words"])
    qualifier = "subject to" if _AFTER_SUBJECT.match(after) else ""
    decimals = len(figure.number.partition(".")[2]) if figure.number.count(".") == 1 else 0
    rounded = figure.bound or (figure.scale and decimals < _power(figure.scale))
    return (Basis.ROUNDED if rounded else Basis.EXACT), qualifier


def _power(scale: str) -> int:
    return _SCALES.get(scale.strip(" \t\n\u00a0\u2009\u202f-").lower()[:1], 0)


def _amount(number: str, scale: str) -> Decimal | None:
    """Return the value of a printed number.

    Three digits after its one dot are thousands, unless a scale follows: "£31.450".
    """
    plain = _WORDS.get(re.sub(r"[\s-]+", " ", number.lower())) or re.sub(r"\s", "", number)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d\d", plain):  # as on the Continent: 1.234,50
        plain = plain.replace(".", "").replace(",", ".")
    whole, dot, rest = plain.partition(".")
    lone = not scale and 0 < len(whole) < 4 and whole[0] != "0"
    if dot and re.fullmatch(r"\d{3}(?:\.\d{3})*(?:\.\d\d)?", rest) and ("," in whole or "." in rest or lone):
        pence = rest[-3:] if len(rest) % 4 == 2 else ""
        plain = whole + rest.removesuffix(pence).replace(".", "") + pence
    try:
        amount = Decimal(plain.replace(",", "")) * 10 ** _power(scale)
    except InvalidOperation:
        return None
    return amount if amount < _MOST else None
