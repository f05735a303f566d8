"""The sums that meet the conditions of a set, and how well they do."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, TypeGuard

from graph.arrow import among as one_of
from graph.arrow import in_sorted
from graph.ask.known.facts import Facts
from graph.ask.language.terms import Choice, During, Named, Period, Role, Scan
from graph.ask.running.matcher import DECISION, NO_FIT, OWN, Matcher
from graph.ask.running.narrowing import Narrowed, narrowed
from graph.ask.running.whom import ids
from graph.columns.funding import Funding
from graph.columns.rows import Chosen
from graph.counting.likeness import grouped
from graph.counting.parts import may_be_divided, may_lie_inside
from graph.stated.flows import StatedFlow

CLOSE = 0.03  #: so much less than the best a row may fit


@dataclass(frozen=True, slots=True)
class Fitting:
    """The sums that meet a set's conditions best, those inside the period apart from those across its bounds.

    They are rows of the build's columns; each sum is made when it is looked at.
    """

    funding: Funding[StatedFlow]
    inside: Any  #: numbers of the rows inside the time asked, sorted
    beyond: Any  #: of those that fit, but cover years besides those asked and are never split
    timeless: Any  #: of those that fit, but nothing tells whether they are of the time asked
    fit: float = 0.0  #: of the worst of them
    unmet: tuple[str, ...] = ()  #: words that none of them holds

    @property
    def flows(self) -> Sequence[StatedFlow]:
        """The sums inside the time asked."""
        return Chosen(self.funding.rows, self.inside)

    @property
    def across(self) -> Sequence[StatedFlow]:
        """The sums that cover years besides those asked."""
        return Chosen(self.funding.rows, self.beyond)

    @property
    def undated(self) -> Sequence[StatedFlow]:
        """The sums of which nothing tells whether they are of the time asked."""
        return Chosen(self.funding.rows, self.timeless)

    @property
    def everything(self) -> Sequence[StatedFlow]:
        """The sums inside the period, then those across its bounds."""
        return Chosen(self.funding.rows, self.rows)

    @property
    def rows(self) -> Any:
        """The numbers of the rows of `everything`."""
        import numpy

        return numpy.concatenate([self.inside, self.beyond])

    @property
    def money(self) -> Sequence[StatedFlow]:
        """Those of `everything` that are granted money."""
        rows = self.rows
        return Chosen(self.funding.rows, rows[self.funding.money[rows]])


class Known:
    """Some conditions, and the rows that may meet them: what several sets have in common."""

    def __init__(self, conditions: tuple[object, ...], facts: Facts) -> None:
        """Look the rows up."""
        self.conditions = conditions
        self._matcher = Matcher(conditions, facts, None)
        self._facts = facts
        self.narrowed = narrowed(self._matcher, facts.columns.flows, facts)

    def graded(self, others: Sequence[object]) -> tuple[Any, Any] | None:
        """Return the rows that meet these and other conditions in full, and how well; see `_graded`.

        None where the others are more than a programme: then rows have to be looked at again.
        """
        if not others:
            return self._graded
        return self._of_programme(others[0]) if _is_programme(others) else None

    def _of_programme(self, condition: Named) -> tuple[Any, Any]:
        import numpy

        rows, fits = self._graded
        places = [self._of_programmes[id] for id in ids(condition.choices) if id in self._of_programmes]
        chosen = numpy.unique(numpy.concatenate([numpy.empty(0, numpy.int64), *places]))
        return rows[chosen], fits[chosen]

    @cached_property
    def _graded(self) -> tuple[Any, Any]:
        full = self.narrowed.full
        return _graded(Narrowed(*(each[full] for each in self.narrowed)), self._matcher, self._facts.columns.flows)

    @cached_property
    def _of_programmes(self) -> Mapping[str, Any]:
        """The places of the graded rows of each programme, which is given by id."""
        import numpy

        columns = self._facts.columns
        places, programmes = columns.flows.part(self._graded[0]).programmes
        order = numpy.argsort(programmes, kind="stable")
        numbers, starts = numpy.unique(programmes[order], return_index=True)
        found: dict[str, Any] = {}
        for number, some in zip(numbers.tolist(), numpy.split(places[order], starts)[1:], strict=True):
            id = columns.thing(number).id  # one id may have several names
            found[id] = numpy.concatenate([found[id], some]) if id in found else some
        return found


def fitting(
    scan: Scan, facts: Facts, *, without: Collection[object] = (), side: Role | None = None, known: Known | None = None
) -> Fitting:
    """Return the sums that meet a set's conditions best.

    Args:
        scan: The set.
        facts: The graph.
        without: Roles, or types of condition, that are ignored.
        side: The role that is asked for; "other than X" and kinds of body apply to it.
        known: Some of the conditions, if the rows that may meet them are known.
    """
    conditions = tuple(c for c in scan.where if not _left_out(c, without))
    return facts.kept.value("fitting", (conditions, side), lambda: _fitting(conditions, facts, side, known))


def _fitting(conditions: Sequence[object], facts: Facts, side: Role | None, known: Known | None) -> Fitting:
    import numpy

    matcher = Matcher(conditions, facts, side)
    funding = facts.columns.flows
    others = [condition for condition in conditions if known is None or condition not in known.conditions]
    graded = known.graded(others) if known is not None and side is None else None
    if graded is not None and (graded[1][:, 0] == OWN).any():
        return _best(*graded, matcher, facts)
    if known is not None and all(map(_is_alone, others)):
        look = partial(narrowed, Matcher(others, facts, side), funding, facts, known.narrowed)
    else:
        look = partial(narrowed, matcher, funding, facts)
    in_full = look(in_full=True)
    rows, fits = _graded(in_full, matcher, funding)
    if not (fits[:, 0] == OWN).any():  # beside sums that fit in full, those that fit less well are not chosen
        found = look()
        rest = ~in_sorted(found.rows, in_full.rows)
        more, their_fits = _graded(Narrowed(*(each[rest] for each in found)), matcher, funding)
        rows, fits = numpy.concatenate([rows, more]), numpy.concatenate([fits, their_fits])
    if not len(rows):
        return Fitting(funding, rows, rows, rows, unmet=matcher.said_nowhere())
    return _best(rows, fits, matcher, facts)


def _is_programme(conditions: Sequence[object]) -> TypeGuard[Sequence[Named]]:
    """Whether all that some conditions say is a programme."""
    return len(conditions) == 1 and all(
        isinstance(each, Named) and each.role is Role.PROGRAMME and not each.without for each in conditions
    )


def _best(rows: Any, fits: Any, matcher: Matcher, facts: Facts) -> Fitting:
    """Return those of some rows that fit best; `fits` says how well each does on names, and on words."""
    import numpy

    funding = facts.columns.flows
    named = float(fits[:, 0].max())
    is_named = fits[:, 0] >= named - CLOSE
    worded = float(fits[is_named, 1].max())
    chosen = numpy.sort(rows[is_named & (fits[:, 1] >= min(worded, DECISION) - CLOSE)])
    if matcher.within:
        chosen = _without_wider(chosen, matcher.within, facts)
    if matcher.terms:
        preferred = {stated.iri for stated in matcher.preferred(funding.rows.at(chosen))}
        chosen = chosen[numpy.array([funding.iri(row) in preferred for row in chosen.tolist()], bool)]
    stand = _years_fit(chosen, matcher, funding)
    inside, across, undated = (chosen[stand == word] for word in ("inside", "across", "unknown"))
    unmet = matcher.unmet(funding.rows.at(chosen)) if matcher.terms else ()
    return Fitting(funding, inside, across, undated, min(named, worded), unmet)


def _graded(found: Narrowed, matcher: Matcher, funding: Funding[StatedFlow]) -> tuple[Any, Any]:
    """Return those of some rows that meet all conditions, and how well: on names, and on words, 0 to 1."""
    import numpy

    sure, unsure = found.rows[found.own], found.rows[~found.own]
    fits = numpy.array([matcher.fits(flow) for flow in funding.rows.at(unsure)], float).reshape(-1, 2)
    fits = numpy.concatenate([numpy.full((len(sure), 2), OWN), fits])
    graded = fits.min(axis=1) > NO_FIT
    return numpy.concatenate([sure, unsure])[graded], fits[graded]


def _is_alone(condition: object) -> bool:
    """Whether a condition is met whatever the others are: those on words, states and places are judged together."""
    return isinstance(condition, Named) and condition.role is not Role.PLACE


def _years_fit(rows: Any, matcher: Matcher, funding: Funding[StatedFlow]) -> Any:
    """Return how the years of each row stand to the period asked, as an array; see `Matcher.years_fit`."""
    import numpy

    if not matcher.periods:
        return numpy.full(len(rows), "inside")
    years, codes = funding.values("years"), funding.codes("years")[rows].tolist()
    known = {code: matcher.stated_years_fit(years[code].split()) for code in set(codes) if years[code]}
    found = [
        known.get(code) or matcher.years_fit(funding.rows[row]) for row, code in zip(rows.tolist(), codes, strict=True)
    ]
    return numpy.array(found, dtype="U8")


def _left_out(condition: object, without: Collection[object]) -> bool:
    role = getattr(condition, "role", None)
    return type(condition) in without or (role is not None and role in without)


def _without_wider(rows: Any, within: frozenset[str], facts: Facts) -> Any:
    """Leave out a wider area's sum where the part of it that is for the place itself is there."""
    import numpy

    funding, grounds = facts.columns.flows, facts.grounds
    is_local = one_of(funding.numbers("place")[rows], facts.columns.numbers_of_ids(within))
    wider = [s for s in funding.rows.at(rows[~is_local]) if may_be_divided(s)]
    if not wider or not is_local.any():
        return rows
    decisions = {grounds.decision_of(stated) for stated in wider}
    documents = facts.columns.numbers_of_documents
    near = [documents[d] for iri in decisions for d in (iri, *facts.documents_of.get(iri, ())) if d in documents]
    here = rows[is_local & one_of(funding.documents[rows], near)]
    local = grouped(funding.rows.at(here), grounds.decision_of)
    held = {
        whole.iri
        for whole in wider
        if any(may_lie_inside(part, whole, grounds) for part in local.get(grounds.decision_of(whole), ()))
    }
    stays = [here or funding.iri(row) not in held for row, here in zip(rows.tolist(), is_local, strict=True)]
    return rows[numpy.array(stays, bool)]


def period_of(scan: Scan) -> Period:
    """Return the period that a set is narrowed to; an empty one where it has none."""
    return next((c.period for c in scan.where if isinstance(c, During)), Period())


def choices_of(scan: Scan, *roles: Role) -> tuple[Choice, ...]:
    """Return the names that a set has in some roles."""
    return tuple(
        choice for c in scan.where if isinstance(c, Named) and c.role in roles and not c.without for choice in c.choices
    )
