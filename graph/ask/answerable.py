"""What else can be asked of a set of things and has an answer, told by the columns: no answer is worked out for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.ask.known.facts import Facts
from graph.ask.language.english import english
from graph.ask.language.terms import During, Form, List, Named, Referred, Role, Rows, Says, Scan, Series, Total, What
from graph.ask.rereading import HISTORY, LOOKED_FOR, answer_form, looked_for, looking_for, parts_of
from graph.ask.result import Status
from graph.ask.running.decisions_found import decisions_in
from graph.ask.running.matching import choices_of, fitting
from graph.ask.running.rankings import single_awards
from graph.ask.running.shares import shares
from graph.ask.running.sums import has_no_sum_of_its_own, plain_tally
from graph.ask.running.whom import ids, party_ids
from graph.counting.sides import Side

_PLAIN = (Named, During, Referred, Says)  #: conditions that are met by single sums, whatever is asked of them


@dataclass(frozen=True, slots=True)
class Answerable:
    """A form that has an answer."""

    form: Form
    has_sums: bool  #: False where it names parties alone, as no document prints their sums
    has_years: bool  #: whether the sums are of several times


def also_answered(form: Form, facts: Facts) -> Mapping[str, Answerable]:
    """Return everything else that can be looked for in a form's set and has an answer, by its name.

    Conditions are not looked for: of the money of one funder, the funder is known.
    """
    said = {part.partition(".")[0] for part in parts_of(form)}
    said |= {HISTORY} if "decision" in said else set()
    others = {name: looking_for(form, name) for name in LOOKED_FOR if name != looked_for(form) and name not in said}
    found = {name: answerable(other, facts) for name, other in others.items() if other is not None}
    return {name: each for name, each in found.items() if each is not None}


def answerable(form: Form, facts: Facts) -> Answerable | None:
    """Return a form with what its answer has; None if it has no answer.

    The columns tell it of most forms; the others are executed, but for those that go by words.
    """
    of = getattr(form, "of", None)
    if isinstance(of, Scan) and all(isinstance(c, _PLAIN) and not getattr(c, "without", False) for c in of.where):
        money = _Money(of, facts)
        if len(money.rows) and money.answers(form):
            return Answerable(form, has_sums=True, has_years=money.has_years)
        if any(isinstance(c, Says) for c in of.where):
            return None  # to hold words against everything takes too long for what is only offered
    given = answer_form(english(form), form, facts)
    if given.status is not Status.ANSWERED:
        return None
    return Answerable(form, has_sums=bool(given.flows), has_years=len(given.items) > 1)


class _Money:
    """The granted money of a set, as rows of the columns."""

    def __init__(self, scan: Scan, facts: Facts) -> None:
        self._scan, self._facts = Scan(Rows.AWARDS, scan.where), facts
        found = fitting(self._scan, facts)
        self._funding = found.funding
        self.rows: Any = found.rows[found.funding.money[found.rows]]

    @property
    def has_years(self) -> bool:
        """Whether the sums are of several times."""
        return len({*self._funding.codes("years")[self.rows].tolist()}) > 1

    def answers(self, form: Form) -> bool:
        """Return True if the sums certainly answer a form over their set."""
        if isinstance(form, Series) and form.by is What.DECISION:
            return self._is_of_programmes()
        if isinstance(form, Total | Series):
            return not has_no_sum_of_its_own(self._scan, self._facts)
        tells = _LISTED.get(form.what) if isinstance(form, List) and form.order is None else None
        return tells is not None and tells(self)

    def _is_of_programmes(self) -> bool:
        """Whether some sum is for one of the programmes that the set names, if it names any."""
        wanted = ids(choices_of(self._scan, Role.PROGRAMME))
        own = self._funding.part(self.rows).under(self._facts.columns.numbers_of_ids(wanted))
        return not wanted or bool(own.any())

    def has_party(self, side: Side) -> bool:
        """Return True if somebody is named on a side, as who pays or as who is paid."""
        whole = plain_tally(self._scan, side, self._facts)
        if whole is None:
            return self.names("funder") if side is Side.SOURCES else self._has_payees()
        return bool(shares(whole, "funder" if side is Side.SOURCES else "recipient"))

    def has_awards(self) -> bool:
        """Return True if a sum by itself is to somebody, or for something."""
        whole = plain_tally(self._scan, Side.DELIVERIES, self._facts)
        if whole is None:  # of sums for several programmes none may be for those that are named alone
            return not choices_of(self._scan, Role.PROGRAMME) and self._has_payees()
        return bool(single_awards(whole))

    def names(self, column: str) -> bool:
        """Return True if each sum names a thing in a column: whichever of them count, one does."""
        return bool((self._funding.numbers(column)[self.rows] >= 0).all())

    def _has_payees(self) -> bool:
        """Return True if a sum goes to somebody who neither pays another of them nor is asked about as a party."""
        funders, payees = (self._funding.numbers(column)[self.rows] for column in ("funder", "recipient"))
        parties = party_ids(choices_of(self._scan, Role.FUNDER, Role.PARTY), self._facts)
        others = {*funders.tolist(), *self._facts.columns.numbers_of_ids(parties).tolist()}
        return not others.issuperset(payees[payees >= 0].tolist())

    def has_decisions(self) -> bool:
        """Return True if decisions are on the set."""
        return bool(decisions_in(Scan(Rows.DECISIONS, self._scan.where), self._facts)[0])


_LISTED: Mapping[What, Callable[[_Money], bool]] = {
    What.FUNDER: lambda money: money.has_party(Side.SOURCES),
    What.RECIPIENT: lambda money: money.has_party(Side.DELIVERIES),
    What.AWARD: _Money.has_awards,
    What.PROGRAMME: lambda money: True,  # the purposes of money that names no programme
    What.PLACE: lambda money: money.names("place"),
    What.FUND: lambda money: money.names("fund"),
    What.DECISION: _Money.has_decisions,
}
