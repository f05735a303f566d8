"""What documents print in several ways has one preferred name in the graph."""

from __future__ import annotations

from graph.model import Entity, Record
from graph.rdf.one_name import with_one_name
from tests.builders import TREASURY, make_flow, make_record, organisation

UPPER = organisation("Warm Help", id="new-warm-help", verified=False)
LOWER = organisation("Warm help", id="new-warm-help", verified=False)


def paper(name: str, recipient: Entity) -> Record:
    return make_record(make_flow("a", recipient=recipient), document=name)


def test_the_first_name_in_the_alphabet_is_taken() -> None:
    one, other = with_one_name([paper("a.md", LOWER), paper("b.md", UPPER)])
    assert {one.flows[0].recipient, other.flows[0].recipient} == {UPPER}


def test_a_record_whose_names_stand_is_the_same_object() -> None:
    record = paper("a.md", LOWER)
    assert with_one_name([record, paper("b.md", TREASURY)])[0] is record


def test_a_checked_name_goes_before_the_first_in_the_alphabet() -> None:
    checked = organisation("warm help", id="new-warm-help")
    one, _ = with_one_name([paper("a.md", UPPER), paper("b.md", checked)])
    assert one.flows[0].recipient == checked
