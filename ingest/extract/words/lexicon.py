"""The word lists of the extraction, kept as data in data/reading: verbs by class, word groups, cues."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.errors import WhofundsError
from graph.settings import PROJECT

FOLDER = PROJECT / "data" / "reading"
PLACES = (
    "before",
    "after",
    "sentence",
    "label",
    "award",
)  #: where a cue is looked for: seen from a sum, or in words without one


@dataclass(frozen=True, slots=True)
class VerbForm:
    """One form of a verb of money."""

    verb_class: str  #: "give", "get", "aside" ...
    lemma: str
    is_participle: bool  #: may stand in the passive: "awarded", "given"
    is_gerund: bool


@dataclass(frozen=True)
class Lexicon:
    """The word lists of a folder, prepared for look-up; all words in small letters."""

    verbs: Mapping[str, VerbForm]
    groups: Mapping[str, frozenset[str]]
    cues: Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]]  #: place -> (cue, pattern)
    priors: Mapping[str, Mapping[str, float]]  #: slot -> feature -> weight: the general rules that fitting starts from
    frames: Mapping[tuple[str, str], str]  #: ("give.active", role) -> "payer" or "payee"; verb "" where there is none

    def is_in(self, group: str, word: str) -> bool:
        """Return True if a word belongs to a group of words.csv."""
        return word.lower() in self.groups[group]


@cache
def load_lexicon(folder: Path = FOLDER) -> Lexicon:
    """Return the word lists of a folder.

    Raises:
        WhofundsError: A file is missing or a row cannot be used; the message names file and line.
    """
    verbs: dict[str, VerbForm] = {}
    for line, row in rows_of(folder / "verbs.csv", ("class", "words")):
        forms = row["words"].split()
        if not forms:
            raise WhofundsError(f"{folder / 'verbs.csv'}, line {line}: no forms; write them with spaces between.")
        for position, printed in enumerate(forms):
            form = printed.rstrip("~")  # a past form that is no participle: "went~"
            gerund = form.endswith("ing") and position > 0
            is_again = form in forms[2:]  # "set sets set setting": the base form is the participle too
            participle = (position > 1 or is_again) and not gerund and form == printed
            verbs.setdefault(form, VerbForm(row["class"], forms[0], participle, gerund))
    groups = {
        row["group"]: frozenset(row["words"].lower().split())
        for _, row in rows_of(folder / "words.csv", ("group", "words"))
    }
    cues: dict[str, list[tuple[str, re.Pattern[str]]]] = {place: [] for place in PLACES}
    for line, row in rows_of(folder / "cues.csv", ("cue", "where", "words")):
        if row["where"] not in cues:
            raise WhofundsError(
                f"{folder / 'cues.csv'}, line {line}: where is {row['where']!r}; write one of {', '.join(PLACES)}."
            )
        cues[row["where"]].append((row["cue"], phrases(row["words"])))
    frames = {
        (f"{row['verb']}.{row['voice']}" if row["verb"] else "", row["role"]): row["party"]
        for _, row in rows_of(folder / "frames.csv", ("verb", "voice", "role", "party"))
    }
    priors: dict[str, dict[str, float]] = {}
    for line, row in rows_of(folder / "priors.csv", ("slot", "feature", "weight")):
        try:
            priors.setdefault(row["slot"], {})[row["feature"]] = float(row["weight"])
        except ValueError as error:
            raise WhofundsError(f"{folder / 'priors.csv'}, line {line}: {row['weight']!r} is no number.") from error
    return Lexicon(verbs, groups, {place: tuple(found) for place, found in cues.items()}, priors, frames)


def phrases(words: str) -> re.Pattern[str]:
    """Return a pattern for phrases given between bars; "*" stands for the rest of a word."""
    found = [phrase.strip() for phrase in words.split("|") if phrase.strip()]
    escaped = [re.escape(phrase).replace(r"\*", r"[\w,.'’-]*") for phrase in found]  # whose length makes the order
    joined = "|".join(sorted(escaped, key=len, reverse=True))
    spaced = joined.replace(r"[\w,.'’-]*", r"[\w,.'’-]{0,80}").replace(r"\ ", r"\s{1,9}")
    return re.compile(rf"(?<![\w’'-])(?:{spaced})(?![\w-])", re.IGNORECASE)


def rows_of(file: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a CSV file, each with its line number.

    Raises:
        WhofundsError: The file cannot be read, or a row lacks one of the columns; the message names file and line.
    """
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except OSError as error:
        raise WhofundsError(f"{file}: cannot be read ({error.strerror}); restore the folder data/reading.") from error
    for line, row in enumerate(rows, start=2):
        if any(row.get(column) is None for column in columns):
            raise WhofundsError(f"{file}, line {line}: needs the columns {', '.join(columns)}.")
    return list(enumerate(rows, start=2))
