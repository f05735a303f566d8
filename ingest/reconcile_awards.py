"""Match awards without a printed sum with the same awards in other documents, where they may have a sum.

Such a match is not a second award: pages list the award with its sum if one is known, and only once.
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
    """Yield a judgement for each award without a sum that another document states too.

    Args:
        records: All records of a build, in the order of their documents' names.
        tied: By document, the documents that cite its decision, that it cites, or that record the same decision.
        same: By document, the documents that record the same decision.
    """
    flows = _by_recipient((record, flow) for record in records for flow in record.flows)
    awards = _by_recipient((record, award) for record in records for award in record.awards)
    for record in records:
        for award in record.awards:
            if award.recipient is None or award.status in _APART:
                continue
            yield from _judged(record, award, flows, awards, tied, same)


Held = dict[tuple[str, str], list[Funding]]  #: by document and recipient


def _by_recipient(found: Iterator[tuple[Record, FundingFlow]] | Iterator[tuple[Record, Award]]) -> Held:
    held: Held = defaultdict(list)
    for record, each in found:
        if each.recipient is not None and each.status not in _APART:
            held[record.document, each.recipient.id].append(each)
    return held


def _judged(record: Record, award: Award, flows: Held, awards: Held, tied: Tied, same: Tied) -> Iterator[Judgement]:
    assert award.recipient is not None
    here, key, recipient = record.document, (record.document, award.id), award.recipient.id
    for other in sorted(tied.get(here, ())):
        for flow in flows.get((other, recipient), ()):
            if _says_same(award, flow):
                yield Judgement(key, FlowLink.RESTATES, (other, flow.id), WITH_SUM, of_award=True)
                return
    for other in sorted(document for document in same.get(here, ()) if document < here):
        for again in awards.get((other, recipient), ()):
            if _says_same(award, again):
                yield Judgement(key, FlowLink.RESTATES, (other, again.id), AGAIN, of_award=True, to_award=True)
                return


def _says_same(award: Award, other: Funding) -> bool:
    """Return True if funders, programmes and years agree where both the award and the other funding state them."""
    funders = award.funder is None or other.funder is None or award.funder == other.funder
    ids = {programme.id for programme in award.programmes}, {programme.id for programme in other.programmes}
    years = set(award.years), set(other.years)
    return funders and all(not a or not b or bool(a & b) for a, b in (ids, years))
