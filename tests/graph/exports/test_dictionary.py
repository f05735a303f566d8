"""The data dictionary describes the table as it is: frictionless reads the CSV by it and finds no fault."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from frictionless import validate

from graph.export import ExportFormat, Request, Table, exported
from graph.exports.dictionary import data_package
from graph.exports.source import Source
from graph.exports.table import BYTE_ORDER_MARK, COLUMNS, FACT_COLUMNS, PUBLISHED_COLUMNS
from graph.identifiers import graph_iri
from graph.model import Relation, RelationKind
from graph.rdf.triples import record_triples
from graph.stores.store import Store, open_memory
from tests.builders import COUNCIL, WARM_HOMES, make_award, make_decision, make_evidence, make_flow, make_record


def filled() -> Store:
    record = make_record(
        make_flow("a", amount="900.00", purpose="=1+1"),
        make_flow("b", amount="-5.00", years=[], recipient=None, recipient_words="to be found"),
        awards=[make_award()],
        relations=[Relation(COUNCIL, RelationKind.LEADS, WARM_HOMES, (make_evidence("The council leads."),))],
        decision=make_decision(signed="2021-11"),
    )
    store = open_memory()
    store.replace_graphs({graph_iri(record.document): record_triples(record)})
    return store


@pytest.mark.parametrize("table", Table)
def test_frictionless_finds_no_fault(table: Table, tmp_path: Path) -> None:
    made = exported(Source(filled()), Request(ExportFormat.CSV, table=table))
    (tmp_path / "table.csv").write_text(BYTE_ORDER_MARK + made.text, encoding="utf-8", newline="")
    (tmp_path / "datapackage.json").write_text(data_package("table.csv", table))
    report = validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["message"])
    assert report.tasks[0].stats.get("rows", 0) == len(made.text.splitlines()) - 1


def test_frictionless_finds_a_fault(tmp_path: Path) -> None:
    text = exported(Source(filled()), Request(ExportFormat.CSV)).text.replace("900.00", "nine hundred")
    (tmp_path / "table.csv").write_text(text, encoding="utf-8", newline="")
    (tmp_path / "datapackage.json").write_text(data_package("table.csv"))
    assert not validate(str(tmp_path / "datapackage.json")).valid


@pytest.mark.parametrize(
    ("table", "columns"), [("sums", COLUMNS), ("facts", FACT_COLUMNS), ("published", PUBLISHED_COLUMNS)]
)
def test_every_column_is_described(table: str, columns: tuple[str, ...]) -> None:
    fields = json.loads(data_package("x.csv", table))["resources"][0]["schema"]["fields"]
    assert tuple(each["name"] for each in fields) == columns
    assert all(each["description"] for each in fields)
