"""Forms checked against a graph: what a form cannot mean, or names in vain, in sentences that say what to change."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from graph.ask.known.facts import Facts
from graph.ask.language.edits import scans_of
from graph.ask.language.english import names_of, subject
from graph.ask.language.phrases import listed
from graph.ask.language.terms import (
    Attribute,
    Both,
    Choice,
    Compare,
    Condition,
    Count,
    Describe,
    During,
    Either,
    Form,
    Get,
    Is,
    List,
    Mean,
    Named,
    OfKind,
    Order,
    Path,
    Period,
    Quote,
    Referred,
    Role,
    Rows,
    Says,
    Scan,
    Series,
    Set,
    Share,
    Sized,
    Standing,
    States,
    Sum,
    Total,
    Verify,
    What,
    Without,
)
from graph.model import Entity, EntityKind

MOST_LISTED = 100  #: that a list may be limited to
FIRST_YEAR, LAST_YEAR = 1990, 2060  #: of decisions and their money
_YEAR = re.compile(r"(\d{4})/(\d{2})")
_PARTIES = frozenset({Role.FUNDER, Role.RECIPIENT, Role.PARTY})
#: the conditions that rows of a sort can meet, and the roles that they have
_CONDITIONS: dict[Rows, tuple[type, ...]] = {
    Rows.AWARDS: (Named, Referred, OfKind, Sized, During, Standing, Says),
    Rows.DECISIONS: (Named, Referred, Sized, During, Says),
    Rows.FACTS: (Named, Referred, OfKind, States, Says),
    Rows.CHECKS: (Named, Referred, During, Says),
    Rows.THINGS: (Named,),
    Rows.PASSAGES: (Named, Referred, During, Says),
}
_PLAYED = frozenset(Role) - {Role.DECISION, Role.DECIDER}
_ROLES: dict[Rows, frozenset[Role]] = {
    Rows.AWARDS: _PLAYED, Rows.DECISIONS: _PLAYED, Rows.CHECKS: _PLAYED, Rows.THINGS: _PLAYED,
    Rows.FACTS: frozenset({Role.PARTY, Role.PROGRAMME, Role.PLACE, Role.FUND, Role.BODY}),
    Rows.PASSAGES: frozenset({Role.PARTY}),
}  # fmt: skip
#: the rows that a form may be over
_OVER: dict[type, frozenset[Rows]] = {
    Total: frozenset({Rows.AWARDS}), Mean: frozenset({Rows.AWARDS}), Series: frozenset({Rows.AWARDS}),
    Is: frozenset({Rows.AWARDS, Rows.FACTS}), Verify: frozenset({Rows.CHECKS}), Quote: frozenset({Rows.PASSAGES}),
    Share: frozenset({Rows.AWARDS}), Compare: frozenset({Rows.AWARDS}),
}  # fmt: skip
_GOT_FROM = {Attribute.OUTCOME: Rows.AWARDS, Attribute.NAMES: Rows.THINGS}
_DIRECTION = re.compile(r"(in|out):[a-z]*")
_KIND_OF_ROLE = {
    Role.FUNDER: "an organisation", Role.RECIPIENT: "an organisation", Role.PARTY: "an organisation",
    Role.PROGRAMME: "a programme", Role.PLACE: "a place", Role.FUND: "a fund", Role.BODY: "a body that decides",
}  # fmt: skip
_A_KIND = {
    EntityKind.ORGANISATION: "an organisation", EntityKind.PROGRAMME: "a programme", EntityKind.PLACE: "a place",
    EntityKind.FUND: "a fund",
}  # fmt: skip


def problems(form: Form, facts: Facts) -> list[str]:
    """Return the problems of a form over a graph, a sentence each; [] where it can be executed as meant."""
    checker = _Checker(facts)
    found = [*_of_form(form), *(each for choice in _choices(form) for each in checker.existence(choice))]
    for scan in scans_of(form):
        found += checker.of_scan(scan)
    return list(dict.fromkeys(found))


def _choices(form: Form) -> Iterator[Choice]:
    """Yield everything that a form names, each once."""
    named = [choice for scan in scans_of(form) for c in scan.where if isinstance(c, Named) for choice in c.choices]
    if isinstance(form, Path):
        named = [form.one, form.other]
    if isinstance(form, Describe) and form.thing is not None:
        named = [form.thing]
    yield from dict.fromkeys(named)


# --- what is asked


def _of_form(form: Form) -> Iterator[str]:
    """Yield the problems that a form has whatever the graph holds."""
    yield from _sets_of_form(form)
    if isinstance(form, List | Count | Mean):
        yield from _of_what(form)
    if isinstance(form, List) and form.order is not None:
        yield from _of_order(form.order)
    if isinstance(form, Share):
        yield from _of_share(form)
    if isinstance(form, Compare):
        if len(form.totals) < 2:
            yield "The comparison has one set alone; give the set to compare it with."
        elif len(set(form.totals)) < len(form.totals):
            yield "The comparison has the same set twice; give sets that differ."
    if isinstance(form, Get):
        yield from _of_get(form)
    if isinstance(form, Path) and set(form.one.entities) & set(form.other.entities):
        yield f"The path leads from {form.one.label} to itself; name two different things."
    if isinstance(form, Describe) and form.thing is None and not any(word.strip() for word in form.words):
        yield "The description names neither a thing nor words; give one of them."
    if isinstance(form, Quote) and not form.of.where:
        yield "The quotation has no condition; say what the sentence is about."


def _sets_of_form(form: Form) -> Iterator[str]:
    """Yield a problem for each set whose rows the form cannot ask about, and for each sum in place of a set."""
    sets: list[Set] = [form.of] if hasattr(form, "of") else []
    if isinstance(form, Share):
        sets = [form.part, *([] if isinstance(form.whole, Sum) else [form.whole])]
    if isinstance(form, Compare):
        sets = [total.of for total in form.totals if not isinstance(total.of, Sum)]
    for of in sets:
        yield from _of_set(of)
        rows = {scan.rows for scan in scans_of(of)}
        allowed = _OVER.get(type(form), rows)
        for wrong in sorted(rows - allowed):
            name = type(form).__name__
            yield f"{name} is over {wrong.value}, which have none; take {listed(sorted(allowed), last='or')}."


def _of_set(of: Set) -> Iterator[str]:
    if isinstance(of, Sum):
        yield f"{subject(of)} stands where a set is wanted; a stated sum can only be compared with or be the whole."
    if isinstance(of, Both | Either | Without):
        if of.one == of.other:
            yield f"{subject(of.one)} stands on both sides of a {type(of).__name__}; give sets that differ."
        elif len({scan.rows for scan in scans_of(of)}) > 1:
            yield f"{subject(of)} puts rows of different sorts together; give both sets the same rows."
        yield from _of_set(of.one)
        yield from _of_set(of.other)


def _of_what(form: List | Count | Mean) -> Iterator[str]:
    rows = {scan.rows for scan in scans_of(form.of)}
    if form.what is What.MONTH and not isinstance(form, Mean):
        yield "Months are listed, but money is recorded by year; list years, or ask for the average of a month."
    if form.what is What.SUBJECT and rows - {Rows.FACTS}:
        yield "Subjects are listed of rows that state no facts; set rows to facts, or list funders or recipients."
    if form.what is not What.SUBJECT and Rows.FACTS in rows:
        yield f"A {form.what.value} is listed of facts, which name subjects alone; list those, or set rows to awards."
    if form.what is not What.DECISION and Rows.DECISIONS in rows:
        yield f"A {form.what.value} is listed of decisions; list decisions, or set rows to awards."
    for wrong in sorted(rows & {Rows.CHECKS, Rows.THINGS, Rows.PASSAGES}):
        yield f"{type(form).__name__} is over {wrong.value}, which are not listed; take awards, decisions or facts."


def _of_order(order: Order) -> Iterator[str]:
    if order.limit is not None and not 1 <= order.limit <= MOST_LISTED:
        yield f"The list is limited to {order.limit}; set a limit from 1 to {MOST_LISTED}, or none."


def _of_share(form: Share) -> Iterator[str]:
    if isinstance(form.part, Sum):
        return
    if form.part == form.whole:
        yield f"The whole is the part, {subject(form.part)}; leave out of the whole what makes the part a part."
    elif isinstance(form.part, Scan) and isinstance(form.whole, Scan) and set(form.part.where) < set(form.whole.where):
        yield f"The whole, {subject(form.whole)}, lies inside the part, {subject(form.part)}; exchange the two."
    elif isinstance(form.whole, Sum) and form.whole.amount <= 0:
        yield f"The whole is {subject(form.whole)}, of which nothing can be a share; give a sum above £0."


def _of_get(form: Get) -> Iterator[str]:
    wanted = _GOT_FROM.get(form.attribute, Rows.DECISIONS)
    for wrong in sorted({scan.rows for scan in scans_of(form.of)} - {wanted}):
        yield f"“{form.attribute.value}” is asked of {wrong.value}, which do not have it; set rows to {wanted.value}."
    if form.direction and form.attribute is not Attribute.CHANGED:
        yield f"“{form.attribute.value}” has no direction, but “{form.direction}” is given; leave it out."
    elif form.direction and not _DIRECTION.fullmatch(form.direction):
        yield f"The direction is “{form.direction}”; write “out:” or “in:”, and the stem of the verb after it."


# --- sets


class _Checker:
    """Checks conditions against one graph."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def existence(self, choice: Choice) -> Iterator[str]:
        """Yield a problem if the graph holds nothing that a name may stand for."""
        facts = self._facts
        if not choice.entities:
            yield f"“{choice.words}” stands for nothing; give the thing that is meant."
        elif not any(facts.documents_naming(e) or facts.documents_of_id(e.id) for e in choice.entities):
            yield f"{choice.label} is in no decision of this graph; name something that is."

    def of_scan(self, scan: Scan) -> Iterator[str]:
        """Yield the problems of a scan's conditions."""
        for condition in scan.where:
            if not isinstance(condition, _CONDITIONS[scan.rows]):
                rows, name = scan.rows.value, type(condition).__name__
                yield f"The condition {name} is put on {rows}, which have no such thing; leave it out."
                continue
            yield from self._of_condition(condition, scan.rows)

    def _of_condition(self, condition: Condition, rows: Rows) -> Iterator[str]:
        if isinstance(condition, Named):
            yield from self._of_named(condition, rows)
        elif isinstance(condition, Referred):
            yield from self._of_referred(condition)
        elif isinstance(condition, OfKind) and condition.role not in _PARTIES:
            role = condition.role.value
            yield f"A kind of organisation is given for the {role}; give it for the funder, recipient or party."
        elif isinstance(condition, Sized):
            yield from _of_size(condition)
        elif isinstance(condition, During):
            yield from _of_period(condition.period)
        elif isinstance(condition, Standing) and not condition.kinds and not condition.statuses:
            yield "The standing names no kind and no status of money; name one, or leave the condition out."
        elif isinstance(condition, Says) and not any(any(c.isalnum() for c in word) for word in condition.words):
            yield "The words to be found hold no letter and no digit; give words, or leave the condition out."

    def _of_named(self, condition: Named, rows: Rows) -> Iterator[str]:
        role = condition.role
        if role not in _ROLES[rows]:
            allowed = listed(sorted(_ROLES[rows]), last="or")
            names, of = names_of(condition.choices), rows.value
            yield f"{names} is the {role.value} of {of}, which have none; take {allowed}."
            return
        if rows in {Rows.THINGS, Rows.PASSAGES} or (condition.without and role is Role.PARTY):
            return  # whatever has a name may stand here
        for choice in condition.choices:
            if choice.entities and not any(self._may_be(entity, role) for entity in choice.entities):
                entity = choice.entities[0]
                kind = _A_KIND[entity.kind]
                if role is Role.BODY:
                    yield f"{choice.label} has signed no decision of this graph; name {_KIND_OF_ROLE[role]}."
                else:
                    yield f"{choice.label} is {kind} and cannot be a {role.value}; name {_KIND_OF_ROLE[role]}."

    def _may_be(self, entity: Entity, role: Role) -> bool:
        """Return True if a thing can have a role: by its kind, by its area, or by what the graph states of it."""
        registry, kind = self._facts.registry, entity.kind
        if role is Role.PROGRAMME:
            return kind is EntityKind.PROGRAMME or self._facts.are_funded([entity.id])
        if role is Role.FUND:
            return kind is EntityKind.FUND
        if role is Role.PLACE:
            return kind is EntityKind.PLACE or bool(registry.place_of_body(entity.id))
        if role is Role.BODY:
            return bool(self._standing_for(entity) & self._deciding)
        flows = (stated.flow for stated in self._facts.flows.values())
        gives_or_gets = {party for flow in flows for party in (flow.funder, flow.recipient) if party is not None}
        is_office = kind is EntityKind.PLACE and len(self._standing_for(entity)) > 1
        return kind is EntityKind.ORGANISATION or is_office or entity in gives_or_gets

    def _standing_for(self, entity: Entity) -> set[str]:
        """Return the ids of a thing; for a place also those of its council and its commissioner."""
        if entity.kind is not EntityKind.PLACE:
            return {entity.id}
        registry = self._facts.registry
        offices = registry.council_of(entity.id), registry.commissioner_of(entity.id)
        return {entity.id, *(office for office in offices if office)}

    @property
    def _deciding(self) -> set[str]:
        return set(self._facts.documents_by_body)

    def _of_referred(self, condition: Referred) -> Iterator[str]:
        signers = set(self._facts.office_holders.values())
        for name in condition.names:
            if condition.role is Role.DECISION and name not in self._facts.by_key:
                yield f"No decision of this graph has the reference {name}; give one that is loaded or cited."
            if condition.role is Role.DECIDER and name not in signers:
                yield f"{name} has signed no decision of this graph; give the full name of somebody who has."


