"""Coverage of the loaded decisions: which bodies, years and websites; and what is missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from graph.model import Entity
from graph.parse.years import year_label
from graph.registry import Registry
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow

DECIDES = "police-and-crime-commissioner"  #: type of the organisations whose decisions this is about


@dataclass(frozen=True, slots=True)
class BodyCoverage:
    """The coverage of one body's decisions; `body` is None for documents that name no body."""

    body: Entity | None
    decisions: int
    undated: int  #: of these, without a date of signature
    first: int | None  #: year of the earliest signature
    last: int | None
    years: tuple[str, ...]  #: financial years that its decisions state sums for, in order
    missing: tuple[str, ...]  #: financial years between them without a sum
    hosts: tuple[str, ...]  #: where they were published: "example.gov.uk", most decisions first


@dataclass(frozen=True, slots=True)
class Coverage:
    """The coverage of all loaded decisions."""

    bodies: tuple[BodyCoverage, ...]  #: most decisions first
    absent: tuple[str, ...]  #: names of the register's decision bodies of which none is loaded
    latest: str  #: ISO date of the latest signature; "" where none is dated


def coverage_of(heads: Iterable[DecisionHead], flows: Iterable[StatedFlow], registry: Registry) -> Coverage:
    """Return the coverage of some decisions."""
    years: dict[str, set[str]] = defaultdict(set)
    for stated in flows:
        years[stated.document] |= set(stated.flow.years)
    by_body: dict[Entity | None, list[DecisionHead]] = defaultdict(list)
    for head in heads:
        by_body[head.body].append(head)
    bodies = [_body(body, known, years) for body, known in by_body.items()]
    loaded = {body.id for body in by_body if body is not None}
    absent = [row.name for row in registry.organisations.values() if row.type == DECIDES and row.id not in loaded]
    signed = [head.signed for known in by_body.values() for head in known if head.signed]
    return Coverage(
        bodies=tuple(sorted(bodies, key=lambda each: (-each.decisions, each.body.name if each.body else ""))),
        absent=tuple(sorted(absent)),
        latest=max(signed, default=""),
    )


def _body(body: Entity | None, heads: list[DecisionHead], years: Mapping[str, set[str]]) -> BodyCoverage:
    signed = sorted({int(head.signed[:4]) for head in heads if head.signed[:4].isdigit()})
    stated = sorted({year for head in heads for year in years.get(head.document, ())})
    between = [year_label(start) for start in range(int(stated[0][:4]), int(stated[-1][:4]))] if stated else []
    hosts = Counter(host.removeprefix("www.") for head in heads if (host := urlsplit(head.source).hostname))
    return BodyCoverage(
        body=body,
        decisions=len(heads),
        undated=sum(not head.signed[:4].isdigit() for head in heads),
        first=signed[0] if signed else None,
        last=signed[-1] if signed else None,
        years=tuple(stated),
        missing=tuple(year for year in between if year not in stated),
        hosts=tuple(host for host, _ in hosts.most_common()),
    )
