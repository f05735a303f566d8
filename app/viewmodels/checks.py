"""Checks as display text: what was compared, the result, why it matters, and the quotations on both sides."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.links import decision_link
from app.viewmodels import words
from app.viewmodels.quotes import Quote, quotes_of
from graph.model import FlowLink, Verdict
from graph.stated.check_scope import Scope, scope_of
from graph.stated.checks import BETWEEN_DECISIONS, CONTRADICTS, StatedCheck
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow

KIND = {
    "sum": "Parts and total",
    "same-figure": "The same figure said twice",
    BETWEEN_DECISIONS: "Two records of the same money",
    "sources": "Money in and money out",
    "ceiling": "More than the stated limit",
    "years": "Years",
    "dates": "Dates",
}
#: why a conflict of each kind matters, in plain words
WHY = {
    "sum": "Either a part or the total is wrong. Do not quote the total without asking which one holds.",
    "same-figure": "The decision gives one sum in two ways. Ask its body which was approved before you use it.",
    BETWEEN_DECISIONS: (
        "Two records give different figures for what seems to be one sum, which counts once. Ask the body which holds."
    ),
    "sources": "More or less is promised than the money named for it. Part of the source may be missing here.",
    "ceiling": "What is given out exceeds the limit that was approved. It may need a further decision.",
    "years": "The same money is put in different years, so a total by year may be a year out.",
    "dates": "The dates do not fit, so it is unclear from when it runs, or whether it was approved in retrospect.",
}
WHY_ROUNDING = "The difference is no more than rounding explains. Either figure can be used; say which."
WHY_CONSISTENT = "The figures agree, so they can be relied on as printed."
#: what the first quotation and the others are, by kind
SIDES = {
    "sum": ("The stated total", "Its parts"),
    "sources": ("What is stated", "What it is made of"),
    "ceiling": ("The limit", "What is given out"),
    BETWEEN_DECISIONS: ("Here", "In the other record"),
}
TWO_PLACES = ("In one place", "In another")


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
    why: str = ""
    sides: tuple[tuple[str, tuple[Quote, ...]], ...] = ()  #: (what they are, quotations) for each side
    programmes: tuple[str, ...] = ()
    years: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckChoice:
    """The reader's choice of checks; "" does not restrict a field."""

    verdict: str = ""
    body: str = ""
    kind: str = ""
    year: str = ""
    programme: str = ""


def check_views(
    checks: Iterable[StatedCheck], heads: Mapping[str, DecisionHead], flows: Iterable[StatedFlow] = ()
) -> tuple[CheckView, ...]:
    """Return the views of checks in the order given; the flows tell the programmes and years of each."""
    by_document: dict[str, list[StatedFlow]] = defaultdict(list)
    known = {each.iri: each for each in flows}
    for each in known.values():
        by_document[each.document].append(each)
    return tuple(
        _view(
            stated, heads.get(stated.document), scope_of(stated, by_document[stated.document]),
            _words_elsewhere(stated, known, heads),
        )
        for stated in checks
    )  # fmt: skip


def _words_elsewhere(
    stated: StatedCheck, flows: Mapping[str, StatedFlow], heads: Mapping[str, DecisionHead]
) -> tuple[Quote, ...]:
    """Return the quotations of the other document, if a check compares figures of two documents."""
    one = flows.get(stated.iri.removesuffix(CONTRADICTS)) if stated.check.kind == BETWEEN_DECISIONS else None
    others = [flows[iri] for link, iri in one.links if link is FlowLink.CONTRADICTS and iri in flows] if one else []
    other = next((each for each in others if each.flow.amount in stated.check.figures), None)
    return quotes_of(other.flow.evidence[:1], other.document, heads.get(other.document)) if other else ()


def wrong_in(checks: Iterable[StatedCheck], flows: Iterable[StatedFlow]) -> list[StatedCheck]:
    """Return the checks that are not consistent, in the documents of these flows."""
    documents = {stated.document for stated in flows}
    return [
        stated for stated in checks
        if stated.document in documents and stated.check.verdict is not Verdict.CONSISTENT
    ]  # fmt: skip


def chosen(views: Iterable[CheckView], choice: CheckChoice) -> tuple[CheckView, ...]:
    """Return the checks that fit the choice."""
    return tuple(
        view
        for view in views
        if choice.verdict in ("", view.verdict.value)
        and choice.body in ("", view.body)
        and choice.kind in ("", view.kind)
        and (not choice.year or choice.year in view.years)
        and (not choice.programme or choice.programme in view.programmes)
    )


def counts(views: Sequence[CheckView], choice: CheckChoice) -> dict[str, dict[str, int]]:
    """Return the values of each field with the number of checks that fit the choices of the other fields."""
    found = {
        "verdict": Counter(view.verdict.value for view in chosen(views, replace(choice, verdict=""))),
        "body": Counter(view.body for view in chosen(views, replace(choice, body="")) if view.body),
        "kind": Counter(view.kind for view in chosen(views, replace(choice, kind=""))),
        "year": Counter(year for view in chosen(views, replace(choice, year="")) for year in view.years),
        "programme": Counter(
            name for view in chosen(views, replace(choice, programme="")) for name in view.programmes
        ),
    }
    values: dict[str, dict[str, int]] = {}
    for name, counter in found.items():
        now = getattr(choice, name)
        order = sorted(counter.items(), reverse=True) if name == "year" else counter.most_common()
        values[name] = {**dict(order), **({now: 0} if now and now not in counter else {})}
    return values


def _view(
    stated: StatedCheck, head: DecisionHead | None, scope: Scope, elsewhere: tuple[Quote, ...] = ()
) -> CheckView:
    check = stated.check
    first = check.evidence[0].locator if check.evidence else ""
    quotes = (*quotes_of(check.evidence, stated.document, head), *elsewhere)
    why = {Verdict.ROUNDING: WHY_ROUNDING, Verdict.CONSISTENT: WHY_CONSISTENT}
    return CheckView(
        verdict=check.verdict,
        heading=words.VERDICT[check.verdict],
        kind=KIND.get(check.kind, check.kind.capitalize()),
        message=check.message,
        figures=tuple(words.pounds(figure) for figure in check.figures),
        decision=head.caption if head else stated.document,
        href=decision_link(stated.document, at=first),
        body=head.body.name if head and head.body else "",
        quotes=quotes,
        why=why.get(check.verdict, WHY.get(check.kind, "")),
        sides=_sides(check.kind, quotes),
        programmes=scope.programmes,
        years=scope.years,
    )


def _sides(kind: str, quotes: tuple[Quote, ...]) -> tuple[tuple[str, tuple[Quote, ...]], ...]:
    if len(quotes) < 2:
        return (("The words", quotes),) if quotes else ()
    one, other = SIDES.get(kind, TWO_PLACES)
    return (one, quotes[:1]), (other, quotes[1:])
