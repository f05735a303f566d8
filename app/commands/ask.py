"""`whofunds ask`: a question answered in a sentence, a table and citations."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from app.printing import offer_csv
from graph.settings import Settings

Answerer = Callable[[str], dict[str, Any]]


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "ask", parents=[common], help="answer a question in a sentence, a table and citations",
        description="Answer a question from the published build, with the words that every figure rests on.",
        epilog='example: whofunds ask "who funds Drive in West Mercia"',
    )  # fmt: skip
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("question", nargs="?", metavar="QUESTION", help="the question; - reads it from standard input")
    asked.add_argument("--batch", metavar="FILE", help="answer one question a line; - is standard input")
    parser.add_argument(
        "--after", metavar="QUESTION", action="append", default=[],
        help="a question that this one follows up: it takes from it what it leaves unsaid; may be given again",
    )  # fmt: skip
    offer_csv(parser, "line of the answer")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Answer the question, or each question of the batch in order; return the exit code."""
    from app.batches import one_argument, read_lines
    from app.printing import print_json

    questions = read_lines(options.batch) if options.batch else [one_argument(options.question)]
    answer = _answerer(settings, options.after)
    if options.csv:
        _print_table(map(answer, questions))
        return 0
    for number, question in enumerate(questions):
        result = answer(question)
        if options.json:
            print_json(result, lines=bool(options.batch))
        else:
            print(("\n" if number else "") + answer_text(result, with_question=bool(options.batch)))
    return 0


def _print_table(answers: Iterable[Mapping[str, Any]]) -> None:
    """Print the items of answers as one table; an answer without items has a row with its status and text."""
    from app.printing import print_csv

    rows = []
    for answer in answers:
        about = {name: answer[name] for name in ("question", "status", "text")}
        rows += [{**about, **item} for item in answer["items"]] or [{**about, "amount": answer["value"]["amount"]}]
    print_csv(("question", "status", "label", "id", "type", "amount", "years", "note", "text"), rows)


def _answerer(settings: Settings, after: Sequence[str]) -> Answerer:
    from app.printing import plain, warn
    from graph.hidden_package import load_rdflib

    load_rdflib()
    from graph.ask import answer_question
    from graph.builds.workspace import Workspace
    from graph.search.model_files import reading_fault

    build = Workspace(settings.workspace, settings=settings).current()
    if fault := reading_fault(settings):
        warn(fault)
    for line in build.missing():
        warn(plain(f"{line}; answers do without it, as far as they can. Run 'whofunds repair'"))
    return lambda question: answer_question(question, build, settings=settings, after=after).to_json()


def answer_text(answer: dict[str, Any], *, with_question: bool = False) -> str:
    """Return an answer, given in the JSON form of `whofunds ask --json`, as text for people."""
    from app.printing import wrapped
    from app.viewmodels.reading import read_as

    parts = [wrapped(f"Question: {answer['question']}")] if with_question else []
    parts.append(wrapped(answer["text"]))
    rest = (_items, _caveats, _checks, _alternatives, _nearest, _citations)
    parts += [part for part in (write(answer) for write in rest) if part]
    read = read_as(answer.get("interpretation") or {})
    parts += [wrapped(f"Read as: {read}")] if read else []
    return "\n\n".join(parts)


def _items(answer: dict[str, Any]) -> str:
    from app.printing import table
    from app.viewmodels.words import held_sum

    items = answer.get("items") or []
    columns = {
        "Name": [item.get("label") for item in items],
        "What": [item.get("type") for item in items],
        "Amount": [held_sum(item) for item in items],
        "Years": [", ".join(item.get("years") or []) for item in items],
    }
    shown = {name: cells for name, cells in columns.items() if any(cells)}
    if not shown:
        return ""
    amount = [list(shown).index("Amount")] if "Amount" in shown else []
    return table(list(shown), list(zip(*shown.values(), strict=True)), right=amount)


def _caveats(answer: dict[str, Any]) -> str:
    from app.printing import wrapped

    return "\n".join(wrapped(f"Note: {caveat['text']}") for caveat in answer.get("caveats") or [])


def _checks(answer: dict[str, Any]) -> str:
    from app.printing import wrapped

    return "\n".join(
        wrapped(f"{str(check.get('verdict', '')).capitalize()}: {check.get('message', '')}")
        for check in answer.get("checks") or []
    )


def _alternatives(answer: dict[str, Any]) -> str:
    from app.printing import wrapped

    others = answer.get("alternatives") or []
    said = dict.fromkeys(str(other.get("question") or other.get("label")) for other in others)
    return "\n".join(["Did you mean:", *(wrapped(f"- {words}") for words in said)]) if said else ""


def _nearest(answer: dict[str, Any]) -> str:
    from app.printing import wrapped

    lines = [
        wrapped(f"- {', '.join(part for part in (near['decision'], near['locator']) if part)}: “{near['passage']}”")
        for near in answer.get("nearest") or []
    ]
    return "\n".join(["What comes nearest, which is no answer:", *lines]) if lines else ""


def _citations(answer: dict[str, Any]) -> str:
    from app.printing import wrapped

    lines = []
    for number, citation in enumerate(answer.get("citations") or [], start=1):
        where = ", ".join(str(citation[key]) for key in ("decision", "document", "locator") if citation.get(key))
        lines.append(wrapped(f"[{number}] {where}: “{citation.get('quote', '')}”"))
        if citation.get("corrected"):
            lines.append(wrapped(citation["corrected"], indent="    "))
        if citation.get("source"):
            lines.append(f"    {citation['source']}")
    return "\n".join(lines)
