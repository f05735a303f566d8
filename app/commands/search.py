"""`whofunds search`: find passages by meaning and by words, best first."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from app.commands.export import year_argument
from app.printing import offer_csv
from graph.settings import Settings

if TYPE_CHECKING:
    from graph.search.hits import Hit


HIT_COLUMNS = (
    "query", "decision", "title", "body", "signed", "locator", "passage", "score", "document", "source"
)  # fmt: skip


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "search", parents=[common], help="find passages by meaning and by words",
        description="Find passages of the ingested documents by meaning and by words, best first. "
        "Each decision stands once, with the money that it moves and its years.",
        epilog='example: whofunds search "help for people followed by an ex" --limit 5',
    )  # fmt: skip
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("text", nargs="?", metavar="TEXT", help="what to look for; - reads it from standard input")
    asked.add_argument("--batch", metavar="FILE", help="search for each line of a file; - is standard input")
    parser.add_argument("--limit", type=_positive, default=10, metavar="N", help="how many passages (default 10)")
    ways = ("both", "words", "meaning")
    parser.add_argument("--by", choices=ways, default="both", help="how to compare (default both)")
    for name in ("body", "programme", "place", "year", "record-type"):
        parser.add_argument(
            f"--{name}", metavar=name.upper(), type=year_argument if name == "year" else str,
            help=f"only decisions of this {name.replace('-', ' ')}",
        )  # fmt: skip
    offer_csv(parser, "passage")
    parser.set_defaults(run=run)


def _positive(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 1000:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 1 to 1000")
    return number


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Search for the text, or for each line of the batch in order; return the exit code."""
    from app.batches import one_argument, read_lines
    from app.printing import print_csv, print_json, warn
    from graph.builds.workspace import Workspace
    from graph.counting.decision_money import found_decisions
    from graph.counting.graph_ledger import open_ledger
    from graph.exports.filters import Wanted, YearRange
    from graph.search.named_filters import named_filters
    from graph.stated.decisions import decision_heads

    queries = read_lines(options.batch) if options.batch else [one_argument(options.text)]
    build = Workspace(settings.workspace, settings=settings).current()
    index = build.search()
    year = options.year or ""
    wanted = Wanted(options.programme or "", options.body or "", options.place or "", YearRange(year, year))
    store = build.store()
    try:
        filters = named_filters(store, index.record_types, wanted, options.record_type or "")
        heads, ledger = decision_heads(store), open_ledger(store, build.path)
        rows = []
        for number, query in enumerate(queries):
            hits = index.search(query, limit=options.limit, filters=filters, by=options.by)
            decisions = found_decisions(hits, heads, ledger)
            if options.csv:
                rows += [{"query": query, **hit.to_json()} for hit in hits]
            elif options.json:
                shown = {"query": query, "hits": [hit.to_json() for hit in hits], "decisions": decisions}
                print_json({**shown, "note": index.note} if index.note else shown, lines=bool(options.batch))
            else:
                print(("\n" if number else "") + found_text(query, hits, decisions))
    finally:
        store.close()
    if options.csv:
        print_csv(HIT_COLUMNS, rows)
    if index.note:
        warn(index.note)
    return 0


def found_text(query: str, hits: Sequence[Hit], decisions: Sequence[Mapping[str, Any]]) -> str:
    """Return found decisions as text for people: each with its money and years, and its passages below."""
    from app.printing import wrapped
    from graph.search.hits import without_titles

    if not hits:
        return wrapped(f"Nothing found for “{query}”.")
    parts = []
    for number, found in enumerate(decisions, start=1):
        named = ", ".join(str(found[key]) for key in ("decision", "title") if found[key])
        lines = [wrapped(f"{number}. {named}"), wrapped(_money_words(found), indent="   ")]
        own = without_titles(hits[at] for at in found["hits"])
        lines += [wrapped(_passage_words(hit), indent="   ") for hit in own]
        parts.append("\n".join([*lines, f"   {own[0].source}"] if own[0].source else lines))
    return "\n\n".join(parts)


def _money_words(found: Mapping[str, Any]) -> str:
    from app.viewmodels.words import money_of_decision

    return money_of_decision(Decimal(found["amount"] or 0), found["years"])


def _passage_words(hit: Hit) -> str:
    alike = f" (the same words in {hit.decisions} decisions)" if hit.decisions > 1 else ""
    return f"{hit.locator}{alike}: {hit.passage}" if hit.locator else hit.passage
