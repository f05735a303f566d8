"""Forms changed by people are executed as they stand; follow-ups keep the changes; what a link holds is checked."""

from __future__ import annotations

from decimal import Decimal

import pytest

from graph.ask import Answer, Status, answer_question
from graph.ask.asking import facts_of
from graph.ask.known.facts import Facts
from graph.ask.language.edits import conditions_of
from graph.ask.language.terms import (
    Attribute,
    Choice,
    Compare,
    Condition,
    Count,
    Describe,
    During,
    Either,
    Form,
    Get,
    Is,
    List,
    Mean,
    Named,
    Path,
    Period,
    Quote,
    Role,
    Rows,
    Says,
    Scan,
    Series,
    Share,
    States,
    Total,
    Wanted,
    What,
)
from graph.ask.rereading import (
    LOOKED_FOR,
    Before,
    Change,
    answer_as_changed,
    answer_form,
    changed,
    form_given,
    form_text,
    looked_for,
    looking_for,
    parts_of,
    without,
)
from graph.builds.workspace import Workspace
from graph.model import Entity, RelationKind
from graph.settings import Settings

DECISION = """# PCD 9001 Drive in London

- Reference: PCD 9001
- Title: Drive in London
- Decision body: Mayor's Office for Policing and Crime
- Date signed: 2023-07-06
- Record type: decision notice

## Executive summary
The decision pays for Drive in London and for CIFA in London.

## Recommendation
1. Approve a grant of £10,000 to SafeLives for Drive in 2023/24.
2. Approve a grant of £4,000 to SafeLives for Drive in 2024/25.
3. Approve a grant of £3,000 to Victim Support for CIFA in 2023/24.
"""


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    from ingest.pipeline import ingest

    folder = tmp_path_factory.mktemp("rereading")
    (folder / "one.md").write_text(DECISION, encoding="utf-8")
    settings = Settings(workspace=folder / "workspace", model_folder="/nonexistent")
    assert ingest([folder / "one.md"], settings, workers=1).published
    return facts_of(Workspace(settings.workspace, settings=settings).current(), settings=Settings())


def thing(facts: Facts, id: str) -> Entity:
    entity = facts.registry.get_entity(id)
    assert entity is not None
    return entity


def named(facts: Facts, role: Role, id: str) -> Named:
    entity = thing(facts, id)
    return Named(role, (Choice(entity.name, (entity,)),))


def awards(*where: Condition) -> Scan:
    return Scan(Rows.AWARDS, where)


def during(*years: str) -> During:
    return During(Period(years=years, words=" ".join(years)))


def ask(facts: Facts, text: str, *changes: Change, after: tuple[Before, ...] = ()) -> Answer:
    return answer_as_changed(text, facts, settings=Settings(), before=after, changes=changes)


# --- parts


def test_a_condition_is_taken_away_and_the_rest_stays(facts: Facts) -> None:
    drive, year = named(facts, Role.PROGRAMME, "drive"), during("2023/24")
    form = changed(Total(awards(drive, year)), [Change("years")], facts)
    assert form == Total(awards(drive))
    assert changed(form, [Change("years"), Change("nonsense")], facts) == form


def test_another_thing_or_year_takes_the_place_of_what_was_there(facts: Facts) -> None:
    form = Total(awards(named(facts, Role.PROGRAMME, "drive"), during("2023/24")))
    cifa = thing(facts, "cifa")
    other = changed(form, [Change("programme", cifa), Change("years", "2024/25")], facts)
    assert other == Total(awards(named(facts, Role.PROGRAMME, "cifa"), during("2024/25")))


def test_a_thing_of_another_kind_and_words_that_are_no_year_do_nothing(facts: Facts) -> None:
    form = Total(awards(named(facts, Role.PROGRAMME, "drive")))
    assert changed(form, [Change("place", thing(facts, "drive")), Change("years", "soon")], facts) == form


def test_a_part_that_is_not_there_is_added(facts: Facts) -> None:
    form = changed(Total(awards()), [Change("recipient", thing(facts, "safelives"))], facts)
    assert form == Total(awards(named(facts, Role.RECIPIENT, "safelives")))


def test_of_two_sets_compared_the_one_without_its_condition_is_left_out(facts: Facts) -> None:
    drive = named(facts, Role.PROGRAMME, "drive")
    one, other = (Total(awards(drive, during(year))) for year in ("2023/24", "2024/25"))
    form = Compare((one, other))
    assert list(parts_of(form)) == ["programme", "years", "years.2"]
    assert changed(form, [Change("years")], facts) == other
    assert changed(form, [Change("years.2")], facts) == one
    later = Total(awards(drive, during("2025/26")))
    assert changed(form, [Change("years.2", "2025/26")], facts) == Compare((one, later))


def test_a_share_without_what_makes_its_part_is_the_whole(facts: Facts) -> None:
    drive, year = named(facts, Role.PROGRAMME, "drive"), during("2023/24")
    form = Share(awards(drive, year), awards(year))
    assert without(form, drive) == Total(awards(year))
    assert without(form, year) == Share(awards(drive), awards())


def test_one_of_two_sets_goes_with_its_condition(facts: Facts) -> None:
    drive, cifa = (named(facts, Role.PROGRAMME, id) for id in ("drive", "cifa"))
    form = List(Either(awards(drive), awards(cifa)), What.FUNDER)
    assert without(form, cifa) == List(awards(drive), What.FUNDER)


# --- what is looked for


