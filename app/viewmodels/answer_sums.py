"""The sums of an answer by year and party, each with the decision that states it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.viewmodels import words
from app.viewmodels.flow_table import flow_table
from app.viewmodels.money import Bars, Label, bars, by_funder, by_recipient
from app.viewmodels.table import Table
from graph.ask import Answer
from graph.ask.language.terms import What
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow

MOST = 200


@dataclass(frozen=True, slots=True)
class AnswerSums:
    """The table and chart below an answer about money."""

    table: Table
    bars: Bars | None  #: None where there is one year alone, or where the sums are not to be added
    years: tuple[str, ...]


def answer_sums(answer: Answer, heads: Mapping[str, DecisionHead]) -> AnswerSums | None:
    """Return the sums of an answer in the order of its items, then by year; None if there are none or too many."""
    if not 1 <= len(answer.flows) <= MOST:
        return None
    label = _label(answer)
    flows = in_order(answer)
    chart = bars((), answer.counted, label, heads) if answer.counted is not None else None
    several = chart is not None and len(chart.years) > 1
    return AnswerSums(
        table=flow_table(flows, heads, leave_out=_obvious(flows), as_given=True),
        bars=chart if several else None,
        years=tuple(sorted({year for stated in flows for year in stated.flow.years})),
    )


def _named(stated: StatedFlow, label: Label) -> str:
    """Return the name that the answer's items use for a party: the document's words if it has no name."""
    return words.recipient(stated.flow) if label is by_recipient else label(stated.flow)


def in_order(answer: Answer) -> list[StatedFlow]:
    """Return the flows of an answer in the order of its items, then by year."""
    label = _label(answer)
    order = {item.label: number for number, item in enumerate(answer.items)}
    return sorted(
        answer.flows, key=lambda stated: (order.get(_named(stated, label), len(order)), stated.flow.years or ("9",))
    )


def _label(answer: Answer) -> Label:
    return by_recipient if by_who_gets(answer) else by_funder


def by_who_gets(answer: Answer) -> bool:
    """Return True if the items of an answer are recipients."""
    return getattr(answer.form, "what", None) is What.RECIPIENT


def _obvious(flows: list[StatedFlow]) -> frozenset[str]:
    """Return the columns that are equal or empty in every row."""
    same = {"Place"} if len({stated.flow.place for stated in flows}) == 1 else set()
    if len({stated.flow.programmes for stated in flows}) == 1:
        same.add("Programme")
    if {words.recipient(stated.flow) for stated in flows} == {words.OPEN_PARTY}:
        same.add("Recipient")
    return frozenset({*same, "Status", "Fund"})
