"""`whofunds export`: the graph in formats of other tools."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from graph.settings import Settings

if TYPE_CHECKING:
    from graph.export import Exported, Request

FORMATS = ("turtle", "trig", "jsonld", "csv", "xlsx", "graphml", "360giving", "ftm")
FOLDERS = ("parquet",)  #: formats of several files
TABLES = ("sums", "facts", "published")  #: of the CSV
NODES = ("organisations", "all")  #: of GraphML
#: option -> the format that it goes with
_ONLY_WITH = {
    "table": "csv", "dictionary": "csv", "nodes": "graphml", "rest": "360giving", "publisher": "360giving",
    "license": "360giving", "download_url": "360giving",
}  # fmt: skip
Read = TypeVar("Read")


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "export", parents=[common], help="write the graph for other tools",
        description="Write the current build's graph for other tools. What is left out, and how much of the money is "
        "not sure, is said on standard error.",
        epilog="example: whofunds export --format csv --programme Drive -o drive.csv",
    )  # fmt: skip
    parser.add_argument("--format", choices=(*FORMATS, *FOLDERS), required=True, help="what to write")
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE",
        help="where to, for parquet a folder; standard output where left out",
    )
    _add_filters(parser)
    _add_options_of_formats(parser)
    parser.set_defaults(run=run, refuse=parser.error)


def _add_filters(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--programme", default="", metavar="NAME", help="only sums for this programme")
    parser.add_argument(
        "--body", default="", metavar="NAME",
        help="only sums that this organisation gives or gets, or that its decisions state",
    )  # fmt: skip
    parser.add_argument("--place", default="", metavar="NAME", help="only sums for this place or a place within it")
    parser.add_argument("--fund", default="", metavar="NAME", help="only sums out of this fund")
    year = {"type": year_argument, "metavar": "YEAR"}
    parser.add_argument("--year", **year, help="only sums for this financial year, such as 2023/24")
    parser.add_argument("--from", dest="first", **year, help="only sums for this year or later")
    parser.add_argument("--to", dest="last", **year, help="only sums for this year or earlier")
    parser.add_argument(
        "--min-confidence", type=_confidence, metavar="LEAST",
        help="leave out sums and awards that are less sure: sure, likely, check (all), or a number from 0 to 1",
    )  # fmt: skip


def _add_options_of_formats(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--table", choices=TABLES,
        help="of csv: the sums and the awards without one, the facts beside money, or what others publish of the sums "
        "(default: sums)",
    )  # fmt: skip
    parser.add_argument(
        "--dictionary", type=Path, metavar="FILE", help="of csv: also write what each column means, as a data package"
    )
    parser.add_argument(
        "--nodes", choices=NODES,
        help="of graphml: organisations, or also programmes, places, funds and decisions (default: organisations)",
    )  # fmt: skip
    parser.add_argument(
        "--rest", type=Path, metavar="FILE",
        help="of 360giving: where to write the grants that its schema refuses, such as those without a date "
        "(default: NAME.rest.json beside the output; with standard output, nowhere)",
    )  # fmt: skip
    parser.add_argument("--publisher", metavar="NAME", help="of 360giving: who publishes the file (default: whofunds)")
    parser.add_argument("--license", metavar="URL", help="of 360giving: address of the licence of the data")
    parser.add_argument("--download-url", metavar="URL", help="of 360giving: where the file will be found")


def year_argument(text: str) -> str:
    """Return the financial year in an option's value as "2023/24".

    Raises:
        ArgumentTypeError: The value is not a financial year.
    """
    from graph.exports.filters import parse_financial_year

    return _parsed(parse_financial_year, text)


def _confidence(text: str) -> str:
    from graph.exports.threshold import parse_threshold

    _parsed(parse_threshold, text)
    return text


def _parsed(parse: Callable[[str], Read], text: str) -> Read:
    try:
        return parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Write the export; say what it leaves out and how much of its money is not sure. Return the exit code."""
    from app.printing import say, warn
    from graph.builds.workspace import Workspace
    from graph.export import exported, unsure_note, write_parquet
    from graph.exports.source import Source
    from ingest.published.files import held_published

    _refuse_what_does_not_fit(options)
    is_folder = options.format in FOLDERS
    build = Workspace(settings.workspace, settings=settings).current()
    store = build.store()
    try:
        records = [record for file in held_published(settings) for record in file.records]
        source, request = Source(store, build.path, build.created, published=records), _request(options)
        made, files = write_parquet(source, request, options.output) if is_folder else (exported(source, request), [])
    except OSError as error:
        say(f"{options.output}: cannot be written ({error.strerror or error}); give another folder")
        return 1
    finally:
        store.close()
    for note in filter(None, made.left_out):
        warn(note)
    if unsure := unsure_note(made.money, options.format, made.bounds):
        say(unsure)
    return _said(options, made, files) if is_folder else _write(options, made)


