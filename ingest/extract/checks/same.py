"""Checks of figures that should be equal: totals of one name, one award stated twice, one sum with two years."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from graph.model import Basis, Check, Decision, Verdict
from graph.parse.money import format_pounds
from graph.parse.years import year_span
from ingest.document import BlockKind, Document
from ingest.extract.checks.figures import Figure, place
from ingest.extract.checks.tables import grand_totals, money_columns, row_evidence

_NAME = r"[A-Z][\w'’&-]{0,80}(?:\s{1,9}(?:(?:of|for|and)\s{1,9})?[A-Z][\w'’&-]{0,80}){0,5}"
_GIVEN_BY = re.compile(rf"^[^£.;()]{{0,40}}?\b(?:by|from)\s+(?:the\s+)?({_NAME})")
_GRANT_OF = re.compile(
    rf"({_NAME})\s{{1,9}}(?:grants?|funding|awards?|money|allocation)\b[\w\s'’]{{0,40}}\(?\s{{0,9}}$"
)
_GAVE = re.compile(
    rf"({_NAME})\s{{1,9}}(?:(?:has|had|have|also)\s{{1,9}}){{0,40}}"
    r"(?:awarded|granted|gave|gives|provided|provides|allocated)\s{1,9}(?:\w{1,40}\s{1,9}){0,4}$"
)
_AWARDED = re.compile(r"\b(?:award|grant|allocat|fund)\w*", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_FILLING = frozenset(
    _WORD.findall(
        "a an the of at to for in is be will was are and or up this that by on from with maximum about around "
        "approximately circa nearly over just under"
    )
)
_GENERIC = frozenset(
    _WORD.findall(
        "funding project decision programme service services grant grants award contract fund extension home office "
        "police crime approval evaluation commissioning victims budget delivery support domestic abuse perpetrator"
    )
)
_SUMMARY = re.compile(r"\b(?:summary|purpose|synopsis)\b", re.IGNORECASE)


def same_checks(document: Document, decision: Decision, figures: Sequence[Figure]) -> list[Check]:
    """Return the figures that are stated twice and differ, and comparisons of table totals with the prose."""
    return [
        *_named_totals(figures),
        *_awards(decision, figures),
        *_years_of_one_sum(figures),
        *_tables_and_prose(document, figures),
        *_restated_to_the_pound(figures),
    ]


def _named_totals(figures: Sequence[Figure]) -> list[Check]:
    """Return a check for each pair of differing totals of one name ("a total financial commitment of")."""
    groups: dict[tuple[str, ...], list[Figure]] = {}
    for figure in figures:
        name = _name_before(figure)
        if "total" in name and len(name) > 1 and figure.money.basis is not Basis.ROUNDED and not figure.money.per_year:
            groups.setdefault(name, []).append(figure)
    checks = []
    for name, group in groups.items():
        per_section = Counter(section for section, _ in {(f.block.section, f.amount) for f in group})
        amounts = list(dict.fromkeys(figure.amount for figure in group))
        if len(amounts) != 2 or max(per_section.values()) > 1 or not _same_years(group):
            continue
        if len(name) > 2 or is_slip(amounts[0], amounts[1]):
            checks.append(_conflict(f"The {_phrase_before(group[0])}", group, amounts))
    return checks


def _conflict(what: str, group: Sequence[Figure], amounts: Sequence[Decimal]) -> Check:
    said = []
    for amount in amounts:
        places = dict.fromkeys(place(figure.block.locator) for figure in group if figure.amount == amount)
        said.append(f"{format_pounds(amount)} in {' and '.join(places)}")
    evidence = tuple(dict.fromkeys(figure.evidence() for figure in group))
    return Check(Verdict.CONFLICT, tuple(amounts), f"{what} is {' but '.join(said)}.", evidence, "same-figure")


def _name_before(figure: Figure) -> tuple[str, ...]:
    """Return the words that name a figure: the last content words before it in its clause."""
    clause = re.split(r"[,.;:()]", figure.before)[-1]
    words = re.findall(r"[A-Za-z][\w'’-]*", clause.lower())
    if "total" in words[-10:]:
        since = len(words) - words[::-1].index("total") - 1
        return tuple(word for word in words[since:] if word not in _FILLING)
    while words and words[-1] in _FILLING:
        words.pop()
    name: list[str] = []
    for word in reversed(words):
        if word in _FILLING or len(name) == 4:
            break
        name.insert(0, word)
    return tuple(name)


def _phrase_before(figure: Figure) -> str:
    """Return the words before a total as printed: "total cost of the extension"."""
    since = figure.before.lower().rindex("total") if "total" in figure.before.lower() else 0
    words = re.sub(r"\s+", " ", figure.before[since:]).split()
    while words and words[-1].lower() in _FILLING:
        words.pop()
    return " ".join(words)


def _same_years(group: Sequence[Figure]) -> bool:
    years = {figure.years_near() for figure in group} - {()}
    return len(years) < 2


def _awards(decision: Decision, figures: Sequence[Figure]) -> list[Check]:
    """Return a check if two paragraphs give different sums for one giver's award of the same years and subject."""
    subject = {word for word in re.findall(r"[A-Z][\w&-]{3,}", decision.title) if word.lower() not in _GENERIC}
    awards = [
        (figure, giver, years)
        for figure in figures
        if figure.money.basis is Basis.EXACT and (giver := _giver(figure)) and len(years := figure.years_near()) > 1
    ]
    checks = []
    for (one, giver, years), (other, other_giver, other_years) in combinations(awards, 2):
        if years != other_years:
            continue
        same_giver = giver.startswith(other_giver) or other_giver.startswith(giver)
        if not same_giver or one.block is other.block or abs(one.amount - other.amount) <= 1:
            continue
        shared = [word for word in subject if word in one.block.text and word in other.block.text]
        parts = {one.money.part, other.money.part} & {"of which", "including", "remaining"}
        if shared and not parts:
            what = f"The {min(giver, other_giver, key=len)} award for {shared[0]} ({year_span(years)})"
            checks.append(_conflict(what, (one, other), (one.amount, other.amount)))
    return checks


