"""Load a folder of labels as a `LabelSet` and check that rows and documents match."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from graph.errors import InvalidReference
from graph.registry_tables import Line
from ingest.labels.records import (
    AwardLabel,
    DecisionLabel,
    FactLabel,
    FlowLabel,
    Form,
    Group,
    LabelledDocument,
    LabelSet,
    Years,
)
from ingest.labels.rows import award_label, decision_label, fact_label, flow_label, year_alternatives
from ingest.labels.tables import Faults, read_table

_T = TypeVar("_T")
BodyKey = Callable[[str], str]  #: the short key of a body's full name, for folders without SPLITS.csv
_PathOf = Callable[[str, Group], Path]


@dataclass
class _Found:
    """The lines of a folder by document, before they are combined."""

    decisions: dict[str, list[tuple[Line, DecisionLabel]]] = field(default_factory=dict)
    flows: dict[str, list[FlowLabel]] = field(default_factory=lambda: defaultdict(list))
    awards: dict[str, list[AwardLabel]] = field(default_factory=lambda: defaultdict(list))
    facts: dict[str, list[FactLabel]] = field(default_factory=lambda: defaultdict(list))
    splits: dict[str, Line] = field(default_factory=dict)
    sources: dict[str, Line] = field(default_factory=dict)


def load_labels(folder: Path, *, samples: Path, body_key: BodyKey) -> LabelSet:
    """Return the labels of a folder.

    Args:
        folder: Holds flows.csv, decisions.csv, and optionally the other tables and documents/.
        samples: The folder of the documents in the group `samples`.
        body_key: Makes a body's key if the folder has no SPLITS.csv.

    Raises:
        InvalidReference: A table is missing or wrong; the message names file, line, fault and remedy.
    """
    labels, faults = read_labels(folder, samples=samples, body_key=body_key)
    faults.raise_first()
    return labels


def read_labels(folder: Path, *, samples: Path, body_key: BodyKey) -> tuple[LabelSet, Faults]:
    """Return the readable labels of a folder, and everything that is wrong with the others."""
    faults, found = Faults(), _Found()
    _read_decisions(folder, found, faults)
    _read_flows(folder, found, faults)
    for line in read_table(folder, "awards", faults):
        _keep(line, award_label, found.awards, found, faults)
    for line in read_table(folder, "facts", faults):
        _keep(line, fact_label, found.facts, found, faults)
    found.sources = _once(read_table(folder, "sources", faults), found, faults)
    splits = read_table(folder, "SPLITS", faults)
    found.splits = _once(splits, found, faults)
    path_of = partial(_path, folder, samples)
    documents = [
        document
        for key in found.decisions
        if (document := _joined(key, found, path_of, body_key, faults, is_strict=bool(splits)))
    ]
    _check_files(folder, documents, faults)
    return LabelSet(folder, tuple(documents)), faults


def _read_decisions(folder: Path, found: _Found, faults: Faults) -> None:
    for line in read_table(folder, "decisions", faults):
        key = line.text("key") or Path(line.text("document")).stem
        try:
            decision = decision_label(line)
        except InvalidReference as fault:
            faults.add(fault)
            continue
        for other, held in found.decisions.get(key, []):
            if held == decision:
                faults.at(line, f"{key!r} stands already in line {other.number}; keep one of them")
            elif held.file != decision.file:
                faults.at(line, f"{key!r} is {held.file} in line {other.number}; give each document its own key")
        found.decisions.setdefault(key, []).append((line, decision))


def _read_flows(folder: Path, found: _Found, faults: Faults) -> None:
    """Store the flow rows with their numbers; a table without the column `row` is numbered here."""
    lines = read_table(folder, "flows", faults, optional_columns=("row",))
    is_numbered = bool(lines) and "row" in lines[0].values
    counted: Counter[str] = Counter()
    places: dict[tuple[str, int], tuple[str, int]] = {}  # the number that years.csv gives -> document and row
    seen: dict[tuple[str, int], int] = {}
    for index, line in enumerate(lines, start=1):
        document = line.text("document")
        counted[document] += 1
        row = _row_number(line, faults) if is_numbered else counted[document]
        if row is None:
            continue
        if (document, row) in seen:
            faults.at(line, f"row {row} of {document!r} stands already in line {seen[document, row]}; number it anew")
            continue
        seen[document, row] = line.number
        places[document, row if is_numbered else index] = (document, row)
        _keep(line, lambda each, row=row: flow_label(each, row), found.flows, found, faults)  # type: ignore[misc]
    _add_years(folder, found, places, faults)


def _add_years(folder: Path, found: _Found, places: dict[tuple[str, int], tuple[str, int]], faults: Faults) -> None:
    for line in read_table(folder, "years", faults):
        row = _row_number(line, faults)
        if row is None:
            continue
        place = places.get((line.text("document"), row))
        if place is None:
            faults.at(line, f"row {row} of {line.text('document')!r} is not in flows.csv; mend the number")
            continue
        try:
            more = year_alternatives(line)
        except InvalidReference as fault:
            faults.add(fault)
            continue
        document, number = place
        found.flows[document] = [
            replace(each, years=_joined_years(each.years, more)) if each.row == number else each
            for each in found.flows[document]
        ]


def _joined_years(first: tuple[Years, ...], more: tuple[Years, ...]) -> tuple[Years, ...]:
    return tuple(dict.fromkeys((*first, *more)))


def _row_number(line: Line, faults: Faults) -> int | None:
    words = line.text("row")
    if words.isdigit() and int(words) > 0:
        return int(words)
    faults.at(line, f"row {words!r} is not a number from 1; number the rows of each document")
    return None


def _keep(line: Line, to_label: Callable[[Line], _T], kept: dict[str, list[_T]], found: _Found, faults: Faults) -> None:
    document = line.text("document")
    if document not in found.decisions:
        faults.at(line, f"document {document!r} is not in decisions.csv; add it there or mend the name")
        return
    try:
        kept[document].append(to_label(line))
    except InvalidReference as fault:
        faults.add(fault)


def _once(lines: list[Line], found: _Found, faults: Faults) -> dict[str, Line]:
    """Return the one line of each document; further lines are faults."""
    kept: dict[str, Line] = {}
    for line in lines:
        key = line.text("document")
        key = key if key in found.decisions else Path(key).stem
        if key not in found.decisions:
            faults.at(line, f"document {key!r} is not in decisions.csv; add it there or mend the name")
        elif key in kept:
            faults.at(line, f"document {key!r} stands already in line {kept[key].number}; keep one of them")
        else:
            kept[key] = line
    return kept


def _joined(
    key: str, found: _Found, path_of: _PathOf, body_key: BodyKey, faults: Faults, *, is_strict: bool
) -> LabelledDocument | None:
    """Return a document with its labels; None if its line in SPLITS.csv is wrong or its file is missing."""
    (line, decision), *_ = found.decisions[key]
    split, source = found.splits.get(key), found.sources.get(key)
    if is_strict and split is None:
        faults.at(line, f"document {key!r} is not in SPLITS.csv; add its body, form and group there")
        return None
    try:
        form = Form(split.one_of("form", frozenset(map(str, Form)))) if split else _form(source)
        group = Group(split.one_of("group", frozenset(map(str, Group)))) if split else Group.LABELS
    except InvalidReference as fault:
        faults.add(fault)
        return None
    body = split.text("body") if split else body_key(decision.body[0])
    if split and not body:
        faults.at(split, "names no body; give its key, such as 'gwent'")
    path = path_of(decision.file, group)
    if not path.is_file():
        faults.at(line, f"{path} is not there; add the document, or move its labels to a folder of their own")
        return None
    return LabelledDocument(
        key=key,
        body=body,
        form=form,
        group=group,
        path=path,
        decisions=tuple(decision for _, decision in found.decisions[key]),
        rows=tuple(sorted(found.flows[key], key=lambda each: each.row)),
        awards=tuple(found.awards[key]),
        facts=tuple(found.facts[key]),
        url=source.text("url") if source else "",
    )


def _form(source: Line | None) -> Form:
    """Return the form given in sources.csv; a document without a line there is a notice."""
    return Form(source.one_of("form", frozenset(map(str, Form)))) if source else Form.NOTICE


def _path(folder: Path, samples: Path, file: str, group: Group) -> Path:
    return (samples if group is Group.SAMPLES else folder / "documents") / file


def _check_files(folder: Path, documents: list[LabelledDocument], faults: Faults) -> None:
    """Add a fault for each file among the documents that has no labels."""
    known = {document.path.name for document in documents}
    if not (folder / "documents").is_dir():
        return
    for path in sorted((folder / "documents").iterdir()):
        if path.is_file() and path.name not in known and path.stem not in {"README", "NOTES"}:
            faults.add(InvalidReference(f"{path}: has no line in decisions.csv; add it there, or move the file."))
