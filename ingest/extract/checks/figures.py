"""The sums in a document's prose with their sentences, and the comparison of two figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from graph.model import Basis, Evidence, Verdict
from graph.parse.money import MoneyMention, find_money, format_pounds
from graph.parse.years import find_years
from ingest.document import Block, BlockKind, Document
from ingest.extract.words.sentences import Sentence, sentences_of

_SILENT = re.compile(
    r"\b(?:legal|equalit|gdpr|data (?:protection|privacy)|public access|access to information|deferral|human rights|"
    r"declaration|originating officer|related decisions|background/?\s*supporting|supporting papers|notes?$)",
    re.IGNORECASE,
)
_PARTIAL = re.compile(
    r"\bonly (?:a )?part of\b|\bfurther (?:\w+ )?(?:grants?|awards?|recipients?|projects?|areas?)\b[^.]{0,40}"
    r"\bnot (?:stated|listed|shown)|"
    r"\bnot all \w+ are (?:listed|shown|stated)|\bthe list is not complete",
    re.IGNORECASE,
)
_POUND = Decimal(1)


@dataclass(frozen=True, slots=True)
class Figure:
    """One sum of the prose with its sentence."""

    money: MoneyMention  #: its offsets point into the sentence
    sentence: Sentence

    @property
    def amount(self) -> Decimal:
        """The amount in pounds."""
        return self.money.amount

    @property
    def block(self) -> Block:
        """The block that contains the figure."""
        return self.sentence.block

    @property
    def before(self) -> str:
        """The part of the sentence before the figure."""
        return self.sentence.text[: self.money.start]

    @property
    def after(self) -> str:
        """The part of the sentence after the figure."""
        return self.sentence.text[self.money.end :]

    def evidence(self) -> Evidence:
        """Return the sentence as evidence."""
        return self.sentence.evidence()

    def years_near(self) -> tuple[str, ...]:
        """Return the financial years named between this figure and the next; else those of the whole sentence."""
        following = find_money(self.after)
        reach = self.after[: following[0].start] if following else self.after
        years = [year for mention in find_years(reach) if not mention.label for year in mention.years]
        if not years:
            years = [year for m in find_years(self.sentence.text) if not m.label for year in m.years]
        return tuple(dict.fromkeys(years))


def figures_of(document: Document) -> list[Figure]:
    """Return the sums of the prose in order, without those in legal sections, related decisions and notes."""
    found: list[Figure] = []
    for block in document.blocks:
        if block.kind in (BlockKind.TABLE, BlockKind.HEADING, BlockKind.FIELD) or _SILENT.search(block.section):
            continue
        for sentence in sentences_of(document, block):
            found.extend(Figure(money, sentence) for money in find_money(sentence.text))
    return found


def is_partial(document: Document) -> bool:
    """Return True if the document shows only some parts of its totals, by its own words or by what it covers."""
    covers = next((b.text for b in document.blocks if b.field_name.lower() == "covers"), "")
    return covers.lower().startswith("opening") or _PARTIAL.search(document.text) is not None


def compare(total: Decimal, parts_sum: Decimal, *, rounded_to: Decimal = _POUND) -> Verdict:
    """Return how a stated sum compares with the sum of its parts.

    A difference up to `rounded_to` pounds is no conflict.
    """
    if total == parts_sum:
        return Verdict.CONSISTENT
    return Verdict.ROUNDING if abs(total - parts_sum) <= max(rounded_to, _POUND) else Verdict.CONFLICT


def print_step(money: MoneyMention) -> Decimal:
    """Return half of the last printed digit of a rounded figure in pounds ("£1.95 million": 5000).

    1 for other figures.
    """
    if money.basis is not Basis.ROUNDED:
        return _POUND
    scale = Decimal(1000) if re.search(r"k\b|thousand", money.text, re.I) else Decimal(10**6)
    if not re.search(r"[a-z]", money.text, re.I):
        return _POUND
    decimals = len(re.sub(r"[^\d.]", "", money.text).partition(".")[2])
    return scale / Decimal(2 * 10**decimals)


def sum_message(what: str, parts_sum: Decimal, total: Decimal, where: str) -> str:
    """Return a message such as "The rows add up to £5, £1 less than the £6 stated in paragraph 3".

    `what` is its subject.
    """
    if parts_sum == total:
        return f"{what} add up to {format_pounds(total)}, as stated in {where}."
    difference = format_pounds(abs(total - parts_sum))
    side = "less" if parts_sum < total else "more"
    stated = f"the {format_pounds(total)} stated in {where}"
    return f"{what} add up to {format_pounds(parts_sum)}, {difference} {side} than {stated}."


def place(locator: str) -> str:
    """Return a locator in the form for sentences: "paragraph 3.1", "recommendation 1"."""
    if re.fullmatch(r"[\d.]+", locator):
        return f"paragraph {locator}"
    words = locator[:1].lower() + locator[1:] if locator[:2].istitle() else locator
    return words if words.startswith(("recommendation", "paragraph")) else f"the {words}"
