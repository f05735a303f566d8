"""Facts beside money: who, where, when, how many; and sentences that state none."""

from pathlib import Path

import pytest

from graph.errors import WhofundsError
from ingest.extract import extract_record
from ingest.extract.facts.counts import counts_in
from ingest.extract.facts.patterns import load_fact_patterns
from ingest.extract.words.lexicon import load_lexicon
from ingest.readers import read_bytes
from tests.ingest.extract.told import names

TRUST, PROGRAMME, FUND = "Harbour Lights Trust", "Bluebird Programme", "Seagull Fund"
BODY = "Mayor's Office for Policing and Crime"
OTHER_KINDS = ("mentions", "about")


def facts_of(text: str) -> set[tuple[str, str, str]]:
    head = f"# PCD 2001 Work with young people\n\n- Decision body: {BODY}\n\n## Executive summary\n"
    document = read_bytes(f"{head}{text}\n".encode(), "test.md")
    found = [one for one in extract_record(document, names()).relations if str(one.kind) not in OTHER_KINDS]
    for one in found:
        for words in one.evidence:
            assert document.text[words.start : words.end] == words.quote
    return {
        (getattr(one.subject, "name", str(one.subject)), str(one.kind), getattr(one.object, "name", str(one.object)))
        for one in found
    }


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        pytest.param(f"The {PROGRAMME} started in April 2022.", (PROGRAMME, "starts", "2022-04"), id="starts"),
        pytest.param(
            f"The {PROGRAMME} ran from April 2022 to March 2024.", (PROGRAMME, "ends", "2024-03"), id="from-to"
        ),
        pytest.param(
            f"The {PROGRAMME} is extended until the end of March 2025.", (PROGRAMME, "ends", "2025-03"), id="until"
        ),
        pytest.param(f"{TRUST} delivers the {PROGRAMME}.", (TRUST, "delivers", PROGRAMME), id="delivers"),
        pytest.param(f"The {PROGRAMME} is run by {TRUST}.", (TRUST, "delivers", PROGRAMME), id="run-by"),
        pytest.param(f"The {PROGRAMME} is led by {TRUST}.", (TRUST, "leads", PROGRAMME), id="led-by"),
        pytest.param(
            f"The {PROGRAMME} works with Victim Support and {TRUST}.", (TRUST, "partnerIn", PROGRAMME), id="partners"
        ),
        pytest.param(
            f"The {PROGRAMME} runs in Hackney and Lambeth.", (PROGRAMME, "deliveredIn", "Lambeth"), id="places"
        ),
        pytest.param(f"The {PROGRAMME} was piloted in Hackney.", (PROGRAMME, "pilotedIn", "Hackney"), id="pilot"),
        pytest.param(f"The {PROGRAMME} is part of the {FUND}.", (PROGRAMME, "partOf", FUND), id="part"),
        pytest.param(f"The {PROGRAMME} is funded from the {FUND}.", (PROGRAMME, "fundedFrom", FUND), id="source"),
        pytest.param(f"39 projects have won grants from the {FUND}.", (FUND, "numberOfAwards", "39"), id="count"),
        pytest.param("They declined a text service for women.", (BODY, "declined", "text service for women"), id="no"),
        pytest.param(
            f"The {PROGRAMME} is extended by a year, 1 April 2023 to 31 March 2024.",
            (PROGRAMME, "starts", "2023-04-01"), id="span",
        ),
        pytest.param(f"In 2019 they set up the {PROGRAMME}.", (PROGRAMME, "starts", "2019"), id="day-before-verb"),
        pytest.param(
            f"The {PROGRAMME} runs in Elmley, Oakham and Netherby.", (PROGRAMME, "deliveredIn", "Oakham"), id="new"
        ),
        pytest.param(
            f"The {PROGRAMME} is delivered by local charities, among them {TRUST}.",
            (TRUST, "delivers", PROGRAMME), id="named-behind",
        ),
        pytest.param(f"{TRUST} runs Second Bell.", (TRUST, "delivers", "Second Bell"), id="any-name-beside-the-verb"),
        pytest.param(f"The {PROGRAMME} will wind up on 30 June 2026.", (PROGRAMME, "ends", "2026-06-30"), id="end"),
        pytest.param(f"Of 83 bids to the {FUND}, 39 were approved.", (FUND, "numberOfAwards", "39"), id="of-them"),
    ],
)  # fmt: skip
def test_what_sentences_state(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in facts_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "modify the grant agreement that SafeLives already has, so that SafeLives receives £150,000 of the Home Office "
        "funding to deliver an evaluation",
        "Approve the award of £4,999,001 to Victim Support (with SafeLives and Respect) as grant to deliver a service.",
    ],
)
def test_a_known_body_is_nothing_that_another_delivers(text: str) -> None:
    bodies = {"SafeLives", "Respect", "Victim Support", "Home Office"}
    assert not [fact for fact in facts_of(text) if fact[1] in ("delivers", "evaluates") and fact[2] in bodies]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"MOPAC met on 31 March 2024 about the {PROGRAMME}.", id="date-of-a-meeting"),
        pytest.param(f"The letter of 2 December 2024 speaks of the {PROGRAMME}.", id="date-of-a-letter"),
        pytest.param(f"A contract with {TRUST} was agreed with the Home Office.", id="agreed-with"),
        pytest.param(f"The {PROGRAMME} is provided with funding.", id="money-is-no-service"),
        pytest.param("The tier 2 services are funded by grant.", id="number-of-a-tier"),
        pytest.param("Under PCD 772 bids were made for funding.", id="number-of-a-decision"),
        pytest.param("The 2023/24 grants are awarded.", id="half-a-year"),
        pytest.param("65% of people were satisfied.", id="share-of-no-money"),
        pytest.param(f"The {PROGRAMME} was praised in 2019.", id="year-without-a-verb-of-starting"),
    ],
)
def test_what_states_no_fact(text: str) -> None:
    kinds = {kind for _, kind, _ in facts_of(text)}
    assert not kinds & {"starts", "ends", "partnerIn", "delivers", "leads", "numberOfAwards", "share"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "| Service | Contractor | Start | End |\n|---|---|---|---|\n"
            f"| Second Bell | {TRUST} | 01/04/2022 | 31/03/2024 |\n",
            id="row",
        ),
        pytest.param(f"Second Bell\n\nRun by: {TRUST}\n\nTerm: 1 April 2022 to 31 March 2024\n", id="card"),
    ],
)
def test_rows_and_cards_state_facts_of_the_thing_that_they_name(text: str) -> None:
    wanted = {
        (TRUST, "delivers", "Second Bell"),
        ("Second Bell", "starts", "2022-04-01"),
        ("Second Bell", "ends", "2024-03-31"),
    }
    assert wanted <= facts_of(text)


