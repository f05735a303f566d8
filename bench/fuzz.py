"""Random words to every parser, to the readers of text and pages, and to questions: their reading, and their answers.

What is looked for: an exception, and an input that takes longer than two seconds. The inputs are the same for a seed.

.venv/bin/python -m bench.fuzz [--inputs N] [--seed N] [--only money,years,...,questions,answers]

"questions" are read, "answers" are read and answered, both over the current build of WHOFUNDS_WORKSPACE. An answer
takes as long as thousands of sums of money, so its share is small: a million inputs are to take less than 90 minutes of
computing.

The words are our own and the texts are pieces of real documents, rather than bytes guided by coverage (atheris): what
can fail here is what patterns, tables and numbers make of words that they know, such as a currency beside a year, and
bytes hardly ever form those. Nor does coverage tell much of it: a pattern runs in C, where Python sees one line,
whichever of its branches a text goes through.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from bench.report import PROJECT, Value, report
from graph.errors import WhofundsError
from graph.settings import Settings

if TYPE_CHECKING:
    from graph.ask.known.facts import Facts

MOST_SECONDS = 2.0
#: of every hundred inputs
SHARES = {
    "money": 25, "years": 20, "dates": 20, "references": 20, "text": 6, "pages": 3, "questions": 5.5, "answers": 0.5,
}  # fmt: skip
_WORDS = (
    """
£ $ € GBP GBP£ k m bn million thousand pounds pence up to per annum a year each total of the and for to from in on by
grant awarded approve fund Home Office MOPAC Drive SafeLives Croydon West Mercia PCD DMPC PCC/D/2018/25 Decision No.
2023 2023/24 2023-24 23/24 2023-2024 FY23 1st 2nd 31st January Feb March 2024-03-31 31/03/2024 12.000 1,000 1.5m
£1,234.56 £1m-£2m (£5) -£5 £5k £0 0 00 1 99999999999999999999 1e9 ½ ٣ Ⅷ who what how much when which funds programmes
since before between after not except more than less than average ? ! . , ; : - – — / \\ | ( ) [ ] { } < > & ' " ’ “
* # _ ~ ` ^ % @ + = é ß 詩 𝒳 🙂 İ ſ ﬀ
""".split()  # noqa: SIM905 - more readable than so many quotation marks
    + list("\t\n\r\x00\x0b\x0c\x1b\x85\xa0\u200b\u202e\u2028\ufeff\ud800")
)
_TAGS = """
<p> </p> <div> </div> <table> <tr> <td> <td/colspan=3> <th/rowspan=2> </table> <ul> <li> </ul> <ol/start=3> <h1> </h1>
<b> <br> <sup>1</sup> <main> <nav> <header> <dl> <dt> <dd> <!-- --> <![CDATA[ ]]> &amp; &#0; &#x1F600; &nosuch;
<a/href=x> <script> </script> <style> <form> <input> <img/> <svg> <math> <?xml?> <!DOCTYPE/html> <html> <body> hidden
""".split()  # noqa: SIM905


@dataclass(slots=True)
class _Tally:
    """What became of the inputs of one kind."""

    inputs: int = 0
    faults: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)
    longest: float = 0.0
    seconds: float = 0.0


def main() -> None:
    """Try the inputs; print the table and write bench/results/fuzz.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", type=lambda text: text.split(","), default=list(SHARES))
    given = parser.parse_args()
    if unknown := sorted({*given.only} - SHARES.keys()):
        parser.error(f"--only: {', '.join(unknown)}: none of {', '.join(SHARES)}")
    if {"questions", "answers"} & {*given.only}:
        _answer("who funds Drive")  # loads what every question needs
    counts = {kind: round(given.inputs * share / sum(SHARES.values())) for kind, share in SHARES.items()}
    tallies = {
        kind: tried(_works()[kind], _inputs(kind, random.Random(f"{kind} {given.seed}"), count))
        for kind, count in counts.items()
        if kind in given.only
    }
    report("fuzz", [_row(kind, tally) for kind, tally in tallies.items()])
    bad = [line for tally in tallies.values() for line in (*tally.faults, *tally.slow)]
    print("\n".join(bad[:40]))
    sys.exit(bool(bad))


