"""Fitting and calibration: what the weights learn, what they start from, what the bands promise."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.account.confidence import band_of, calibrated
from ingest.extract.weights import Weights, load_weights, write_weights
from ingest.fitting.calibrate import curve_of, thresholds_of
from ingest.fitting.examples import Example
from ingest.fitting.fit import fit_slot


def example(right: str, *features: str, body: str = "one") -> Example:
    """Return a choice among candidates of one feature each, the one with `right` being right."""
    return Example("d", body, "test", tuple((one,) for one in features), tuple(one == right for one in features))


def of_two_bodies(right: str, count: int) -> list[Example]:
    return [example(right, "near", "far", body=str(number % 2)) for number in range(count)]


def test_a_feature_of_right_candidates_weighs_more() -> None:
    weights = fit_slot(of_two_bodies("near", 8) + of_two_bodies("far", 2), 1.0, ())
    assert weights["near"] > weights["far"]


def test_a_feature_of_one_body_alone_has_no_weight() -> None:
    assert fit_slot([example("near", "near", "far")] * 8, 1.0, ()) == {}


def test_the_same_examples_give_the_same_weights() -> None:
    examples = [example("near", "near", "far")] * 5 + [example("far", "far", "near")]
    assert fit_slot(examples, 1.0, ()) == fit_slot(list(examples), 1.0, ())


def test_weights_stay_near_the_general_rule_where_few_examples_say_otherwise() -> None:
    few = fit_slot(of_two_bodies("far", 3), 4.0, (), {"near": 2.0})
    none_said = fit_slot(of_two_bodies("near", 3), 4.0, (), {"other": 1.5})
    assert few["near"] > 0.5
    assert none_said["other"] == 1.5


def test_a_feature_left_out_has_no_weight() -> None:
    assert "near" not in fit_slot([example("near", "near", "far")] * 5, 1.0, ("near",))


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=120))
def test_a_curve_never_falls(points: list[tuple[float, bool]]) -> None:
    curve = curve_of(points)
    assert [measured for _, measured in curve] == sorted(measured for _, measured in curve)
    weights = Weights({}, curve)
    said = [calibrated(raw / 20, weights) for raw in range(21)]
    assert said == sorted(said)
    assert all(0 < one < 1 for one in said)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=120))
def test_a_band_keeps_its_promise_where_it_was_measured(points: list[tuple[float, bool]]) -> None:
    bands = thresholds_of(points)
    sure = [right for stated, right in points if stated >= bands["sure"]]
    assert not sure or sum(sure) / len(sure) >= 0.9
    assert bands["likely"] <= bands["sure"]


def test_flows_of_one_confidence_are_of_one_band() -> None:
    bands = thresholds_of([(0.97777, True)] * 60 + [(0.5, False)] * 20)
    assert band_of(0.97777, Weights({}, (), bands)) == "sure"
    assert band_of(0.5, Weights({}, (), bands)) == "check"


def test_few_flows_bear_no_high_promise() -> None:
    assert thresholds_of([(0.99, True)] * 40)["sure"] > 1
    assert thresholds_of([(0.99, True)] * 40)["likely"] <= 0.99


def test_without_a_threshold_nothing_is_sure() -> None:
    assert band_of(0.99, Weights({}, (), {"sure": 2.0, "likely": 2.0})) == "check"


def test_weights_are_read_back_as_they_were_written(tmp_path) -> None:  # type: ignore[no-untyped-def]
    weights = Weights({"years": {"Y:none": 0.5}}, ((0.1, 0.2), (0.9, 0.8)), {"sure": 0.9, "likely": 0.7}, {"s": 1})
    assert load_weights(write_weights(weights, tmp_path / "weights.json")) == weights
