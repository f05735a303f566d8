"""A sum with and without value added tax is one award, counted as it is without."""

from __future__ import annotations

import pytest
from told import told

SENTENCES = {
    "in brackets": "The Commissioner will award £50,000 excluding VAT (£60,000 including VAT) to Lamps Trust.",
    "the tax is to come": "The Commissioner will award £50,000 plus VAT, £60,000 in all, to Lamps Trust.",
    "with tax first": "The Commissioner will award £60,000 (inc VAT; £50,000 exclusive of VAT) to Lamps Trust.",
    "in the next sentence": "The Commissioner will award Lamps Trust £50,000 net of VAT. With VAT that is £60,000.",
    "at the reduced rate": "The Commissioner will award £50,000 excluding VAT (£52,500 including VAT) to Lamps Trust.",
}


@pytest.mark.parametrize("words", SENTENCES.values(), ids=SENTENCES)
def test_a_sum_with_its_tax_does_not_stand_beside_the_sum_without(words: str) -> None:
    assert [flow.amount for flow in told(words).flows] == [50_000]


@pytest.mark.parametrize(
    "words",
    [
        "The Commissioner will award £50,000 plus VAT to Lamps Trust and £65,000 including VAT to Oars Club.",
        "The Commissioner will award:\n\n- Lamps Trust: £50,000\n- Oars Club: £60,000 including VAT",
    ],
    ids=["no rate of tax apart", "two entries of a list"],
)
def test_two_awards_of_which_one_holds_tax_both_count(words: str) -> None:
    assert len(told(words).flows) == 2
