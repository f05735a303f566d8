"""Rules from data/registry for spellings that are also common words or other bodies' initials: when they are names."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from graph.errors import InvalidReference
from graph.settings import Settings

WORD_RULES, QUESTION_RULES = "word_rules.csv", "question_rules.csv"
SPELLINGS, LOCAL_SPELLINGS = "spellings.csv", "local_spellings.csv"
_COLUMNS = {
    WORD_RULES: ["key", "spellings", "cue", "before", "not_before", "not_after"],
    QUESTION_RULES: ["key", "exactly", "before", "not_before", "not_after"],
    SPELLINGS: ["spelling", "ids", "typed"],
    LOCAL_SPELLINGS: ["key"],
}


@dataclass(frozen=True, slots=True)
class WordRule:
    """The conditions for a spelling to be a name in running text. In a cell of names the spelling alone is enough."""

    spellings: tuple[str, ...] = ()  #: printed forms that count; empty: any with a capital
    cue: str = ""  #: pattern that must stand within 200 characters, or the long name anywhere in the text
    before: str = ""  #: pattern that must end just before
    not_before: str = ""  #: pattern that must not
    not_after: str = ""  #: pattern that must not begin just after


@dataclass(frozen=True, slots=True)
class QuestionRule:
    """The conditions for a spelling in a question to be a name. Patterns match in any case."""

    exactly: tuple[str, ...] = ()  #: only so printed
    before: str = ""  #: must stand just before, unless the word is printed as in `exactly` or with a capital
    not_before: str = ""  #: must not, however it is printed
    not_after: str = ""


#: what precedes a name where the spelling is a name: one who pays, is paid or takes part; "{party}" in a table
_AS_PARTY = (
    r"(?:\b(?:to|by|from|with|via|and|or|including|include|includes|between|charity|provider|partners?|as|(?:[Aa]ward|[Pp]ay"
    r"|[Cc]ommission|[Aa]ppoint)(?:s|ed|ing)?)|[,:(•/;&|\t])"
    r"\s*(?:the\s+)?$"
)
#: the same in a question: after these words a lower-case word is a party
_AS_PARTY_ASKED = (
    r"(?:\b(?:does|did|do|has|have|is|was|are|to|by|from|for|with|and|or|fund|funds|funded|funding|pay|pays|paid|give|"
    r"gives|given|gave|get|gets|got|award|awarded|awards|about|of|than|charity|between|compare|vs|versus|via|what)|^|,)\s*$"
)
_NEVER = "(?!)"  #: "{capitals}" in a table: only where it is printed with capitals
#: what follows a name that opens a sentence or a list item, where any word has a capital
AS_SUBJECT = (
    r"\s*(?:$|[|,:;()/\t\n–—&]|-\s|(?:is|was|has|had|have|are|were|will|would|may|can|and|or|in|across|at|provides?|"
    r"works?|aims?|delivers?|began|started|seeks?|focuses|challenges|combines|uses|uses|offers?|runs?|ran|received?s?|"
    r"leads?|led|operates?|employs?|supports?|also|to|by|from|within|as|costs?|requires?|contributes?|developed)\b|\s[A-Z])"
)
TITLES = r"\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Baroness|Cllr|Councillor|Professor|Prof)\.?\s+(?:[A-Z]\w+\s+)?$"


@cache
def pattern(expression: str) -> re.Pattern[str]:
    """Return the compiled pattern, which is compiled only once."""
    return re.compile(expression)


@cache
def word_rules() -> Mapping[str, WordRule]:
    """Return the rules for spellings in running text, by the spelling's key.

    Raises:
        InvalidReference: A line is wrong; the message names file, line and fault.
    """
    return {
        row["key"]: WordRule(
            _parts(row["spellings"]), row["cue"], row["before"].replace("{party}", _AS_PARTY),
            row["not_before"], row["not_after"],
        )
        for row in _rows(WORD_RULES)
    }  # fmt: skip


@cache
def question_rules() -> Mapping[str, QuestionRule]:
    """Return the rules for spellings in questions, by the spelling's key.

    Raises:
        InvalidReference: A line is wrong; the message names file, line and fault.
    """
    meant = {"{party}": _AS_PARTY_ASKED, "{capitals}": _NEVER}
    return {
        row["key"]: QuestionRule(
            _parts(row["exactly"]), meant.get(row["before"], row["before"]), row["not_before"], row["not_after"]
        )
        for row in _rows(QUESTION_RULES)
    }


@cache
def more_spellings(*, typed: bool) -> Mapping[str, tuple[str, ...]]:
    """Return spellings that the registry's aliases lack, with the ids of the things they may mean, likeliest first.

    Args:
        typed: True for the spellings that people only type in questions, False for those that documents use too.
    """
    return {row["spelling"]: _parts(row["ids"]) for row in _rows(SPELLINGS) if (row["typed"] == "yes") is typed}


@cache
def local_spellings() -> frozenset[str]:
    """Return the keys of names that mean a body only within its own area, such as a council's initials."""
    return frozenset(row["key"] for row in _rows(LOCAL_SPELLINGS))


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _rows(file: str) -> Iterator[dict[str, str]]:
    path = Settings().data / "registry" / file
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, strict=True)
        if reader.fieldnames != _COLUMNS[file]:
            raise InvalidReference(f"{path}, line 1: the columns should be {','.join(_COLUMNS[file])}")
        for row in reader:
            where = f"{path}, line {reader.line_num}"
            if None in row or None in row.values():
                raise InvalidReference(f"{where}: not {len(_COLUMNS[file])} columns")
            for name in {"cue", "before", "not_before", "not_after"} & set(row):
                _check_pattern(row[name].replace("{party}", "").replace("{capitals}", ""), f"{where}: {name}")
            yield row


def _check_pattern(expression: str, where: str) -> None:
    try:
        re.compile(expression)
    except re.error as error:
        raise InvalidReference(f"{where} is no regular expression ({error}); mend it") from error