def _refuse_what_does_not_fit(options: argparse.Namespace) -> None:
    for name, form in _ONLY_WITH.items():
        given = getattr(options, name)
        if given is not None and options.format != form:
            said = f"--{name.replace('_', '-')}" + (f" {given}" if name in ("table", "nodes") else "")
            options.refuse(f"{said} goes with --format {form}")
    if options.year and (options.first or options.last):
        options.refuse("--year is one year; give it, or --from and --to")
    if options.first and options.last and options.first > options.last:
        options.refuse(f"--from {options.first} is later than --to {options.last}")
    for name in ("license", "download_url"):
        address = getattr(options, name)
        if address is not None and not address.startswith(("https://", "http://")):
            options.refuse(f"--{name.replace('_', '-')} {address!r} is no address; give one that begins with https://")
    if options.format in FOLDERS and options.output is None:
        options.refuse(f"{options.format} is a folder of files; give -o FOLDER")
    if options.format == "xlsx" and options.output is None and sys.stdout.isatty():
        options.refuse("a workbook is no text for a terminal; give -o FILE")


def _request(options: argparse.Namespace) -> Request:
    from graph.export import ExportFormat, Request, Table
    from graph.exports.filters import Wanted, YearRange
    from graph.exports.graphml import Nodes
    from graph.exports.threesixtygiving import Package
    from graph.exports.threshold import EVERYTHING, parse_threshold

    least = options.min_confidence
    years = YearRange(options.year or options.first or "", options.year or options.last or "")
    threshold = parse_threshold(least) if least else EVERYTHING
    return Request(
        ExportFormat(options.format),
        Wanted(options.programme, options.body, options.place, years, threshold, options.fund),
        Table(options.table or TABLES[0]),
        Nodes(options.nodes or NODES[0]),
        Package(options.publisher or Package().publisher, options.license or "", options.download_url or ""),
    )


def file_content(form: str, content: bytes) -> bytes:
    """Return the bytes of an export file; a CSV begins with a byte order mark, so that spreadsheets read UTF-8."""
    from graph.exports.table import BYTE_ORDER_MARK

    return (BYTE_ORDER_MARK.encode() if form == "csv" else b"") + content


def _write(options: argparse.Namespace, made: Exported) -> int:
    from app.printing import print_json, say
    from graph.counting.unsure import unsure_json

    files = _files(options, made)
    for path, content in files.items():
        try:
            path.write_bytes(content)
        except OSError as error:
            say(f"{path}: cannot be written ({error.strerror}); give another file")
            return 1
    if options.output is None:
        _to_standard_output(options.format, made)
    elif options.json:
        rest = [str(path) for path in files if path != options.output]
        written = {"format": options.format, "file": str(options.output), "bytes": len(files[options.output])}
        print_json({**written, "beside": rest, "left_out": list(made.left_out), "unsure": unsure_json(made.money)})
        return 0
    for path, content in files.items():
        say(f"{path}: {len(content):,} bytes{f' of {options.format}' if path == options.output else ''}")
    return 0


def _said(options: argparse.Namespace, made: Exported, files: Sequence[Path]) -> int:
    """Say which files of a folder were written."""
    from app.printing import print_json, say
    from graph.counting.unsure import unsure_json

    size = sum(path.stat().st_size for path in files)
    if options.json:
        written = {"format": options.format, "file": str(options.output), "bytes": size, "beside": []}
        print_json({**written, "left_out": list(made.left_out), "unsure": unsure_json(made.money)})
        return 0
    say(f"{options.output}: {size:,} bytes of {options.format} in {len(files):,} files")
    return 0


def _files(options: argparse.Namespace, made: Exported) -> dict[Path, bytes]:
    """Return the files to write by path: the export itself, then the files beside it."""
    from graph.exports.dictionary import data_package

    output: Path | None = options.output
    files = {output: file_content(options.format, made.content)} if output is not None else {}
    beside = output.with_name(f"{output.stem}.rest.json") if output is not None and output.name else None
    rest: Path | None = options.rest or beside
    if made.rest and rest is not None:
        files[rest] = made.rest.encode()
    if options.dictionary is not None:
        table = output if output is not None else options.dictionary.parent / (f"{options.table or TABLES[0]}.csv")
        path = Path(os.path.relpath(table, options.dictionary.parent)).as_posix()
        files[options.dictionary] = data_package(path, options.table or TABLES[0]).encode()
    return files


def _to_standard_output(form: str, made: Exported) -> None:
    if form == "xlsx":
        sys.stdout.buffer.write(made.content)
    else:
        sys.stdout.write(made.text)
