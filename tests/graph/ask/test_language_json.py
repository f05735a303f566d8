"""Forms as JSON and back: whatever the types allow survives, and nothing else is accepted."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path as File
from typing import Any, get_args

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from graph.ask.known.facts import Facts
from graph.ask.language.form_json import (
    MOST_DEPTH,
    UnreadableForm,
    form_from_json,
    form_json,
    form_schema,
)
from graph.ask.language.terms import (
    MOST_CHARACTERS,
    Both,
    Choice,
    Compare,
    Form,
    List,
    Named,
    Role,
    Rows,
    Scan,
    Set,
    Sized,
    Sum,
    Total,
    What,
)
from graph.errors import WhofundsError
from graph.model import Entity, Passage, Relation, RelationKind
from graph.settings import Settings
from tests.builders import make_decision, make_evidence, make_flow, make_record, organisation
from tests.graph.ask.language_types import (
    closed_sets,
    item_of,
    language,
    may_be_none,
    options,
    plain,
    shape_of,
    values_of,
)
from tests.graph.ask.record_graph import facts_of_records, names

HERE = File(__file__).parent
NEW = organisation("Brook Lane Trust", verified=False)


@cache
def known(id: str) -> Entity:
    """A thing of the registry."""
    return names().registry.entity(id)


@cache
def facts() -> Facts:
    """A small graph over the project's registry, with one name that the registry lacks."""
    index = names()
    body = known("mopac")
    flows = [
        make_flow(
            "flow-1", amount="150000.00", funder=known("worcestershire-county-council"), recipient=known("safelives"),
            programmes=[known("drive")], place=known("west-mercia-police-area"), years=["2018/19"],
        ),
        make_flow(
            "flow-2", amount="70000.00", funder=known("home-office"), recipient=NEW, programmes=[known("drive")],
            place=known("london"), fund=known("serious-violence-duty-grant"),
        ),
    ]  # fmt: skip
    leads = Relation(known("safelives"), RelationKind.LEADS, known("drive"), (make_evidence("SafeLives leads Drive."),))
    decision = make_decision(reference="PCD 1460", body=body, decided_by="Deputy Mayor (Sophie Linden)")
    record = make_record(*flows, document="pcd-1460.md", decision=decision, relations=[leads])
    text = "SafeLives leads Drive, which begins on 1 April 2018."
    passage = Passage("passage-1", "3.1", "Introduction", text)
    return facts_of_records([replace(record, passages=(passage,))], index)


# --- any form, made from the types themselves

TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=20)
AMOUNTS = st.decimals(0, 10**9, places=2, allow_nan=False, allow_infinity=False)


def any_of(kind: Any) -> st.SearchStrategy[Any]:
    """Any value of a type of the language."""
    several = options(kind)
    if len(several) > 1:
        return st.one_of([any_of(each) for each in several])
    if kind is Entity:
        return st.sampled_from([*facts().entities.values(), *facts().registry.entities()[:300]])
    if kind in language().values():
        return st.deferred(lambda: made(kind))
    item = item_of(kind)
    if item is not None:
        return st.lists(any_of(item), max_size=3).map(tuple)
    allowed = values_of(kind)
    if allowed is not None:
        return st.sampled_from(allowed)
    single: dict[Any, st.SearchStrategy[Any]] = {
        str: TEXTS, bool: st.booleans(), int: st.integers(0, 3000), Decimal: AMOUNTS, type(None): st.none(),
    }  # fmt: skip
    return single[plain(kind)]


@cache
def made(kind: type) -> st.SearchStrategy[Any]:
    """Any value of a dataclass; sets nest a little."""
    fields: dict[str, st.SearchStrategy[Any]] = {}
    for field in shape_of(kind):
        item = item_of(field.kind)
        if field.kind == Set and kind in (Both, *get_args(Set)):
            fields[field.name] = any_of(Scan)
        elif item is not None and field.required:
            fields[field.name] = st.lists(any_of(item), min_size=1, max_size=3).map(tuple)
        else:
            fields[field.name] = any_of(field.kind)
    return st.builds(kind, **fields)


def there_and_back(form: Form) -> Form:
    """A form through the text of its JSON."""
    return form_from_json(json.loads(json.dumps(form_json(form))), facts())


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.deferred(lambda: any_of(Form)))
def test_any_form_comes_back_from_json_and_holds_to_the_schema(form: Form) -> None:
    assert there_and_back(form) == form
    validator().validate(form_json(form))


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(form_schema())


def test_the_schema_is_valid_and_names_every_type_and_value() -> None:
    schema = form_schema()
    Draft202012Validator.check_schema(schema)
    assert set(schema["$defs"]) == {*language(), *(each.__name__ for each in closed_sets()), "Entity", "EntityKind"}
    assert {ref["$ref"].rpartition("/")[2] for ref in schema["anyOf"]} == {kind.__name__ for kind in get_args(Form)}
    assert schema["$defs"]["Role"]["enum"] == [role.value for role in Role]
    assert json.loads(json.dumps(schema)) == schema