def _row(kind: str, tally: _Tally) -> dict[str, Value]:
    return {
        "what": kind, "inputs": tally.inputs, "exceptions": len(tally.faults), "over 2 s": len(tally.slow),
        "longest, s": tally.longest, "seconds": tally.seconds,
    }  # fmt: skip


def tried(work: Callable[[str], object], inputs: Iterator[str]) -> _Tally:
    """Return what became of inputs."""
    tally = _Tally()
    for text in inputs:
        started = time.thread_time()
        try:
            work(text)
        except WhofundsError:
            pass  # a line that helps
        except Exception as error:
            tally.faults.append(f"{type(error).__name__}: {error}: {text[:300]!r}")
        took = time.thread_time() - started
        tally.inputs += 1
        tally.seconds += took
        tally.longest = max(tally.longest, took)
        if took > MOST_SECONDS:
            tally.slow.append(f"{took:.1f} s: {text[:300]!r}")
    return tally


@cache
def _works() -> dict[str, Callable[[str], object]]:
    from graph.parse.dates import find_dates, parse_date
    from graph.parse.money import find_money, parse_amount
    from graph.parse.references import find_references, parse_reference, reference_key
    from graph.parse.years import find_years, parse_year
    from ingest.readers import read_bytes

    return {
        "money": lambda text: (find_money(text), find_money(text, pounds_only=False), parse_amount(text)),
        "years": lambda text: (find_years(text), parse_year(text)),
        "dates": lambda text: (find_dates(text), parse_date(text)),
        "references": lambda text: (find_references(text), parse_reference(text), reference_key(text)),
        "text": lambda text: read_bytes(_bytes(text), "a.txt" if len(text) % 2 else "a.md"),
        "pages": lambda text: read_bytes(_bytes(text), "a.html"),
        "questions": _read,
        "answers": _answer,
    }


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _read(text: str) -> object:
    from graph.ask.asking import reading_of
    from graph.ask.reading.link import clean

    return reading_of(clean(text), *_asked())


def _answer(text: str) -> object:
    from graph.ask.asking import answer_question

    facts, settings = _asked()
    return answer_question(text, facts, settings=settings).to_json()


@cache
def _asked() -> tuple[Facts, Settings]:
    """Return the facts of the current build, and settings without a planner."""
    from graph.ask.asking import facts_of
    from graph.builds.workspace import Workspace

    settings = replace(Settings.from_environment(), llm_endpoint="")
    return facts_of(Workspace(settings.workspace, settings=settings).current(), settings=settings), settings


def _inputs(kind: str, chance: random.Random, count: int) -> Iterator[str]:
    """Yield texts made of words that mean something to a parser, and pieces of real documents with changes."""
    words = [*_WORDS, *_TAGS, *_TAGS] if kind == "pages" else _WORDS
    most = {"text": 120, "pages": 120, "questions": 24, "answers": 24}.get(kind, 14)
    for number in range(count):
        if number % 4 == 0:
            yield _changed(chance, 40 * most if kind in ("text", "pages") else 8 * most)
        elif number % 97 == 0:
            yield chance.choice(words) * chance.randrange(1, 300)
        else:
            gap = chance.choice(("", " ", " ", "  "))
            yield gap.join(chance.choice(words) for _ in range(chance.randrange(1, most)))


def _changed(chance: random.Random, length: int) -> str:
    """Return a piece of a real document in which some signs are others, some are gone and some stand twice."""
    text = _texts()
    start = chance.randrange(len(text))
    signs = list(text[start : start + chance.randrange(1, length)])
    for _ in range(chance.randrange(0, 6)):
        place = chance.randrange(len(signs) + 1)
        signs[place : place + chance.randrange(0, 3)] = chance.choice(_WORDS) * chance.randrange(0, 3)
    return "".join(signs)


@cache
def _texts() -> str:
    folder = PROJECT / "data" / "decisions"
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md")))


if __name__ == "__main__":
    main()
