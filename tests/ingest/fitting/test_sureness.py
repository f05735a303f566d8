"""Confidence from signs: what fitting learns of them; no band is measured on the flows it was fitted on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.account.confidence import band_of, calibrated, raw_confidence
from ingest.extract.weights import Weights
from ingest.fitting.sureness import FEWEST, ReadFlow, fit_signs, fit_sureness


def flows(right: int, wrong: int, body: str = "one", product: float = 0.5, **signs: float) -> list[ReadFlow]:
    """Return flows that are alike, so many of them right and so many wrong."""
    return [ReadFlow(body, product, signs, number < right) for number in range(right + wrong)]


def confidence(signs: dict[str, float], weights: Weights, product: float = 0.5) -> float:
    return calibrated(raw_confidence(product, signs, weights), weights)


def test_a_sign_of_right_flows_raises_the_confidence_to_what_was_right() -> None:
    weights = fit_sureness([*flows(90, 10, "one", good=1.0), *flows(20, 80, "two", good=0.0)])
    assert abs(confidence({"good": 1.0}, weights) - 0.9) < 0.05
    assert abs(confidence({}, weights) - 0.2) < 0.05


def test_more_probable_slots_are_one_sign_among_the_others() -> None:
    weights = fit_sureness([*flows(45, 5, product=0.95, good=1.0), *flows(15, 35, product=0.2, good=1.0)])
    assert confidence({"good": 1.0}, weights, 0.95) > confidence({"good": 1.0}, weights, 0.2)


def test_a_sign_of_few_flows_is_left_out() -> None:
    few = flows(FEWEST - 1, 0, rare=1.0)
    assert "rare" not in fit_signs([*few, *flows(50, 50)])


def test_without_a_wrong_flow_no_sign_is_fitted_and_the_product_is_calibrated() -> None:
    weights = fit_sureness(flows(60, 0, good=1.0))
    assert not weights.signs
    assert confidence({"good": 1.0}, weights) > 0.95


def test_what_holds_of_one_body_alone_makes_nothing_sure() -> None:
    own = flows(60, 0, "one", only_here=1.0)
    others = [flow for number in range(9) for flow in flows(10, 10, f"body {number}")]
    weights = fit_sureness([*own, *others])
    assert confidence({"only_here": 1.0}, weights) > 0.9
    assert band_of(confidence({"only_here": 1.0}, weights), weights) != "sure", "its own labels taught the sign"


def test_the_order_of_flows_changes_nothing() -> None:
    found = [*flows(30, 10, "one", good=1.0), *flows(10, 30, "two"), *flows(20, 20, "three", good=0.5)]
    assert fit_sureness(found) == fit_sureness(found[::-1])


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(-5, 5), st.booleans()), min_size=1, max_size=60))
def test_a_confidence_is_a_share_whatever_the_signs(rows: list[tuple[float, float, bool]]) -> None:
    found = [ReadFlow(f"body {number % 4}", product, {"sign": sign}, right) for number, (product, sign, right) in
             enumerate(rows)]  # fmt: skip
    weights = fit_sureness(found)
    assert all(0 <= confidence(dict(flow.signs), weights, flow.product) <= 1 for flow in found)
