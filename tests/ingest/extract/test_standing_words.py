"""What stands before a sum and how it counts; years that a length, a date or another sum says or leaves open."""

from __future__ import annotations

from told import names, paper

from ingest.extract.decisions.decision import read_decision
from ingest.extract.flows import statements_of
from ingest.extract.slots.sum_cues import cues_of
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


def status_features(words: str) -> set[str]:
    """Return what speaks for an award that is only proposed, of the first sum of some words."""
    document = read_bytes(paper(words, title="Lamps", summary="Lamps are wanted."), "told.md")
    reader, statements = statements_of(document, read_decision(document, names()), names())
    found = next(one for one in statements if one.text.strip() in words)
    return {feature for option in reader.options(found).status for feature in option.features if feature[0] == "B"}


def flow_features(words: str, start: str) -> set[str]:
    """Return what speaks for money that moves, of the first sum of the sentence that begins so."""
    document = read_bytes(paper(words, title="Lamps", summary="Lamps are wanted."), "told.md")
    reader, statements = statements_of(document, read_decision(document, names()), names())
    found = next(one for one in statements if one.text.startswith(start))
    return set(reader.options(found).standing[0].features)


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


def test_a_period_between_dates_is_a_candidate_wherever_it_stands_and_other_years_are_not() -> None:
    apart = "It gave £7,000 to a club.\n\nThe lamps shine from May 2031 until March 2033, as planned since 2029/30."
    assert "Y:elsewhere" in year_features(apart, ("2031/32", "2032/33"))
    assert not year_features(apart, ("2029/30",))


def test_years_say_how_many_they_are_and_which_the_text_names_most() -> None:
    words = "It gave £7,000 in 2031/32, not in 2032/33 to 2033/34, to a club.\n\nThe lamps of 2031/32 shine."
    assert {"Y:span=1", "Y:said=most"} <= year_features(words, ("2031/32",))
    assert {"Y:span=2", "Y:said=less"} <= year_features(words, ("2032/33", "2033/34"))


def test_a_sum_has_the_marks_of_the_same_sum_elsewhere_and_not_its_own() -> None:
    words = "Clubs can apply for grants of up to £7,000 each.\n\nThe club was awarded £7,000 for lamps."
    awarded = flow_features(words, "The club")
    assert "F:elsewhere:basis=ceiling" in awarded and "F:elsewhere:verb-class=give" not in awarded
    assert not any("elsewhere:" in one for one in flow_features("The club was awarded £8,000.", "The club"))


def test_bids_that_are_counted_are_asked_for() -> None:
    assert "B:counted-bids" in status_features("The fund had 88 applications, £895,000 in all.")
    assert "B:counted-bids" not in status_features("The fund gave 88 groups £895,000 in all.")
