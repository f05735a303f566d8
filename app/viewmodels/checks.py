"""Checks as cards: what was compared, what it showed, and the words on both sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.links import decision_link
from app.viewmodels import words
from app.viewmodels.quotes import Quote, quotes_of
from graph.model import Verdict
from graph.stated.checks import StatedCheck
from graph.stated.decisions import DecisionHead

KIND = {
    "sum": "Parts and total",
    "same-figure": "The same figure said twice",
    "sources": "Money in and money out",
    "ceiling": "More than the stated limit",
    "years": "Years",
    "dates": "Dates",
}


@dataclass(frozen=True, slots=True)
class CheckView:
    """One check."""

    verdict: Verdict
    heading: str  #: "Does not add up"
    kind: str  #: "Parts and total"
    message: str
    figures: tuple[str, ...]
    decision: str  #: caption
    href: str
    body: str
    quotes: tuple[Quote, ...]


def check_views(checks: Iterable[StatedCheck], heads: Mapping[str, DecisionHead]) -> tuple[CheckView, ...]:
    """Return the checks in the order given."""
    return tuple(_view(stated, heads.get(stated.document)) for stated in checks)


def chosen(
    views: Iterable[CheckView], *, verdicts: frozenset[Verdict] = frozenset(), body: str = ""
) -> tuple[CheckView, ...]:
    """Return those of the verdicts (all where none is given) and of the decision body."""
    return tuple(view for view in views if (not verdicts or view.verdict in verdicts) and body in ("", view.body))


def _view(stated: StatedCheck, head: DecisionHead | None) -> CheckView:
    check = stated.check
    first = check.evidence[0].locator if check.evidence else ""
    return CheckView(
        verdict=check.verdict,
        heading=words.VERDICT[check.verdict],
        kind=KIND.get(check.kind, check.kind.capitalize()),
        message=check.message,
        figures=tuple(words.pounds(figure) for figure in check.figures),
        decision=head.caption if head else stated.document,
        href=decision_link(stated.document, at=first),
        body=head.body.name if head and head.body else "",
        quotes=quotes_of(check.evidence, stated.document, head),
    )
