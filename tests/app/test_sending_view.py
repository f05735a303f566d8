"""What the app says of what leaves the machine."""

from __future__ import annotations

from app.viewmodels.sending import NOTHING, REST, sending_sentences
from graph.settings import Settings


def test_nothing_leaves_the_machine_unless_it_is_set() -> None:
    assert sending_sentences(Settings()) == (NOTHING,)


def test_a_second_reader_is_said_with_its_place_its_model_and_what_it_gets() -> None:
    said = sending_sentences(
        Settings(
            second_reader="http://127.0.0.1:8080/v1", second_reader_model="small",
            second_reader_key="sk-top-secret", second_reader_questions=7,
        )
    )  # fmt: skip
    assert said[0].startswith("A second reader is set: of sums in doubt, at most 7 in a document, the sentence,")
    assert said[0].endswith("are sent to http://127.0.0.1:8080 (model small).")
    assert said[1:] == (REST,)
    assert "sk-top-secret" not in " ".join(said)


def test_whatever_else_is_set_is_said_too() -> None:
    said = sending_sentences(
        Settings(
            llm_endpoint="https://planner.example/v1", endpoint="http://store.example/sparql",
            cluster="tcp://scheduler:8786",
        )
    )  # fmt: skip
    for place in ("https://planner.example", "http://store.example", "tcp://scheduler:8786"):
        assert any(place in sentence for sentence in said)
    assert said[-1] == REST
