"""Names in questions as people type them."""

from __future__ import annotations

import pytest

from tests.graph.name_fixtures import asked, names


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("who funds drive in west mercia", ["drive", "west-mercia-police-area"]),
        ("How much did West Mercia PCC put into Drive?", ["west-mercia-pcc", "drive"]),
        ("essex pcc grants", ["essex-pcc"]),
        ("police and crime commissioner for essex", ["essex-pcc"]),
        ("how much did the met get from mopac", ["metropolitan-police-service", "mopac"]),
        ("how much did met get", ["metropolitan-police-service"]),
        ("home office money for drive", ["home-office", "drive"]),
        ("bristol uni evaluation", ["university-of-bristol"]),
        ("southall black sisters funding", ["southall-black-sisters"]),
        ("s-tac, stac and masip", ["s-tac", "s-tac", "masip"]),
        ("safe and together in waltham forest", ["safe-and-together", "waltham-forest"]),
        ("who leads pac", ["prevent-and-change"]),
        ("does safe lives get money", ["safelives"]),
        ("lewisham council", ["lewisham-council"]),
        ("city of bradford mdc", ["bradford-council"]),
        ("worcester county council", ["worcestershire-county-council"]),
        ("funding in the north east", ["north-east-england"]),
        ("merton’s award", ["merton"]),
        ("who funds respect", ["respect"]),
        ("how much did rise get", ["rise-mutual"]),
        ("what does advance receive", ["advance"]),
        ("how much for reading", ["reading"]),
        ("WHO FUNDS DRIVE IN KENT", ["drive", "kent"]),
        ("vawg strategy fund programmes", ["vawg-strategy-fund"]),
    ],
)
def test_names_are_found_in_any_case_and_in_short_forms(question: str, found: list[str]) -> None:
    assert asked(question) == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("who funds drve in west mersia", ["drive", "west-mercia-police-area"]),
        ("how much did hom office give mopca", ["home-office", "mopac"]),
        ("safe and togther in waltham forrest", ["safe-and-together", "waltham-forest"]),
        ("suzy lamplug trust", ["suzy-lamplugh-trust"]),
        ("ministry of justise", ["ministry-of-justice"]),
        ("Wocestershire", ["worcestershire"]),
        ("croyden and barnett", ["croydon", "barnet"]),
        ("tower hamlet", ["tower-hamlets"]),
        ("culturally integrated family aproach", ["cifa"]),
    ],
)
def test_slips_of_the_keyboard_are_forgiven(question: str, found: list[str]) -> None:
    assert asked(question) == found
    assert all(mention.score < 1 for mention in names().find_in_question(question))


@pytest.mark.parametrize(
    "question",
    [
        "how can we drive down crime",
        "what would drive improvements",
        "in respect of victims",
        "did funding rise in 2022/23",
        "is there a rise in costs",
        "is there any help for victims",
        "is it clear who pays",
        "how much money was paid in advance",
        "which refuge places are there",
        "reading the report, which figures add up",
        "which targets were met",
        "which changes were made in 2021",
        "did the home officer change",
        "which officers and offices are in charge",
        "who provides services for women and girls",
        "what is the capital of France?",
        "what is MASH",
        "Thames Valley Partnership",
        "who gets the most money",
        "list all grants over 1m signed in march",
    ],
)
def test_ordinary_words_of_a_question_are_no_names(question: str) -> None:
    assert asked(question) == []


@pytest.mark.parametrize(
    ("question", "candidates"),
    [
        ("funding in the midlands", ["west-midlands-region", "east-midlands"]),
        (
            "west midlands",
            ["west-midlands-police-area", "west-midlands-region", "west-midlands-pcc", "west-midlands-police"],
        ),
        ("newcastle", ["newcastle-upon-tyne", "newcastle-under-lyme", "newcastle-upon-tyne-council"]),
        ("barnet", ["barnet", "barnet-council"]),
        ("the Drive evaluation", ["drive-evaluation", "drive"]),
        ("rise mutual", []),
    ],
)
def test_other_readings_are_candidates(question: str, candidates: list[str]) -> None:
    (mention,) = names().find_in_question(question)
    assert [entity.id for entity in mention.candidates] == candidates


def test_part_of_a_programmes_name_is_a_weak_mention() -> None:
    (mention,) = names().find_parts("who pays for restorative justice in Kent")
    assert mention.surface == "restorative justice"
    assert {entity.id for entity in mention.candidates} == {
        "local-restorative-justice",
        "pan-london-restorative-justice",
    }
    assert names().find_parts("who pays for domestic abuse services") == []


def test_near_names_are_suggested() -> None:
    assert names().suggest("worcestershir")[0].id == "worcestershire"
    assert "suzy-lamplugh-trust" in [entity.id for entity in names().suggest("susie lamplugh trust")]
    assert names().suggest("zzzzqqqq") == []
