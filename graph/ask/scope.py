"""Which flows a question is about: the conditions of a Question held against each flow."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from graph.ask.facts import Facts
from graph.ask.parts import may_lie_inside
from graph.ask.plan import FlowPlan, plan_flows
from graph.ask.question import Asks, Choice, Focus, Period, Question
from graph.ask.words import TELLING, is_general, stem, stems_of
from graph.decisions import DecisionHead
from graph.flows import StatedFlow
from graph.model import Entity, EntityKind, FlowKind, FlowStatus

#: how well a flow fits, best first
OWN, NAMED, DECISION, TEXT = 0, 1, 2, 3
_NO = 99

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


def find_flows(
    question: Question, facts: Facts, *, without: Collection[str] = (), worst: int | None = None
) -> Scope:
    """Return the flows that meet the question's conditions.

    Args:
        without: Names of conditions to leave out: any of ROLES, "years", "places", "topic".
        worst: How badly a flow may fit; the best fit alone where None.
    """
    plan = plan_flows(question, facts)
    matcher = _Matcher(question, facts, frozenset(without))
    graded = [(flow, grade) for flow in plan.flows if (grade := matcher.grade(flow)) < _NO]
    if not graded:
        return Scope((), plan=plan)
    best = min(grade for _, grade in graded)
    chosen = [flow for flow, grade in graded if grade <= (best if worst is None else max(best, worst))]
    if matcher.within and "places" not in without:
        chosen = _without_wider(chosen, matcher.within, facts)
    chosen = _hinted(chosen, question, facts)
    inside = [flow for flow in chosen if matcher.years_fit(flow) == "inside"]
    across = [flow for flow in chosen if matcher.years_fit(flow) == "across"]
    return Scope(tuple(inside), tuple(across), best, plan)


def _without_wider(flows: list[StatedFlow], within: frozenset[str], facts: Facts) -> list[StatedFlow]:
    """Leave out a wider area's sum where the part of it that is for the place itself is there."""
    local = [s for s in flows if s.flow.place is not None and s.flow.place.id in within]
    return [s for s in flows if s in local or not any(may_lie_inside(part, s, facts) for part in local)]


def _hinted(flows: list[StatedFlow], question: Question, facts: Facts) -> list[StatedFlow]:
    """Prefer flows whose own words hold a hint of the question ("evaluation", "pilot"), where some do."""
    for hint in question.hints:
        wanted = stem(hint)
        with_hint = [flow for flow in flows if wanted in _own_stems(flow)]
        if any(counts(flow) for flow in with_hint) or not any(counts(flow) for flow in flows):
            flows = with_hint or flows
    for phrase in question.phrases:
        with_phrase = [flow for flow in flows if phrase in facts.words_around(flow)]
        if with_phrase:
            flows = with_phrase
    return flows


@lru_cache(maxsize=20_000)
def _own_stems(stated: StatedFlow) -> frozenset[str]:
    fund = stated.flow.fund.name if stated.flow.fund is not None else ""
    return _name_stems(stated) | stems_of(" ".join([fund, *(evidence.quote for evidence in stated.flow.evidence)]))


@lru_cache(maxsize=20_000)
def _name_stems(stated: StatedFlow) -> frozenset[str]:
    flow = stated.flow
    names = [programme.name for programme in flow.programmes]
    names += [flow.recipient.name] if flow.recipient is not None else []
    return stems_of(" ".join([*names, flow.purpose, flow.recipient_words]))


