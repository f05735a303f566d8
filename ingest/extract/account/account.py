"""Build the account of a document from its sums: funding flows, the relations between them, and stated totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from graph.model import Evidence, FlowKind, FlowRelation, FundingFlow, StatedTotal
from ingest.extract.account.heard import Heard
from ingest.extract.account.measured import NEUTRAL, Measured
from ingest.extract.account.money import Money, money_of, names_fund
from ingest.extract.account.passing import links_of, with_superseded_rows
from ingest.extract.account.records import RecordMaker, evidence_of
from ingest.extract.account.same import groups_of
from ingest.extract.account.signs import Signs, signs_around, signs_of
from ingest.extract.account.tax import taxed_by_net, without_tax
from ingest.extract.account.wholes import part
from ingest.extract.slots.standing import Standing
from ingest.extract.sums.sums import Sum, certain

_OWN_MONEY = (FlowKind.MATCH, FlowKind.CARRY_FORWARD)  #: from elsewhere than the document's fund
_NO_NEW_MONEY = (FlowKind.CARRY_FORWARD, FlowKind.ENVELOPE)  #: listed last


@dataclass(frozen=True, slots=True)
class Account:
    """The flows and totals of a document. Every sum belongs to a flow or a total, or is left out as no award."""

    flows: tuple[FundingFlow, ...]
    relations: tuple[FlowRelation, ...]
    totals: tuple[StatedTotal, ...]
    left_out: tuple[Evidence, ...]  #: where sums stand that are nobody's award: a threshold, a salary, a price
    heard: Mapping[str, Heard] = field(default_factory=dict)  #: what a second reader says, by the id of the flow
    signs: Mapping[str, Signs] = field(default_factory=dict)  #: of how sure a flow is, by its id


def account_of(sums: Sequence[Sum], measured: Measured = NEUTRAL) -> Account:
    """Return the account of a document's sums, which may come in any order.

    `measured` says how far a second reader's agreement changes the confidence of a flow.
    """
    net_of = without_tax(sums)
    groups = groups_of([one for one in sums if one.order not in net_of])
    taxed = taxed_by_net(sums, net_of)
    money = [
        money_of(group, key, tuple(with_tax for one in group for with_tax in taxed.get(one.order, ())))
        for key, group in enumerate(groups)
    ]
    left_out = [one for one in money if one.standing.value is Standing.NONE]
    parted = part([one for one in money if one.standing.value is not Standing.NONE])
    flows = with_superseded_rows([_filled(one) for one in parted.money])
    flows.sort(key=lambda one: (one.kind in _NO_NEW_MONEY, -one.first.spot.origin, one.key))
    maker = RecordMaker(measured)
    made = {one.key: maker.flow(one) for one in flows}
    around = signs_around(flows)
    return Account(
        flows=tuple(made.values()),
        relations=tuple(
            FlowRelation(made[subject].id, link, made[object].id)
            for subject, link, object in links_of(flows, parted.whole_of)
        ),
        totals=tuple(maker.total(replace(total, money=_filled(total.money)), made) for total in parted.totals),
        left_out=tuple(words for money in left_out for words in evidence_of(money)),
        heard=maker.heard,
        signs={made[one.key].id: {**signs_of(one), **around} for one in flows},
    )


def _filled(money: Money) -> Money:
    """Return money whose open years, programmes, fund and place are filled by what the document says of all sums."""
    known = [one.fallback for one in money.sums]
    years = next((one.years for one in known if one.years), ())
    programmes = next((one.programmes for one in known if one.programmes), ())
    is_own = money.kind in _OWN_MONEY
    fund = next((one.fund for one in known if one.fund is not None and not is_own), None)
    if is_own and not any(names_fund(one) for one in money.sums):
        money = replace(money, fund=certain(None))
    return replace(
        money,
        years=money.years if money.years.value or not years else certain(years),
        programmes=money.programmes if money.programmes.value or not programmes else certain(programmes),
        fund=money.fund if money.fund.value is not None or fund is None else certain(fund),
        place=money.place or next((one.place for one in known if one.place is not None), None),
    )
