"""Payees that are no public body under other names, wherever they are named."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from bench.judge.label_words import with_words
from bench.judge.reading import names
from graph.registry import Organisation
from ingest.labels.names import plain
from ingest.labels.records import Accepted, LabelledDocument

_PRIVATE = {"charity", "company", "university", "partnership", "other"}
_FILE = Path(__file__).with_name("stand_ins.csv")
_PUBLIC_WORDS = re.compile(r"\b(?:Police|Council|Commissioner|Constabulary|NHS|Office|Authority|Borough|Ministry)\b")
_SEVERAL = re.compile(r"(?:Centres|Partnerships|Groups|Projects|Services|Schools|Charities|CSPs)$")
_INITIALS = re.compile(r"[A-Z][A-Za-z&]?[A-Z&]+s?")


def with_other_names(
    document: LabelledDocument, text: str, chance: random.Random
) -> tuple[LabelledDocument, str] | None:
    """Return the document with its payees renamed; None where none of them is named in the text."""
    words: dict[str, str] = {}
    taken: set[str] = set()
    for options in _payees(document):
        if any(_is_public(option) for option in options):
            continue
        named = [option for option in options if _is_name(option) and option not in words and _stands(option, text)]
        if not named:
            continue
        stand_in = _stand_in(chance, text, taken)
        taken.add(stand_in)
        words |= {option: _initials(stand_in) if _INITIALS.fullmatch(option) else stand_in for option in named}
        words |= _short_forms(named, stand_in, text)
    if not words:
        return None
    longest_first = sorted(words, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")

    def swap(written: str) -> str:
        return pattern.sub(lambda match: words[match[0]], written)

    return with_words(document, swap), swap(text)


def _payees(document: LabelledDocument) -> Iterable[Accepted]:
    yield from (row.recipient for row in document.rows)
    yield from (award.recipient for award in document.awards)


def _is_name(option: str) -> bool:
    """Return whether an option is the name of one organisation."""
    if not option[:1].isupper() or _SEVERAL.search(option):
        return False
    return any(word[:1].isupper() for word in option.split()[1:]) or len(option) > 3


def _is_public(option: str) -> bool:
    """Return whether a name is that of a public body, or the registry has it as a place, a programme or a fund."""
    return _PUBLIC_WORDS.search(option) is not None or plain(option) in _other_things()


@cache
def _other_things() -> frozenset[str]:
    """Return the names in the registry that are no charity's, company's, university's or partnership's."""
    registry = names().registry
    rows = (registry.row(entity.id) for entity in registry.entities())
    return frozenset(
        plain(name)
        for row in rows
        if not (isinstance(row, Organisation) and row.type in _PRIVATE)
        for name in (row.name, *row.aliases)
    )


def _stands(option: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(option)}(?!\w)", text) is not None


def _stand_in(chance: random.Random, text: str, taken: set[str]) -> str:
    beginnings, endings = _parts()["beginning"], _parts()["ending"]
    while True:
        made = f"{chance.choice(beginnings)} {chance.choice(endings)}".strip()
        if made not in taken and made.split()[0] not in text:
            return made


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"[A-Z]\w*", name))


def _short_forms(named: Iterable[str], stand_in: str, text: str) -> Mapping[str, str]:
    """Return the initials that the text gives a name in brackets, with those of its stand-in."""
    found = (re.search(rf"{re.escape(name)} \(({_INITIALS.pattern})\)", text) for name in named)
    return {match[1]: _initials(stand_in) for match in found if match}


@cache
def _parts() -> Mapping[str, list[str]]:
    with _FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {part: [row["words"] for row in rows if row["part"] == part] for part in ("beginning", "ending")}
