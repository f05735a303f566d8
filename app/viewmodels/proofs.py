"""The evidence of an answer: each sum with its own quotation, in the order of the answer's items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.viewmodels import sureness, words
from app.viewmodels.answer_sums import by_who_gets, in_order
from app.viewmodels.quotes import Quote, quotes_of
from graph.ask import Answer
from graph.model import Band
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow

MOST_QUOTES = 2  #: of one sum


@dataclass(frozen=True, slots=True)
class Proof:
    """One sum with its quotations."""

    figure: str  #: "£1,200", "up to £1,200"
    about: str  #: "2023/24, from the Treasury to the Mayor, for Warm Homes"
    quotes: tuple[Quote, ...]
    added: bool = True  #: whether it is in the figure of its line; a sum for several programmes together is not


@dataclass(frozen=True, slots=True)
class ProofGroup:
    """The sums of one item of the answer."""

    heading: str  #: the line's name; "" where the answer has one line or none
    proofs: tuple[Proof, ...]


def proofs_of(answer: Answer, heads: Mapping[str, DecisionHead]) -> tuple[ProofGroup, ...]:
    """Return the sums of an answer about money, grouped by its items; () for other answers."""
    flows = [stated for stated in in_order(answer) if stated.flow.evidence]
    one = isinstance(answer.interpretation.get("programme"), str)
    corrected = {(cite.document, cite.locator, cite.quote): cite.corrected for cite in answer.citations}
    usual = sureness.usual_band(stated.flow for stated in flows) if answer.unsure is not None else None
    groups: dict[str, list[Proof]] = {}
    for stated in flows:
        joint = one and len(stated.flow.programmes) > 1
        proof = _proof(stated, heads.get(stated.document), corrected, usual, joint=joint)
        groups.setdefault(_line(answer, stated), []).append(proof)
    several = len(groups) > 1
    return tuple(ProofGroup(line if several else "", tuple(proofs)) for line, proofs in groups.items())


def _line(answer: Answer, stated: StatedFlow) -> str:
    party = stated.flow.recipient if by_who_gets(answer) else stated.flow.funder
    return party.name if party else words.OPEN_PARTY


def _proof(
    stated: StatedFlow,
    head: DecisionHead | None,
    corrected: Mapping[tuple[str, str, str], str],
    usual: Band | None,
    *,
    joint: bool,
) -> Proof:
    evidence = stated.flow.evidence[:MOST_QUOTES]
    set_right = [corrected.get((stated.document, words_of.locator, words_of.quote), "") for words_of in evidence]
    quotes = quotes_of(evidence, stated.document, head)
    said = sum_words(stated, head, usual)
    return Proof(
        figure=words.sum_of(stated.flow),
        about=f"{said} (not added: it is for several programmes together)" if joint else said,
        quotes=tuple(replace(quote, corrected=note) for quote, note in zip(quotes, set_right, strict=True)),
    )


def sum_words(stated: StatedFlow, head: DecisionHead | None, usual: Band | None) -> str:
    """Return a flow in words without its amount: "2023/24, from the Treasury to the Mayor, for Warm Homes in Kent"."""
    flow = stated.flow
    parties: Sequence[str] = [
        f"from {flow.funder.name}" if flow.funder else "",
        f"to {flow.recipient.name}" if flow.recipient else "",
    ]
    programmes = words.listed([programme.name for programme in flow.programmes])
    about = f"for {programmes}" if programmes else ""
    where = f"in {flow.place.name}" if flow.place else ""
    state = "" if flow.status.value == "approved" else words.STATUS[flow.status].lower()
    parts = [
        words.years_of_money(stated, {stated.document: head} if head else {}),
        " ".join(part for part in parties if part),
        " ".join(part for part in (about, where) if part),
        state,
        sureness.mark(flow, usual=usual),
    ]
    return ", ".join(part for part in parts if part)
