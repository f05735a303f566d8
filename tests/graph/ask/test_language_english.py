"""Forms in plain English: every condition is said, in sentences that people use, and no two forms are said alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from graph.ask.language.english import english, subject
from graph.ask.language.phrases import when
from graph.ask.language.terms import (
    Attribute,
    Both,
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
    Kind,
    List,
    Mean,
    Named,
    OfKind,
    Order,
    Part,
    Path,
    Period,
    Quote,
    Referred,
    Role,
    Rows,
    Says,
    Scan,
    Series,
    Set,
    Share,
    Sized,
    Standing,
    States,
    Sum,
    Total,
    Verify,
    Wanted,
    What,
    Without,
)
from graph.model import Entity, EntityKind, FlowKind, FlowStatus, RelationKind
from tests.builders import fund, organisation, place, programme
from tests.graph.ask.language_types import item_of, language, options, plain, shape_of, values_of

DRIVE, S_TAC = programme("Drive"), programme("S-TAC")
KENT, LONDON = place("Kent"), place("London")
HOME_OFFICE, MOPAC, SAFELIVES = (organisation(name) for name in ("Home Office", "MOPAC", "SafeLives"))
BARNET = organisation("Barking and Dagenham Council")
DUTY = fund("Serious Violence Duty grant")


def named(role: Role, *things: Entity, without: bool = False) -> Named:
    return Named(role, tuple(Choice(thing.name, (thing,)) for thing in things), without)


def awards(*where: Condition) -> Scan:
    return Scan(Rows.AWARDS, where)


def decisions(*where: Condition) -> Scan:
    return Scan(Rows.DECISIONS, where)


def stated(kind: RelationKind, *where: Condition) -> List:
    return List(Scan(Rows.FACTS, (*where, States((kind,)))), What.SUBJECT)


IN_2023 = During(Period(years=("2023/24",)))
FOR_DRIVE, FOR_S_TAC = named(Role.PROGRAMME, DRIVE), named(Role.PROGRAMME, S_TAC)
IN_KENT, IN_LONDON = named(Role.PLACE, KENT), named(Role.PLACE, LONDON)
FROM_HOME_OFFICE, TO_SAFELIVES = named(Role.FUNDER, HOME_OFFICE), named(Role.RECIPIENT, SAFELIVES)
PCD_1460 = Referred(Role.DECISION, ("PCD 1460",))
MATCH = Standing((FlowKind.MATCH,))
OUTREACH = Says(("cuckooing", "outreach"))


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (List(awards(FOR_DRIVE, IN_KENT, IN_2023), What.FUNDER), "who funds Drive in Kent in 2023/24"),
        (List(awards(TO_SAFELIVES), What.FUNDER), "who gives funding to SafeLives"),
        (List(awards(FOR_DRIVE, FROM_HOME_OFFICE), What.RECIPIENT), "who gets money for Drive from Home Office"),
        (List(awards(FROM_HOME_OFFICE, IN_KENT), What.RECIPIENT), "who gets funding from Home Office in Kent"),
        (
            List(awards(FOR_DRIVE, named(Role.PARTY, HOME_OFFICE, MOPAC, without=True)), What.FUNDER),
            "who funds Drive leaving out Home Office and MOPAC",
        ),
        (
            List(awards(FOR_DRIVE, OfKind(Role.PARTY, Kind.COUNCIL, without=True)), What.FUNDER),
            "who funds Drive leaving out councils",
        ),
        (
            List(awards(FOR_DRIVE, OfKind(Role.PARTY, Kind.COUNCIL), MATCH), What.FUNDER),
            "who funds Drive among councils counting only match funding",
        ),
        (
            List(Both(awards(named(Role.FUNDER, HOME_OFFICE)), awards(named(Role.FUNDER, MOPAC))), What.RECIPIENT),
            "who gets both funding from Home Office and funding from MOPAC",
        ),
        (
            List(Without(awards(FOR_DRIVE), awards(FOR_S_TAC)), What.FUNDER),
            "who funds Drive but not S-TAC",
        ),
        (
            List(awards(IN_KENT), What.RECIPIENT, Order(limit=5)),
            "who gets funding in Kent, only the 5 largest",
        ),
        (List(awards(FOR_DRIVE), What.FUNDER, Order(limit=1)), "who funds Drive, only the largest"),
        (List(awards(FOR_DRIVE), What.AWARD, Order(ascending=True)), "each sum for Drive, the smallest first"),
        (List(awards(FROM_HOME_OFFICE, IN_2023), What.AWARD), "each sum of funding from Home Office in 2023/24"),
        (List(awards(FROM_HOME_OFFICE), What.PROGRAMME), "the programmes with funding from Home Office"),
        (
            List(awards(named(Role.FUND, DUTY)), What.PROGRAMME),
            "the programmes with funding out of Serious Violence Duty grant",
        ),
        (List(awards(FOR_DRIVE), What.PLACE), "the places of Drive"),
        (List(awards(FOR_DRIVE), What.FUND), "the funds behind Drive"),
        (List(awards(FROM_HOME_OFFICE), What.PURPOSE), "what is paid for by funding from Home Office"),
        (List(decisions(FOR_DRIVE), What.DECISION), "the decisions on Drive"),
        (
            List(decisions(FOR_DRIVE, During(Period(calendar=(2023,)))), What.DECISION, Order("time", limit=1)),
            "the decisions on Drive signed in 2023, only the latest",
        ),
        (
            List(decisions(During(Period(first="2023-07-06", last="2023-07-06"))), What.DECISION),
            "the decisions signed on 6 July 2023",
        ),
        (
            List(decisions(Referred(Role.DECIDER, ("Sophie Linden",))), What.DECISION),
            "the decisions signed by Sophie Linden",
        ),
        (
            List(decisions(named(Role.BODY, MOPAC), Says(("modern slavery",))), What.DECISION),
            "the decisions made by MOPAC with the words “modern slavery”",
        ),
        (Total(awards(FOR_DRIVE, IN_LONDON)), "the total for Drive in London"),
        (Total(awards(TO_SAFELIVES, IN_2023)), "the total of funding to SafeLives in 2023/24"),
        (
            Total(awards(FOR_DRIVE, FROM_HOME_OFFICE), own=True),
            "the total for Drive from Home Office, counting only what the funder adds of its own",
        ),
        (
            Total(awards(FOR_DRIVE, named(Role.FUND, DUTY))),
            "the total for Drive out of Serious Violence Duty grant",
        ),
        (Total(awards(OUTREACH)), "the total of funding with the words “cuckooing” and “outreach”"),
        (
            Total(awards(FOR_DRIVE, Says(("evaluation",), without=True))),
            "the total for Drive without the word “evaluation”",
        ),
        (Total(awards(FOR_DRIVE, PCD_1460)), "the total for Drive under decision PCD 1460"),
        (
            Total(awards(named(Role.PROGRAMME, DRIVE, S_TAC))),
            "the total for Drive and S-TAC",
        ),
        (Total(awards(FOR_DRIVE, FOR_S_TAC)), "the total for Drive together with S-TAC"),
        (
            Total(awards(IN_LONDON, During(Period(years=("2020/21", "2021/22", "2022/23", "2024/25"))))),
            "the total of funding in London in 2020/21 to 2022/23 and 2024/25",
        ),
        (
            Total(awards(IN_LONDON, During(Period(first="2020-04-01", last="2022-03-31")))),
            "the total of funding in London from 2020/21 to 2021/22",
        ),
        (
            Total(awards(IN_LONDON, During(Period(first="2020-05-01")))),
            "the total of funding in London since 1 May 2020",
        ),
        (Total(awards(IN_LONDON, During(Period(last="2019-12-31")))), "the total of funding in London until 2019"),
        (
            Total(awards(FOR_DRIVE, Standing((FlowKind.GRANT, FlowKind.BID), (FlowStatus.PROPOSED,)))),
            "the total for Drive counting only grants and bids that are proposed",
        ),
        (
            Total(awards(FOR_DRIVE, Standing(statuses=(FlowStatus.PROVISIONAL,)))),
            "the total for Drive counting only provisional sums",
        ),
        (
            Total(Either(awards(FOR_DRIVE), Both(awards(FOR_S_TAC), awards(IN_KENT)))),
            "the total for either Drive or (both S-TAC and funding in Kent)",
        ),
        (
            Count(awards(OfKind(Role.RECIPIENT, Kind.BOROUGH), Sized(Decimal(60_000))), What.RECIPIENT),
            "the number of recipients of funding to boroughs in sums of £60,000 or more",
        ),
        (Count(awards(FOR_DRIVE), What.FUNDER), "the number of funders for Drive"),
        (Count(decisions(FOR_DRIVE), What.DECISION), "the number of decisions on Drive"),
        (Count(decisions(IN_2023), What.DECISION), "the number of decisions signed in 2023/24"),
        (Mean(awards(FOR_DRIVE)), "the average for each award for Drive"),
        (Mean(awards(TO_SAFELIVES), What.YEAR), "the average for each year of funding to SafeLives"),
        (Share(awards(FOR_DRIVE, IN_KENT), awards(FOR_DRIVE)), "Drive in Kent, as a share of Drive"),
        (Share(awards(FOR_DRIVE), Sum(Decimal("2000000"))), "Drive, as a share of £2,000,000"),
        (Compare((Total(awards(FOR_DRIVE)), Total(awards(FOR_S_TAC)))), "Drive compared with S-TAC"),
        (
            Compare((Total(awards(FOR_DRIVE, IN_2023)), Total(awards(FOR_DRIVE))), over_time=True),
            "the change from Drive in 2023/24 to Drive",
        ),
        (Compare((Total(awards(FOR_DRIVE)), Total(Sum(Decimal("5000.5"))))), "Drive compared with £5,000.50"),
        (Series(awards(FOR_DRIVE)), "the total for Drive, year by year"),
        (Series(awards(IN_KENT), What.DECISION), "the total of funding in Kent, decision by decision"),
        (Get(decisions(PCD_1460), Attribute.SIGNED), "when decision PCD 1460 was signed"),
        (Get(decisions(FOR_DRIVE, IN_KENT), Attribute.SIGNED), "when the decision on Drive in Kent was signed"),
        (Get(decisions(PCD_1460), Attribute.DECIDER), "who signed decision PCD 1460"),
        (Get(decisions(PCD_1460), Attribute.SUMMARY), "what was decided in decision PCD 1460"),
        (Get(decisions(PCD_1460), Attribute.CHANGED, "out:modif"), "what decision PCD 1460 modifies"),
        (Get(decisions(PCD_1460), Attribute.CHANGED, "in:supersed"), "what supersedes decision PCD 1460"),
        (Get(decisions(PCD_1460), Attribute.CHANGED, "in:"), "what is linked with decision PCD 1460"),
        (Get(decisions(FOR_DRIVE), Attribute.STARTS), "when Drive starts"),
        (Get(decisions(FOR_DRIVE), Attribute.ENDS), "when Drive ends"),
        (Get(Scan(Rows.THINGS, (named(Role.PARTY, MOPAC),)), Attribute.NAMES), "the other names of MOPAC"),
        (Get(awards(FOR_DRIVE, IN_KENT), Attribute.OUTCOME), "what became of the bid for Drive in Kent"),
        (Is(awards(FOR_DRIVE, IN_KENT)), "whether there is money for Drive in Kent"),
        (Is(awards(TO_SAFELIVES)), "whether there is funding to SafeLives"),
        (Path(Choice("MOPAC", (MOPAC,)), Choice("Drive", (DRIVE,))), "how MOPAC and Drive are connected"),
        (Describe(Choice("Drive", (DRIVE,))), "what Drive is"),
        (Describe(None, ("cuckooing",)), "what is meant by “cuckooing”"),
        (Verify(Scan(Rows.CHECKS)), "the compared figures that do not add up"),
        (Verify(Scan(Rows.CHECKS, (PCD_1460,))), "the compared figures for decision PCD 1460 that do not add up"),
        (stated(RelationKind.LEADS, FOR_DRIVE), "who leads Drive"),
        (stated(RelationKind.PARTNER_IN, FOR_DRIVE, IN_KENT), "who is a partner in Drive in Kent"),
        (stated(RelationKind.DELIVERED_IN, FOR_DRIVE), "where Drive is delivered"),
        (stated(RelationKind.DELIVERS, IN_KENT), "who delivers anything in Kent"),
        (
            Quote(Scan(Rows.PASSAGES, (named(Role.PARTY, DRIVE), Says(("evaluation",)))), Wanted.DATE),
            "the date in the passages naming Drive with the word “evaluation”",
        ),
        (
            Quote(
                Scan(Rows.PASSAGES, (PCD_1460, named(Role.PARTY, DRIVE), named(Role.PARTY, KENT), OUTREACH)),
                Wanted.SPAN,
            ),
            "the length of time in the passages on decision PCD 1460 naming Drive together with Kent with the words "
            "“cuckooing” and “outreach”",
        ),
    ],
    ids=lambda each: each.replace(" ", "-")[:60] if isinstance(each, str) else "",
)  # fmt: skip
def test_a_form_is_said_in_plain_english(form: Form, said: str) -> None:
    assert english(form) == said


def test_a_set_can_begin_a_sentence() -> None:
    assert subject(awards(IN_KENT, TO_SAFELIVES, MATCH, IN_2023)) == (
        "funding to SafeLives in Kent in 2023/24 counting only match funding"
    )
    assert subject(awards()) == "funding"


def test_every_name_of_a_long_list_is_said() -> None:
    many = [organisation(f"Council {number}") for number in range(30)]
    said = english(List(awards(named(Role.RECIPIENT, *many)), What.FUNDER))
    assert all(thing.name in said for thing in many)


# --- no two forms are said alike

NAMES = [DRIVE, S_TAC, KENT, LONDON, HOME_OFFICE, MOPAC, SAFELIVES, BARNET, DUTY]
CHOICES = st.sampled_from(NAMES).map(lambda thing: Choice(thing.name, (thing,)))
YEARS = st.integers(2010, 2030).map(lambda year: f"{year}/{(year + 1) % 100:02d}")
DATES = st.dates().map(lambda day: day.isoformat())
WORDS = st.sampled_from(["cuckooing", "outreach", "knife crime", "evaluation and learning"])
AMOUNTS = st.decimals(0, 10**7, places=2, allow_nan=False, allow_infinity=False)
VERBS = ("", "modif", "extend", "replac")
DIRECTIONS = st.sampled_from(["", *(f"{way}:{verb}" for way in ("in", "out") for verb in VERBS)])


def several(one: st.SearchStrategy[Any], *, least: int = 0) -> st.SearchStrategy[Any]:
    """Up to three different values, in one order: another order or a repetition means the same."""
    return st.lists(one, min_size=least, max_size=3, unique=True).map(lambda each: tuple(sorted(each, key=repr)))


PERIODS = st.builds(
    Period,
    years=several(YEARS),
    calendar=several(st.integers(2010, 2030)),
    first=DATES | st.none(),
    last=DATES | st.none(),
).filter(bool)
SIZES = st.builds(Sized, AMOUNTS | st.none(), AMOUNTS | st.none(), st.booleans()).filter(
    lambda each: each.at_least is not None or each.at_most is not None
)
STANDINGS = st.builds(
    Standing, several(st.sampled_from(FlowKind)), several(st.sampled_from(FlowStatus))
)
MADE: dict[Any, st.SearchStrategy[Any]] = {Choice: CHOICES, Period: PERIODS, Sized: SIZES, Standing: STANDINGS}


def sensible(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a type, each meaning something else."""
    if kind in MADE:
        return MADE[kind]
    if len(options(kind)) > 1:
        return st.one_of([sensible(each) for each in options(kind)])
    if kind in language().values():
        parts = {field.name: _field(kind, field.name, field.kind) for field in shape_of(kind)}
        return st.builds(kind, **parts).map(in_one_order)
    allowed = values_of(kind)
    if allowed is not None:
        return st.sampled_from(allowed)
    single = {bool: st.booleans(), int: st.integers(1, 20), str: WORDS, Decimal: AMOUNTS, type(None): st.none()}
    return single[plain(kind)]


