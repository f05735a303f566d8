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

from graph.columns.everything import Everything, read_everything
from graph.columns.following import Changes, tables_after
from graph.columns.joining import joined_postings
from graph.columns.out_of_records import everything_in, keys_of_decision, with_corrections
from graph.columns.postings import postings_table
from graph.columns.tables import open_tables
from graph.columns.writing import places_finder, write_after, write_all
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


def write_one_after(folder: Path, first: Sequence[Record], then: Sequence[Record]) -> None:
    """Write a build of some records, and after it a build of others out of what differs."""
    write_all(folder, *stated_by(first), names())
    write_next(folder, first, then)


def write_next(folder: Path, first: Sequence[Record], then: Sequence[Record]) -> None:
    had, has = (stated_by(each)[1] for each in (first, then))
    earlier, now = ({record.document: record for record in each} for each in (had, has))
    judged = reconcile(has).judgements
    linked = {each.subject[0] for each in {*judged} ^ {*reconcile(had).judgements}}
    changed = {name for name in earlier.keys() | now.keys() if earlier.get(name) != now.get(name)} | linked
    own = [record for record in has if record.document in changed]
    stated = everything_in(own, [each for each in judged if each.subject[0] in changed], names().registry)
    passages = [(record.document, passage) for record in own for passage in record.passages]
    keys = {record.document: keys_of_decision(record.decision) for record in has}
    before = open_tables(folder, names().registry)
    assert before is not None
    finder = places_finder(names, before)
    tables = tables_after(before, Changes(frozenset(changed), stated, passages, keys), names().registry, finder)
    write_after(folder, before, tables, changed, names().registry)


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
    write_one_after(after, first, then)
    write_all(anew, *stated_by(then), names())
    assert differing(after, anew) == []


@share_the_samples
def test_only_what_a_new_document_touches_is_judged_again(
    sample_records: tuple[Record, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = next(record for record in sample_records if "worcestershire-pilot" in record.document)
    first = [record for record in sample_records if record is not new]
    write_all(tmp_path, *stated_by(first), names())
    judged = watched(monkeypatch)
    write_next(tmp_path, first, sample_records)
    assert "programme/drive" in judged and "" in judged
    assert "organisation/safelives" in kept_subjects(tmp_path) and "organisation/safelives" not in judged
    assert len(set(judged)) < 40 < len(kept_subjects(tmp_path))


def watched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that gets the key of everything that is judged."""
    judged: list[str] = []
    add = ledger_file._add
    monkeypatch.setattr(ledger_file, "_add", lambda columns, key, *rest: (judged.append(key), add(columns, key, *rest)))
    return judged


def kept_subjects(folder: Path) -> set[str]:
    return set(ledger_file._read(folder / FILE)["subject"].to_pylist())


@share_the_samples
def test_judgements_by_other_rules_are_made_anew(
    sample_records: tuple[Record, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_all(tmp_path, *stated_by(sample_records), names())
    judged = watched(monkeypatch)
    monkeypatch.setattr(ledger_file, "_rules", lambda: "others")
    write_next(tmp_path, sample_records, sample_records)
    assert "organisation/safelives" in judged


@given(WORDS, WORDS, st.randoms())
def test_words_taken_over_are_those_that_would_be_made(
    old: list[frozenset[str]], others: list[frozenset[str]], chance: random.Random
) -> None:
    stays = [chance.random() < 0.7 for _ in old]
    rows = [("old", row) for row in range(len(old)) if stays[row]]
    for row in range(len(others)):
        rows.insert(chance.randint(0, len(rows)), ("new", row))
    place = {where: at for at, where in enumerate(rows)}
    moved = tuple(
        numpy.array([place.get((side, row), -1) for row in range(len(lists))], numpy.int32)
        for side, lists in (("old", old), ("new", others))
    )
    now = [old[row] if side == "old" else others[row] for side, row in rows]
    made = joined_postings(postings_table(old), postings_table(others), (moved[0], moved[1]))
    assert made.equals(postings_table(now))
