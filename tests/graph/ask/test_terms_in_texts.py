"""A text is taken apart for a word only where it may hold it, and never left out where it does."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.ask.known.text import Term
from graph.ask.known.words import stem, stems_of, words_of

_WORDS = st.sampled_from(
    ["studies", "study", "Running", "planned", "Addresses", "allocations", "allocated", "money", "women’s", "skiing",
     "round 2", "second Round", "Phase three", "PCD-1460", "R&D", "o'brien", "County–wide", "£1,200", "tried", "added"]
)  # fmt: skip
_TEXTS = st.lists(st.one_of(_WORDS, st.text("abceinosy’'-&£ ", max_size=12)), max_size=8).map(" ".join)


@given(_TEXTS, _TEXTS)
@example("The Second round of studies", "round two")
@settings(max_examples=500, deadline=None)
def test_what_holds_a_term_may_hold_it(text: str, said: str) -> None:
    options = [frozenset({each}) for each in stems_of(f"{text} {said}")]
    options.append(frozenset(stem(word) for word in words_of(said)))
    for option in filter(None, options):
        term = Term(said, (option,))
        if term.holds(stems_of(text)):
            assert term.may_stand_in(text.lower()), (text, option)


def test_a_text_without_a_words_beginning_is_not_taken_apart() -> None:
    term = Term("charities", (frozenset({stem("charities")}),))
    assert term.may_stand_in("a charity") and not term.may_stand_in("a council")
