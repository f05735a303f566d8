"""Names in running text: what is one, what is none, and whose."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import Entity, EntityKind
from graph.names.definitions import definitions
from graph.names.index import NameContext, NameIndex, looks_like_organisation, new_entity
from tests.graph.name_fixtures import context_of, ids, names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Home Office awarded the money.", ["home-office"]),
        ("Barnet, Enfield and Haringey Mental Health NHS Trust", ["beh-mental-health-trust"]),
        ("the Barnet  Enfield\nand Haringey Mental Health NHS Trust", ["beh-mental-health-trust"]),
        ("Mayor’s Office for Policing & Crime", ["mopac"]),
        ("Solace Women’s Aid and Southall Black Sisters", ["solace-womens-aid", "southall-black-sisters"]),
        ("SAFELIVES, Safelives and SafeLives' team", ["safelives", "safelives", "safelives"]),
        ("Lambeth's Prevent & Change", ["lambeth", "prevent-and-change"]),
        ("the Safe & Together™ model", ["safe-and-together"]),
        ("S-TAC, S–TAC and STAC", ["s-tac", "s-tac", "s-tac"]),
        ("the Stockton-on-Tees Borough Council", ["stockton-on-tees-council"]),
        ("St. Giles Trust", ["st-giles-trust"]),
        ("Prevention & Action through Community Engagement and Training (P&ACT)", ["p-and-act", "p-and-act"]),
        ("The Council of the City of York and City of York Council", ["york-council", "york-council"]),
        (
            "LB Newham, the London Borough of Barnet, RB Greenwich",
            ["newham-council", "barnet-council", "greenwich-council"],
        ),
        ("City of Bradford MDC", ["bradford-council"]),
        ("the Police and Crime Commissioner for Kent and Kent Police", ["kent-pcc", "kent-police"]),
        ("OPCC South Wales, West Mercia PCC", ["south-wales-pcc", "west-mercia-pcc"]),
        (
            "the Mayor's VAWG Fund, the VAWG Strategy Fund and the VAWG Strategy Uplift",
            ["mayors-vawg-fund", "vawg-strategy-fund", "vawg-strategy-uplift"],
        ),
        ("Home Office Domestic Abuse Perpetrator Fund 2021-22", ["home-office-perpetrator-fund-2021-22"]),
        ("the 2025/26 Domestic Abuse Perpetrators Fund", ["home-office-da-intervention-2025-26"]),
        ("the Home Office Perpetrator Fund", ["home-office-da-perpetrator-fund"]),
        ("Home Office Violence Reduction Unit (VRU) fund", ["vru-home-office-grant"]),
    ],
)
def test_names_are_found_in_every_printed_form(text: str, found: list[str]) -> None:
    assert [id for id in ids(text) if id != "london-vru"] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Partners fund Drive and Restart in Kent.", ["drive", "restart", "kent"]),
        ("£5,000 for DRIVE for high-risk offenders", ["drive"]),
        ("Drive is an intensive response.", ["drive"]),
        ("| Drive | Refuge | £5 |", ["drive", "refuge"]),
        ("Partners such as SafeLives, Respect and Social Finance", ["safelives", "respect", "social-finance"]),
        ("awarded to Rise Mutual CIC", ["rise-mutual"]),
        ("a grant to Advance for women's centres", ["advance"]),
        ("Multi-Agency Stalking Partnership (MASP)", ["hampshire-masp", "hampshire-masp"]),
        ("the Met will lead", ["metropolitan-police-service"]),
        ("the CARA programme for perpetrators", ["cara"]),
    ],
)
def test_a_common_word_is_a_name_where_the_sentence_makes_it_one(text: str, found: list[str]) -> None:
    assert ids(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "to drive down crime and help victims",
        "Drive down reoffending by 10%.",
        "Drive better outcomes for all.",
        "driving improved local responses",
        "in respect of victims; with respect to costs",
        "In Respect of this payment",
        "Respect for victims is central.",
        "Restart the process in April.",
        "Costs rise each year. Rise in demand is expected.",
        "refuge provision and a Refuge place",
        "Refuge provision is short.",
        "paid in advance; In Advance of the award",
        "it is clear that HELP is needed",
        "staff change; see change requests",
        "the requirements met by the provider",
        "the Policy and Accountability Committee (PAC)",
        "a turning point for services",
        "keep children safe and together",
        "Harbour walls were mended.",
        "Mr Sutton and Councillor Jane Kent",
        "Reading the report was hard.",
        "see https://example.org/home-office-drive-fund-2020-21/mopac",
        "Essex Chambers of Commerce",
        "Norfolk Safeguarding Children Partnership",
        "Essex Council for Voluntary Youth Services",
        "home\n\noffice",
        "The home. Office staff",
    ],
)
def test_a_common_word_is_no_name(text: str) -> None:
    assert ids(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "grants of £5,000 to Barnet, Waltham Forest and Croydon",
            ["barnet-council", "waltham-forest-council", "croydon-council"],
        ),
        ("work in Barnet and across Croydon", ["barnet", "croydon"]),
        ("led by Barnet", ["barnet-council"]),
        ("Lambeth will match fund this", ["lambeth-council"]),
        ("residents of Lambeth", ["lambeth"]),
        ("West Mercia", ["west-mercia-police-area"]),
    ],
)
def test_a_boroughs_name_is_its_council_where_money_goes_to_it(text: str, found: list[str]) -> None:
    assert ids(text) == found


def test_a_place_carries_its_other_readings() -> None:
    (mention,) = names().find("Essex")
    assert [entity.id for entity in mention.candidates] == [
        "essex",
        "essex-county-council",
        "essex-police-area",
        "essex-pcc",
        "essex-police",
    ]


@pytest.mark.parametrize(
    ("text", "body", "found"),
    [
        ("The PCC and the OPCC", "surrey-pcc", ["surrey-pcc", "surrey-pcc"]),
        ("The Commissioner's Office", "essex-pcc", ["essex-pcc"]),
        ("the PCC's budget", "kent-pcc", ["kent-pcc"]),
        ("PCCs in England and Wales", "kent-pcc", ["england-and-wales"]),
        ("Police and Crime Commissioners were invited", "kent-pcc", []),
        ("the PCC for Surrey", "kent-pcc", ["surrey-pcc"]),
        ("the PCC", "mopac", []),
        ("a grant to Rise", "mopac", ["rise-mutual"]),
        ("a grant to Rise", "sussex-pcc", ["rise-brighton"]),
        ("a grant to Rise", "kent-pcc", []),
        ("the Violence Reduction Unit", "mopac", ["london-vru"]),
        ("the Violence Reduction Unit", "essex-pcc", []),
        ("Newcastle", "staffordshire-pcc", ["newcastle-under-lyme"]),
        ("Newcastle", "northumbria-pcc", ["newcastle-upon-tyne"]),
        ("WCC pays half", "west-mercia-pcc", ["worcestershire-county-council"]),
        ("WCC pays half", "warwickshire-pcc", ["warwickshire-county-council"]),
        ("WCC pays half", "kent-pcc", []),
    ],
)
def test_the_decision_body_settles_what_a_short_name_means(text: str, body: str, found: list[str]) -> None:
    assert ids(text, body) == found


def test_a_document_defines_its_short_forms() -> None:
    text = (
        "Suzy Lamplugh Trust (SLT) and Worcestershire County Council (“WCC”) wrote to the Police and Crime "
        "Commissioner (PCC). The Acorn Learning Trust (ALT) replied. Domestic abuse (DA) rose. The XYZ (Kent Police)."
    )
    context = context_of("west-mercia-pcc")
    found = definitions(text, names(), context=context)
    assert {short: entity.id for short, entity in found.items()} == {
        "SLT": "suzy-lamplugh-trust",
        "WCC": "worcestershire-county-council",
        "PCC": "west-mercia-pcc",
        "ALT": "new-acorn-learning-trust",
    }
    told = NameContext(body=context.body, definitions=found)
    assert [mention.entity.id for mention in names().find("ALT and WCC", context=told)] == [
        "new-acorn-learning-trust",
        "worcestershire-county-council",
    ]


def test_only_the_wanted_kinds_are_returned() -> None:
    found = names().find("Drive in Kent", kinds={EntityKind.PLACE})
    assert [mention.entity.id for mention in found] == ["kent"]


def test_names_of_documents_join_the_index() -> None:
    fresh = new_entity("Acorn Learning Trust", EntityKind.ORGANISATION)
    index = NameIndex(names().registry, [fresh])
    assert [mention.entity for mention in index.find("paid to the Acorn Learning Trust")] == [fresh]
    assert [mention.entity for mention in index.find_in_question("what did acorn learning trust get")] == [fresh]


def test_a_fund_gives_way_to_its_round() -> None:
    registry = names().registry
    general = registry.entity("home-office-da-perpetrator-fund")
    assert names().fund_in_years(general, ("2020/21",)).id == "home-office-perpetrator-fund-2020-21"
    assert names().fund_in_years(general, ("2022/23",)) == general
    assert names().fund_in_years(general, ()) == general
    assert names().fund_in_years(registry.entity("police-grant"), ("2020/21",)).id == "police-grant"


@pytest.mark.parametrize(
    "text",
    [
        "Acorn Learning Trust",
        "Bradford at Night Limited",
        "Squaring Up Training Ltd",
        "AXIS",
        "MK Act",
        "University of Central Lancashire",
        "Guildford Town Centre Chaplaincy",
        "iMPOWER",
    ],
)
def test_a_proper_name_looks_like_an_organisation(text: str) -> None:
    assert looks_like_organisation(text)


@pytest.mark.parametrize(
    "text",
    [
        "to be procured",
        "TBC",
        "specialist counsellors",
        "Sub-total DRIVE",
        "Total",
        "£5,000",
        "2023/24",
        "",
        "counselling waiting list",
        "Evaluator (to be procured)",
        "Staffing",
        "six additional ISVA roles",
        "All boroughs",
    ],
)
def test_plain_words_do_not_look_like_an_organisation(text: str) -> None:
    assert not looks_like_organisation(text)


def test_a_new_name_has_a_stable_plain_id() -> None:
    one = new_entity("Esmée  Fairbairn & Sons’ Trust", EntityKind.ORGANISATION)
    assert one == Entity(
        "new-esmee-fairbairn-and-sons-trust", "Esmée Fairbairn & Sons' Trust", EntityKind.ORGANISATION, verified=False
    )
    assert new_entity("¿?", EntityKind.FUND).id == "new-name"


def test_every_canonical_name_resolves_to_itself() -> None:
    wrong = {
        entity.id: found and found.id
        for entity in names().registry.entities()
        if (found := names().resolve(entity.name, kinds={entity.kind})) != entity
        and (found is None or found.name != entity.name)
    }
    assert wrong == {}


_TEXTS = st.one_of(
    st.text(max_size=200),
    st.text(alphabet=string.ascii_letters + " '’&-–,.()/\n\t|£0123456789", max_size=200),
    st.lists(
        st.sampled_from(
            [
                "Drive",
                "the",
                "PCC",
                "Barnet",
                "and",
                "Home",
                "Office",
                "(",
                ")",
                ",",
                "to",
                "London",
                "Borough",
                "of",
                "City",
                "Council",
                "Women's",
                "Aid",
                "\n",
                "Trust",
                "2023/24",
                "Fund",
                "SafeLives'",
                "&",
                "/",
                "Essex",
            ]
        ),
        max_size=30,
    ).map(" ".join),
)


@given(_TEXTS, st.sampled_from([None, "mopac", "west-mercia-pcc", "essex-pcc"]))
@settings(max_examples=150, deadline=None)
def test_mentions_quote_the_text_and_never_overlap(text: str, body: str | None) -> None:
    index = names()
    context = context_of(body) if body else None
    for found in (index.find(text, context=context), index.find_in_question(text)):
        floor = 0
        for mention in found:
            assert mention.surface == text[mention.start : mention.end] != ""
            assert mention.start >= floor
            assert not mention.candidates or mention.candidates[0] == mention.entity
            floor = mention.end
    index.resolve(text, context=context, as_payee=True)
    index.read_cell(text, context=context)
    definitions(text, index, context=context)
