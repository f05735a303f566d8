"""`whofunds search`: passages by meaning and by words, best first."""

from __future__ import annotations

import argparse
from typing import Any

from graph.settings import Settings


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "search", parents=[common], help="find passages by meaning and by words",
        description="Find passages of the ingested documents by meaning and by words, best first.",
        epilog='example: whofunds search "help for people followed by an ex" --limit 5',
    )  # fmt: skip
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("text", nargs="?", metavar="TEXT", help="what to look for; - reads it from standard input")
    asked.add_argument("--batch", metavar="FILE", help="search for each line of a file; - is standard input")
    parser.add_argument("--limit", type=_positive, default=10, metavar="N", help="how many passages (default 10)")
    ways = ("both", "words", "meaning")
    parser.add_argument("--by", choices=ways, default="both", help="how to compare (default both)")
    for name in ("body", "programme", "place", "year", "record-type"):
        parser.add_argument(f"--{name}", metavar=name.upper(), help=f"only decisions of this {name.replace('-', ' ')}")
    parser.set_defaults(run=run)


def _positive(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 1000:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 1 to 1000")
    return number


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Search for the text, or for each line of the batch in order."""
    from app.batches import one_argument, read_lines
    from app.printing import print_json, say
    from graph.builds.workspace import Workspace
    from graph.search.index import Filters

    queries = read_lines(options.batch) if options.batch else [one_argument(options.text)]
    index = Workspace(settings.workspace, settings=settings).current().search()
    filters = Filters(options.body, options.programme, options.place, options.year, options.record_type)
    for number, query in enumerate(queries):
        hits = index.search(query, limit=options.limit, filters=filters, by=options.by)
        if options.json:
            shown = {"query": query, "hits": [hit.to_json() for hit in hits]}
            print_json({**shown, "note": index.note} if index.note else shown, lines=bool(options.batch))
        else:
            print(("\n" if number else "") + hits_text(query, [hit.to_json() for hit in hits]))
    if index.note:
        say(index.note)
    return 0


def hits_text(query: str, hits: list[dict[str, Any]]) -> str:
    """Return hits of the contract's shape as text for people."""
    from app.printing import wrapped

    if not hits:
        return wrapped(f"Nothing found for “{query}”.")
    parts = []
    for number, hit in enumerate(hits, start=1):
        where = ", ".join(str(hit[key]) for key in ("decision", "title", "locator") if hit[key])
        alike = f" (the same words in {hit['decisions']} decisions)" if hit["decisions"] > 1 else ""
        lines = [wrapped(f"{number}. {where}{alike}"), wrapped(hit["passage"], indent="   ")]
        parts.append("\n".join([*lines, f"   {hit['source']}"] if hit["source"] else lines))
    return "\n\n".join(parts)
