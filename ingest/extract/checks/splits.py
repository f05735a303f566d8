"""Checks of sums against their parts: lists after "as follows", tables under a figure, award plus match funding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from graph.model import Basis, Check, Evidence, Verdict
from graph.parse.money import format_pounds
from ingest.document import Block, BlockKind, Document
from ingest.extract.checks.figures import Figure, compare, place, print_step, sum_message
from ingest.extract.checks.tables import details, grand_totals, money_columns, row_evidence

_SPLIT = re.compile(
    r"\b(?:split|broken down|breakdown|made up(?: of| as)?|comprised of|comprises|comprising|consist(?:s|ing) of|"
    r"as follows|composed of|apportioned|divided)\b",
    re.IGNORECASE,
)
_RECEIVES = re.compile(
    r"^\W*(?:to\s+)?(?:accept|receive|take up|approve (?:the )?(?:acceptance|receipt))\b", re.IGNORECASE
)
_OWN = re.compile(
    r"\b(?:carry(?:ing)? forward|reserves?|match funding|core (?:funding|budget)|from the [\w\s]{0,120}budget|"
    r"of [\w’']+ (?:funding|money|grant))\b",
    re.IGNORECASE,
)
_COMES_FROM = re.compile(
    r"\b(?:comes?|funded|paid|met|drawn|is|are)\s+(?:for\s+)?(?:from|by)\s*:|\bsources\b.{0,300}:", re.IGNORECASE
)
_REST = re.compile(r"\b(?:rest|remain\w*|balance|other|further)\b", re.IGNORECASE)
_NOTES = re.compile(r"^\W*notes?\b", re.IGNORECASE)
_PART = frozenset({"of which", "including"})


def split_checks(document: Document, figures: Sequence[Figure], *, partial: bool) -> list[Check]:
    """Return checks of stated sums against their stated parts."""
    found = [
        *_sentence_splits(figures),
        *_list_splits(document, figures),
        *_bracketed(figures),
        *_totals_of_blocks(figures),
    ]
    return found + _tables_under_a_figure(document, figures, partial) + _sources(figures)


def _sentence_splits(figures: Sequence[Figure]) -> list[Check]:
    """Return checks of "...

    £9, made up of £4 for A and £5 for B": the parts follow the words, the sum precedes them.
    """
    checks = []
    for sentence in dict.fromkeys(figure.sentence for figure in figures):
        cue = _SPLIT.search(sentence.text)
        inside = [figure for figure in figures if figure.sentence is sentence]
        if not cue:
            continue
        parts = [f for f in inside if f.money.start > cue.end() and f.money.part not in _PART]
        whole = [figure for figure in inside if figure.money.end <= cue.start()]
        earlier = [f for f in figures if f.block is sentence.block and f.sentence.start < sentence.start]
        total = whole[-1] if whole else earlier[-1] if earlier else None
        if not total or len(parts) < 2 or any(part.money.per_year for part in [*parts, total]):
            continue
        split = _split(total, [part.amount for part in parts], [part.evidence() for part in parts])
        whole_list = all(part.money.basis is Basis.EXACT for part in parts) and not _REST.search(sentence.text)
        if split and (whole_list or split.verdict is not Verdict.CONFLICT):
            checks.append(split)
    return checks


def _list_splits(document: Document, figures: Sequence[Figure]) -> list[Check]:
    """Return checks of a paragraph that says "broken down as such:" against the list below it."""
    checks = []
    for lead, items in _lists(document.blocks):
        if not (_SPLIT.search(lead.text) or _COMES_FROM.search(lead.text)):
            continue
        parts = [own[0] for item in items if len(own := [f for f in figures if f.block is item]) == 1]
        stated = [figure for figure in figures if figure.block is lead]
        nearby = [f for f in figures if f.block.section == lead.section and f.block.start < lead.start]
        totals = stated or [figure for figure in nearby if figure.money.part == "total"][-1:]
        if len(parts) > 1 and len(parts) == len(items) and totals:
            kind = "sources" if all(re.search(r"\bfrom\b", part.sentence.text, re.I) for part in parts) else "sum"
            split = _split(totals[-1], [part.amount for part in parts], [part.evidence() for part in parts], kind=kind)
            checks += [split] if split else []
    return checks


def _lists(blocks: Sequence[Block]) -> list[tuple[Block, list[Block]]]:
    """Return each paragraph that a list follows, with the list's items."""
    found: list[tuple[Block, list[Block]]] = []
    lead: Block | None = None
    for block in blocks:
        if block.kind is not BlockKind.ITEM:
            lead = block
        elif lead is not None and lead.kind is BlockKind.PARAGRAPH:
            if not found or found[-1][0] is not lead:
                found.append((lead, []))
            found[-1][1].append(block)
    return found


def _bracketed(figures: Sequence[Figure]) -> list[Check]:
    """Return checks of "£9 (£4 for A and £5 for B)" that add up; a bracket that does not may hold something else."""
    checks = []
    for total in figures:
        bracket = re.match(r"[^()£]{0,60}\(([^()]*£[^()]*)\)", total.after)
        if not bracket:
            continue
        begin, end = total.money.end + bracket.start(1), total.money.end + bracket.end(1)
        parts = [f for f in figures if f.sentence is total.sentence and begin <= f.money.start < end]
        split = _split(total, [part.amount for part in parts], []) if len(parts) > 1 else None
        if split and split.verdict is not Verdict.CONFLICT:
            checks.append(split)
    return checks


