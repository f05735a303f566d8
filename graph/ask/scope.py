"""Which flows a question is about: the conditions of a Question held against each flow."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from graph.ask.facts import Facts
from graph.ask.matching import NAMED, NO_FIT, OWN, Matcher, own_stems
from graph.ask.plan import FlowPlan, plan_flows
from graph.ask.question import Choice, Question
from graph.ask.whom import ids
from graph.ask.words import stem, stems_of
from graph.counting.left_out import is_money
from graph.counting.parts import may_lie_inside
from graph.stated.flows import StatedFlow

ROLES = frozenset({"funders", "recipients", "parties", "excluded", "focus", "amounts", "kinds"})


@dataclass(frozen=True, slots=True)
class Scope:
    """The flows found, best fit only."""

    flows: tuple[StatedFlow, ...]
    across: tuple[StatedFlow, ...] = ()  #: fit, but cover years besides those asked and are never split
    level: int = OWN
    plan: FlowPlan | None = None

    @property
    def everything(self) -> tuple[StatedFlow, ...]:
        """Those inside the period and those across its bounds."""
        return self.flows + self.across


def find_flows(question: Question, facts: Facts, *, without: Collection[str] = (), worst: int | None = None) -> Scope:
    """Return the flows that meet the question's conditions.

    Args:
        without: Names of conditions to leave out: any of ROLES, "years", "places", "topic".
        worst: How badly a flow may fit; the best fit alone where None.
    """
    plan = plan_flows(question, facts)
    matcher = Matcher(question, facts, frozenset(without))
    graded = [(flow, grade) for flow in plan.flows if (grade := matcher.grade(flow)) < NO_FIT]
    if not graded:
        return Scope((), plan=plan)
    best = min(grade for _, grade in graded)
    chosen = [flow for flow, grade in graded if grade <= (best if worst is None else max(best, worst))]
    if question.topic and "topic" not in without and best < NAMED:
        rows = {_row_of(flow) for flow in chosen}
        chosen = [flow for flow, grade in graded if flow in chosen or (grade <= NAMED and _row_of(flow) in rows)]
    if matcher.within and "places" not in without:
        chosen = _without_wider(chosen, matcher.within, facts)
    if len(question.funds) > 1:
        chosen = _of_every_fund(chosen, question)
    chosen = _hinted(chosen, question, facts)
    inside = [flow for flow in chosen if matcher.years_fit(flow) == "inside"]
    across = [flow for flow in chosen if matcher.years_fit(flow) == "across"]
    return Scope(tuple(inside), tuple(across), best, plan)


def _row_of(stated: StatedFlow) -> tuple[str, str]:
    """The row of a table or the sentence that states a flow; its years stand in one row."""
    return stated.document, stated.flow.evidence[0].locator if stated.flow.evidence else stated.iri


def _without_wider(flows: list[StatedFlow], within: frozenset[str], facts: Facts) -> list[StatedFlow]:
    """Leave out a wider area's sum where the part of it that is for the place itself is there."""
    local = [s for s in flows if s.flow.place is not None and s.flow.place.id in within]
    return [s for s in flows if s in local or not any(may_lie_inside(part, s, facts.grounds) for part in local)]


def _of_every_fund(flows: list[StatedFlow], question: Question) -> list[StatedFlow]:
    """Where two funds are named, prefer money out of one for the other."""

    def names(stated: StatedFlow, choice: Choice) -> bool:
        fund = stated.flow.fund
        return (fund is not None and fund.id in ids([choice])) or stems_of(choice.words) <= own_stems(stated)

    return [flow for flow in flows if all(names(flow, choice) for choice in question.funds)] or flows


def _hinted(flows: list[StatedFlow], question: Question, facts: Facts) -> list[StatedFlow]:
    """Prefer flows whose own words hold a hint of the question ("evaluation", "pilot"), where some do."""
    for hint in question.hints:
        wanted = stem(hint)
        with_hint = [flow for flow in flows if wanted in own_stems(flow)]
        if any(is_money(flow) for flow in with_hint) or not any(is_money(flow) for flow in flows):
            flows = with_hint or flows
    for phrase in question.phrases:
        with_phrase = [flow for flow in flows if phrase in facts.words_around(flow)]
        if with_phrase:
            flows = with_phrase
    return flows
