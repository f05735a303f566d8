"""Changes of forms: a condition removed, set, or taken over from another form, as follow-ups and corrections need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from msgspec.structs import replace

from graph.ask.language.terms import Condition, During, Form, Named, Referred, Says, Scan, Set, Sized, Standing

P = TypeVar("P")
_HOLDING = Form | Set  #: what scans may lie in


def conditions_of(form: Form) -> tuple[Condition, ...]:
    """Return the conditions of a form's sets, each once, in order."""
    return tuple(dict.fromkeys(condition for scan in scans_of(form) for condition in scan.where))


def scans_of(part: object) -> list[Scan]:
    """Return the scans in a form, a set or a tuple of these, in order, including those in combined sets."""
    if isinstance(part, Scan):
        return [part]
    if isinstance(part, tuple):
        return [scan for each in part for scan in scans_of(each)]
    return scans_of(tuple(getattr(part, each) for each in part.__struct_fields__)) if isinstance(part, _HOLDING) else []


def with_scans(part: P, change: Callable[[Scan], Scan]) -> P:
    """Return a form or a set in which `change` replaced each scan."""
    found: Any = part
    if isinstance(part, Scan):
        found = change(part)
    elif isinstance(part, tuple):
        found = tuple(with_scans(each, change) for each in part)
    elif isinstance(part, _HOLDING):
        found = replace(part, **{each: with_scans(getattr(part, each), change) for each in part.__struct_fields__})
    return cast(P, found)


def with_conditions(form: P, change: Callable[[tuple[Condition, ...]], tuple[Condition, ...]]) -> P:
    """Return a form or a set in which `change` replaced the conditions of each scan."""
    return with_scans(form, lambda scan: Scan(scan.rows, change(scan.where)))


def part_of_condition(condition: Condition) -> str:
    """Return the name of the slot that a condition fills, such as "funder" or "years".

    Of a slot, only one condition holds.
    """
    if isinstance(condition, Named):
        return "other_than" if condition.without else condition.role.value
    if isinstance(condition, Referred):
        return condition.role.value
    names: dict[type, str] = {During: "years", Sized: "amount", Standing: "kinds", Says: "words"}
    return names.get(type(condition), type(condition).__name__.lower())


#: slots that stand for one another: a follow-up that names a body where a place stood means it instead
_ALIKE = (frozenset({"funder", "recipient", "party", "place", "body"}),)


def merged(before: tuple[Condition, ...], after: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """Return the earlier conditions and the new ones; a new condition replaces the earlier ones of the same slot."""
    filled = {part_of_condition(condition) for condition in after}
    kept = [condition for condition in before if part_of_condition(condition) not in filled]
    return (*kept, *after)


def in_the_place_of(before: tuple[Condition, ...], after: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """Return the new conditions, each name in the role that a comparable name had in the earlier conditions.

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
