"""What a check is about: the programmes and years of the flows that it touches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.stated.checks import StatedCheck
from graph.stated.flows import StatedFlow


@dataclass(frozen=True, slots=True)
class Scope:
    """The names of programmes, and financial years, each sorted."""

    programmes: tuple[str, ...]
    years: tuple[str, ...]


def scope_of(stated: StatedCheck, flows: Sequence[StatedFlow]) -> Scope:
    """Return the programmes and years that a check is about.

    Args:
        stated: The check.
        flows: The flows of its document. Those count that have one of its figures or stand at its place; if none does,
            all.
    """
    places = {words.locator for words in stated.check.evidence}
    figures = set(stated.check.figures)
    touched = [
        each
        for each in flows
        if each.flow.amount in figures or any(words.locator in places for words in each.flow.evidence)
    ]
    about = touched or list(flows)
    return Scope(
        programmes=tuple(sorted({programme.name for each in about for programme in each.flow.programmes})),
        years=tuple(sorted({year for each in about for year in each.flow.years})),
    )
