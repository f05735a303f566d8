"""What stands before a sum and how it counts; years that a length, a date or another sum says or leaves open."""

from __future__ import annotations

from told import names, paper

from ingest.extract.decisions.decision import read_decision
from ingest.extract.flows import statements_of
from ingest.extract.slots.standing import cues_of
from ingest.extract.slots.years import Years
from ingest.extract.words.lexicon import load_lexicon
from ingest.readers import read_bytes


def cues(words: str) -> list[list[str]]:
    """Return the cues of each sum of some words."""
    document = read_bytes(paper(words), "told.md")
    _, statements = statements_of(document, read_decision(document, names()), names())
    return [cues_of(one, load_lexicon()) for one in statements if one.text.strip() in words]


def year_features(words: str, years: Years) -> set[str]:
    """Return what speaks for years of the first sum of some words."""
    document = read_bytes(paper(words, title="Lamps", summary="Lamps are wanted."), "told.md")
    reader, statements = statements_of(document, read_decision(document, names()), names())
    found = next(one for one in statements if one.text.strip() in words)
    return {feature for option in reader.options(found).years if option.value == years for feature in option.features}


def test_sums_that_are_joined_share_the_words_before_the_first() -> None:
    first, second = cues("It made an award of £7,000 in 2031/32 and £8,000 in 2032/33.")
    assert "given@before" in first and "given@before" in second


def test_less_than_a_sum_takes_nothing_off() -> None:
    assert "less@before" not in cues("It gave a little less than £168,000 to clubs.")[0]


def test_a_length_without_a_start_leaves_the_years_open() -> None:
    assert "Y:none|length-alone" in year_features("It gave £7,000 over two years to a club.", ())
    assert "Y:none|length-alone" not in year_features("It gave £7,000 over two years from April 2031 to a club.", ())


def test_another_matter_leaves_the_years_open() -> None:
    words = "It gave £7,000 in 2031/32. In other news, it gave £8,000 to a club."
    assert "Y:none|new-matter" not in year_features(words, ())
