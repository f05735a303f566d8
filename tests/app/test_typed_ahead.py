"""Names and questions that are offered while one types: what is there, and nothing that has no answer."""

from __future__ import annotations

from app.viewmodels.typed_ahead import typed_ahead
from graph.ask.known.facts import Facts
from graph.ask.rereading import answer_form
from graph.ask.result import Status
from graph.names.index import NameIndex
from graph.registry import load_registry
from graph.settings import Settings
from tests.app.view_fixtures import SmallGraph, money_passed_on
from tests.builders import MAYOR, WARM_HOMES


def things(small: SmallGraph) -> list[tuple[object, int]]:
    flows = [stated.flow for stated in small.flows]
    found = [each for flow in flows for each in (flow.funder, flow.recipient, flow.place, *flow.programmes) if each]
    return [(each, found.count(each)) for each in dict.fromkeys(found)]


def test_names_come_with_their_kind_the_one_in_most_sums_first() -> None:
    small = money_passed_on()
    names = typed_ahead(things(small), small.flows).names  # type: ignore[arg-type]
    assert names[0][1] in {"programme", "organisation", "place"}
    assert (WARM_HOMES.name, "programme") in names
    assert (MAYOR.name, "organisation") in names


def test_every_question_offered_has_an_answer() -> None:
    small = money_passed_on()
    offered = typed_ahead(things(small), small.flows).questions  # type: ignore[arg-type]
    facts = Facts(small.store, NameIndex(load_registry(Settings().data / "registry")), lambda: iter(()), None)
    assert f"Who funds {WARM_HOMES.name}?" in offered
    silent = [words for words, form in offered.items() if answer_form(words, form, facts).status is not Status.ANSWERED]
    assert silent == []


def test_nothing_is_offered_of_a_name_without_money() -> None:
    offered = typed_ahead([(WARM_HOMES, 1)], ())
    assert offered.names == ((WARM_HOMES.name, "programme"),)
    assert offered.questions == {}
