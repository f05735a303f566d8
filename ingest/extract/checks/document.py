"""All checks of one document: sums against parts, repeated figures, sources, ceilings, years and dates."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.model import Check, Decision, FundingFlow, StatedTotal, Verdict
from graph.parse.money import find_money
from ingest.document import BlockKind, Document
from ingest.extract.checks.dates import date_checks
from ingest.extract.checks.figures import Figure, figures_of, is_partial
from ingest.extract.checks.same import same_checks
from ingest.extract.checks.splits import split_checks
from ingest.extract.checks.tables import table_checks
from ingest.extract.words.sentences import sentences_of

_NOTE = re.compile(r"^notes?$", re.IGNORECASE)
_DISAGREES = re.compile(
    r"\bdisagrees?\b|\bnot the sum\b|\bdo(?:es)? not (?:add|match|agree)|\b(?:less|more) than the printed\b|"
    r"\bwhich is before\b|;\s*the recommendation gives\b|,\s+but the\b|,\s+although the\b",
    re.IGNORECASE,
)
_ORDER = (Verdict.CONFLICT, Verdict.ROUNDING, Verdict.CONSISTENT)


def find_checks(
    document: Document, decision: Decision, flows: Sequence[FundingFlow], totals: Sequence[StatedTotal]
) -> tuple[Check, ...]:
    """Return the checks of a document's figures and dates, conflicts first, each comparison once."""
    figures = figures_of(document)
    partial = is_partial(document)
    found = [
        *same_checks(document, decision, figures),
        *split_checks(document, figures, partial=partial),
        *(
            check
            for block in document.blocks
            if block.kind is BlockKind.TABLE
            for check in table_checks(document, block, partial=partial)
        ),
        *date_checks(document, decision),
    ]
    found += _noted(document, figures, found)
    return tuple(sorted(_once(found), key=lambda check: _ORDER.index(check.verdict)))


def _once(checks: Sequence[Check]) -> list[Check]:
    """Return the checks without repeats, which compare the same figures with the same verdict."""
    kept: dict[tuple[object, ...], Check] = {}
    for check in checks:
        figures = frozenset(check.figures)
        key = (check.verdict, figures) if figures else (check.verdict, check.message)
        kept.setdefault(key, check)
    return list(kept.values())


def _noted(document: Document, figures: Sequence[Figure], found: Sequence[Check]) -> list[Check]:
    """Return a check for each note of the document on disagreeing figures or dates, unless it was found already."""
    known = {amount for check in found for amount in check.figures}
    faults = [check for check in found if check.verdict is not Verdict.CONSISTENT]
    checks = []
    for block in document.blocks:
        if not _NOTE.match(block.section) or block.kind is BlockKind.HEADING:
            continue
        for sentence in sentences_of(document, block):
            amounts = tuple(mention.amount for mention in find_money(sentence.text))
            if not _DISAGREES.search(sentence.text) or (known & set(amounts)) or (not amounts and faults):
                continue
            if amounts and "recommendation" in sentence.text.lower():
                amounts += tuple(f.amount for f in figures if f.block.locator.startswith("Recommendation"))[:1]
            kind = "same-figure" if amounts else "dates"
            message = re.sub(r"\s+", " ", sentence.text).strip()
            checks.append(Check(Verdict.CONFLICT, amounts, message, (sentence.evidence(),), kind))
    return checks
