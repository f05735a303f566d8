"""The content of a briefing, independent of file formats: words and figures, each with the numbers of its sources."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from app.viewmodels.subject import Headline
from app.viewmodels.table import Table

IN_TOTAL = "Yes"


@dataclass(frozen=True, slots=True)
class Point:
    """A sentence, or a line of a list, with its sources."""

    words: str
    sources: tuple[int, ...] = ()  #: numbers


@dataclass(frozen=True, slots=True)
class Source:
    """One numbered source: a decision, or the quotation that one figure was read from."""

    number: int
    words: str  #: "PCD 1, “Warm Homes”, Mayor, signed 6 July 2023"
    address: str = ""  #: the published record, else the paragraph in the app; "" for neither
    corrected: str = ""  #: in a sentence, where a person set right what was read


@dataclass(frozen=True, slots=True)
class Part:
    """One part of each bar in a chart, such as one funder."""

    name: str
    amounts: tuple[Decimal, ...]  #: one for each label
    faint: bool = False  #: not in totals


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart with a group of bars for each label."""

    labels: tuple[str, ...]
    parts: tuple[Part, ...]
    says: str  #: the chart in a sentence, for those who can't see it
    is_stacked: bool = True  #: parts on top of each other; else side by side
    is_level: bool = False  #: bars lie, for long labels
    first_span: int = 0  #: where sums for several years together begin; 0 where none do


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the note, table and chart below it."""

    heading: str
    note: str = ""
    table: Table | None = None
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class SumLine:
    """One sum, or one award without a printed amount, with its quotation."""

    amount: Decimal | None  #: None where the document prints none
    figure: str  #: "up to £1,200"; "No sum printed"
    years: str
    funder: str
    recipient: str
    programme: str
    purpose: str
    place: str
    fund: str
    standing: str  #: "Approved, match funding"
    in_total: str  #: "Yes", or "Not added: the same figure said again"; "" where there is no total
    band: str  #: "Sure", "Likely right", "To be checked"
    doubts: str  #: the parts in doubt: "recipient, years"
    corrected: str
    decision: str
    title: str
    body: str
    signed: str  #: ISO date; "" where it is not stated
    place_of_words: str  #: "paragraph 3.2, page 4"
    words: str
    address: str
    document: str  #: file name
    source: int = 0  #: number of its source; 0 where it has none


@dataclass(frozen=True, slots=True)
class Briefing:
    """The whole content of a briefing, in order; empty parts are not written."""

    title: str
    kind: str  #: "Programme", "Comparison", "Answer"
    opening: tuple[Point, ...]
    headlines: tuple[Headline, ...] = ()
    lines: tuple[Point, ...] = ()  #: of an answer
    first: tuple[Section, ...] = ()  #: on the first page
    uncertain: tuple[str, ...] = ()  #: bands, ceilings, joint sums, contradictions: a sentence each
    corrections: tuple[str, ...] = ()  #: what people set right, a sentence each
    annex: tuple[Section, ...] = ()
    sums: tuple[SumLine, ...] = ()
    awards: tuple[SumLine, ...] = ()  #: without a printed sum
    sources: tuple[Source, ...] = ()
    closing: tuple[str, ...] = ()  #: what it was drawn from, the build, the day
    totals: tuple[Section, ...] = ()  #: for a sheet: each year with each part