_MOST_BESIDE = 40  #: sums of one paragraph; more are a list, whose total is checked as such


def _totals_of_blocks(figures: Sequence[Figure]) -> list[Check]:
    """Return checks of a total against two or more other sums of its paragraph, if they add up (award and match)."""
    checks = []
    together: dict[int, list[Figure]] = {}
    for figure in figures:
        together.setdefault(id(figure.block), []).append(figure)
    for total in figures:
        beside = together[id(total.block)]
        if total.money.part != "total" or len(beside) > _MOST_BESIDE:
            continue
        others = [figure for figure in beside if figure is not total and figure.amount < total.amount]
        distinct = list({figure.amount: figure for figure in others}.values())
        pairs = [[one, two] for i, one in enumerate(distinct) for two in distinct[i + 1 :]]
        for parts in [distinct, *pairs] if len(distinct) > 1 else []:
            split = _split(total, [part.amount for part in parts], [part.evidence() for part in parts])
            if split and split.verdict is not Verdict.CONFLICT:
                checks.append(split)
                break
    return checks


def _tables_under_a_figure(document: Document, figures: Sequence[Figure], partial: bool) -> list[Check]:
    """Return checks of a paragraph that introduces a table ("breakdown", a colon) against the table without a total."""
    checks = []
    for lead, table in pairwise(document.blocks):
        if table.kind is not BlockKind.TABLE or lead.kind is BlockKind.TABLE:
            continue
        columns = [column for column in money_columns(table) if not column.is_total]
        stated = [figure for figure in figures if figure.block is lead]
        if not stated or len(columns) != 1 or grand_totals(columns):
            continue
        parts = details(columns[0])
        evidence = [row_evidence(document, part.row) for part in parts]
        split = _split(stated[-1], [part.amount for part in parts], evidence) if len(parts) > 1 else None
        explicit = _SPLIT.search(lead.text) and not partial
        if split and (explicit or split.verdict is not Verdict.CONFLICT):
            checks.append(split)
    return checks


def _sources(figures: Sequence[Figure]) -> list[Check]:
    """Return checks of the sums that recommendations accept or take from own budgets against the total they pay for."""
    asked = [
        figure
        for figure in figures
        if figure.block.locator.lower().startswith("recommendation")
        and figure.money.part not in _PART
        and not _NOTES.match(figure.sentence.text)
    ]
    received = [figure for figure in asked if _RECEIVES.match(figure.sentence.text)]
    own = [figure for figure in asked if figure not in received and _OWN.search(figure.sentence.text)]
    uses = [figure for figure in asked if figure.money.part == "total" and figure not in [*received, *own]]
    if len(uses) != 1 or not received or not own or any(figure.money.per_year for figure in asked):
        return []
    total, parts = uses[0], received + own
    matching = next((some for some in _but_one(parts) if _added(some) == total.amount), parts)
    verdict = compare(total.amount, _added(matching))
    if verdict is Verdict.CONFLICT and (_added(parts) > total.amount or len(parts) + 1 < len(asked)):
        return []
    shown = dict.fromkeys((*(part.amount for part in matching), _added(matching), total.amount))
    where = place(total.block.locator)
    message = sum_message("The sums accepted and taken from own budgets", _added(matching), total.amount, where)
    evidence = (total.evidence(), *(part.evidence() for part in matching))
    return [Check(verdict, tuple(shown), message, tuple(dict.fromkeys(evidence)), "sources")]


def _but_one(parts: Sequence[Figure]) -> list[list[Figure]]:
    """Return the parts, and the parts without each one of them: a sum carried forward may lie inside another."""
    return [list(parts), *([part for part in parts if part is not left] for left in parts)]


def _added(parts: Sequence[Figure]) -> Decimal:
    return sum((part.amount for part in parts), Decimal(0))


def _split(total: Figure, parts: Sequence[Decimal], evidence: Sequence[Evidence], *, kind: str = "sum") -> Check | None:
    if len(parts) < 2:
        return None
    if len(parts) > 2 and total.amount == parts[-1] == sum(parts[:-1]):  # "Net grant": the sum once more
        parts = parts[:-1]
    added = sum(parts, Decimal(0))
    verdict = compare(total.amount, added, rounded_to=print_step(total.money))
    where = place(evidence[0].locator.partition(", bullet")[0]) if evidence else place(total.block.locator)
    apart = f" in {where}" if where != place(total.block.locator) else ""
    what = f"The {len(parts)} parts{apart}"
    message = sum_message(what, added, total.amount, place(total.block.locator))
    if total.money.basis is Basis.CEILING and added > total.amount and verdict is Verdict.CONFLICT:
        message = (
            f"{what} add up to {format_pounds(added)}, "
            f"more than the maximum of {format_pounds(total.amount)} in {place(total.block.locator)}."
        )
        kind = "sources" if kind == "sources" else "ceiling"
    figures = (*parts, *((added,) if added != total.amount else ()), total.amount)
    return Check(verdict, figures, message, tuple(dict.fromkeys((total.evidence(), *evidence))), kind)
