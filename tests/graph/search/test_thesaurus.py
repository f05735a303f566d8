"""Stems and the thesaurus: everyday words to the field's terms."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from graph.errors import InvalidReference
from graph.search.stems import holds_phrase, marks, stem, stems
from graph.search.thesaurus import FILE, load_thesaurus, meanings
from graph.settings import Settings

DATA = Settings().data


@pytest.mark.parametrize(
    "words",
    [
        "service services servicing",
        "stalk stalked stalking stalker",
        "tag tagging",
        "flee fled flees fleeing",
        "wife wives wife's",
        "take takes taken taking took",
    ],
)
def test_forms_of_a_word_have_one_stem(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 1


def test_a_phrase_holds_near_and_in_any_order_only() -> None:
    phrase = stems("swap homes")
    assert holds_phrase(stems("homes that families swap"), phrase)
    assert not holds_phrase(stems("swap one two three four five six seven homes"), phrase)
    assert not holds_phrase(stems("swap"), phrase)


def test_marks_point_at_the_words() -> None:
    text = "Victims’ services for a victim."
    assert [text[start:end] for start, end in marks(text, frozenset(stems("victim")))] == ["Victims", "victim"]


def test_everyday_words_bring_the_field_s_terms() -> None:
    assert any("electronic monitoring" in terms for terms in meanings("people who wear an ankle tag", DATA))
    assert any("anti-social behaviour" in terms for terms in meanings("what is done about yobs", DATA))


@pytest.mark.parametrize("query", ["knife crime", "SafeLives", "PCD 1405", "victims", "grant", "police", "the office"])
def test_the_field_s_own_words_bring_nothing(query: str) -> None:
    assert meanings(query, DATA) == ()


def test_every_phrase_of_several_words_keeps_more_than_one() -> None:
    with (DATA / FILE).open(encoding="utf-8", newline="") as file:
        phrases = [phrase for row in csv.DictReader(file) for phrase in row["said"].split("|")]
    general = {"after prison", "after release", "after dark", "at court", "in hospital", "leered at"}
    assert [p for p in phrases if len(p.split()) > 1 and len(stems(p)) < 2 and p not in general] == []


def test_a_wrong_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "thesaurus.csv"
    path.write_text("said,meant\nonly one column\n", encoding="utf-8")
    with pytest.raises(InvalidReference, match="line 2"):
        load_thesaurus(path)


def test_without_a_thesaurus_nothing_is_added(tmp_path: Path) -> None:
    assert meanings("yobs", tmp_path) == ()
