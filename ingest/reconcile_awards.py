"""Awards without a printed sum that another document states as well, with its sum or again without.

Such an award is no second one: a page lists it with its sum, or once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from graph.model import Award, FlowLink, FlowStatus, Funding, FundingFlow, Record
from graph.rdf.judgements import Judgement

Tied = Mapping[str, frozenset[str]]  #: document -> documents of the same decision, or that cite it or are cited by it
_APART = (FlowStatus.CONTEXT, FlowStatus.UNSUCCESSFUL, FlowStatus.PROPOSED, FlowStatus.SUPERSEDED)
WITH_SUM = "the sum of this award stands in another document"
AGAIN = "the same award in a second record of one decision"


def reconcile_awards(records: Sequence[Record], tied: Tied, same: Tied) -> Iterator[Judgement]:
    """Yield which awards say again what another document states.

    Args:
        records: Of a build, in order.
        tied: The documents that cite each other's decisions, or record one decision.
        same: Those that record one decision.
    """
    flows = _by_recipient((record, flow) for record in records for flow in record.flows)
    awards = _by_recipient((record, award) for record in records for award in record.awards)
    for record in records:
        for award in record.awards:
            if award.recipient is None or award.status in _APART:
                continue
            yield from _judged(record, award, flows, awards, tied, same)


Held = dict[str, list[tuple[Record, Funding]]]


def _by_recipient(found: Iterator[tuple[Record, FundingFlow]] | Iterator[tuple[Record, Award]]) -> Held:
    held: Held = defaultdict(list)
    for record, each in found:
        if each.recipient is not None and each.status not in _APART:
            held[each.recipient.id].append((record, each))
    return held


def _judged(record: Record, award: Award, flows: Held, awards: Held, tied: Tied, same: Tied) -> Iterator[Judgement]:
    assert award.recipient is not None
    here, key = record.document, (record.document, award.id)
    for other, flow in flows.get(award.recipient.id, ()):
        if other.document in tied.get(here, ()) and _says_same(award, flow):
            yield Judgement(key, FlowLink.RESTATES, (other.document, flow.id), WITH_SUM, of_award=True)
            return
    for other, again in awards.get(award.recipient.id, ()):
        if other.document in same.get(here, ()) and other.document < here and _says_same(award, again):
            found = (other.document, again.id)
            yield Judgement(key, FlowLink.RESTATES, found, AGAIN, of_award=True, to_award=True)
            return


def _says_same(award: Award, other: Funding) -> bool:
    """Return whether nothing that both say differs: funder, programmes, years."""
    funders = award.funder is None or other.funder is None or award.funder == other.funder
    ids = {programme.id for programme in award.programmes}, {programme.id for programme in other.programmes}
    years = set(award.years), set(other.years)
    return funders and all(not a or not b or bool(a & b) for a, b in (ids, years))
