"""What a comparison of figures is about: the programmes and years of the sums that it touches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.stated.checks import StatedCheck
from graph.stated.flows import StatedFlow


@dataclass(frozen=True, slots=True)
class Scope:
    """Programmes by name and financial years, each in order."""

    programmes: tuple[str, ...]
    years: tuple[str, ...]


def scope_of(stated: StatedCheck, flows: Sequence[StatedFlow]) -> Scope:
    """Return what a check is about.

    Args:
        stated: The check.
        flows: The flows of its document. Those that stand at the same place or have a figure of it count; where
            there are none, all of them do.
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
