"""Awards whose sum no document prints, in answers: who gets something from whom, without a figure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from graph.ask.citing import cite
from graph.ask.draft import Draft, entity_item
from graph.ask.facts import Facts
from graph.ask.matching import NAMED, Matcher
from graph.ask.question import Question
from graph.ask.result import Caveat, Item, Status
from graph.ask.sentences import listed, subject
from graph.model import Basis, Entity, FlowStatus, FundingFlow
from graph.stated.awards import StatedAward
from graph.stated.flows import StatedFlow

NO_SUM = "named without a sum"
_MADE = (FlowStatus.APPROVED, FlowStatus.PROVISIONAL)


def awards_found(question: Question, facts: Facts) -> tuple[StatedAward, ...]:
    """Return the awards without a printed sum that a question is about, and that no other document states again.

    None where the question is about the size of sums.
    """
    if not facts.awards or question.at_least is not None or question.at_most is not None:
        return ()
    matcher = Matcher(question, facts, frozenset({"amounts"}))
    return tuple(
        each
        for each in facts.awards
        if each.award.status in _MADE and not each.stated_again and _fits(_stand_in(each), matcher)
    )


def without_sum(question: Question, facts: Facts, *, side: str) -> Draft | None:
    """Return the answer where nothing is known but awards without a sum; None where there are none either.

    Args:
        side: Who is asked for: "recipient" or "funder".
    """
    found = awards_found(question, facts)
    parties = _parties(found, side)
    if not parties:
        return None
    about = subject(question)
    gets = "goes to" if side == "recipient" else "comes from"
    text = f"{about[:1].upper()}{about[1:]} {gets} {listed(parties)}; no document read prints a sum."
    return Draft(
        Status.ANSWERED,
        text,
        tuple(_items(found, side)),
        citations=tuple(words for each in found for words in cite(each.document, each.award.evidence[:1], facts)),
    )


def caveats_without_sum(question: Question, facts: Facts, *, side: str) -> tuple[Caveat, ...]:
    """Return a word on those who are named beside a figure and without one."""
    found = awards_found(question, facts)
    parties = _parties(found, side)
    if not parties:
        return ()
    captions = listed(dict.fromkeys(facts.caption_of(each.document) for each in found), most=4)
    is_named = f"{listed(parties, most=6)} {'is' if len(parties) == 1 else 'are'} named without a sum"
    return (Caveat(NO_SUM, f"Besides, {is_named} ({captions}); that money is in no figure."),)


def _parties(found: Sequence[StatedAward], side: str) -> list[str]:
    return list(dict.fromkeys(label for each in found if (label := _party(each, side)[1])))


def _items(found: Sequence[StatedAward], side: str) -> list[Item]:
    by_label: dict[str, tuple[Entity | None, set[str]]] = {}
    for each in found:
        entity, label = _party(each, side)
        if label:
            by_label.setdefault(label, (entity, set()))[1].update(each.award.years)
    return [
        entity_item(entity, label, years=tuple(sorted(years)), note=NO_SUM)
        for label, (entity, years) in by_label.items()
    ]


def _party(each: StatedAward, side: str) -> tuple[Entity | None, str]:
    entity = each.award.funder if side == "funder" else each.award.recipient
    return entity, entity.name if entity else each.award.recipient_words if side == "recipient" else ""


def _fits(stated: StatedFlow, matcher: Matcher) -> bool:
    return matcher.grade(stated) <= NAMED and matcher.years_fit(stated) == "inside"


def _stand_in(each: StatedAward) -> StatedFlow:
    """Return the award as a flow of nothing, for the conditions that flows are held against; never counted."""
    award = each.award
    flow = FundingFlow(
        id=award.id, funder=award.funder, recipient=award.recipient, recipient_words=award.recipient_words,
        amount=Decimal(0), basis=Basis.EXACT, years=award.years, programmes=award.programmes, place=award.place,
        fund=award.fund, kind=award.kind, status=award.status, evidence=award.evidence,
        confidence=award.confidence, purpose=award.purpose, band=award.band,
    )  # fmt: skip
    return StatedFlow(each.iri, each.document, flow)