class _Matcher:
    """The conditions of one question, made ready once."""

    def __init__(self, question: Question, facts: Facts, without: frozenset[str]) -> None:
        self.question, self.facts, self.without = question, facts, without
        self.programmes = ids(question.programmes)
        self.funds = ids(question.funds)
        self.funders = party_ids(question.funders, facts)
        self.recipients = party_ids(question.recipients, facts)
        self.parties = party_ids(question.parties, facts)
        self.bodies = party_ids(question.bodies, facts)
        self.excluded = ids(question.excluded)
        self.within = places_within(question.places, facts)
        self.place_orgs = {e.id for c in question.places for e in c.entities if e.kind is EntityKind.ORGANISATION}
        self.decisions = {iri for key in question.references for iri in facts.by_key.get(key, ())}
        self.topic = tuple(topic_stems(question, facts))
        #: a longer name made of the programme's and of the words beside it
        self.longer = frozenset(self.topic).union(*(stems_of(choice.words) for choice in question.programmes))

    def grade(self, stated: StatedFlow) -> int:
        """How well a flow fits; 99 where it doesn't."""
        head = self.facts.heads.get(stated.document)
        if self.question.references and (head is None or head.iri not in self.decisions):
            return _NO
        if self.question.deciders and self.facts.signed_by(stated.document) not in self.question.deciders:
            return _NO
        if self.bodies and (head is None or head.body is None or head.body.id not in self.bodies):
            return _NO
        if not self._roles_hold(stated):
            return _NO
        if "years" not in self.without and self.years_fit(stated) == "outside":
            return _NO
        grades = [OWN]
        if self.programmes and "programmes" not in self.without:
            grades.append(self._programme(stated, head))
        if self.funds and "funds" not in self.without:
            grades.append(self._fund(stated, head))
        if self.question.places and "places" not in self.without:
            grades.append(self._place(stated, head))
        if self.topic and "topic" not in self.without:
            grades.append(self._topic(stated))
        return max(grades)

    def _roles_hold(self, stated: StatedFlow) -> bool:
        flow, question = stated.flow, self.question
        without = self.without
        if self.funders and "funders" not in without and (flow.funder is None or flow.funder.id not in self.funders):
            return False
        if self.recipients and "recipients" not in without and not self._receives(stated):
            return False
        if self.parties and "parties" not in without and not self._is_party(stated) and not self._titled(stated):
            return False
        if self.excluded and "excluded" not in without and self.excluded & self._excludable(stated):
            return False
        if "focus" not in without and not self._has_focus(stated):
            return False
        if "amounts" not in without and not amount_fits(question, stated):
            return False
        if "kinds" not in without and question.kinds and flow.kind not in question.kinds:
            return False
        if question.statuses:
            return flow.status in question.statuses
        return True

    def _receives(self, stated: StatedFlow) -> bool:
        flow = stated.flow
        if flow.recipient is not None:
            return flow.recipient.id in self.recipients
        words = flow.recipient_words.lower()
        return bool(words) and any(choice.words.lower() in words for choice in self.question.recipients)

    def _is_party(self, stated: StatedFlow) -> bool:
        flow = stated.flow
        return any(e is not None and e.id in self.parties for e in (flow.funder, flow.recipient))

    def _titled(self, stated: StatedFlow) -> bool:
        """Whether the decision's title is the party's name: its money is what the decision is about."""
        title = self.facts.title_stems.get(stated.document, frozenset())
        labels = [choice.label for choice in self.question.parties]
        return any(len(stems) > 1 and stems <= title for stems in map(stems_of, labels))

    def _excludable(self, stated: StatedFlow) -> frozenset[str]:
        """Ids that "other than" can mean: the side asked for, and what is not a party."""
        flow = stated.flow
        other_side = {Asks.FUNDERS: flow.recipient, Asks.RECIPIENTS: flow.funder}.get(self.question.asks)
        return _ids_in(stated) - ({other_side.id} if other_side is not None else set())

    def _has_focus(self, stated: StatedFlow) -> bool:
        side = _focus_side(self.question)
        if side is None:
            return True
        entity = stated.flow.funder if side == "funder" else stated.flow.recipient
        return entity is not None and is_of_focus(entity, self.question.focus, self.facts)

    def _programme(self, stated: StatedFlow, head: DecisionHead | None) -> int:
        if any(programme.id in self.programmes for programme in stated.flow.programmes):
            return OWN
        if self.topic and any(self.longer <= stems_of(programme.name) for programme in stated.flow.programmes):
            return OWN
        if stated.flow.programmes:
            return _NO
        return DECISION if self._decision_names(self.question.programmes, head, stated) else _NO

    def _fund(self, stated: StatedFlow, head: DecisionHead | None) -> int:
        flow = stated.flow
        if flow.fund is not None:
            return OWN if flow.fund.id in self.funds else _NO
        quotes = " ".join(evidence.quote for evidence in flow.evidence).lower()
        if any(choice.words.lower() in quotes or choice.label.lower() in quotes for choice in self.question.funds):
            return OWN
        others = self.facts.funds_of.get(stated.document, frozenset())
        if others and others <= self.funds:
            return OWN
        if self.funds & others or self._decision_names(self.question.funds, head, stated):
            return DECISION
        return _NO

    def _decision_names(self, choices: Sequence[Choice], head: DecisionHead | None, stated: StatedFlow) -> bool:
        if head is None:
            return False
        title = stems_of(head.title)
        named = any(stems_of(name) <= title for choice in choices for name in (choice.words, choice.label))
        return named or bool(ids(choices) & self.facts.about.get(head.iri, frozenset()))

    def _place(self, stated: StatedFlow, head: DecisionHead | None) -> int:
        flow = stated.flow
        if flow.place is not None and flow.place.id in self.within:
            return OWN
        if any(e is not None and e.id in self.place_orgs for e in (flow.recipient, flow.funder)):
            return OWN
        if council_place(flow.recipient, self.facts) in self.within:
            return OWN
        if self._only_here(stated):
            return OWN
        if flow.place is None and head is not None and head.body is not None:
            return NAMED if self.facts.registry.place_of_body(head.body.id) in self.within else _NO
        return _NO

    def _only_here(self, stated: StatedFlow) -> bool:
        """Whether a flow for a wider area stands in a decision whose summary names no other part of that area."""
        registry, flow = self.facts.registry, stated.flow
        asked = {e.id for c in self.question.places for e in c.entities if e.kind is EntityKind.PLACE}
        if flow.place is not None and not any(registry.place_contains(flow.place.id, place) for place in asked):
            return False
        named = self.facts.places_named(stated.document)
        return bool(named & self.within) and all(
            any(registry.place_contains(place, a) or registry.place_contains(a, place) for a in asked)
            for place in named
        )

    def _topic(self, stated: StatedFlow) -> int:
        wanted = frozenset(self.topic)
        if wanted <= _name_stems(stated):
            return OWN
        own = _own_stems(stated)
        if wanted <= own:
            return NAMED
        title = self.facts.title_stems.get(stated.document, frozenset())
        if wanted <= title | own:
            return DECISION
        if wanted <= self.facts.summary_stems.get(stated.document, frozenset()) | own:
            return TEXT
        return _NO

    def years_fit(self, stated: StatedFlow) -> str:
        """inside, across, outside or unknown, by the period asked."""
        return years_fit(stated, self.question.period, self.facts.heads.get(stated.document))


