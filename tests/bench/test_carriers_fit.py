"""What the network of words that ask nothing is fitted on."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bench.carriers_fit import examples_of, load_carriers
from graph.ask.reading.carriers import WORD, load_network
from graph.errors import InvalidReference
from graph.settings import Settings

QUESTIONS = ["Who funds Drive in Kent ?", "how much", "Which charities were paid for stalking advocacy in 2023/24?"]


def test_every_word_of_an_example_is_told_inside_or_outside() -> None:
    phrases = load_carriers(Settings().data)
    examples = examples_of(phrases, QUESTIONS * 200, random.Random(5))
    assert all(len(WORD.findall(each.text)) == len(each.outside) for each in examples)
    assert all(not all(each.outside) for each in examples)
    assert any(any(each.outside) for each in examples) and any(not any(each.outside) for each in examples)


def test_what_was_fitted_tells_one_number_for_each_word() -> None:
    import numpy as np

    network = load_network(Settings().data)
    states = np.zeros((7, network.weights["in_values"].shape[1]), np.float32)
    assert network.odds(states).shape == (7,) and network.odds(states[:0]).shape == (0,)


def test_a_line_without_a_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "asking").mkdir()
    (tmp_path / "asking" / "carriers.csv").write_text("where,phrase\nbefore,please\nbeside,thanks\n")
    with pytest.raises(InvalidReference, match="line 3: it wants before, after, middle"):
        load_carriers(tmp_path)
