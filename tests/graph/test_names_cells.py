"""A whole cell as one name: payees, staff costs, joint bodies, parties left open."""

from __future__ import annotations

import pytest

from graph.model import EntityKind
from tests.graph.name_fixtures import context_of, names

_ORGANISATION = {EntityKind.ORGANISATION}


@pytest.mark.parametrize(
    ("cell", "id"),
    [
        ("MPS", "metropolitan-police-service"),
        ("LB Newham", "newham-council"),
        ("Lewisham", "lewisham-council"),
        ("Barking &\nDagenham", "barking-and-dagenham-council"),
        ("Barnet (Lead)", "barnet-council"),
        ("SafeLives (on behalf of Drive Partnership)", "safelives"),
        ("LVWS provider", "london-victim-and-witness-service"),
        ("MOPAC staffing", "mopac"),
        ("consortium led by Solace", "solace-womens-aid"),
        ("Consortium (led by Advance)", "advance"),
        ("Anita Project (Nia)", "nia"),
        ("Worcester City Council", "worcester-council"),
        ("The Council of the City of Wakefield", "wakefield-council"),
        ("City of Bradford MDC", "bradford-council"),
        ("The Borough Council of Calderdale", "calderdale-council"),
        ("London Probation", "london-probation-service"),
        ("National Probation Services (NPS)", "probation-service"),
        ("Safelives", "safelives"),
        ("Rise", "rise-mutual"),
        ("Refuge", "refuge"),
        ("DMPC", "mopac"),
        ("Richmond/Kingston", "new-richmond-kingston"),
        ("Lambeth and Southwark", "new-lambeth-and-southwark"),
        ("Tri-borough (Hammersmith & Fulham, Kensington & Chelsea, Westminster)", "new-tri-borough"),
        ("Tri-borough", "new-tri-borough"),
    ],
)
def test_a_payee_cell_names_a_body(cell: str, id: str) -> None:
    found = names().resolve(cell, kinds=_ORGANISATION, context=context_of("mopac"), as_payee=True)
    assert found is not None
    assert found.id == id


@pytest.mark.parametrize(
    "cell",
    [
        "to be procured",
        "Evaluator (to be procured)",
        "TBC",
        "to be confirmed",
        "",
        "-",
        "£5,000",
        "Total",
        "PCC",
        "Perpetrator delivery provider (to be procured)",
        "specialist counsellors",
        "Acorn Learning Trust",
        "Thames Valley Partnership",
        "Essex Chambers of Commerce",
        "Bradford at Night Limited",
        "2023/24",
    ],
)
def test_a_cell_without_a_known_name_is_none(cell: str) -> None:
    assert names().resolve(cell, kinds=_ORGANISATION, context=context_of("mopac"), as_payee=True) is None


@pytest.mark.parametrize(
    ("cell", "kind", "id"),
    [
        ("Lewisham", EntityKind.PLACE, "lewisham"),
        ("Tri-borough", EntityKind.PLACE, "tri-borough"),
        ("Richmond/Kingston", EntityKind.PLACE, "richmond-and-kingston"),
        ("DRIVE", EntityKind.PROGRAMME, "drive"),
        ("LVWS", EntityKind.PROGRAMME, "lvws"),
        ("Drug Testing in Police Custody", EntityKind.PROGRAMME, "drug-testing-in-police-custody"),
        ("Police Grant", EntityKind.FUND, "police-grant"),
        ("Home Office Violence Reduction Unit", EntityKind.FUND, "vru-home-office-grant"),
        ("Home Office Serious Violence Duty", EntityKind.FUND, "serious-violence-duty-grant"),
    ],
)
def test_a_cell_is_read_as_the_wanted_kind(cell: str, kind: EntityKind, id: str) -> None:
    found = names().resolve(cell, kinds={kind}, context=context_of("mopac"))
    assert found is not None
    assert found.id == id


@pytest.mark.parametrize(
    ("cell", "id"),
    [
        ("WCC", "worcestershire-county-council"),
        ("The PCC", "west-mercia-pcc"),
        ("OPCC", "west-mercia-pcc"),
        ("PCC (match)", "west-mercia-pcc"),
        ("the Commissioner's budget", "west-mercia-pcc"),
        ("West Mercia", "west-mercia-pcc"),
        ("Herefordshire", "herefordshire-council"),
    ],
)
def test_a_cell_is_read_in_its_document(cell: str, id: str) -> None:
    found = names().resolve(cell, kinds=_ORGANISATION, context=context_of("west-mercia-pcc"), as_payee=True)
    assert found is not None
    assert found.id == id


def test_the_words_beside_a_name_tell_own_costs() -> None:
    staffing = names().read_cell("MOPAC staffing", kinds=_ORGANISATION, as_payee=True)
    assert (staffing.entity and staffing.entity.id, staffing.rest, staffing.is_own_cost) == ("mopac", "staffing", True)
    delivery = names().read_cell("SafeLives (on behalf of Drive Partnership)", kinds=_ORGANISATION, as_payee=True)
    assert not delivery.is_own_cost
    assert names().read_cell("Evaluator (to be procured)").is_left_open