@pytest.mark.parametrize("name", LOOKED_FOR)
def test_everything_that_can_be_looked_for_is_known_by_its_name(facts: Facts, name: str) -> None:
    form = looking_for(Total(awards(named(facts, Role.PROGRAMME, "drive"))), name)
    assert form is not None
    assert looked_for(form) == name


def test_facts_and_passages_become_sums_with_names_in_their_roles(facts: Facts) -> None:
    delivers = States((RelationKind.DELIVERS,))
    stated = List(Scan(Rows.FACTS, (named(facts, Role.PROGRAMME, "drive"), delivers)), What.SUBJECT)
    said = Quote(Scan(Rows.PASSAGES, (named(facts, Role.PARTY, "drive"),)), Wanted.WORDS)
    wanted = List(awards(named(facts, Role.PROGRAMME, "drive")), What.RECIPIENT)
    assert looking_for(stated, "recipient") == looking_for(said, "recipient") == wanted
    assert looking_for(Describe(None, ("rain",)), "recipient") is None


def test_every_form_that_a_link_may_hold_is_executed_or_said_to_hold_nothing(facts: Facts) -> None:
    drive = named(facts, Role.PROGRAMME, "drive")
    for rows in Rows:
        scan = Scan(rows, (drive,))
        forms: list[Form] = [make(scan, what) for make in (List, Count, Mean) for what in What]
        forms += [Get(scan, each) for each in Attribute]
        forms += [Total(scan), Series(scan), Is(scan), Share(scan, scan), Compare((Total(scan),))]
        for form in forms:
            assert answer_form("q", form, facts).status in {Status.ANSWERED, Status.NO_DATA}, form


# --- answers


def test_the_changed_form_is_executed_and_said(facts: Facts) -> None:
    answer = ask(facts, "how much did SafeLives get for Drive in 2023/24", Change("years"))
    assert (answer.status, answer.value.amount) == (Status.ANSWERED, Decimal(14000))
    assert answer.form is not None
    assert not any(isinstance(each, During) for each in conditions_of(answer.form))
    assert "2023/24" not in answer.interpretation["read_as"]


def test_a_change_to_what_is_not_there_says_what_was_looked_for(facts: Facts) -> None:
    answer = ask(facts, "how much did SafeLives get for Drive in 2023/24", Change("years", "1999/00"))
    assert (answer.status, answer.items, answer.citations) == (Status.NO_DATA, (), ())
    assert "Drive" in answer.text and "1999/00" in answer.text


def test_without_changes_it_is_asked_as_on_the_command_line(facts: Facts) -> None:
    for text in ("how much did SafeLives get for Drive in 2023/24", "", "who funds Drive"):
        assert ask(facts, text).text == answer_question(text, facts, settings=Settings()).text


def test_a_follow_up_in_the_app_is_the_one_of_the_command_line(facts: Facts) -> None:
    first, second = "how much did SafeLives get for Drive in 2023/24", "and in 2024/25?"
    asked = ask(facts, second, after=(Before(first),))
    assert asked.value.amount == 4000
    assert asked == answer_question(second, facts, settings=Settings(), after=[first])


def test_a_follow_up_keeps_what_was_changed_in_the_question_before(facts: Facts) -> None:
    other = (Change("recipient", thing(facts, "victim-support")), Change("programme", thing(facts, "cifa")))
    first = Before("how much did SafeLives get for Drive in 2024/25", other)
    answer = ask(facts, "and in 2023/24?", after=(first,))
    assert (answer.status, answer.value.amount) == (Status.ANSWERED, Decimal(3000))


def test_a_question_on_what_is_not_there_shows_the_form_that_was_meant(facts: Facts) -> None:
    answer = ask(facts, "who funds Drive in Kent")
    assert answer.status is Status.NO_DATA
    assert answer.form is not None
    assert set(parts_of(answer.form)) == {"programme", "place"}
    assert ask(facts, "who funds Drive in Kent", Change("place")).status is Status.ANSWERED


# --- forms in links


def test_a_form_comes_back_from_its_link(facts: Facts) -> None:
    drive = named(facts, Role.PROGRAMME, "drive")
    forms: list[Form] = [
        List(awards(drive, during("2023/24")), What.FUNDER),
        Compare((Total(awards(drive)), Total(awards(drive, Says(("evaluation",)))))),
        Path(drive.choices[0], named(facts, Role.PARTY, "safelives").choices[0]),
        Describe(None, ("Drive",)),
    ]
    for form in forms:
        assert form_given(form_text(form), facts) == form


@pytest.mark.parametrize(
    "text",
    [
        "", "{}", "[]", "null", "{", "[" * 5000, '{"is":"Total"}', '{"is":"Entity","id":"drive"}',
        '{"is":"Total","of":{"is":"Scan","rows":"nonsense"}}', '{"is":"__class__"}',
        '{"is":"Describe","thing":{"is":"Choice","words":"x","entities":[{"id":"no-such","name":"x","kind":"place"}]}}',
    ],
)  # fmt: skip
def test_what_is_no_form_is_none(facts: Facts, text: str) -> None:
    assert form_given(text, facts) is None
    assert ask(facts, "who funds Drive", Change("form", text)).text == ask(facts, "who funds Drive").text


def test_another_reading_is_answered_as_it_stands_and_can_be_changed(facts: Facts) -> None:
    form = Total(awards(named(facts, Role.PROGRAMME, "drive"), during("2023/24")))
    given = Change("form", form_text(form))
    assert ask(facts, "whatever was typed", given).value.amount == 10000
    assert ask(facts, "whatever was typed", given, Change("years")).value.amount == 14000
