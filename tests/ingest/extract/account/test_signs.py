"""Signs of how sure a sum is: each flow has its own, those of its document among them."""

from __future__ import annotations

from read_sums import LAMPS, OARS, OFFICE, account, read_sum, row

from ingest.extract.account.signs import GROUNDS, log_odds
from ingest.extract.words.lexicon import load_lexicon
from ingest.extract.words.sections import Origin


def test_a_sum_said_again_has_the_sign_of_it_and_another_of_the_document_has_not() -> None:
    found = account(
        read_sum(286500, OFFICE, LAMPS, at=1, origin=Origin.SUMMARY),
        read_sum(286500, OFFICE, LAMPS, at=50, origin=Origin.RECOMMENDATION),
        row(7100, OFFICE, OARS, at=90),
    )
    again = {int(flow.amount): found.signs[flow.id].get("said again", 0.0) for flow in found.flows}
    assert again == {286500: 1.0, 7100: 0.0}


def test_flows_without_payee_are_a_sign_of_every_flow_of_the_document() -> None:
    found = account(row(286500, OFFICE, None, at=1), row(7100, OFFICE, OARS, at=90))
    assert [signs["document: share without payee"] for signs in found.signs.values()] == [0.5, 0.5]


def test_what_speaks_for_parties_is_looked_up_by_names_that_the_reader_has() -> None:
    assert set(GROUNDS) <= set(load_lexicon().priors["parties"])


def test_log_odds_of_certainty_are_finite() -> None:
    assert abs(log_odds(1.0) + log_odds(0.0)) < 1e-9
    assert log_odds(0.5) == 0