def _giver(figure: Figure) -> str:
    """Return the giver that the figure's own words name: "£9 by the Home Office", "Home Office grants (£9"."""
    before = _GRANT_OF.search(figure.before[-110:])
    after = _GIVEN_BY.match(figure.after) if _AWARDED.search(figure.before[-60:]) else None
    match = _GAVE.search(figure.before[-110:]) or before or after
    return match[1].removeprefix("The ") if match else ""


def _years_of_one_sum(figures: Sequence[Figure]) -> list[Check]:
    """Return a check if summary and recommendation give different years for one sum."""
    counts = Counter(figure.amount for figure in figures)
    checks = []
    for one, other in combinations([f for f in figures if counts[f.amount] == 2], 2):
        sides = (_SUMMARY.search(one.block.section), other.block.locator.lower().startswith("recommendation"))
        if one.amount != other.amount or not all(sides):
            continue
        first, second = _own_year(one), _own_year(other)
        if first and second and first != second:
            message = (
                f"{format_pounds(one.amount)} is for {first} in {place(one.block.locator)} "
                f"but for {second} in {place(other.block.locator)}."
            )
            evidence = (one.evidence(), other.evidence())
            checks.append(Check(Verdict.CONFLICT, (one.amount,), message, evidence, "years"))
    return checks


def _own_year(figure: Figure) -> str:
    """Return the one year directly after the figure; "" if there is none, or several."""
    if not re.match(r"[^£.;]{0,25}?\b(?:in|for)\s+(?:FY\s*)?\d", figure.after):
        return ""
    years = figure.years_near()
    return years[0] if len(years) == 1 else ""


def _tables_and_prose(document: Document, figures: Sequence[Figure]) -> list[Check]:
    """Return checks of the totals of tables, alone and added together, against the totals in the prose."""
    tables = [block for block in document.blocks if block.kind is BlockKind.TABLE]
    ends = []
    for table in tables:
        columns = money_columns(table)
        totals = grand_totals([column for column in columns if not column.is_total])
        of_all = grand_totals([column for column in columns if column.is_total])
        whole = of_all[-1:] or totals
        if whole:
            ends.append((sum((entry.amount for entry in whole), Decimal(0)), whole))
    if not ends:
        return []
    added = sum((amount for amount, _ in ends), Decimal(0))
    parts = tuple(entry.amount for _, whole in ends for entry in whole)
    rows = tuple(row_evidence(document, entry.row) for _, whole in ends for entry in whole)
    stated = [f for f in figures if f.amount == added and len(parts) > 1]
    checks = []
    if stated:
        where = place(stated[0].block.locator)
        message = f"The tables' totals add up to {format_pounds(added)}, as stated in {where}."
        evidence = (stated[0].evidence(), *rows)
        checks.append(Check(Verdict.CONSISTENT, (*parts, added), message, evidence, "same-figure"))
    slips = [
        f for f in figures if f.money.part == "total" and is_slip(f.amount, added) and f.money.basis is Basis.EXACT
    ]
    for figure in slips[:1]:
        message = (
            f"The total is {format_pounds(added)} by the table ({place(tables[0].locator)}) "
            f"but {format_pounds(figure.amount)} in {place(figure.block.locator)}."
        )
        evidence = (figure.evidence(), *rows)
        checks.append(Check(Verdict.CONFLICT, (added, figure.amount), message, evidence, "same-figure"))
    return checks


def _restated_to_the_pound(figures: Sequence[Figure]) -> list[Check]:
    """Return a check for each sum with pence that is repeated in whole pounds: they are one figure."""
    checks = []
    whole = {
        f.amount: f for f in figures if f.amount == f.amount.to_integral_value() and f.money.basis is not Basis.ROUNDED
    }
    for figure in {f.amount: f for f in figures if f.amount % 1}.values():
        near = [whole[n] for n in (figure.amount // 1, figure.amount // 1 + 1) if n in whole and n >= 1000]
        if near:
            message = (
                f"{format_pounds(figure.amount)} in {place(figure.block.locator)} "
                f"is printed as {format_pounds(near[0].amount)} in {place(near[0].block.locator)}."
            )
            evidence = (figure.evidence(), near[0].evidence())
            checks.append(Check(Verdict.ROUNDING, (figure.amount, near[0].amount), message, evidence, "same-figure"))
    return checks


def is_slip(one: Decimal, other: Decimal) -> bool:
    """Return True if two sums look like one sum mistyped: the same digits in another order."""
    first, second = f"{one:.2f}", f"{other:.2f}"
    different = [(a, b) for a, b in zip(first, second, strict=False) if a != b]
    return one != other and len(first) == len(second) and sorted(first) == sorted(second) and len(different) == 2
