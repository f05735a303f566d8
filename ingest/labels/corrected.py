"""Turn the corrections of a workspace into labels: a value that a person set is what the program should read.

A corrected sum is a required row. Other sums of its document were not checked singly, so they may be reported or not.
Of awards without a printed amount only the corrected ones are labelled; facts are not labelled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.corrections.corrected import Corrected
from graph.corrections.correction import Action, Correction, in_force
from graph.model import Award, Entity, Funding, FundingFlow, Record
from graph.registry import Registry
from ingest.labels.bodies import key_of_body
from ingest.labels.records import Form, Group
from ingest.labels.tables import COLUMNS, Faults, read_table, write_table
from ingest.labels.years import span_words

FORMS = {"register entry": Form.REGISTER, "funding record": Form.AWARD_LIST, "news": Form.NEWS}
Rows = list[dict[str, str]]
Key = tuple[str, str, bool]  #: document, id, whether it is an award


@dataclass
class Export:
    """The label files that were written, and messages for people."""

    documents: list[str] = field(default_factory=list)
    rows: int = 0
    messages: list[str] = field(default_factory=list)  #: sentences on what is missing or was not changed


def label_tables(corrections: Sequence[Correction], corrected: Corrected, registry: Registry) -> dict[str, Rows]:
    """Return the rows of each label table for the documents in which a sum was corrected or withdrawn."""
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
        for row, flow in enumerate(record.flows, start=1):
            tables["flows"].append(_flow(flow, key, row, by_flow.get((record.document, flow.id, False))))
        for award in record.awards:
            if correction := by_flow.get((record.document, award.id, True)):
                tables["awards"].append(_award(award, key, correction))
    return tables


def write_labels(folder: Path, tables: dict[str, Rows], files: Iterable[Path]) -> Export:
    """Add rows to the label tables of a folder, and copy the documents among `files` that the rows are about.

    Documents that the folder already has labels of are skipped.

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
    """Copy the given documents into the folder; add a message for each missing one."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in out.documents:
        if name in given:
            (folder / name).write_bytes(given[name].read_bytes())
        elif not (folder / name).exists():
            out.messages.append(f"{name}: its text is missing; copy the file to {folder}, or name it after --export")
    for name in sorted(set(given) - set(out.documents)):
        out.messages.append(f"{given[name]}: no correction of it is to be written; it is not copied")


def _checked(corrections: Sequence[Correction], corrected: Corrected) -> tuple[dict[Key, Correction], set[str]]:
    """Return the correction of each flow and award, and the documents with a corrected or withdrawn one."""
    by_flow: dict[Key, Correction] = {}
    touched: set[str] = set()
    for correction in in_force(corrections):
        outcome, key = corrected.outcome(correction.id), correction.flow
        if correction.action not in (Action.FLOW, Action.WITHDRAW) or key is None:
            continue
        if outcome is None or not outcome.flow:
            continue
        touched.add(key.document)
        by_flow[key.document, outcome.flow, key.is_award] = correction
    return by_flow, touched


def _key(name: str, names: Iterable[str]) -> str:
    """Return a file name without its ending; with it if another name differs only in its ending."""
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
    own = {
        "row": str(row),
        "amount": f"{flow.amount:.2f}",
        "year": year,
        "years": "" if year else span_words(flow.years),
        "place": _name(flow.place),
        "fund": _name(flow.fund),
        "required": "yes" if correction else "optional",
        "where": _reason(correction) if correction else "as read, not checked",
    }
    return _funding(flow, key) | own


def _award(award: Award, key: str, correction: Correction) -> dict[str, str]:
    return _funding(award, key) | {"years": span_words(award.years), "where": _reason(correction)}


def _funding(flow: Funding, key: str) -> dict[str, str]:
    programmes = [programme.name for programme in flow.programmes]
    return {
        "document": key,
        "funder": _name(flow.funder),
        "recipient": _name(flow.recipient),
        "programme": "|".join(programmes if len(programmes) < 2 else ["", *programmes]),
        "kind": str(flow.kind),
        "status": str(flow.status),
    }


def _reason(correction: Correction) -> str:
    return f"corrected {correction.when[:10]}: {correction.why}"


def _name(entity: Entity | None) -> str:
    return entity.name.replace("|", "/") if entity else ""
