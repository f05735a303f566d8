"""The sums that meet the conditions of a set, and how well they do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from graph.ask.known.facts import Facts
from graph.ask.language.terms import Choice, During, Named, Period, Role, Scan
from graph.ask.running.matcher import DECISION, NO_FIT, Matcher
from graph.ask.running.narrowing import may_fit
from graph.counting.likeness import grouped
from graph.counting.parts import may_be_divided, may_lie_inside
from graph.stated.flows import StatedFlow

CLOSE = 0.03  #: so much less than the best a row may fit


@dataclass(frozen=True, slots=True)
class Fitting:
    """The sums that meet a set's conditions best, those inside the period apart from those across its bounds."""

    flows: tuple[StatedFlow, ...] = ()  #: inside the time asked
    across: tuple[StatedFlow, ...] = ()  #: fit, but cover years besides those asked and are never split
    undated: tuple[StatedFlow, ...] = ()  #: fit, but nothing tells whether they are of the time asked
    fit: float = 0.0  #: of the worst of them
    unmet: tuple[str, ...] = ()  #: words that none of them holds

    @property
    def everything(self) -> tuple[StatedFlow, ...]:
        """The sums inside the period, then those across its bounds."""
        return self.flows + self.across


def fitting(scan: Scan, facts: Facts, *, without: Collection[object] = (), side: Role | None = None) -> Fitting:
    """Return the sums that meet a set's conditions best.

    Args:
        scan: The set.
        facts: The graph.
        without: Roles, or types of condition, that are ignored.
        side: The role that is asked for; "other than X" and kinds of body apply to it.
    """
    conditions = tuple(c for c in scan.where if not _left_out(c, without))
    return facts.kept.value("fitting", (conditions, side), lambda: _fitting(conditions, facts, side))


def _fitting(conditions: Sequence[object], facts: Facts, side: Role | None) -> Fitting:
    matcher = Matcher(conditions, facts, side)
    looked_at = may_fit(matcher, facts.columns.flows, facts)
    graded = [(flow, fit) for flow in looked_at if min(fit := matcher.fits(flow)) > NO_FIT]
    if not graded:
        return Fitting(unmet=matcher.said_nowhere())
    named = max(fit[0] for _, fit in graded)
    worded = max(fit[1] for _, fit in graded if fit[0] >= named - CLOSE)
    enough = min(worded, DECISION) - CLOSE
    chosen = [flow for flow, fit in graded if fit[0] >= named - CLOSE and fit[1] >= enough]
    if matcher.within:
        chosen = _without_wider(chosen, matcher.within, facts)
    chosen = matcher.preferred(chosen)
    by_years = grouped(chosen, matcher.years_fit)
    inside, across, undated = (tuple(by_years.get(each, ())) for each in ("inside", "across", "unknown"))
    return Fitting(inside, across, undated, min(named, worded), matcher.unmet(chosen))


def _left_out(condition: object, without: Collection[object]) -> bool:
    role = getattr(condition, "role", None)
    return type(condition) in without or (role is not None and role in without)


def _without_wider(flows: list[StatedFlow], within: frozenset[str], facts: Facts) -> list[StatedFlow]:
    """Leave out a wider area's sum where the part of it that is for the place itself is there."""
    is_local = [s.flow.place is not None and s.flow.place.id in within for s in flows]
    grounds = facts.grounds
    local = grouped((s for s, here in zip(flows, is_local, strict=True) if here), grounds.decision_of)
    return [
        s
        for s, here in zip(flows, is_local, strict=True)
        if here or not may_be_divided(s)
        or not any(may_lie_inside(part, s, grounds) for part in local.get(grounds.decision_of(s), ()))
    ]  # fmt: skip


def period_of(scan: Scan) -> Period:
    """Return the period that a set is narrowed to; an empty one where it has none."""
    return next((c.period for c in scan.where if isinstance(c, During)), Period())


def choices_of(scan: Scan, *roles: Role) -> tuple[Choice, ...]:
    """Return the names that a set has in some roles."""
    return tuple(
        choice for c in scan.where if isinstance(c, Named) and c.role in roles and not c.without for choice in c.choices
    )