def _field(kind: type, name: str, of: Any) -> st.SearchStrategy[Any]:
    if kind is Get and name == "direction":
        return DIRECTIONS
    if kind is Quote and name == "said":
        return st.just("")
    if kind in {Both, Either, Without}:
        return st.deferred(lambda: sensible(Scan) | sensible(Sum))
    if kind is Compare and name == "totals":
        return st.lists(sensible(Total), min_size=2, max_size=3).map(tuple)
    item = item_of(of)
    if item is not None:
        return several(sensible(item), least=int(kind is not Scan and kind is not Describe))
    return st.deferred(lambda: sensible(of))


def in_one_order(part: Any) -> Any:
    """A part as the test compares it: parts that mean the same are made equal."""
    if isinstance(part, Scan):
        roles: dict[str, Any] = {}
        for condition in part.where:  # one condition of a sort: several of times, sizes and words mean one of them all
            key = f"{type(condition)} {getattr(condition, 'role', '')} {getattr(condition, 'without', '')}"
            if part.rows is Rows.THINGS and isinstance(condition, Named) and not condition.without:
                condition, key = replace(condition, role=Role.PARTY), "name"  # a thing has its names in any role
            roles.setdefault(key, condition)
        return Scan(part.rows, tuple(sorted(roles.values(), key=repr)))
    if isinstance(part, Describe) and part.thing is None and not part.words:
        return replace(part, words=("cuckooing",))
    return part


