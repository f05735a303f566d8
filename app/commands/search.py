"""`whofunds search`: passages by meaning and by words, best first."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from graph.settings import Settings

if TYPE_CHECKING:
    from graph.counting.ledger import Ledger
    from graph.search.hits import Hit
    from graph.stated.decisions import DecisionHead


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
    from graph.counting.graph_ledger import open_ledger
    from graph.search.index import Filters
    from graph.stated.decisions import decision_heads

    queries = read_lines(options.batch) if options.batch else [one_argument(options.text)]
    build = Workspace(settings.workspace, settings=settings).current()
    index = build.search()
    filters = Filters(options.body, options.programme, options.place, options.year, options.record_type)
    store = build.store()
    try:
        heads, ledger = decision_heads(store), open_ledger(store, build.path)
        for number, query in enumerate(queries):
            hits = index.search(query, limit=options.limit, filters=filters, by=options.by)
            decisions = found_decisions(hits, heads, ledger)
            if options.json:
                shown = {"query": query, "hits": [hit.to_json() for hit in hits], "decisions": decisions}
                print_json({**shown, "note": index.note} if index.note else shown, lines=bool(options.batch))
            else:
                print(("\n" if number else "") + found_text(query, hits, decisions))
    finally:
        store.close()
    if index.note:
        say(index.note)
    return 0


def found_decisions(hits: Sequence[Hit], heads: Mapping[str, DecisionHead], ledger: Ledger) -> list[dict[str, Any]]:
    """Return each decision among the hits once, best first: its money, and where its passages stand in the hits."""
    from graph.counting.decision_money import DecisionMoney, money_of_decision
    from graph.search.hits import by_decision

    found = []
    for document, own in by_decision(hits).items():
        head = heads.get(document)
        money = money_of_decision(ledger, head.iri) if head else DecisionMoney(None, ())
        found.append(
            {
                "decision": own[0].decision,
                "document": document,
                "title": own[0].title,
                "amount": None if money.amount is None else f"{money.amount:.2f}",
                "years": list(money.years),
                "hits": [hits.index(hit) for hit in own],
            }
        )
    return found


def found_text(query: str, hits: Sequence[Hit], decisions: Sequence[Mapping[str, Any]]) -> str:
    """Return the decisions as text for people: each with its money and years, and its passages under it."""
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
