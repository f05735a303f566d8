"""What the words of a sentence make of its figures: for how many, how often, inside what, rounded how."""

from __future__ import annotations

from decimal import Decimal

import pytest
from told import names, paper

from graph.parse.money import find_money
from ingest.extract.decisions.decision import read_decision
from ingest.extract.names.document_names import DocumentNames
from ingest.extract.scope.document import read_scope
from ingest.extract.slots.readings import StatementReader
from ingest.extract.statements.prose import ProseCutter
from ingest.extract.sums.statement_sums import printed_unit, sums_of
from ingest.extract.sums.sums import Said, Sum
from ingest.extract.weights import load_weights
from ingest.extract.words.lexicon import load_lexicon
from ingest.readers import read_bytes


def sums(words: str) -> list[Sum]:
    """Return the sums of a decision's financial comments, read with the weights that whofunds ships."""
    document = read_bytes(paper(words), "told.md")
    scope = read_scope(document, read_decision(document, names()), names())
    found = DocumentNames(scope, load_lexicon())
    cutter = ProseCutter(scope, found, load_lexicon())
    statements = cutter.statements()
    reader = StatementReader(scope, found, load_lexicon())
    reader.look_over(statements, cutter.parse(scope.decision.title))
    return sums_of([reader.read(one, load_weights()) for one in statements], scope, load_lexicon())


def said(words: str) -> list[set[Said]]:
    """Return what is said of each figure, in order."""
    return [set(one.said) for one in sums(words)]


@pytest.mark.parametrize(
    ("figure", "unit"),
    [("£1.2m", "100000"), ("£286k", "1000"), ("£1,234", "1"), ("£10.25", "0.01"), ("£1.40 million", "10000")],
)
def test_a_figure_steps_by_its_last_printed_digit(figure: str, unit: str) -> None:
    assert printed_unit(find_money(figure)[0]) == Decimal(unit)


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        ("The Commissioner awards a total of £9,000 to clubs.", Said.TOTAL),
        ("It spends the £9,000 on clubs.", Said.BACK),
        ("A further £9,000 is for clubs.", Said.NEW),
        ("A further government grant of £9,000 is for clubs.", Said.NEW),
        ("Over £9,000 goes to clubs.", Said.MORE),
        ("Nearly £9,000 goes to clubs.", Said.LESS),
        ("The budget sees an increase of £9,000 for clubs.", Said.INCREASE),
    ],
)
def test_words_right_beside_a_figure_mark_it(words: str, mark: Said) -> None:
    assert mark in said(words)[0]


def test_parts_are_marked_and_what_stands_beside_is_none() -> None:
    assert Said.PART in said("The grant is £9,000, including £2,000 for boats.")[1]
    assert (
        Said.PART
        not in said("It is paid from this grant of £9,000. Out of that together with £2,000 boats are bought.")[1]
    )
    assert Said.OUT_OF in said("It takes £2,000 of the £9,000 for boats.")[0]


@pytest.mark.parametrize(
    ("words", "is_of_it"),
    [
        ("Of this, £2,000 goes to clubs.", True),
        ("Out of it £2,000 goes to clubs.", True),
        ("And of that sum the Commissioner gives £2,000 to clubs.", True),
        ("Clubs will have £2,000 of it for boats.", True),
        ("Clubs will have £2,000 of that funding.", True),
        ("On top of that, £2,000 goes to clubs.", False),
        ("Within this new scheme for boats and oars £2,000 goes to clubs.", False),
        ("Clubs apply, each of which gets £2,000.", False),
        ("Clubs will have £2,000 of boats.", False),
    ],
)
def test_words_that_speak_of_a_sum_above_mark_a_part_of_it(words: str, is_of_it: bool) -> None:
    assert (Said.OF_IT in said(words)[0]) is is_of_it
    assert not is_of_it or Said.PART in said(words)[0]


def test_what_comes_on_top_of_a_sum_is_no_part_of_it() -> None:
    assert Said.PART not in said("The grant is £9,000. On top of that £2,000 is for boats.")[1]
    assert Said.PART in said("The grant is £9,000. Out of it £2,000 is for boats.")[1]


def test_each_of_several_named_payees_gets_the_sum() -> None:
    found = sums("Alby Boat Club, Holt Rowing Trust and Cley Radio Society were awarded £2,000 each.")
    assert [one.amount for one in found] == [2000, 2000, 2000]
    assert len({one.parties.value.payee for one in found}) == 3
    assert [one.copy for one in found] == [0, 1, 2]


def test_awards_that_are_counted_are_as_many_and_what_several_unnamed_get_is_one() -> None:
    assert len(sums("It made three bids of £2,000 each to the Home Office.")) == 3
    assert len(sums("It gave 24 groups £2,000 each.")) == 1


def test_a_sum_a_year_for_two_years_is_two() -> None:
    found = sums("The Commissioner grants £2,000 a year in 2031/32 and 2032/33 to Alby Boat Club.")
    assert [one.years.value for one in found] == [("2031/32",), ("2032/33",)]


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ("Approve carrying forward £9,000 from 2031/32 to 2032/33.", "2032/33"),
        ("Approve carrying forward £9,000 from 2031/32 for the work.", "2032/33"),
        ("Approve carrying forward £9,000 into 2033/34.", "2033/34"),
    ],
)
def test_money_carried_forward_is_of_the_year_that_it_goes_to(words: str, year: str) -> None:
    assert [one.years.value for one in sums(words)] == [(year,)]