FORMS = st.deferred(lambda: sensible(Form))


@settings(max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FORMS)
def test_no_two_forms_are_said_alike(form: Form) -> None:
    said = english(form)
    assert SAID.setdefault(said, form) == form
    for other in neighbours(form):
        assert english(other) != said, other


SAID: dict[str, Form] = {}  #: over all examples


def neighbours(form: Any) -> Iterable[Any]:
    """Forms that differ in one value: a condition less, another role, another row, another end of an order."""
    for part, rebuilt in places(form):
        for changed in _changes(part):
            other = rebuilt(in_one_order(changed))
            if other != form:
                yield other


def places(part: Any) -> Iterable[tuple[Any, Any]]:
    """Every dataclass in a form, with what puts another in its place."""
    yield part, lambda new: new
    if isinstance(part, Choice | Period) or not isinstance(part, Part):
        return
    for name in part.__struct_fields__:
        value = getattr(part, name)
        inner = list(enumerate(value)) if isinstance(value, tuple) else [(None, value)]
        for at, each in inner:
            if not isinstance(each, Part):
                continue
            for deeper, rebuilt in places(each):
                def put(new: Any, at: Any = at, rebuilt: Any = rebuilt, name: Any = name, value: Any = value) -> Any:
                    made = rebuilt(new)
                    whole = made if at is None else (*value[:at], made, *value[at + 1 :])
                    return in_one_order(replace(part, **{name: whole}))

                yield deeper, put