def years_fit(stated: StatedFlow, period: Period, head: DecisionHead | None) -> str:
    """How a flow's years stand to the period asked: inside, across, outside or unknown."""
    if not period:
        return "inside"
    years = stated.flow.years
    wanted = financial_years(period)
    if not years:
        signed = head.signed if head is not None else ""
        if signed and period.calendar and int(signed[:4]) in period.calendar:
            return "inside"
        return "unknown" if not signed or period.years else "outside"
    if wanted:
        hits = [year for year in years if year in wanted]
        return "inside" if len(hits) == len(years) else "across" if hits else "outside"
    low = (period.first or "0000")[:10]
    high = (period.last or "9999")[:10]
    hits = [year for year in years if f"{int(year[:4]) + 1}-03-31" >= low and f"{year[:4]}-04-01" <= high]
    return "inside" if len(hits) == len(years) else "across" if hits else "outside"


def financial_years(period: Period) -> frozenset[str]:
    """The financial years of a period; a calendar year is the financial year that begins in it."""
    named = set(period.years)
    named.update(f"{year}/{(year + 1) % 100:02d}" for year in period.calendar)
    return frozenset(named)


def amount_fits(question: Question, stated: StatedFlow) -> bool:
    """Whether a flow's amount lies between the bounds asked."""
    amount = stated.flow.amount
    low, high = question.at_least, question.at_most
    if low is not None and (amount < low or (question.strict and amount == low)):
        return False
    return not (high is not None and (amount > high or (question.strict and amount == high)))


