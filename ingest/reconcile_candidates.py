"""Find the flows of a body that could be the same money as a given flow, by looking up what every rule needs to agree.

Each rule of `ingest.reconcile` needs two flows to agree in funder, payee and amount, in giver, fund and amount, in
programme and year, or in that one document cites the other. Flows are filed under these keys. A flow that is found need
not be the same money; a flow that is not found cannot be.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from heapq import merge

from graph.model import Entity, FlowKind, FundingFlow, Record

NEAR = Decimal("0.15")  #: share of the larger by which two figures for one commitment may differ
REPORTS = ("funding record", "news")
Key = tuple[object, ...]
_Filed = dict[Key, list[int]]


@dataclass(frozen=True)
class Held:
    """A flow with its record; the properties that the rules ask for repeatedly are computed once."""

    record: Record
    flow: FundingFlow
    reference: str  #: key of the decision's reference, "" where it has none
    cited: frozenset[str]  #: keys of the decisions that the record names

    @cached_property
    def key(self) -> tuple[str, str]:
        """(document, flow id), the key that judgements use."""
        return self.record.document, self.flow.id

    @cached_property
    def programmes(self) -> frozenset[str]:
        """Ids of the programmes that the money is for."""
        return frozenset(programme.id for programme in self.flow.programmes)

    @cached_property
    def years(self) -> frozenset[str]:
        """The years the money is for."""
        return frozenset(self.flow.years)

    @property
    def is_report(self) -> bool:
        """True if the flow stands on a web page or in a news item rather than in a decision."""
        return self.record.decision.record_type in REPORTS

    @property
    def is_income(self) -> bool:
        """True if another organisation, which is named, gives the money to the deciding body."""
        return self.is_received and self.flow.funder is not None

    @property
    def is_received(self) -> bool:
        """True if the deciding body is given the money, by whomever."""
        body, flow = self.record.decision.body, self.flow
        return flow.recipient == body != flow.funder and flow.kind is FlowKind.GRANT


class Candidates:
    """The flows of one body, filed under the keys that the rules look up."""

    def __init__(self, flows: Sequence[Held]) -> None:
        self._flows = flows
        self._stated: _Filed = defaultdict(list)  #: by reference, parties and amount
        self._citing: _Filed = defaultdict(list)  #: by cited reference, parties and amount
        self._decided: _Filed = defaultdict(list)  #: outside reports: by parties and programme, in order of amount
        self._income: _Filed = defaultdict(list)  #: by reference and giver
        self._granted: _Filed = defaultdict(list)  #: income by giver, fund and amount
        self._match: _Filed = defaultdict(list)  #: by giver, programme and year
        self._open: _Filed = defaultdict(list)  #: awards to payees left open: likewise
        for at, held in enumerate(flows):
            self._file(at, held)
        for filed in self._decided.values():
            filed.sort(key=self._amount)

    def of(self, one: Held) -> Iterator[Held]:
        """Yield the flows that a rule may join with this flow, in the order in which they were filed, each once."""
        before = -1
        for at in merge(*self._found(one)):
            if at != before:
                before = at
                yield self._flows[at]

    def _file(self, at: int, held: Held) -> None:
        flow = held.flow
        sides = (_id(flow.funder), _id(flow.recipient))
        self._stated[held.reference, *sides, flow.amount].append(at)
        for reference in held.cited:
            self._citing[reference, *sides, flow.amount].append(at)
        if not held.is_report and len(flow.programmes) == 1:
            self._decided[*sides, flow.programmes[0].id].append(at)
        if held.is_income:
            self._income[held.reference, sides[0]].append(at)
        if held.is_received:
            self._granted[sides[0], _id(flow.fund), flow.amount].append(at)
        if flow.kind is FlowKind.MATCH:
            _file_under(self._match, at, held)
        elif flow.recipient is None and flow.kind is FlowKind.GRANT:
            _file_under(self._open, at, held)

    def _found(self, one: Held) -> Iterator[Iterator[int]]:
        flow = one.flow
        sides = (_id(flow.funder), _id(flow.recipient))
        for reference in one.cited | ({one.reference} if one.reference else frozenset()):
            yield iter(self._stated.get((reference, *sides, flow.amount), ()))
        yield iter(self._citing.get((one.reference, *sides, flow.amount), ()))
        if one.is_report and len(flow.programmes) == 1 and not flow.years:
            yield self._near(self._decided.get((*sides, flow.programmes[0].id), ()), flow.amount)
        if one.is_received:
            yield iter(self._granted.get((sides[0], _id(flow.fund), flow.amount), ()))
        if one.is_income:
            for reference in one.cited:
                yield self._larger(self._income.get((reference, sides[0]), ()), flow.amount)
        if flow.programmes and flow.years:
            filed = self._match if flow.kind is FlowKind.MATCH else self._open
            yield self._larger(filed.get((sides[0], flow.programmes[0].id, flow.years[0]), ()), flow.amount)

    def _near(self, found: Sequence[int], amount: Decimal) -> Iterator[int]:
        """Yield those that differ by no more than `NEAR` of the larger amount, out of some in the order of amounts."""
        low, high = amount * (1 - NEAR), amount / (1 - NEAR) + 1
        first = bisect_left(found, low, key=self._amount)
        yield from sorted(found[first : bisect_right(found, high, lo=first, key=self._amount)])

    def _amount(self, at: int) -> Decimal:
        return self._flows[at].flow.amount

    def _larger(self, found: Sequence[int], amount: Decimal) -> Iterator[int]:
        return (at for at in found if self._flows[at].flow.amount >= amount)


def _file_under(filed: _Filed, at: int, held: Held) -> None:
    funder = _id(held.flow.funder)
    for programme in held.programmes:
        for year in held.years:
            filed[funder, programme, year].append(at)


def _id(entity: Entity | None) -> str | None:
    return entity.id if entity else None
