"""Follow-up questions keep what was not changed."""

from __future__ import annotations

from functools import cache

from graph.ask.link import link
from graph.ask.question import Question
from graph.ask.read import read
from graph.ask.rereading import Change, changed
from graph.ask.session import follow_up
from graph.names.index import NameIndex
from graph.registry import load_registry
from graph.settings import Settings


@cache
def index() -> NameIndex:
    return NameIndex(load_registry(Settings().data / "registry"))


def asked(*texts: str) -> Question:
    question = read(link(texts[0], index()))
    for text in texts[1:]:
        linked = link(text, index())
        question = follow_up(question, read(linked), linked)
    return question


def ids(question: Question, role: str) -> list[str]:
    return [choice.entities[0].id for choice in getattr(question, role)]


def test_another_year_keeps_the_rest() -> None:
    question = asked("How much did SafeLives get for Drive in 2023/24?", "and in 2024/25?")
    assert question.asks == "amount"
    assert question.period.years == ("2024/25",)
    assert ids(question, "programmes") == ["drive"]
    assert ids(question, "recipients") == ["safelives"]


def test_another_place_keeps_kind_and_programme() -> None:
    question = asked("who funds Drive in West Mercia", "what about Greater Manchester?")
    assert question.asks == "funders"
    assert ids(question, "programmes") == ["drive"]
    assert ids(question, "places") == ["greater-manchester-police-area"]


def test_another_programme_keeps_the_place() -> None:
    question = asked("who funds Drive in London", "and S-TAC?")
    assert ids(question, "programmes") == ["s-tac"]
    assert ids(question, "places") == ["london"]


def test_another_party_takes_the_role_of_the_first() -> None:
    question = asked("how much did SafeLives get in 2023/24", "and Victim Support?")
    assert ids(question, "recipients") == ["victim-support"]
    assert question.period.years == ("2023/24",)


def test_another_kind_keeps_the_conditions() -> None:
    question = asked("how much did MOPAC pay for CIFA in 2023/24", "and who delivers it?")
    assert question.asks == "deliverers"
    assert ids(question, "programmes") == ["cifa"]


def test_a_whole_question_stands_alone() -> None:
    question = asked("who funds Drive in West Mercia", "How much was awarded to Merton in 2015/16?")
    assert question.programmes == ()
    assert question.asks == "amount"


def test_two_follow_ups_add_up() -> None:
    question = asked("who funds Drive in London", "and in 2023/24?", "and CIFA?")
    assert ids(question, "programmes") == ["cifa"]
    assert question.period.years == ("2023/24",)


def test_a_follow_up_keeps_what_people_changed_in_the_question_before() -> None:
    first = read(link("who funds Drive in West Mercia", index()))
    london = next(iter(index().registry.places.values()))
    entity = index().registry.get_entity(london.id)
    assert entity is not None
    first = changed(first, {"place": Change("place", entity), "asks": Change("asks", "recipients")})
    linked = link("and in 2023/24?", index())
    second = follow_up(first, read(linked), linked)
    assert ids(second, "places") == [entity.id]
    assert (second.asks, second.period.years) == ("recipients", ("2023/24",))


def test_a_follow_up_does_not_bring_back_what_was_taken_away() -> None:
    first = changed(read(link("who funds Drive in West Mercia", index())), {"place": Change("place")})
    linked = link("and in 2023/24?", index())
    assert follow_up(first, read(linked), linked).places == ()
