"""Published records as flat rows of text: one grant, contract or payment a row, beside its approved sum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from graph.exports.columns import CellType, about
from graph.exports.source import Source
from graph.published.matching import Ground
from graph.published.record import PublishedKind
from graph.stated.flows import StatedFlow

_NUMBER, _DATE, _IRI = CellType.NUMBER, CellType.DATE, CellType.IRI


@dataclass(frozen=True, slots=True)
class FlatPublished:
    """One published record beside its approved sum, as a row; the fields are the columns of the CSV."""

    decision: str = field(metadata=about("reference of the decision that approved the sum, else its title"))
    document: str = field(metadata=about("file of the decision"))
    flow: str = field(metadata=about("address of the approved sum; the same in every export", _IRI))
    approved: str = field(metadata=about("the approved sum", _NUMBER))
    kind: str = field(metadata=about("what is published", values=tuple(map(str, PublishedKind))))
    amount: str = field(metadata=about("the published sum; it stands beside the approved one, never added", _NUMBER))
    currency: str = field(metadata=about("ISO 4217 code"))
    date: str = field(metadata=about("day of the award, signature or payment", _DATE))
    payer: str = field(metadata=about("who pays, as published"))
    payee: str = field(metadata=about("who is paid, as published"))
    because: str = field(metadata=about("why it is set beside this sum", values=tuple(map(str, Ground))))
    identifier: str = field(metadata=about("the publisher's own identifier"))
    words: str = field(metadata=about("the published words"))
    file: str = field(metadata=about("published file"))
    locator: str = field(metadata=about("where in the file it stands"))
    address: str = field(metadata=about("where the file was published"))


def flat_published(source: Source, flows: Iterable[StatedFlow]) -> list[FlatPublished]:
    """Return the published records of some approved sums, in the order of the sums."""
    return [
        FlatPublished(
            decision=source.heads[stated.document].caption, document=stated.document, flow=stated.iri,
            approved=f"{stated.flow.amount:.2f}", kind=str(match.record.kind), amount=f"{match.record.amount:.2f}",
            currency=match.record.currency, date=match.record.date, payer=match.record.payer,
            payee=match.record.payee, because=str(match.ground), identifier=match.record.id, words=match.record.words,
            file=match.record.document, locator=match.record.locator, address=match.record.address,
        )
        for stated in flows
        for match in source.matches.by_flow.get(stated.iri, ())
    ]  # fmt: skip
