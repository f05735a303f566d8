"""The corrections of a workspace as labels: what a person set right is what a reader should find.

A corrected sum is required. The other sums of its document were not checked one by one, so they may be reported or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.corrections.corrected import Corrected
from graph.corrections.correction import Action, Correction, in_force
from graph.model import Entity, FundingFlow, Record
from graph.registry import Registry
from ingest.labels.bodies import key_of_body
from ingest.labels.records import Form, Group
from ingest.labels.tables import COLUMNS, Faults, read_table, write_table
from ingest.labels.years import span_words

FORMS = {"register entry": Form.REGISTER, "funding record": Form.AWARD_LIST, "news": Form.NEWS}
Rows = list[dict[str, str]]


@dataclass
class Export:
    """What was written, and what people should know."""

    documents: list[str] = field(default_factory=list)
    rows: int = 0
    messages: list[str] = field(default_factory=list)  #: what is missing, or was left as it is


def label_tables(corrections: Sequence[Correction], corrected: Corrected, registry: Registry) -> dict[str, Rows]:
    """Return the rows of each table for the documents of which a sum was set right or withdrawn."""
    by_flow, touched = _checked(corrections, corrected)
    tables: dict[str, Rows] = {table: [] for table in COLUMNS}
    for record in corrected.records:
        if record.document not in touched:
            continue
        key = _key(record.document, touched)
        body = record.decision.body.name if record.decision.body else ""
        form = str(FORMS.get(record.decision.record_type, Form.NOTICE))
        tables["decisions"].append(_decision(record, key, body))
        tables["sources"].append({"document": key, "url": record.decision.source or "", "body": body, "form": form})
        tables["SPLITS"].append(
            {"document": key, "body": key_of_body(body, registry), "form": form, "group": str(Group.LABELS)}
        )
        stated = [flow for flow in record.flows if flow.amount is not None]
        for row, flow in enumerate(stated, start=1):
            tables["flows"].append(_flow(flow, key, row, by_flow.get((record.document, flow.id))))
    return tables


def write_labels(folder: Path, tables: dict[str, Rows], files: Iterable[Path]) -> Export:
    """Add rows to the label tables of a folder, and the documents among `files` that they are about.

    A document that the folder has labels of already keeps those.

    Raises:
        InvalidReference: The tables of the folder cannot be read.
    """
    faults = Faults()
    is_begun = (folder / "flows.csv").exists()
    held = {table: [dict(line.values) for line in read_table(folder, table, faults)] if is_begun else []
            for table in COLUMNS}  # fmt: skip
    faults.raise_first()
    known = {row["key"] for row in held["decisions"]}
    out = Export()
    for row in tables["decisions"]:
        if row["key"] in known:
            out.messages.append(f"{row['document']}: {folder} has labels of it already; they stay as they are")
    for table, rows in tables.items():
        name = "key" if table == "decisions" else "document"
        fresh = [row for row in rows if row[name] not in known]
        write_table(folder, table, [*held[table], *fresh])
        if table == "decisions":
            out.documents = [row["document"] for row in fresh]
        if table == "flows":
            out.rows = len(fresh)
    _copy(folder / "documents", {path.name: path for path in files}, out)
    return out


def _copy(folder: Path, given: dict[str, Path], out: Export) -> None:
    """Copy the documents that were given; say which are missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in out.documents:
        if name in given:
            (folder / name).write_bytes(given[name].read_bytes())
        elif not (folder / name).exists():
            out.messages.append(f"{name}: its text is missing; copy the file to {folder}, or name it after --export")
    for name in sorted(set(given) - set(out.documents)):
        out.messages.append(f"{given[name]}: no correction of it is to be written; it is not copied")


def _checked(
    corrections: Sequence[Correction], corrected: Corrected
) -> tuple[dict[tuple[str, str], Correction], set[str]]:
    """Return the correction of each flow, and the documents with a flow that was set right or withdrawn."""
    by_flow: dict[tuple[str, str], Correction] = {}
    touched: set[str] = set()
    for correction in in_force(corrections):
        outcome = corrected.outcome(correction.id)
        if correction.action not in (Action.FLOW, Action.WITHDRAW) or correction.flow is None:
            continue
        if outcome is None or not outcome.flow:
            continue
        touched.add(correction.flow.document)
        by_flow[correction.flow.document, outcome.flow] = correction
    return by_flow, touched


def _key(name: str, names: Iterable[str]) -> str:
    """Return a file name without its ending, or whole where another of the names differs in its ending alone."""
    stem = Path(name).stem
    return stem if [Path(each).stem for each in names].count(stem) == 1 else name


def _decision(record: Record, key: str, body: str) -> dict[str, str]:
    decision = record.decision
    return {
        "document": record.document,
        "reference": decision.reference or "",
        "title": decision.title,
        "body": body,
        "signed": decision.signed or "",
        "decided_by": decision.decided_by or "",
        "key": key,
    }


def _flow(flow: FundingFlow, key: str, row: int, correction: Correction | None) -> dict[str, str]:
    year = flow.years[0] if len(flow.years) == 1 else ""
    programmes = [programme.name for programme in flow.programmes]
    where = f"corrected {correction.when[:10]}: {correction.why}" if correction else "as read, not checked"
    return {
        "document": key,
        "row": str(row),
        "funder": _name(flow.funder),
        "recipient": _name(flow.recipient),
        "amount": f"{flow.amount:.2f}",
        "year": year,
        "years": "" if year else span_words(flow.years),
        "programme": "|".join(programmes if len(programmes) < 2 else ["", *programmes]),
        "place": _name(flow.place),
        "fund": _name(flow.fund),
        "kind": str(flow.kind),
        "status": str(flow.status),
        "required": "yes" if correction else "optional",
        "where": where,
    }


def _name(entity: Entity | None) -> str:
    return entity.name.replace("|", "/") if entity else ""
