"""Answers as a whole: what they always have, what words around a question change, and when none is given."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.ask import Answer, Status, answer_question
from graph.ask.known.facts import Facts
from graph.ask.language.edits import conditions_of
from graph.ask.language.english import RELATED, english
from graph.ask.language.phrases import period_words, pounds
from graph.ask.language.terms import (
    Condition,
    During,
    Form,
    Kind,
    List,
    Named,
    OfKind,
    Referred,
    Role,
    Rows,
    Says,
    Scan,
    Sized,
    Standing,
    What,
)
from graph.ask.reading.link import link
from graph.ask.reading.unknown_names import unknown_names
from graph.ask.running.execute import execute
from graph.ask.running.unknown_kinds import kinds_left_open
from graph.model import Band, FundingFlow, Relation, RelationKind
from tests.builders import make_doubt, make_evidence, organisation
from tests.graph.ask.made import (
    CIFA,
    DRIVE,
    HACKNEY_COUNCIL,
    MERTON_COUNCIL,
    MOPAC,
    RESPECT,
    SAFELIVES,
    STAC,
    VICTIM_SUPPORT,
    WEST_MERCIA,
    document,
    flow,
    names,
    over,
)

BANK = yaml.safe_load((Path(__file__).parent / "bank.yaml").read_text(encoding="utf-8"))
WORDINGS = [wording for entry in BANK for wording in entry["wordings"]]
QUESTIONS = (
    "who funds Drive",
    "who funds Drive in West Mercia",
    "how much did SafeLives get for Drive in 2023/24",
    "how much did MOPAC give for CIFA",
    "which boroughs got Drive money",
    "how many organisations got Drive money",
    "who got the most for Drive",
    "when was PCD 1 signed",
    "who delivers Drive",
    "compare Drive and CIFA funding",
    "which programmes does MOPAC fund",
    "how much did Drive get year by year",
)


@cache
def facts() -> Facts:
    delivers = Relation(SAFELIVES, RelationKind.DELIVERS, DRIVE, (make_evidence("SafeLives delivers Drive."),))
    first = document(
        1, flow("a", "1000"), flow("b", "700", years=("2024/25",)), flow("c", "450", recipient=VICTIM_SUPPORT),
        flow("d", "90", recipient=MERTON_COUNCIL), flow("e", "80", recipient=HACKNEY_COUNCIL, years=("2024/25",)),
        relations=(delivers,), passages=["Drive is funded by the Home Office.", "The helpline costs £45,000."],
    )  # fmt: skip
    second = document(
        2, flow("f", "300", programmes=(CIFA,), funder=MOPAC), flow("g", "200", programmes=(STAC,), funder=MOPAC),
        flow("h", "60", place=WEST_MERCIA), passages=["CIFA and S-TAC are funded by MOPAC."],
    )  # fmt: skip
    return over(first, second)


@cache
def answer(text: str) -> Answer:
    return answer_question(text, facts())


# --- whatever is asked

WORDS = (
    *("who", "what", "when", "how much", "how many", "funds", "funded", "got", "pays", "total", "share of", "average"),
    *("compare", "both", "and", "or", "not", "other than", "in", "for", "to", "from", "by", "between", "since", "over"),
    *("decisions", "signed", "year", "money", "top 3", "£1,000", "2023/24", "2024", "round 2", "councils", "per cent"),
    *("Drive", "CIFA", "Home Office", "MOPAC", "SafeLives", "Merton", "West Mercia", "PCD 1", "beekeeping", "?"),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=400) | st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_no_text_raises_and_what_is_answered_is_cited(text: str) -> None:
    found = answer_question(text, facts())
    assert found.text
    assert found.citations or found.status is not Status.ANSWERED
    assert 0 <= found.probability <= 1


# --- every condition is said


def said(condition: Condition) -> list[str]:
    """The words by which a condition is known."""
    if isinstance(condition, Named):
        return [choice.label for choice in condition.choices]
    if isinstance(condition, Referred | Says):
        return list(condition.names if isinstance(condition, Referred) else condition.words)
    if isinstance(condition, Sized):
        return [pounds(bound) for bound in (condition.at_least, condition.at_most) if bound is not None]
    if isinstance(condition, During):
        return [period_words(condition.period).strip()]
    if isinstance(condition, OfKind):
        irregular = {Kind.CHARITY: "charities", Kind.FORCE: "police forces"}
        return [irregular.get(condition.kind, f"{condition.kind.value}s")]
    if isinstance(condition, Standing):
        return [each.value for each in (*condition.kinds, *condition.statuses)]
    return [RELATED[kind] for kind in condition.kinds]


def unsaid(form: Form) -> list[str]:
    words = english(form)
    return [word for condition in conditions_of(form) for word in said(condition) if word not in words]


@pytest.mark.parametrize("text", [*QUESTIONS, *WORDINGS])
def test_every_condition_of_the_chosen_form_is_said(text: str) -> None:
    form = answer(text).form
    assert form is None or not unsaid(form)


# --- words that ask nothing

FILLERS = (
    "Morning all, {}",
    "Could you please tell me {}",
    "I was wondering {}",
    "For my essay: {}",
    "My manager is asking {}",
    "Sorry to bother you, but {}",
    "{} please",
    "{} many thanks",
    "{} if you don't mind",
    "{} as soon as possible",
    "{} for a report I am writing",
    "{} cheers",
)


PADDED = [(text, filler.format(text)) for filler in FILLERS for text in QUESTIONS]


def test_words_that_ask_nothing_leave_the_form_in_96_of_100_questions() -> None:
    changed = [padded for text, padded in PADDED if answer(text).form != answer(padded).form]
    assert 100 * len(changed) <= (100 - 96) * len(PADDED), changed


def test_words_that_ask_nothing_leave_the_answer_in_88_of_100_questions() -> None:
    changed = [padded for text, padded in PADDED if gist(answer(text)) != gist(answer(padded))]
    assert 100 * len(changed) <= (100 - 88) * len(PADDED), changed


def gist(found: Answer) -> tuple[object, ...]:
    return found.status, found.value, tuple(item.label for item in found.items)


def test_all_but_two_of_the_plain_questions_are_answered() -> None:
    refused = [text for text in QUESTIONS if answer(text).status is not Status.ANSWERED]
    assert len(refused) <= 2, refused


# --- what an answer says


def asked_of(text: str, *flows: FundingFlow) -> Answer:
    return answer_question(text, over(document(1, *flows, passages=["The awards are set out in the table."])))


def test_an_answer_says_how_much_of_its_money_is_not_sure() -> None:
    doubtful = flow("b", "500", recipient=RESPECT, years=("2024/25",), band=Band.CHECK)
    found = asked_of("how much was given for Drive", flow("a", "1000"), doubtful)
    assert found.value.amount == 1500
    assert found.text.endswith(" Of this money, £500 is to be checked.")
    assert found.to_json()["unsure"] == {"amount": "500.00", "likely": "0.00", "check": "500.00", "ceiling": "0.00"}


def test_an_answer_says_between_which_figures_it_lies_and_why() -> None:
    background = make_doubt("status", "approved", 0.6, ("context", 0.4))
    doubtful = flow("b", "500", recipient=RESPECT, years=("2024/25",), doubts=[background])
    found = asked_of("how much was given for Drive", flow("a", "1000"), doubtful)
    between = "It is between £1,000 and £1,500, as sums are in doubt"
    assert (found.value.amount, found.text.endswith(f" {between}.")) == (1500, True)
    assert found.to_json()["bounds"] == {"least": "1000.00", "most": "1500.00"}
    assert found.caveats[-1].text.startswith(f"{between}: £500 (")
    assert found.caveats[-1].text.endswith("may be background, or not approved.")
    sure = asked_of("how much was given for Drive", flow("a", "1000"))
    assert sure.to_json()["bounds"] == {"least": "1000.00", "most": "1000.00"}
    assert "in doubt" not in sure.text and not sure.caveats
    assert answer("who delivers Drive").to_json()["bounds"] is None


def test_an_answer_that_is_likely_and_not_sure_is_said_as_that_and_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.ask.asking.is_given", lambda *_: False)
    found = asked_of("how much did Drive get", flow("a", "1000"), flow("b", "500", recipient=RESPECT))
    assert found.status is Status.NOT_UNDERSTOOD and found.value.amount is None
    assert "No answer is sure. The likeliest, to be checked: Drive: £1,500" in found.text


def test_a_sure_answer_says_nothing_of_doubt_and_one_without_money_gives_none() -> None:
    sure = answer("who funds Drive")
    assert "sure" not in sure.text and set(sure.to_json()["unsure"].values()) == {"0.00"}
    assert answer("who delivers Drive").to_json()["unsure"] is None


def test_a_joint_sum_is_told_as_left_out() -> None:
    joint = flow("joint", "9000", programmes=(DRIVE, STAC))
    found = asked_of("how much for Drive", flow("own", "1000"), joint)
    assert [(each.amount, each.reason) for each in found.left_out] == [(9000, "one sum for several programmes")]
    assert found.to_json()["caveats"][0]["decision"] == "PCD 1"


def test_an_answer_says_how_it_was_read() -> None:
    read_as = answer("how much did SafeLives get for Drive in 2023/24").interpretation
    assert read_as["asks"] == "amount"
    assert read_as["read_as"] == "the total for Drive to SafeLives in 2023/24"
    assert (read_as["programme"], read_as["recipient"], read_as["years"]) == ("Drive", "SafeLives", ["2023/24"])


def test_the_query_behind_an_answer_names_what_it_is_about() -> None:
    assert "programme/drive>" in answer("who funds Drive").sparql


def test_a_name_of_which_nothing_is_recorded_is_named() -> None:
    found = answer("who funds Operation Encompass")
    assert (found.status, found.items) == (Status.NO_DATA, ())
    assert found.text == "Nothing is recorded on Operation Encompass."


def test_a_word_that_no_document_has_tells_not_that_nothing_is_recorded() -> None:
    found = answer("whence came the zlotys for Drive")
    assert found.status is Status.NOT_UNDERSTOOD
    assert "no document has the word" in found.text
    assert "whence" in found.text or "zlotys" in found.text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("who funds Drive in Narnia PCC", "Narnia PCC"),
        ("who funds drive in narnia pcc", "narnia pcc"),
        ("how much did the Police and Crime Commissioner for Ruritania give to SafeLives", "Ruritania"),
        ("how much did the PCC for East Mercia give to Drive", "East Mercia"),
        ("who funds Drive in East Mercia", "East Mercia"),
        ("how much did MOPAC give to the London Borough of Narnia in 2023/24", "London Borough of Narnia"),
        ("what did Lakeside Borough Council get from the Home Office", "Lakeside Borough Council"),
        ("how much did the Home Office give to the Hogwarts Foundation", "Hogwarts Foundation"),
        ("who works with the Victim Care Partnership on Drive", "Victim Care Partnership"),
        ("how much does the Bright Futures Fund pay to SafeLives", "Bright Futures Fund"),
        ("who delivers the Stargazer Project in London", "Stargazer Project"),
        ("how much did Operation Moonbeam get from MOPAC", "Operation Moonbeam"),
    ],
)
def test_what_no_name_and_no_document_knows_gets_no_one_else_s_figures(text: str, name: str) -> None:
    found = answer(text)
    assert (found.status, found.items, found.citations, found.value.amount) == (Status.NO_DATA, (), (), None)
    assert "£" not in found.text and name in found.text


@pytest.mark.parametrize(
    "text",
    [
        "who funds the Drive programme", "who funds the Drive Project in London", "Does the Home Office fund Drive",
        "how much did the London Borough of Merton get for Drive", "who funds Drive in the West Mercia PCC's area",
    ],
)  # fmt: skip
def test_a_known_name_with_a_plain_word_behind_it_is_known(text: str) -> None:
    assert unknown_names(link(text, names()), facts()) == []


def test_a_kind_of_body_that_is_not_known_is_said_to_be_not_known() -> None:
    found = answer("which voluntary organisations are funded by MOPAC")
    assert (found.status, found.items) == (Status.NOT_UNDERSTOOD, ())
    assert found.text == (
        "The graph does not know which organisations are voluntary organisations. The kinds that it knows are "
        "councils, boroughs, charities, commissioners and police forces."
    )


def test_a_list_of_a_kind_says_of_whom_the_kind_is_not_known() -> None:
    flows = (flow("a", "100"), flow("b", "90", recipient=organisation("Northern Lights")))
    given = over(document(1, *flows))
    form = List(Scan(Rows.AWARDS, (OfKind(Role.PARTY, Kind.CHARITY),)), What.RECIPIENT)
    draft = execute(form, given)
    assert draft is not None and [item.label for item in draft.items] == ["SafeLives"]
    assert draft.ending == " Not known to be charities or not: Northern Lights."
    none = over(document(1, flows[1]))
    assert execute(form, none) is None
    assert kinds_left_open(form, none) == (
        "It is not known which of those named with funding are charities: neither the register nor the name tells it "
        "of Northern Lights."
    )
    assert kinds_left_open(form, over(document(1, flow("c", "9", recipient=MERTON_COUNCIL)))) == ""


@pytest.mark.parametrize(
    "text",
    ["who doesn't fund Drive", "which organisations get no Drive money", "which programmes are not funded by MOPAC"],
)
def test_who_does_not_fund_is_declined(text: str) -> None:
    assert answer(text).status in {Status.NOT_UNDERSTOOD, Status.NO_DATA}


def test_why_without_a_reason_on_record_is_declined() -> None:
    assert answer("why was Drive extended").status is not Status.ANSWERED