def test_the_schema_explains_fields_and_values_as_the_source_does() -> None:
    defs = form_schema()["$defs"]
    assert "place: within it counts" in defs["Role"]["description"]
    assert defs["Total"]["properties"]["own"]["description"] == "what the funder puts in of its own"


def test_every_optional_field_of_the_language_has_a_default() -> None:
    every = [(kind.__name__, field) for kind in language().values() for field in shape_of(kind)]
    odd = [f"{name}.{field.name}" for name, field in every if may_be_none(field.kind) and field.required]
    assert odd == ["Describe.thing"]


def test_every_form_that_the_reader_makes_holds_to_the_schema_and_comes_back() -> None:
    from graph.ask.reading.candidates import candidates
    from graph.ask.reading.link import link
    from graph.ask.reading.read import read

    entries = yaml.safe_load((HERE / "bank.yaml").read_text(encoding="utf-8"))
    wordings = [each for entry in entries for each in entry["wordings"][:2]]
    assert len(wordings) > 50
    made = 0
    for text in wordings:
        reading = read(link(text, facts().names, brought=facts().unverified), facts(), Settings())
        for candidate in candidates(reading, Settings()):
            validator().validate(form_json(candidate.form))
            assert there_and_back(candidate.form) == candidate.form, text
            made += 1
    assert made > len(wordings)


# --- what a thing may be called

DRIVE: dict[str, Any] = {"is": "Choice", "words": "drive", "entities": [{"id": "drive"}]}


def total(entity: Any) -> dict[str, Any]:
    choice = {"is": "Choice", "words": "x", "entities": [entity]}
    where = [{"is": "Named", "role": "party", "choices": [choice]}]
    return {"is": "Total", "of": {"is": "Scan", "rows": "awards", "where": where}}


@pytest.mark.parametrize(
    ("entity", "id"),
    [
        pytest.param({"id": "drive"}, "drive", id="by id"),
        pytest.param({"name": "Drive"}, "drive", id="by name"),
        pytest.param("drive", "drive", id="by a bare name, capitals aside"),
        pytest.param({"id": "drive", "name": "Drive", "kind": "programme"}, "drive", id="by all"),
        pytest.param("MOPAC", "mopac", id="by a shorter name"),
        pytest.param("Brook  Lane Trust", NEW.id, id="by a name that only the graph has"),
        pytest.param({"name": "London", "kind": "place"}, "london", id="by name and kind"),
    ],
)
def test_a_thing_is_found_by_id_or_name(entity: Any, id: str) -> None:
    form = form_from_json(total(entity), facts())
    assert isinstance(form, Total) and isinstance(form.of, Scan) and isinstance(form.of.where[0], Named)
    assert form.of.where[0].choices[0].entities[0].id == id


@pytest.mark.parametrize(
    ("entity", "said"),
    [
        ({"id": "no-such-thing"}, "nothing is known as 'no-such-thing'"),
        ("Atlantis Trust", "nothing is known as 'Atlantis Trust'"),
        ({"id": "drive", "name": "Warm Homes"}, "nothing is known as 'drive Warm Homes'"),
        ({"id": "drive", "kind": "place"}, "nothing is known as 'drive place'"),
        ({"id": "drive", "kind": "person"}, "nothing is known as 'drive person'"),
        ({"kind": "place"}, "nothing is known as 'place'"),
        ({}, "no thing; give a name"),
        ({"id": "drive", "url": "http://example.org"}, "no thing; give a name"),
        (7, "no thing; give a name"),
        ({"id": 7}, "no thing; give its id, name and kind as texts"),
    ],
)
def test_what_is_no_thing_of_the_graph_is_refused(entity: Any, said: str) -> None:
    with pytest.raises(UnreadableForm, match=r"form\.of\.where\[0\]\.choices\[0\]\.entities\[0\]") as caught:
        form_from_json(total(entity), facts())
    assert said in str(caught.value)


# --- what is no form

SCAN = {"is": "Scan", "rows": "awards"}


def nested(depth: int) -> dict[str, Any]:
    of: dict[str, Any] = dict(SCAN)
    for _ in range(depth):
        of = {"is": "Both", "one": of, "other": dict(SCAN)}
    return {"is": "Total", "of": of}