def _focus_side(question: Question) -> str | None:
    if question.focus not in {Focus.BOROUGH, Focus.COUNCIL, Focus.BODY, Focus.CHARITY}:
        return None
    if question.asks is Asks.FUNDERS or question.by == "funder":
        return "funder"
    if question.asks in {Asks.RECIPIENTS, Asks.RANKING, Asks.COUNT, Asks.COMPARISON}:
        return "recipient"
    return None


def is_of_focus(entity: Entity, focus: Focus, facts: Facts) -> bool:
    """Whether an organisation is of the kind that the question asks for."""
    row = facts.registry.organisations.get(entity.id)
    name = entity.name.lower()
    type_ = row.type if row else ""
    if focus in {Focus.BOROUGH, Focus.COUNCIL}:
        place = facts.registry.places.get(row.place) if row and row.place else None
        london = place is not None and place.type == "london-borough"
        in_words = any(word in name for word in ("council", "borough", "district", "county", "city of"))
        if focus is Focus.BOROUGH:
            return london or (type_ in {"", "local-authority"} and "borough" in name and "council" in name)
        return type_ == "local-authority" or (not type_ and in_words)
    if focus is Focus.BODY:
        return (
            type_ in {"police-and-crime-commissioner", "combined-authority"}
            or "commissioner" in name
            or ("mayor" in name or "combined authority" in name)
        )
    if focus is Focus.CHARITY:
        return type_ == "charity" or (
            not type_ and any(word in name for word in ("trust", "aid", "charity", "foundation"))
        )
    return True


def ids(choices: Iterable[Choice]) -> frozenset[str]:
    """Ids of everything that the choices may stand for."""
    return frozenset(entity.id for choice in choices for entity in choice.entities)


def party_ids(choices: Iterable[Choice], facts: Facts) -> frozenset[str]:
    """Ids of the organisations that the choices may stand for; a bare place stands for its council or commissioner."""
    found: set[str] = set()
    for choice in choices:
        organisations = [e.id for e in choice.entities if e.kind is EntityKind.ORGANISATION]
        found.update(organisations)
        for entity in choice.entities:
            if entity.kind is EntityKind.PLACE and not organisations:
                office = facts.registry.council_of(entity.id) or facts.registry.commissioner_of(entity.id)
                found.update({office, entity.id} if office else {entity.id})
    return frozenset(found)


def places_within(choices: Iterable[Choice], facts: Facts) -> frozenset[str]:
    """Ids of the places named and of all that lie within them."""
    found: set[str] = set()
    for choice in choices:
        for entity in choice.entities:
            if entity.kind is EntityKind.PLACE:
                found |= facts.registry.places_within(entity.id)
    return frozenset(found)


def council_place(entity: Entity | None, facts: Facts) -> str:
    """The id of a council's own area; "" for everything else."""
    if entity is None:
        return ""
    if entity.kind is EntityKind.PLACE:
        return entity.id
    row = facts.registry.organisations.get(entity.id)
    return row.place if row and row.type == "local-authority" and row.place else ""


def topic_stems(question: Question, facts: Facts) -> list[str]:
    """The stems of the question's topic, slips of the keyboard mended where the graph's words show how."""
    out = []
    for word in question.topic:
        mended = facts.mended(word)
        if not is_general(mended) or mended in TELLING:
            out.append(stem(mended))
    return out


def _ids_in(stated: StatedFlow) -> frozenset[str]:
    flow = stated.flow
    return frozenset(
        e.id for e in (flow.funder, flow.recipient, flow.place, flow.fund, *flow.programmes) if e is not None
    )


def counts(stated: StatedFlow) -> bool:
    """Whether a flow is money that was granted: no bid, ceiling, context, and nothing replaced or refused."""
    flow = stated.flow
    return flow.kind not in {FlowKind.BID, FlowKind.ENVELOPE} and flow.status in {
        FlowStatus.APPROVED,
        FlowStatus.PROVISIONAL,
    }
