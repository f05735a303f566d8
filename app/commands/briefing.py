"""`whofunds briefing`: the content of a page or an answer as a Word document, an Excel workbook or text."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.model import EntityKind
from graph.settings import Settings

if TYPE_CHECKING:
    from app.briefings.content import Briefing
    from app.briefings.known import Known
    from app.viewmodels.across_stated import AcrossOf
    from graph.builds.build import Build

ENDINGS = (".docx", ".xlsx")
KINDS = ("programme", "organisation", "place", "fund")
ALL = "all"  #: with --across: all that is loaded


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "briefing", parents=[common], help="write a briefing in Word or Excel about a thing, two things or a question",
        description="Write what the page of a programme, organisation, place, fund or kind of programme says, what "
        "the comparison of two of them or of two financial years says, what each commissioner has by year, or the "
        "answer to a question: figures, chart, every sum with its words, numbered sources, and what is not certain.",
        epilog='example: whofunds briefing "Drive" -o drive.docx',
    )  # fmt: skip
    parser.add_argument("about", metavar="QUESTION|NAME", help="a question, or a name; - reads it from standard input")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE",
        help="where to; .docx is Word, .xlsx is Excel; text on standard output where left out",
    )  # fmt: skip
    parser.add_argument("--compare", metavar="NAME", help="set beside it: another name, or a year beside a year")
    parser.add_argument(
        "--across", action="store_true",
        help=f"what each commissioner has of it by year: of a programme, a fund, a kind of programme, or {ALL!r}",
    )  # fmt: skip
    parser.add_argument("--kind", choices=KINDS, help="what the name stands for, where it stands for several things")
    parser.set_defaults(run=run, refuse=parser.error)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Write the briefing; return 1 if there is nothing to say or the file cannot be written."""
    from app.addresses import addresses
    from app.batches import one_argument
    from app.briefings.known import known_of
    from app.printing import print_json, say
    from graph.ask import facts_of
    from graph.builds.workspace import Workspace

    output: Path | None = options.output
    if output is not None and output.suffix.lower() not in ENDINGS:
        options.refuse(f"-o {str(output)!r}: give a file that ends in {' or '.join(ENDINGS)}")
    about = one_argument(options.about)
    build = Workspace(settings.workspace, settings=settings).current()
    base = next(iter(addresses(settings.addresses)), "")
    text = _briefing(about, options, known_of(build, facts_of(build, settings=settings), base), build, settings)
    content = _content(text, output)
    if output is None:
        return _print(text, as_json=options.json)
    try:
        output.write_bytes(content)
    except OSError as error:
        say(f"{output}: cannot be written ({error.strerror}); give another file")
        return 1
    if options.json:
        print_json({"title": text.title, "kind": text.kind, "file": str(output), "bytes": len(content)})
    else:
        say(f"{output}: {len(content):,} bytes, {text.kind.lower()} briefing about {text.title}")
    return 0


def _briefing(about: str, options: argparse.Namespace, known: Known, build: Build, settings: Settings) -> Briefing:
    from app.briefings.naming import things_named, year_named
    from app.briefings.of_answer import briefing_of_answer
    from app.briefings.of_comparison import briefing_of_things, briefing_of_years
    from app.briefings.of_thing import briefing_of_thing
    from graph.ask import answer_question
    from graph.errors import WhofundsError

    across = _across_of(about, options, known, settings)
    if across is not None:
        from app.briefings.of_across import briefing_of_across
        from app.viewmodels.across_stated import areas_of

        return briefing_of_across(across, areas_of(settings.data / "across", known.facts.registry), known)
    year, other_year = year_named(about), year_named(options.compare or "")
    if options.compare and year and other_year:
        return briefing_of_years(year, other_year, known)
    thing = things_named(about, known.facts, kind=options.kind, must=bool(options.kind or options.compare))
    if options.compare and thing is not None:
        other = things_named(options.compare, known.facts, kind=options.kind, must=True)
        if other is None or other == thing:
            raise WhofundsError(f"--compare {options.compare!r}: both are the same; name another thing")
        return briefing_of_things(thing, other, known)
    if thing is not None:
        return briefing_of_thing(thing, known)
    answer = answer_question(about, build, settings=settings)
    if answer.status.value != "answered":
        raise WhofundsError(f"{about!r} is no name of this build and has no answer: {answer.text}")
    return briefing_of_answer(answer, known)


def _across_of(about: str, options: argparse.Namespace, known: Known, settings: Settings) -> AcrossOf | None:
    """Return what commissioners are compared by: a kind of programme, or with --across another thing; else None."""
    from app.briefings.naming import kind_named, things_named
    from app.viewmodels.across_stated import AcrossOf
    from graph.errors import WhofundsError
    from graph.programme_kinds import load_programme_kinds

    if options.kind or options.compare:
        if options.across and options.compare:
            raise WhofundsError("--across and --compare do not go together; give one of them")
        kind = None
    else:
        kind = kind_named(about, load_programme_kinds(settings.data / "across"))
    is_thing = kind is not None and not options.across and things_named(about, known.facts, kind=None, must=False)
    if kind is not None and not is_thing:
        return AcrossOf(kind=kind)
    if not options.across:
        return None
    if about.casefold() == ALL:
        return AcrossOf()
    thing = things_named(about, known.facts, kind=options.kind, must=True)
    if thing is None or thing.kind not in (EntityKind.PROGRAMME, EntityKind.FUND):
        raise WhofundsError(f"--across {about!r}: name a programme, a fund, a kind of programme, or {ALL!r}")
    return AcrossOf(thing=thing)


def _content(text: Briefing, output: Path | None) -> bytes:
    from app.briefings.files import file_of

    return file_of(text, output.suffix.lower().removeprefix(".")) if output is not None else b""


def _print(text: Briefing, *, as_json: bool) -> int:
    from app.briefings.text import json_of, plain_text
    from app.printing import plain, print_json

    if as_json:
        print_json(json_of(text))
    else:
        print("\n".join(plain(line) for line in (text.kind, text.title, "", *plain_text(text).split("\n"))))
    return 0