def _changes(part: Any) -> Iterable[Any]:
    """A part with each value of a closed set in place of its own, or with a condition less."""
    if isinstance(part, Scan):
        yield from (Scan(part.rows, part.where[:n] + part.where[n + 1 :]) for n in range(len(part.where)))
    if isinstance(part, List):
        yield replace(part, order=None)
    for field in shape_of(type(part)):
        allowed = (True, False) if field.kind is bool else values_of(field.kind) or ()
        yield from (replace(part, **{field.name: value}) for value in allowed)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FORMS)
def test_what_is_said_is_a_clean_phrase_with_every_name_and_figure(form: Form) -> None:
    said = english(form)
    assert said == said.strip() and "  " not in said and " ," not in said and not said.endswith((".", ","))
    assert not re.search(r"None|\[|\]|Role|Choice|<|>|_", said)
    for part, _ in places(form):
        if isinstance(part, Choice):
            assert part.label in said
        if isinstance(part, Says):
            assert all(f"“{word}”" in said for word in part.words)
        if isinstance(part, Sized):
            assert all(f"£{bound:,.2f}".removesuffix(".00") in said for bound in (part.at_least, part.at_most) if bound)


def test_every_type_and_value_of_the_language_has_words() -> None:
    for kind in (Role, Rows, What, Kind, FlowKind, FlowStatus, RelationKind, Attribute, Wanted):
        for value in kind:
            assert english(form_with(value)), value


