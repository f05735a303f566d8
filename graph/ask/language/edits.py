"""Forms changed: a condition taken away, set, or taken from another form, as follow-ups and corrections do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace

from graph.ask.language.terms import (
    Both,
    Compare,
    Condition,
    During,
    Either,
    Form,
    Named,
    Referred,
    Says,
    Scan,
    Set,
    Share,
    Sized,
    Standing,
    Without,
)


def conditions_of(form: Form) -> tuple[Condition, ...]:
    """The conditions of a form's sets, each once, in order."""
    return tuple(dict.fromkeys(condition for scan in scans_of(form) for condition in scan.where))


def scans_of(form: Form) -> list[Scan]:
    """The scans that a form is over."""
    if isinstance(form, Compare):
        return [scan for total in form.totals for scan in _scans(total.of)]
    if isinstance(form, Share):
        return [*_scans(form.part), *_scans(form.whole)]
    return _scans(form.of) if hasattr(form, "of") else []


def _scans(of: Set) -> list[Scan]:
    if isinstance(of, Scan):
        return [of]
    return [*_scans(of.one), *_scans(of.other)] if isinstance(of, Both | Either | Without) else []


def with_conditions(form: Form, change: Callable[[tuple[Condition, ...]], tuple[Condition, ...]]) -> Form:
    """Return a form with the conditions of each of its scans changed."""
    if isinstance(form, Compare):
        return replace(form, totals=tuple(replace(total, of=_changed(total.of, change)) for total in form.totals))
    if isinstance(form, Share):
        return replace(form, part=_changed(form.part, change), whole=_changed(form.whole, change))
    if any(field.name == "of" for field in fields(form)):
        return replace(form, of=_changed(form.of, change))  # type: ignore[union-attr, arg-type]
    return form


def _changed(of: Set, change: Callable[[tuple[Condition, ...]], tuple[Condition, ...]]) -> Set:
    if isinstance(of, Scan):
        return Scan(of.rows, change(of.where))
    if isinstance(of, Both | Either | Without):
        return replace(of, one=_changed(of.one, change), other=_changed(of.other, change))
    return of


def part_of_condition(condition: Condition) -> str:
    """The name of the slot that a condition fills: two conditions on one slot replace each other."""
    if isinstance(condition, Named):
        return "other_than" if condition.without else condition.role.value
    if isinstance(condition, Referred):
        return condition.role.value
    names: dict[type, str] = {During: "years", Sized: "amount", Standing: "kinds", Says: "words"}
    return names.get(type(condition), type(condition).__name__.lower())


#: slots that stand for one another: a follow-up that names a body where a place stood means it instead
_ALIKE = (frozenset({"funder", "recipient", "party", "place", "body"}),)


def merged(before: tuple[Condition, ...], after: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """The conditions before with those after in place of what they replace."""
    filled = {part_of_condition(condition) for condition in after}
    kept = [condition for condition in before if part_of_condition(condition) not in filled]
    return (*kept, *after)


def in_the_place_of(before: tuple[Condition, ...], after: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """The conditions after, each name in the role that a like one had before.

    "And Leeds?" after "how much did Kent get" asks what Leeds got.
    """
    out = []
    for condition in after:
        if isinstance(condition, Named) and not condition.without:
            alike = next((group for group in _ALIKE if condition.role.value in group), frozenset())
            had = [c for c in before if isinstance(c, Named) and not c.without and c.role.value in alike]
            if had and all(c.role is not condition.role for c in had):
                condition = replace(condition, role=had[-1].role)
        out.append(condition)
    return tuple(out)