def test_places_are_not_in_each_other() -> None:
    found = facts_of("Three refuges, one in each of Hackney and Lambeth, and Hackney, in London, are kept.")
    assert not [subject for subject, kind, _ in found if kind == "deliveredIn" and subject in ("Hackney", "Lambeth")]


def test_a_bid_that_failed_delivers_nothing() -> None:
    found = facts_of(f"The bid of {TRUST} to deliver the {PROGRAMME} with Victim Support was unsuccessful.")
    assert not [kind for _, kind, _ in found if kind in ("delivers", "partnerIn")]


def test_all_things_after_a_colon_end_on_its_day() -> None:
    found = facts_of("Funding runs to the end of March 2022: the Bluebird Programme; the Kestrel Programme.")
    assert {subject for subject, kind, _ in found if kind == "ends"} == {"Bluebird Programme", "Kestrel Programme"}


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("More than 20 local groups share the funding.", ["more than 20"]),
        ("Twenty-one organisations received grants.", ["21"]),
        ("In 2023/24 grants were paid.", []),
        ("Grants of £500 were paid to groups.", []),
        ("Phase 2 projects are funded.", []),
        ("Seven groups met.", []),
    ],
)
def test_counts_of_awards(text: str, counts: list[str]) -> None:
    assert list(counts_in(text, load_lexicon())) == counts


def test_a_row_of_facts_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "facts.csv").write_text(
        "relation,words,subject,subject_side,object,object_side\nleads,led by,somebody,after,thing,before\n"
    )
    with pytest.raises(WhofundsError, match=r"facts\.csv, line 2"):
        load_fact_patterns(tmp_path)
