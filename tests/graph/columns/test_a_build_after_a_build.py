"""What a publication takes over from the build before: the next build is the one that would be made anew."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.columns import tables as tables_module
from graph.columns.earlier import Earlier
from graph.columns.everything import Everything, read_everything
from graph.columns.out_of_records import everything_in, with_corrections
from graph.columns.postings import postings_after, postings_table
from graph.columns.tables import open_tables
from graph.columns.writing import write_ledger_and_columns
from graph.counting import ledger_file
from graph.counting.ledger_file import FILE
from graph.identifiers import RECONCILED_GRAPH
from graph.model import Record
from graph.rdf.one_name import with_one_name
from ingest.reconcile import reconcile
from tests.graph.ask.record_graph import names, store_of
from tests.samples import share_the_samples

WORDS = st.lists(st.frozensets(st.sampled_from("abcdefg"), max_size=4), max_size=8)


def stated_by(records: Sequence[Record]) -> tuple[Everything, tuple[Record, ...]]:
    named = with_one_name(records)
    return everything_in(named, reconcile(named).judgements, names().registry), named


@share_the_samples
def test_records_say_what_their_graph_states(sample_records: tuple[Record, ...]) -> None:
    stated, records = stated_by(sample_records)
    store = store_of(records, names())
    store.replace_graph(RECONCILED_GRAPH, reconcile(records).triples)
    graph, said = read_everything(store), with_corrections(stated, store)
    assert len(graph.flows) > 300 and len(graph.relations) > 1000 and graph.contradictions and graph.cited
    assert any(flow.links for flow in graph.flows)
    assert list(graph.heads) == list(said.heads)
    for field in fields(Everything):
        one, other = getattr(graph, field.name), getattr(said, field.name)
        if field.name == "keys":  # a graph has no order of its own
            one, other = sorted(one), sorted(other)
        assert one == other, field.name


def changed(records: Sequence[Record], chance: random.Random) -> list[Record]:
    """Some of the records, some of them with another sum, another title or without their last passage."""
    found = []
    for record in (record for record in records if chance.random() > 0.1):
        change = chance.random()
        if change < 0.05:
            flows = tuple(replace(flow, amount=flow.amount + 1) for flow in record.flows)
            record = replace(record, flows=flows)
        elif change < 0.08:
            record = replace(record, decision=replace(record.decision, title=f"{record.decision.title} zanzibarian"))
        elif change < 0.11:
            record = replace(record, passages=record.passages[:-1])
        found.append(record)
    return found


def kept(folder: Path) -> dict[str, Any]:
    tables = open_tables(folder, names().registry)
    assert tables is not None
    return {**tables, "ledger": ledger_file._read(folder / FILE)}


def differing(one: Path, other: Path) -> list[str]:
    """The tables of two builds that differ in a row, its order, or its type."""
    here, there = kept(one), kept(other)
    assert here.keys() == there.keys()
    return [name for name, table in here.items() if table.to_pylist() != there[name].to_pylist()]


@share_the_samples
@pytest.mark.parametrize("only_more", [True, False], ids=["documents are added", "documents come, change and go"])
def test_a_build_after_another_is_the_build_made_anew(
    sample_records: tuple[Record, ...], tmp_path: Path, only_more: bool
) -> None:
    chance = random.Random(7)
    first = [record for record in sample_records if chance.random() > 0.2]
    then = list(sample_records) if only_more else changed(sample_records, chance)
    after, anew = tmp_path / "after", tmp_path / "anew"
    after.mkdir()
    anew.mkdir()
    write_ledger_and_columns(after, *stated_by(first), names())
    before = ledger_file._read(after / FILE).num_rows
    write_ledger_and_columns(after, *stated_by(then), names())
    write_ledger_and_columns(anew, *stated_by(then), names())
    assert differing(after, anew) == []
    assert ledger_file._read(anew / FILE).num_rows != before


@share_the_samples
def test_only_what_a_new_document_touches_is_judged_again(
    sample_records: tuple[Record, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = next(record for record in sample_records if "worcestershire-pilot" in record.document)
    write_ledger_and_columns(tmp_path, *stated_by([record for record in sample_records if record is not new]), names())
    judged: list[str] = []
    add = ledger_file._add
    monkeypatch.setattr(ledger_file, "_add", lambda columns, key, *rest: (judged.append(key), add(columns, key, *rest)))
    write_ledger_and_columns(tmp_path, *stated_by(sample_records), names())
    assert "programme/drive" in judged and "" in judged
    assert "organisation/safelives" in kept_subjects(tmp_path) and "organisation/safelives" not in judged
    assert len(set(judged)) < 40 < len(kept_subjects(tmp_path))


def kept_subjects(folder: Path) -> set[str]:
    return set(ledger_file._read(folder / FILE)["subject"].to_pylist())


@share_the_samples
def test_judgements_by_other_rules_are_made_anew(
    sample_records: tuple[Record, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_ledger_and_columns(tmp_path, *stated_by(sample_records), names())
    judged: list[str] = []
    add = ledger_file._add
    monkeypatch.setattr(ledger_file, "_add", lambda columns, key, *rest: (judged.append(key), add(columns, key, *rest)))
    monkeypatch.setattr(ledger_file, "_rules", lambda: "others")
    write_ledger_and_columns(tmp_path, *stated_by(sample_records), names())
    assert "organisation/safelives" in judged


@given(WORDS, WORDS, st.randoms())
def test_words_taken_over_are_those_that_would_be_made(
    old: list[frozenset[str]], others: list[frozenset[str]], chance: random.Random
) -> None:
    rows = chance.sample([*range(len(old)), *(-1 for _ in others)], len(old) + len(others))
    fresh = iter(others)
    now = [old[row] if row >= 0 else next(fresh) for row in rows]
    moved = numpy.full(len(old), -1, numpy.int32)
    for place, row in enumerate(rows):
        if row >= 0 and chance.random() < 0.7:
            moved[row] = place
    new = {place: words for place, words in enumerate(now) if place not in set(moved.tolist())}
    assert postings_after(postings_table(old), moved, new).equals(postings_table(now))


@share_the_samples
def test_words_that_other_code_found_are_not_taken_over(
    sample_records: tuple[Record, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_ledger_and_columns(tmp_path, *stated_by(sample_records[:3]), names())
    taken: list[object] = []
    monkeypatch.setattr("graph.columns.making.Earlier", lambda tables: (taken.append(tables), Earlier(tables))[1])
    write_ledger_and_columns(tmp_path, *stated_by(sample_records[:3]), names())
    monkeypatch.setattr(tables_module, "_code", lambda: "others")
    write_ledger_and_columns(tmp_path, *stated_by(sample_records[:3]), names())
    assert taken[0] is not None and taken[1] is None
