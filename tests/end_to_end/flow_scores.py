"""Scores the flows read from documents against flows read by hand: found is amount and years, right is all the rest."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from graph.model import Record
from graph.names.index import NameIndex
from graph.record_json import contract_json
from graph.registry import load_registry
from graph.settings import Settings
from ingest.extract import extract_record
from ingest.readers import read

SHARED = Path(__file__).resolve().parents[3] / "shared"
ABSENT = "the documents and the flows read by hand in ../shared are not here"
_JUDGED = ("funder", "recipient", "programme", "status", "fund")


@dataclass(frozen=True, slots=True)
class GoldFlow:
    """One flow as a person read it; an optional one may be reported or not."""

    document: str
    funder: str
    recipient: str
    amount: str
    years: tuple[str, ...]
    programme: str
    fund: str
    status: str
    is_required: bool


@dataclass(slots=True)
class Score:
    """What was asked for, what was reported, and how much of it is found and right."""

    required: int = 0
    reported: int = 0
    found: int = 0
    right: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Count another document's score with this one."""
        self.required += other.required
        self.reported += other.reported
        self.found += other.found
        self.right += other.right
        self.faults += other.faults

    @property
    def found_f1(self) -> float:
        """The harmonic mean of recall and precision of amounts with their years."""
        return 2 * self.found / max(self.required + self.reported, 1)

    @property
    def right_f1(self) -> float:
        """The same for flows whose parties, programme, status and fund agree too."""
        return 2 * self.right / max(self.required + self.reported, 1)

    def __str__(self) -> str:
        """The two figures, and a line for each fault."""
        return "\n".join([f"found {self.found_f1:.3f}, right {self.right_f1:.3f}", *self.faults])


@cache
def names() -> NameIndex:
    """Return the index of the registry that the project ships."""
    return NameIndex(load_registry(Settings().data / "registry"))


def read_gold(path: Path) -> dict[str, list[GoldFlow]]:
    """Return the flows of a table of gold, by document."""
    gold: dict[str, list[GoldFlow]] = defaultdict(list)
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            gold[row["document"]].append(
                GoldFlow(
                    document=row["document"],
                    funder=row["funder"],
                    recipient=row["recipient"],
                    amount=row["amount"],
                    years=span(row["year"] or row["years"]),
                    programme=row["programme"],
                    fund=row["fund"],
                    status=row["status"],
                    is_required=row["required"] == "yes",
                )
            )
    return gold


def documents_of(path: Path, folder: Path) -> dict[str, Path]:
    """Return the file of each document of a table of decisions, by the name that the gold gives it."""
    with path.open(encoding="utf-8") as lines:
        return {row.get("key") or row["reference"]: folder / row["document"] for row in csv.DictReader(lines)}


@cache
def record_of(path: Path) -> Record:
    """Return what is read from a file; each file is read once."""
    return extract_record(read(path), names())


def span(words: str | None) -> tuple[str, ...]:
    """Return the financial years of "2023/24" or "2018/19-2019/20"."""
    first, _, last = (words or "").partition("-")
    if not first:
        return ()
    return tuple(f"{year}/{(year + 1) % 100:02d}" for year in range(int(first[:4]), int((last or first)[:4]) + 1))


def score(record: Record, gold: Iterable[GoldFlow]) -> Score:
    """Return how a record's flows stand to the gold's."""
    left = list(gold)
    out = Score(required=sum(wanted.is_required for wanted in left))
    for flow in contract_json(record)["flows"]:
        if flow["amount"] is None:  # an award without a printed sum is scored with the awards
            continue
        years = span(flow["year"] or flow["years"])
        fitting = [
            wanted
            for wanted in left
            if abs(float(wanted.amount) - float(flow["amount"])) < 0.01
            and (wanted.years == years or not wanted.is_required)
        ]
        if not fitting:
            out.reported += 1
            out.faults.append(f"not a flow: {_line(flow)} at {flow['locator']}")
            continue
        best = min(fitting, key=lambda wanted: (not wanted.is_required, len(_differences(flow, wanted))))
        left.remove(best)
        if best.is_required:
            wrong = _differences(flow, best)
            out.reported += 1
            out.found += 1
            out.right += not wrong
            if wrong:
                out.faults.append(f"{_line(flow)} at {flow['locator']}: {'; '.join(wrong)}")
    out.faults += [f"missing: {wanted}" for wanted in left if wanted.is_required]
    return out


def _line(flow: Mapping[str, str | None]) -> str:
    words = f"{flow['funder']} > {flow['recipient']} {flow['amount']} {flow['year'] or flow['years']}"
    return f"{words} {flow['programme']} [{flow['kind']}, {flow['status']}]"


def _differences(flow: Mapping[str, str | None], wanted: GoldFlow) -> list[str]:
    return [
        f"{part} {flow[part]!r}, is {value!r}"
        for part in _JUDGED
        if ((value := getattr(wanted, part)) or part != "fund") and not _agrees(flow[part], value)
    ]


def _agrees(said: str | None, wanted: str) -> bool:
    """Return whether two names stand for one thing; a party that the document leaves open agrees with none."""
    own, other = _plain(said), _plain(wanted)
    if "to be procured" in other:
        return not own or any(word in own for word in ("to be procured", "provider", "evaluator"))
    if other == "(boroughs)":
        return not own or "borough" in own
    if "victims budget" in other:
        return "victim" in own
    return any(_same(own, option) for option in wanted.split("|"))


def _same(own: str, option: str) -> bool:
    other = _plain(option)
    bare = re.sub(r" \([^)]*\)$", "", own)
    return own == other or bare == other or bool(_ids()[own] & _ids()[other]) or bool(_ids()[bare] & _ids()[other])


def _plain(words: str | None) -> str:
    text = (words or "").casefold().replace("&", " and ").replace("’", "'").replace("'", "")
    return " ".join(word for word in re.sub(r"[^\w/()]+", " ", text).split() if word != "the")


@cache
def _ids() -> defaultdict[str, set[str]]:
    """The ids that a plain name or alias of the registry may stand for."""
    known: defaultdict[str, set[str]] = defaultdict(set)
    registry = names().registry
    for entity in registry.entities():
        for name in (entity.name, *registry.row(entity.id).aliases):
            known[_plain(name)].add(entity.id)
    return known
