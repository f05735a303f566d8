"""Awards that a text states without a sum, by the general rules alone (the priors that fitting starts from)."""

import pytest

from graph.model import Award, Decision, FlowStatus
from ingest.extract.flows import extract_flows
from ingest.extract.weights import Weights, load_weights
from ingest.extract.words.lexicon import load_lexicon
from ingest.readers import read_bytes
from tests.ingest.extract.told import names

BODY = "Mayor's Office for Policing and Crime"
TRUST, CLUB, CHURCH, GROUP = "Harbour Lights Trust", "Quay Boxing Club", "Old Mill Church", "Ferry Youth Group"


def awards_of(text: str) -> tuple[Award, ...]:
    document = read_bytes(f"# PCD 2001 Work with young people\n\n## Executive summary\n{text}\n".encode(), "test.md")
    body = names().registry.get_entity("mopac")
    decision = Decision("PCD 2001", "Work with young people", body, None, None, "decision notice", None)
    weights = Weights({**load_weights().slots, "award": load_lexicon().priors["award"]})
    awards = extract_flows(document, decision, names(), weights).awards
    for award in awards:
        for words in award.evidence:
            assert document.text[words.start : words.end] == words.quote
    return awards


def told(text: str) -> set[tuple[str | None, str | None]]:
    """Return (payer, payee) of each award."""
    return {
        (one.funder.name if one.funder else None, one.recipient.name if one.recipient else None)
        for one in awards_of(text)
    }


@pytest.mark.parametrize(
    ("text", "payees"),
    [
        pytest.param(f"MOPAC awards a grant to {TRUST}.", {TRUST}, id="given-to"),
        pytest.param(f"MOPAC gives {TRUST} a grant.", {TRUST}, id="given"),
        pytest.param(f"A grant to {TRUST} is approved.", {TRUST}, id="noun"),
        pytest.param(f"{TRUST} receives a grant from MOPAC.", {TRUST}, id="received"),
        pytest.param(
            f"The organisations that won grants are {TRUST}, {CLUB}, {CHURCH} and {GROUP}.",
            {TRUST, CLUB, CHURCH, GROUP},
            id="enumeration",
        ),
        pytest.param(
            f"The following organisations won grants:\n\n- {TRUST}\n- {CLUB}\n- {CHURCH}\n",
            {TRUST, CLUB, CHURCH},
            id="list",
        ),
        pytest.param(
            f"These organisations won grants:\n\n{TRUST}\n{CLUB}, Hackney\n\n{CHURCH}\n",
            {TRUST, CLUB, CHURCH},
            id="lines",
        ),
        pytest.param(f"{TRUST} is commissioned to run Second Bell.", {TRUST}, id="commissioned"),
        pytest.param(f"{TRUST} appointed to provide Second Bell for a year.", {TRUST}, id="appointed"),
        pytest.param(f"The contract has been let to {TRUST} after a tender.", {TRUST}, id="let"),
        pytest.param(f"{TRUST} and {CLUB} are among the groups chosen for grants.", {TRUST, CLUB}, id="among"),
        pytest.param(
            f"| Service | Provider |\n|---|---|\n| Advice | {TRUST} |\n| Mentors | {CLUB} |\n",
            {TRUST, CLUB},
            id="column",
        ),
    ],
)
def test_who_is_funded_without_a_sum(text: str, payees: set[str]) -> None:
    assert told(text) == {(BODY, payee) for payee in payees}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{TRUST} receives £5,000.", id="sum"),
        pytest.param(f"{TRUST} was given £5,000 by MOPAC.", id="sum-passive"),
        pytest.param(f"{TRUST} - £5,000", id="sum-beside"),
        pytest.param(f"The following organisations won grants:\n\n- {TRUST} - £5,000\n- {CLUB} - £6,000\n", id="sums"),
        pytest.param(f"{TRUST} welcomed the grant of £5,000 to {CLUB}.", id="sum-of-another"),
        pytest.param(f"{TRUST} and {CLUB} met MOPAC.", id="no-verb-of-money"),
        pytest.param(f"MOPAC works with {TRUST}.", id="partner"),
        pytest.param(f"{TRUST} bid for a grant and was unsuccessful.", id="declined"),
        pytest.param(f"Sir John Smith of {TRUST} said that he was glad.", id="speech"),
        pytest.param("Domestic Abuse is given a grant.", id="no-name"),
        pytest.param("The Domestic Abuse Act 2021 gives local authorities a duty.", id="law"),
        pytest.param("The Home Office published a report.", id="giver-without-money"),
        pytest.param(f"| Service | Area |\n|---|---|\n| Advice | {TRUST} |\n", id="column-of-places"),
    ],
)
def test_what_is_no_award_without_a_sum(text: str) -> None:
    assert not told(text)


@pytest.mark.parametrize(
    "text", ["The Home Office funds MOPAC with a grant.", "The grant to MOPAC from the Home Office is approved."]
)
def test_a_department_funds_the_body(text: str) -> None:
    assert told(text) == {("Home Office", BODY)}


def test_a_service_may_be_funded_whose_provider_is_not_named() -> None:
    (award,) = awards_of("MOPAC commissions the Bluebird Service.")
    assert award.recipient is None
    assert [programme.name for programme in award.programmes] == ["Bluebird Service"]


def test_the_programme_is_what_the_payee_is_paid_for() -> None:
    (award,) = awards_of(f"Approve a grant to {TRUST} to deliver the Bluebird Programme.")
    assert award.recipient is not None and award.recipient.name == TRUST
    assert [programme.name for programme in award.programmes] == ["Bluebird Programme"]
    assert award.status is FlowStatus.APPROVED


def test_the_same_award_said_twice_is_one() -> None:
    assert len(awards_of(f"MOPAC awards a grant to {TRUST}. A grant to {TRUST} is approved.")) == 1


def test_without_weights_there_are_no_awards() -> None:
    document = read_bytes(f"# PCD 2001 Work\n\nMOPAC awards a grant to {TRUST}.\n".encode(), "test.md")
    decision = Decision("PCD 2001", "Work", names().registry.get_entity("mopac"), None, None, "decision notice", None)
    assert not extract_flows(document, decision, names(), Weights({})).awards


def test_confidential_services_keep_no_sum_back() -> None:
    assert not awards_of(f"The line is confidential and free; {TRUST} met its staff. Dates are to be confirmed.")
