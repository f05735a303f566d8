"""Kinds of organisation that are not known: of which bodies the graph cannot tell whether they are of a kind."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from graph.ask.known.derived_values import MadeLater
from graph.ask.known.facts import Facts
from graph.ask.language.phrases import listed
from graph.ask.language.subject import KINDS, subject
from graph.ask.language.terms import Condition, Count, Form, Kind, List, OfKind, Scan, What
from graph.ask.running.draft import Draft
from graph.ask.running.shares import shares
from graph.ask.running.sums import given, only_thing, received, side_of
from graph.ask.running.whom import is_of_kind
from graph.counting.ledger import Adding, added_by
from graph.counting.likeness import party_of
from graph.counting.sides import Side
from graph.model import Entity

_SAID = 4  #: bodies whose kind is not known that are named
_ENDS = {What.FUNDER: Side.SOURCES, What.RECIPIENT: Side.DELIVERIES}
_SIDES = {What.FUNDER: given, What.RECIPIENT: received}
_KNOWN = tuple(kind for kind in Kind if kind is not Kind.ORGANISATION)


@dataclass(frozen=True, slots=True)
class _Open:
    """The bodies of which it is not known whether they are of the kind that is asked for."""

    kind: str  #: "charities"
    about: str  #: the money, without the kind
    bodies: tuple[str, ...]  #: by name, or in the document's words

    @property
    def named(self) -> str:
        """The bodies by name, the first few, "of Refuge and 3 more"."""
        return listed(self.bodies, most=_SAID)


def kind_not_known(kind: str) -> str:
    """Return what is said where a kind is asked for that the graph does not know: which kinds it does."""
    known = listed(KINDS[each] for each in _KNOWN)
    return f"The graph does not know which organisations are {kind}. The kinds that it knows are {known}."


def kinds_left_open(form: Form, facts: Facts) -> str:
    """Return why a list of a kind is empty where the kind of the bodies in question is not known; "" where it is."""
    asked = _asked(form)
    found = _open(*asked, facts) if asked is not None else None
    if found is None or not found.bodies:
        return ""
    return (
        f"It is not known which of those named with {found.about} are {found.kind}: neither the register nor the "
        f"name tells it of {found.named}."
    )


def said_of_kinds(draft: Draft | None, form: Form, facts: Facts) -> Draft | None:
    """Return an answer that goes by a kind with the bodies of which it is not known whether they are of it.

    They are looked for when the answer is said: thousands of sums may have to be judged for it.
    """
    asked = _asked(form) if draft is not None else None
    if draft is None or asked is None:
        return draft

    def said() -> tuple[str, ...]:
        found = _open(*asked, facts)
        return (*draft.besides, *([f"Not known to be {found.kind} or not: {found.named}."] if found.bodies else ()))

    return draft.but(besides=MadeLater(said))


def _asked(form: Form) -> tuple[Scan, OfKind, What] | None:
    """The set of a form that goes by a kind of payer or payee, the kind, and which of the two; None for other forms."""
    if not isinstance(form, List | Count) or not isinstance(form.of, Scan) or form.what not in _SIDES:
        return None
    kind = next((c for c in form.of.where if isinstance(c, OfKind)), None)
    return None if kind is None or kind.without else (form.of, kind, form.what)


def _open(scan: Scan, kind: OfKind, what: What, facts: Facts) -> _Open:
    rest: tuple[Condition, ...] = tuple(c for c in scan.where if c is not kind)
    wider = replace(scan, where=rest)
    unknown = _of_one_thing(wider, what, facts)
    if unknown is None:
        parties = shares(_SIDES[what](wider, facts)[0], what.value)
        unknown = tuple(party.label for party in parties if not _is_known(party.entity, facts))
    return _Open(KINDS[kind.kind], subject(wider), unknown)


def _of_one_thing(scan: Scan, what: What, facts: Facts) -> tuple[str, ...] | None:
    """The same bodies out of the ledger, where a set is one thing with a page of its own; None for another set.

    A thing may have many thousand sums: of those whose party's kind is known, none is made.
    """
    added = facts.ledger.adding(only[0], side_of(only[1], _ENDS[what])) if (only := only_thing(scan)) else ()
    if not added:
        return None
    flows = facts.columns.flows
    rows = flows.rows_in_order([each.flow for each in added])
    numbers = flows.numbers(what.value)[rows].tolist()
    known = {number: _is_known(facts.columns.thing(number), facts) for number in set(numbers) if number >= 0}
    labels: dict[str, str] = {}
    parts: list[tuple[str, Adding]] = []
    for each, row, number in zip(added, rows.tolist(), numbers, strict=True):
        is_payee = what is What.RECIPIENT
        if known.get(number) or (is_payee and each.is_open) or (number < 0 and not is_payee):
            continue
        body = facts.columns.thing(number) if number >= 0 else None
        label = body.name if body is not None else flows.rows[row].flow.recipient_words
        if label:
            labels.setdefault(key := party_of(body) or label, label)
            parts.append((key, each))
    amounts = added_by(parts)
    return tuple(label for _, label in sorted((-amounts[key], label) for key, label in labels.items()))


def _is_known(body: Entity | None, facts: Facts) -> bool:
    """Whether the register or the name of a body tells its kind; never of one that is only described."""
    if body is None:
        return False
    row = facts.registry.organisations.get(body.id)
    return bool(row and row.type not in {"", "other"}) or any(is_of_kind(body, kind, facts) for kind in _KNOWN)