def form_with(value: Any) -> Form:
    """A form in which a value of a closed set stands."""
    if isinstance(value, Role):
        return Total(awards(named(value, MOPAC), OfKind(value, Kind.COUNCIL), named(value, DRIVE, without=True)))
    forms: dict[type, Any] = {
        What: lambda: Mean(awards(FOR_DRIVE), value),
        Rows: lambda: Total(Scan(value)), Kind: lambda: Total(awards(OfKind(Role.PARTY, value))),
        FlowKind: lambda: Total(awards(Standing((value,)))),
        FlowStatus: lambda: Total(awards(Standing(statuses=(value,)))),
        RelationKind: lambda: stated(value, FOR_DRIVE), Attribute: lambda: Get(decisions(FOR_DRIVE), value),
        Wanted: lambda: Quote(Scan(Rows.PASSAGES, (OUTREACH,)), value),
    }  # fmt: skip
    made: Form = forms[type(value)]()
    return made


def test_sets_of_sets_are_bracketed() -> None:
    one: Set = Both(awards(FOR_DRIVE), awards(FOR_S_TAC))
    assert subject(Without(one, awards(IN_KENT))) == "(both Drive and S-TAC) but not funding in Kent"


def test_a_date_has_the_preposition_of_its_precision() -> None:
    dates = ("2023-07-06", "2023-07", "2023", "spring 2023")
    assert [when(date) for date in dates] == ["on 6 July 2023", "in July 2023", "in 2023", "spring 2023"]


def test_when_something_ends_is_asked_of_the_thing() -> None:
    drive = Named(Role.PROGRAMME, (Choice("Drive", (Entity("drive", "Drive", EntityKind.PROGRAMME),)),))
    assert english(Get(Scan(Rows.FACTS, (drive,)), Attribute.ENDS)) == "when Drive ends"