def _of_size(condition: Sized) -> Iterator[str]:
    low, high = condition.at_least, condition.at_most
    if low is None and high is None:
        yield "The size has no bound; give the least or the most, or leave the condition out."
    elif low is not None and high is not None and (low > high or (condition.strict and low == high)):
        yield f"No sum lies between {subject(Sum(low))} and {subject(Sum(high))}; exchange the bounds."


def _of_period(period: Period) -> Iterator[str]:
    if not period:
        yield "The time names no year and no bound; give one, or leave the condition out."
    for year in period.years:
        match = _YEAR.fullmatch(year)
        if match is None or (int(match[1]) + 1) % 100 != int(match[2]):
            yield f"“{year}” is no financial year; write it as “2023/24”, the second year following the first."
        elif not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
            yield f"{year} is outside {FIRST_YEAR} to {LAST_YEAR}, the years that decisions have; give one of those."
    for number in period.calendar:
        if not FIRST_YEAR <= number <= LAST_YEAR:
            yield f"{number} is outside {FIRST_YEAR} to {LAST_YEAR}, the years that decisions have; give one of those."
    bounds = [bound for bound in (period.first, period.last) if bound is not None]
    wrong = [bound for bound in bounds if not _is_date(bound)]
    for bound in wrong:
        yield f"“{bound}” is no date; write it as “2023-07-06”, “2023-07” or “2023”."
    if len(bounds) == 2 and not wrong and bounds[0] > bounds[1]:
        yield f"The time ends on {bounds[1]}, before it begins on {bounds[0]}; exchange the two."


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", text):
        return False
    try:
        datetime.date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return FIRST_YEAR <= int(text[:4]) <= LAST_YEAR
