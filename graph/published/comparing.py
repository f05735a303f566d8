"""Checks that compare approved sums with the published records of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from graph.model import Check, Verdict
from graph.published.matching import Match, Matches, total
from graph.published.record import PublishedKind
from graph.published.saying import beside
from graph.stated.checks import StatedCheck
from graph.stated.flows import StatedFlow

KIND = "published"  #: of these checks
_A_POUND = Decimal(1)


def published_checks(flows: Iterable[StatedFlow], matches: Matches) -> tuple[StatedCheck, ...]:
    """Return a check for each approved sum and each kind of published record that speaks of it.

    Payments of less than the approved sum are no conflict, since more may follow. Payments of more are one, and so is a
    grant or contract with another sum.
    """
    return tuple(
        StatedCheck(f"{stated.iri}/{KIND}/{kind.name.casefold()}", stated.document, _check(stated, own, kind))
        for stated in flows
        for kind in PublishedKind
        if (own := [match for match in matches.by_flow.get(stated.iri, ()) if match.record.kind is kind])
    )


def _check(stated: StatedFlow, matches: Sequence[Match], kind: PublishedKind) -> Check:
    flow, published = stated.flow, total(matches, kind)
    payee = flow.recipient.name if flow.recipient else flow.recipient_words
    where = ", ".join(sorted({match.record.document for match in matches}))
    message = f"{payee}: {beside(flow.amount, matches, flow.currency)} ({where})."
    return Check(_verdict(flow.amount, published, kind), (flow.amount, published), message, flow.evidence[:1], KIND)


def _verdict(approved: Decimal, published: Decimal, kind: PublishedKind) -> Verdict:
    if approved == published or (kind is PublishedKind.PAYMENT and published < approved):
        return Verdict.CONSISTENT
    return Verdict.ROUNDING if abs(approved - published) < _A_POUND else Verdict.CONFLICT
