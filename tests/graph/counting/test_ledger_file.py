"""What a build keeps of the judgements is what they were; an older table is judged anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyarrow import parquet

from graph.counting import ledger_file
from graph.counting.graph_ledger import counting_of, keep_ledger, open_ledger
from graph.counting.kept_judgements import KeptJudgements
from graph.counting.ledger import EVERYTHING
from graph.counting.ledger_file import FILE, holds_ledger
from graph.counting.sides import Side
from graph.identifiers import graph_iri
from graph.model import FlowKind, FlowLink, FlowRelation
from graph.rdf.triples import record_triples
from graph.stated.flows import all_flows
from graph.stores.store import Store, open_memory
from tests.builders import COUNCIL, MAYOR, make_flow, make_record


def filled() -> Store:
    record = make_record(
        make_flow("a", amount="900.00"),
        make_flow("b", amount="300.00", purpose="Boilers"),
        make_flow("c", amount="450.25", funder=COUNCIL, recipient=MAYOR),
        make_flow("d", amount="8.00", kind=FlowKind.ALLOCATION, years=["2019/20"]),
        flow_relations=[FlowRelation("b", FlowLink.PART_OF, "a"), FlowRelation("c", FlowLink.PASSES_ON, "a")],
    )
    store = open_memory()
    store.replace_graphs({graph_iri(record.document): record_triples(record)})
    return store


def test_grants_are_kept_with_what_is_no_grant_of_its_own(tmp_path: Path) -> None:
    store = filled()
    keep_ledger(tmp_path, store)
    kept, made = open_ledger(store, tmp_path).grants(), counting_of(store).tally(EVERYTHING, Side.GRANTS)
    assert {stated.flow.id for stated in kept.flows} == {stated.flow.id for stated in made.flows} == {"a", "c"}
    assert [out.flow.flow.id for out in kept.left_out] == ["b"]


def test_what_is_kept_is_what_was_judged(tmp_path: Path) -> None:
    store = filled()
    keep_ledger(tmp_path, store)
    flows = {stated.iri: stated for stated in all_flows(store)}
    kept, made = KeptJudgements(tmp_path / FILE, lambda key, iris: flows), counting_of(store)
    asked = list(made.keys())
    for key, side in asked:
        assert kept.tally(key, side) == made.tally(key, side)
        assert kept.adding(key, side) == made.adding(key, side)
    assert kept.tally("programme/none", Side.SOURCES).flows == ()


def test_a_ledger_in_many_parts_says_the_same(tmp_path: Path) -> None:
    store = filled()
    keep_ledger(tmp_path, store)
    parquet.write_table(parquet.read_table(tmp_path / FILE), tmp_path / "parts.parquet", row_group_size=2)
    flows = {stated.iri: stated for stated in all_flows(store)}
    whole, parts = (KeptJudgements(tmp_path / name, lambda key, iris: flows) for name in (FILE, "parts.parquet"))
    asked = list(counting_of(store).keys())
    for key, side in asked:
        assert parts.tally(key, side) == whole.tally(key, side)
        assert parts.adding(key, side) == whole.adding(key, side)
    for kind, side in {(key.partition("/")[0], side) for key, side in asked}:
        for chosen in (None, set(), {next(iter(flows))}, set(flows)):
            for with_joint in (False, True):
                found = [kept.totals(kind, side, chosen, with_joint=with_joint) for kept in (whole, parts)]
                assert found[0] == found[1]
                assert list(found[0]) == list(found[1])


def test_each_group_of_rows_has_its_own_words_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = filled()
    keep_ledger(tmp_path, store)
    whole = parquet.read_table(tmp_path / FILE)
    monkeypatch.setattr(ledger_file, "_WHOLE", 3)
    monkeypatch.setattr(ledger_file, "_GROUP", 3)
    keep_ledger(tmp_path, store)
    with parquet.ParquetFile(tmp_path / FILE) as file:
        assert file.num_row_groups == -(-whole.num_rows // 3)
        words = [file.read_row_group(number)["flow"].chunk(0) for number in range(file.num_row_groups)]
    assert all(set(each.dictionary.to_pylist()) == set(each.to_pylist()) for each in words)
    assert parquet.read_table(tmp_path / FILE).to_pylist() == whole.to_pylist()


def test_a_ledger_without_judgements_that_are_asked_for_is_judged_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = filled()
    with monkeypatch.context() as patched:
        patched.setattr(ledger_file, "FORMAT", "1")
        keep_ledger(tmp_path, store)
    assert not holds_ledger(tmp_path)
    assert open_ledger(store, tmp_path).grants().total == 1350.25
    parquet.write_table(parquet.read_table(tmp_path / FILE).replace_schema_metadata(None), tmp_path / FILE)
    assert not holds_ledger(tmp_path)
