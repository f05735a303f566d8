"""Exports of the graph in formats that other tools read, with notes on what was left out and how sure the money is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from graph.counting.bounds import bounds
from graph.counting.unsure import Unsure, unsure_part
from graph.exports.facts import flat_facts
from graph.exports.filters import Wanted, find_filters
from graph.exports.flows import FlatFlow, flat_awards, flat_flows, verdicts_on
from graph.exports.followthemoney import entities_ndjson, payments_of
from graph.exports.graphml import NetworkParts, Nodes, flows_graphml, has_both_parties
from graph.exports.jsonld import jsonld
from graph.exports.published import flat_published
from graph.exports.selection import Selection
from graph.exports.source import Source
from graph.exports.table import facts_csv, flows_csv, published_csv
from graph.exports.threesixtygiving import Package, grant_files
from graph.exports.trig import trig
from graph.exports.turtle import turtle
from graph.exports.workbook import workbook
from graph.model import Entity
from graph.parse.money import format_pounds
from graph.stated.flows import StatedFlow
from graph.stores.store import Store


class ExportFormat(StrEnum):
    """The formats of `whofunds export --format`."""

    TURTLE = "turtle"
    TRIG = "trig"
    JSONLD = "jsonld"
    CSV = "csv"
    XLSX = "xlsx"
    GRAPHML = "graphml"
    THREESIXTYGIVING = "360giving"
    FTM = "ftm"
    PARQUET = "parquet"  #: a folder, which `write_parquet` writes


class Table(StrEnum):
    """The tables that can be exported as CSV."""

    SUMS = "sums"  #: sums, and awards without one
    FACTS = "facts"  #: statements beside money
    PUBLISHED = "published"  #: grants, contracts and payments that others publish of these sums


#: formats whose files hold money once at each step that it is passed on
_STEPS = {
    ExportFormat.THREESIXTYGIVING: "with each step of money passed on, the grants come to",
    ExportFormat.FTM: "with each step of money passed on, the payments come to",
}


@dataclass(frozen=True, slots=True)
class Request:
    """The format, table and filters of an export."""

    format: ExportFormat
    wanted: Wanted = field(default_factory=Wanted)
    table: Table = Table.SUMS  #: of csv
    nodes: Nodes = Nodes.ORGANISATIONS  #: of graphml
    package: Package = field(default_factory=Package)  #: of 360giving


@dataclass(frozen=True, slots=True)
class Exported:
    """An exported file, with notes on what is not in it."""

    content: bytes  #: text is in UTF-8
    left_out: tuple[str, ...] = ()  #: what is not in it, a sentence each
    money: Unsure = field(
        default_factory=Unsure
    )  #: what its sums come to, each counted once; files of steps hold each step
    bounds: str = ""  #: in words, what they come to without and with what is in doubt
    rest: str = ""  #: a second text with grants that the standard's schema refuses

    @property
    def text(self) -> str:
        """The content of the file as text, for formats that are text."""
        return self.content.decode()


@dataclass(frozen=True, slots=True)
class _Made:
    """The content of a file and the notes that its writer has on it."""

    content: str | bytes
    left_out: tuple[str, ...] = ()  #: what this format cannot hold
    rest: str = ""


def export(store: Store, format: ExportFormat | str) -> str:
    """Return the whole graph in a text format, sorted; for other exports see `exported`.

    Raises:
        ValueError: The format is unknown.
    """
    return exported(Source(store), Request(ExportFormat(format))).text


def exported(source: Source, request: Request) -> Exported:
    """Return an export, sorted, with notes on what is not in it.

    Raises:
        UnknownName: A filter names nothing that the graph knows.
        ValueError: The format is Parquet, which is a folder of files.
    """
    if request.format is ExportFormat.PARQUET:
        raise ValueError("parquet is a folder of files: write_parquet writes it")
    selection = Selection(source, find_filters(source.store, request.wanted))
    made = _WRITERS[request.format](selection, request)
    content = made.content.encode() if isinstance(made.content, str) else made.content
    return Exported(
        content,
        (*selection.left_out, *made.left_out),
        _money(selection, request),
        _bounds(selection, request),
        made.rest,
    )


def write_parquet(source: Source, request: Request, folder: Path) -> tuple[Exported, list[Path]]:
    """Write the sums and awards of an export as Parquet files by body and year; return the notes on it, and the files.

    Raises:
        UnknownName: A filter names nothing that the graph knows.
        OSError: The folder cannot be written, or holds such files already.
    """
    from graph.exports.partitions import write_partitions

    selection = Selection(source, find_filters(source.store, request.wanted))
    bodies = {document: head.body.id for document, head in source.heads.items() if head.body is not None}
    files = write_partitions(((bodies.get(row.document, ""), row) for row in rows_of(selection)), folder)
    return Exported(b"", selection.left_out, _money(selection, request), _bounds(selection, request)), files


def csv_of(source: Source, flows: Iterable[StatedFlow], subject: Entity | None) -> str:
    """Return flows as the CSV of sums, with whether each counts for `subject`; for all money together if it is None."""
    chosen = tuple(flows)
    return flows_csv(flat_flows(source, chosen, verdicts_on(source.ledger, subject, chosen)))


def unsure_note(part: Unsure, format: ExportFormat | str = ExportFormat.CSV, bounded: str = "") -> str:
    """Return in a sentence how much of an export's money is not sure or a ceiling; "" where nothing is.

    Args:
        part: The money.
        format: The format.
        bounded: What the money comes to without and with what is in doubt, in words.
    """
    opening = _STEPS.get(ExportFormat(format), "counted once, the sums come to")
    said = "; ".join(each for each in (part.clause, bounded) if each)
    return f"{opening} {format_pounds(part.whole)}, {said}" if said else ""


def _money(selection: Selection, request: Request) -> Unsure:
    if request.table is not Table.SUMS:
        return Unsure()
    if request.format is ExportFormat.THREESIXTYGIVING:
        return unsure_part((*selection.grants.flows, *selection.grants.joint))
    if request.format is ExportFormat.FTM:
        return unsure_part(payments_of(selection))
    return unsure_part(selection.money.flows)


def _bounds(selection: Selection, request: Request) -> str:
    is_counted_once = request.format not in (ExportFormat.THREESIXTYGIVING, ExportFormat.FTM)
    return bounds(selection.money).clause if request.table is Table.SUMS and is_counted_once else ""


def rows_of(selection: Selection) -> list[FlatFlow]:
    """Return the sums of a selection as flat rows, then its awards without a sum."""
    source = selection.source
    flows = flat_flows(source, selection.flows, selection.verdicts)
    return [*flows, *flat_awards(source, selection.awards)]


def network_parts(selection: Selection) -> NetworkParts:
    """Return the flows, facts and identifiers that the network of a selection is made of."""
    source = selection.source
    org_ids = {iri: found[0] for iri, found in source.org_ids.items()}
    return NetworkParts(rows_of(selection), flat_facts(source, selection.relations), selection.steps, org_ids)


def _csv(selection: Selection, request: Request) -> _Made:
    if request.table is Table.FACTS:
        return _Made(facts_csv(flat_facts(selection.source, selection.relations)))
    if request.table is Table.PUBLISHED:
        return _Made(published_csv(flat_published(selection.source, selection.flows)), _not_beside(selection))
    return _Made(flows_csv(rows_of(selection)))


def _not_beside(selection: Selection) -> tuple[str, ...]:
    """Return a sentence on the published records that fit no approved sum, or several; () if there are none."""
    rest = len(selection.source.matches.open) + len(selection.source.matches.alone)
    records = f"{rest:,} published {'record' if rest == 1 else 'records'}"
    return (f"left out: {records} that fit no approved sum, or several",) if rest else ()


def _xlsx(selection: Selection, request: Request) -> _Made:
    return _Made(workbook(selection, rows_of(selection)))


def _graphml(selection: Selection, request: Request) -> _Made:
    parts = network_parts(selection)
    lone = sum(not has_both_parties(row) for row in parts.flows)
    entries = f"{lone:,} {'entry' if lone == 1 else 'entries'}"
    said = f"left out: {entries} with one party named or none, as a line has two ends"
    return _Made(flows_graphml(parts, request.nodes), (said,) if lone else ())


def _grants(selection: Selection, request: Request) -> _Made:
    files = grant_files(selection, request.package)
    return _Made(files.main, files.left_out, files.rest)


def _payments(selection: Selection, request: Request) -> _Made:
    others = len(selection.flows) - len(payments_of(selection))
    sums = f"{others:,} {'sum' if others == 1 else 'sums'}"
    said = [f"left out: {sums} that are no payment of their own, or do not name two parties"] if others else []
    awards = f"{len(selection.awards):,} {'award' if len(selection.awards) == 1 else 'awards'}"
    said += [f"left out: {awards} without a sum"] if selection.awards else []
    return _Made(entities_ndjson(selection), tuple(said))


def _turtle(selection: Selection, request: Request) -> _Made:
    return _Made(turtle(selection.triples()))


def _jsonld(selection: Selection, request: Request) -> _Made:
    return _Made(jsonld(selection.triples()))


def _trig(selection: Selection, request: Request) -> _Made:
    return _Made(trig((graph, selection.triples(graph)) for graph in selection.source.store.graphs()))


_WRITERS: dict[ExportFormat, Callable[[Selection, Request], _Made]] = {
    ExportFormat.TURTLE: _turtle,
    ExportFormat.TRIG: _trig,
    ExportFormat.JSONLD: _jsonld,
    ExportFormat.CSV: _csv,
    ExportFormat.XLSX: _xlsx,
    ExportFormat.GRAPHML: _graphml,
    ExportFormat.THREESIXTYGIVING: _grants,
    ExportFormat.FTM: _payments,
}
