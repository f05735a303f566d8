"""Lines for each sum and award of a page with quotation, decision and address; decisions as numbered sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.briefings.content import IN_TOTAL, Source, SumLine
from app.links import absolute, decision_link
from app.viewmodels import words
from app.viewmodels.flow_table import standing
from app.viewmodels.quotes import place_words
from app.viewmodels.sureness import SHORT
from graph.model import Evidence, FlowKind, Funding
from graph.stated.awards import StatedAward
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow

NO_SUM = "No sum printed"
Heads = Mapping[str, DecisionHead]  #: by document


def is_address(text: str) -> bool:
    """Return True for an http or https address, which may become a link in a file."""
    return text.startswith(("https://", "http://"))


def decision_sources(documents: Iterable[str], heads: Heads) -> tuple[Source, ...]:
    """Return a numbered source for each document, ordered by date of the decision."""
    ordered = sorted(set(documents), key=lambda name: _dated(name, heads.get(name)))
    return tuple(_source(number, name, heads.get(name)) for number, name in enumerate(ordered, 1))


def numbers_of(documents: Iterable[str], heads: Heads) -> dict[str, int]:
    """Return the source number that `decision_sources` gives to each document."""
    ordered = sorted(set(documents), key=lambda name: _dated(name, heads.get(name)))
    return {name: number for number, name in enumerate(ordered, 1)}


def sum_lines(
    flows: Sequence[StatedFlow],
    heads: Heads,
    *,
    notes: Mapping[str, str] | None,
    corrected: Mapping[str, str],
    numbers: Mapping[str, int],
    base: str = "",
) -> tuple[SumLine, ...]:
    """Return a line for each flow, in the order given.

    Args:
        flows: The flows.
        heads: The decisions by document.
        notes: Why a flow is in no total, by its IRI; None if there is no total.
        corrected: Corrections in words, by IRI.
        numbers: Source numbers by document.
        base: The app's address.
    """
    return tuple(
        _line(
            stated, stated.flow, heads.get(stated.document),
            amount=stated.flow.amount,
            years=words.years_of_money(stated, heads),
            figure=words.sum_of(stated.flow),
            standing=standing(stated),
            in_total="" if notes is None else notes.get(stated.iri, "") or IN_TOTAL,
            corrected=corrected.get(stated.iri, ""),
            source=numbers.get(stated.document, 0),
            base=base,
        )
        for stated in flows
    )  # fmt: skip


def award_lines(
    awards: Iterable[StatedAward], heads: Heads, *, corrected: Mapping[str, str], numbers: Mapping[str, int], base: str
) -> tuple[SumLine, ...]:
    """Return a line for each award whose amount no document states."""
    return tuple(
        _line(
            stated, stated.award, heads.get(stated.document),
            amount=None,
            years=words.years(stated.award.years),
            figure=NO_SUM,
            standing=words.STATUS[stated.award.status]
            + ("" if stated.award.kind is FlowKind.GRANT else f", {words.KIND[stated.award.kind].lower()}"),
            in_total="",
            corrected=corrected.get(stated.iri, ""),
            source=numbers.get(stated.document, 0),
            base=base,
        )
        for stated in awards
        if not stated.stated_again
    )  # fmt: skip


def _line(
    stated: StatedFlow | StatedAward, funding: Funding, head: DecisionHead | None, *, base: str, **known: object
) -> SumLine:
    first = funding.evidence[0] if funding.evidence else None
    recipient = funding.recipient.name if funding.recipient else funding.recipient_words or words.OPEN_PARTY
    return SumLine(
        funder=funding.funder.name if funding.funder else words.OPEN_PARTY,
        recipient=recipient,
        programme=", ".join(programme.name for programme in funding.programmes),
        purpose=funding.purpose,
        place=funding.place.name if funding.place else "",
        fund=funding.fund.name if funding.fund else "",
        band=words.BAND[funding.band],
        doubts=", ".join(SHORT.get(doubt.slot, doubt.slot) for doubt in funding.doubts),
        decision=head.caption if head else stated.document,
        title=head.title if head else "",
        body=head.body.name if head and head.body else "",
        signed=head.signed if head else "",
        place_of_words=place_words(first.locator, first.page) if first else "",
        words=_said(funding.evidence),
        address=_address(stated.document, head, first, base),
        document=stated.document,
        **known,  # type: ignore[arg-type]
    )


def _said(evidence: Sequence[Evidence]) -> str:
    return " […] ".join(dict.fromkeys(" ".join(each.quote.split()) for each in evidence if each.quote.strip()))


def _address(document: str, head: DecisionHead | None, first: Evidence | None, base: str) -> str:
    if head and is_address(head.source):
        return head.source
    return absolute(base, decision_link(document, at=first.locator if first else "")) if base else ""


def _source(number: int, document: str, head: DecisionHead | None) -> Source:
    if head is None:
        return Source(number, document)
    signed = f"signed {words.date(head.signed)}" if head.signed else "no date of signature stated"
    title = f"“{head.title}”" if head.reference and head.title else ""
    parts = [head.caption, title, head.body.name if head.body else "", signed]
    address = head.source if is_address(head.source) else ""
    file = "" if address else f" (file {document})"
    return Source(number, f"{', '.join(part for part in parts if part)}{file}", address)


def _dated(document: str, head: DecisionHead | None) -> tuple[str, str, str]:
    return (head.signed or "9", head.caption, document) if head else ("9", "", document)