def sized(bound: Any) -> dict[str, Any]:
    return {"is": "Total", "of": {**SCAN, "where": [{"is": "Sized", "at_least": bound}]}}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        pytest.param(None, "form: Expected `object`, got `null`", id="null"),
        pytest.param([], "form: Expected `object`, got `array`", id="list"),
        pytest.param("Total", "form: Expected `object`, got `str`", id="text"),
        pytest.param({}, "form: Object missing required field `is`", id="empty"),
        pytest.param({"is": "Delete"}, "form.is: Invalid value 'Delete'", id="unknown type"),
        pytest.param({"is": ["Total"]}, "form.is: Expected `str`, got `list`", id="a type that is a list"),
        pytest.param({"is": "Scan", "rows": "awards"}, "form.is: Invalid value 'Scan'", id="a set is no form"),
        pytest.param({"is": "Total"}, "form: Object missing required field `of`", id="missing field"),
        pytest.param({"is": "Total", "of": SCAN, "sparql": "x"}, "unknown field `sparql`", id="unknown field"),
        pytest.param({"is": "Total", "of": {"is": "Total", "of": SCAN}}, "of.is: Invalid value", id="a form is no set"),
        pytest.param({"is": "Total", "of": SCAN, "own": 1}, "form.own: Expected `bool`, got `int`", id="1 for true"),
        pytest.param({"is": "Total", "of": {"is": "Scan", "rows": "files"}}, "rows: Invalid enum value", id="rows"),
        pytest.param({"is": "Total", "of": {**SCAN, "where": {}}}, "form.of.where: Expected `array`", id="no list"),
        pytest.param({"is": "Mean", "of": SCAN, "what": 3}, "form.what: Expected `str`", id="number for a value"),
        pytest.param({"is": "Series", "of": SCAN, "by": "place"}, "a series is by place, not by", id="a narrower set"),
        pytest.param(
            {"is": "List", "of": SCAN, "what": "funder", "order": {"is": "Order", "limit": True}},
            "form.order.limit: Expected `int | null`, got `bool`", id="true for a number",
        ),
        pytest.param(
            {"is": "List", "of": SCAN, "what": "funder", "order": {"is": "Order", "limit": 10**4000}},
            "form.order.limit: Expected `int` <= 100000", id="huge number",
        ),
        pytest.param(sized(1500.0), "form.of.where[0].at_least: no amount; write pounds as a string", id="float"),
        pytest.param(sized(150000), "no amount", id="whole number for money"),
        pytest.param(sized("1e9"), "no amount", id="exponent"),
        pytest.param(sized("NaN"), "no amount", id="not a number"),
        pytest.param(sized("-5.00"), "no amount", id="negative"),
        pytest.param(sized("٣٠"), "no amount", id="other digits"),
        pytest.param(sized("5.00\n"), "no amount", id="line end"),
        pytest.param(sized("9" * 5000), "no amount", id="endless amount"),
        pytest.param({"is": "Compare", "totals": []}, "of length >= 1", id="empty list"),
        pytest.param(
            {"is": "Describe", "thing": None, "words": ["a\x1b[31m"]}, "words[0]: Expected `str` matching", id="escape"
        ),
        pytest.param({"is": "Describe", "thing": None, "words": ["\ud800"]}, "matching", id="half a sign"),
        pytest.param(
            {"is": "Describe", "thing": None, "words": ["a" * (MOST_CHARACTERS + 1)]}, "of length <= 1000", id="long"
        ),
        pytest.param({"is": "Describe", "thing": None, "words": ["a"] * 201}, "of length <= 200", id="long list"),
        pytest.param(nested(MOST_DEPTH), f"more than {MOST_DEPTH} deep", id="deep"),
        pytest.param(nested(900), f"more than {MOST_DEPTH} deep", id="very deep"),
        pytest.param(
            {"is": "Compare", "totals": [{"is": "Total", "of": {**SCAN, "where": [{"is": "Sized"}] * 200}}] * 200},
            "more than 2,000 parts", id="wide",
        ),
    ],
)  # fmt: skip
def test_what_is_no_form_is_refused_with_place_and_reason(value: Any, said: str) -> None:
    with pytest.raises(UnreadableForm) as caught:
        form_from_json(value, facts())
    assert said in str(caught.value)
    assert len(str(caught.value)) < 400
    assert str(caught.value).isprintable()
    assert isinstance(caught.value, WhofundsError)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(list(language())),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["is", "of", "what", "where", "rows", "entities", "x"]), inner, max_size=4)
    ),
    max_leaves=15,
)


@settings(deadline=None)
@given(JSON)
def test_whatever_json_says_it_is_a_form_or_refused(value: Any) -> None:
    try:
        form = form_from_json(value, facts())
    except UnreadableForm as error:
        assert str(error).isprintable()
    else:
        assert there_and_back(form) == form


# --- the way there


def test_defaults_are_left_out_and_amounts_are_strings() -> None:
    where = (Named(Role.FUNDER, (Choice("Home Office", (known("home-office"),)),)), Sized(at_least=Decimal("1E+3")))
    assert form_json(List(Scan(Rows.AWARDS, where), What.RECIPIENT)) == {
        "is": "List",
        "of": {
            "is": "Scan",
            "rows": "awards",
            "where": [
                {
                    "is": "Named",
                    "role": "funder",
                    "choices": [
                        {
                            "is": "Choice",
                            "words": "Home Office",
                            "entities": [{"id": "home-office", "name": "Home Office", "kind": "organisation"}],
                        }
                    ],
                },
                {"is": "Sized", "at_least": "1000"},
            ],
        },
        "what": "recipient",
    }


def test_a_sum_that_the_question_states_comes_back_to_the_penny() -> None:
    form = Compare((Total(Scan(Rows.AWARDS)), Total(Sum(Decimal("0.10")))))
    assert there_and_back(form) == form
