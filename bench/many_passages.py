"""Any number of passages: those of the sample decisions under other names, areas, sums, years and references.

A copy of a decision keeps the passages that name nothing, which real decisions repeat too; the others are new words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from bench.rewritten import area_names, copied_text
from bench.samples import read_samples
from graph.model import Decision, Passage, Record
from graph.registry import Registry
from graph.search.passages import passage_id

_YEAR = re.compile(r"\b20[12]\d\b")
_NUMBERED = re.compile(r"\b(PCD|Decision|Decision Record|DPCP|No\.?) (\d+)\b")
SHORTEST_NAME = 6  #: letters; shorter names are words too


class ManyPassages:
    """The records of the samples and of copies of them, with nothing in them but titles and passages."""

    def __init__(self, data: Path) -> None:
        """Read the samples.

        Args:
            data: The folder with decisions/, registry/ and across/.
        """
        store, records, self._registry = read_samples(data)
        store.close()
        self._records = records
        self._areas, self._pattern = area_names(data, self._registry)

    def copies(self) -> Iterator[list[Record]]:
        """Yield the records of the samples, then those of one copy after the other, without end."""
        number = 0
        while True:
            yield [self._copied(record, number) for record in self._records]
            number += 1

    def _copied(self, record: Record, number: int) -> Record:
        passages = [self._passage(passage, number) for passage in record.passages]
        decision = record.decision
        title = replace(decision, title=self._text(decision.title, number) if number else decision.title)
        if number and decision.reference:
            title = replace(title, reference=f"{decision.reference}/{number}")
        return _with_passages(record, f"{number}-{record.document}" if number else record.document, title, passages)

    def _passage(self, passage: Passage, number: int) -> Passage:
        text = self._text(passage.text, number) if number else passage.text
        return replace(passage, id=passage_id(text), text=text)

    def _text(self, text: str, number: int) -> str:
        text = self._names.sub(lambda match: self._other(match.group(), number), text)
        text = copied_text(text, number, self._areas, self._pattern)
        text = _NUMBERED.sub(lambda match: f"{match.group(1)} {int(match.group(2)) + number}", text)
        return _YEAR.sub(lambda match: str(2010 + (int(match.group()) - 2010 + number % 11) % 20), text)

    def _other(self, name: str, number: int) -> str:
        names, at = self._place_in[name]
        return names[(at + number) % len(names)]

    @cached_property
    def _names(self) -> re.Pattern[str]:
        return re.compile("|".join(re.escape(name) for name in sorted(self._place_in, key=len, reverse=True)))

    @cached_property
    def _place_in(self) -> dict[str, tuple[Sequence[str], int]]:
        """Each name of an organisation or programme, with the names of its kind and its place among them."""
        return {name: (names, at) for names in _names_by_kind(self._registry) for at, name in enumerate(names)}


def _names_by_kind(registry: Registry) -> Iterator[list[str]]:
    kinds: dict[str, list[str]] = {}
    for row in registry.organisations.values():
        kinds.setdefault(row.type, []).append(row.name)
    kinds["programme"] = [row.name for row in registry.programmes.values()]
    for names in kinds.values():
        yield [name for name in dict.fromkeys(names) if len(name) >= SHORTEST_NAME]


def _with_passages(record: Record, document: str, decision: Decision, passages: Sequence[Passage]) -> Record:
    return replace(
        record, document=document, decision=decision, passages=tuple(passages),
        flows=(), awards=(), relations=(), totals=(), checks=(),
    )  # fmt: skip
