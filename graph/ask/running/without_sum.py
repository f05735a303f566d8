"""Awards whose sum no document prints, in answers: who gets money from whom, without a figure."""

from __future__ import annotations

from decimal import Decimal

from graph.ask.known.facts import Facts
from graph.ask.language.english import subject
from graph.ask.language.phrases import listed
from graph.ask.language.terms import Scan, Sized
from graph.ask.result import Caveat, Status
from graph.ask.running.citing import cite, unique
from graph.ask.running.draft import Draft, entity_item, opened
from graph.ask.running.matcher import Matcher
from graph.ask.running.narrowing import narrowed
from graph.model import Basis, Entity, FlowStatus, FundingFlow
from graph.stated.awards import StatedAward
from graph.stated.flows import StatedFlow

NO_SUM = "named without a sum"
_WELL = 0.9  #: how well an award must fit more than
_MADE = (FlowStatus.APPROVED, FlowStatus.PROVISIONAL)


def without_sum(scan: Scan, facts: Facts, side: str) -> Draft | None:
    """Return an answer that lists who gives or gets awards without a sum; None if the set holds no such award."""
    found = awards_found(scan, facts)
    by_label: dict[str, tuple[Entity | None, set[str]]] = {}
    for each in found:
        entity = each.award.funder if side == "funder" else each.award.recipient
        label = entity.name if entity else each.award.recipient_words if side == "recipient" else ""
        if label:
            by_label.setdefault(label, (entity, set()))[1].update(each.award.years)
    if not by_label:
        return None
    gets = "goes to" if side == "recipient" else "comes from"
    text = f"{opened(subject(scan))} {gets} {listed(by_label)}; no document read prints a sum."
    items = (entity_item(e, label, years=tuple(sorted(years)), note=NO_SUM) for label, (e, years) in by_label.items())
    words = (c for each in found for c in cite(each.document, each.award.evidence[:1], facts))
    return Draft(Status.ANSWERED, text, tuple(items), citations=unique(words), level=0)


def no_sum(scan: Scan, facts: Facts) -> Draft | None:
    """Return the same answer for a question about sums: its status is `no_data`, and it says who gets the money."""
    draft = without_sum(scan, facts, "recipient")
    return draft.but(status=Status.NO_DATA) if draft is not None else None


def awards_found(scan: Scan, facts: Facts) -> list[StatedAward]:
    """Return the awards without a printed sum in a set, unless another document states the award with its sum."""
    if any(isinstance(c, Sized) for c in scan.where):
        return []
    matcher, awards = Matcher(scan.where, facts, None), facts.columns.awards
    found = narrowed(matcher, awards, facts)
    return [
        each
        for each, is_sure in zip(awards.rows.at(found.rows), found.own.tolist(), strict=True)
        if each.award.status in _MADE and not each.stated_again and (is_sure or matcher.fit(stand_in(each)) > _WELL)
    ]


def stand_in(each: StatedAward) -> StatedFlow:
    """Return an award without a sum as a flow of £0, so that the conditions of a set can be checked on it."""
    award = each.award
    flow = FundingFlow(
        id=award.id, funder=award.funder, recipient=award.recipient, recipient_words=award.recipient_words,
        amount=Decimal(0), basis=Basis.EXACT, years=award.years, programmes=award.programmes, place=award.place,
        fund=award.fund, kind=award.kind, status=award.status, evidence=award.evidence, confidence=award.confidence,
        purpose=award.purpose,
    )  # fmt: skip
    return StatedFlow(each.iri, each.document, flow)


def named_without_sum(scan: Scan, facts: Facts, side: str) -> tuple[Caveat, ...]:
    """Return a caveat that names the parties whose sums are not printed, to stand beside a figure."""
    draft = without_sum(scan, facts, side)
    if draft is None:
        return ()
    names = [item.label for item in draft.items]
    captions = listed(dict.fromkeys(c.decision for c in draft.citations), most=4)
    is_named = f"{listed(names, most=6)} {'is' if len(names) == 1 else 'are'} named without a sum"
    return (Caveat(NO_SUM, f"Besides, {is_named} ({captions}); that money is in no figure."),)
