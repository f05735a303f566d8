"""Whose decision a page is: letterheads, references, offices, areas, first person; nobody's where none is said."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from graph.errors import WhofundsError
from graph.names.index import NameIndex
from graph.registry import load_registry
from graph.settings import Settings
from ingest.extract.decisions.body_lists import load_body_signs
from ingest.extract.decisions.body_names import commissioners_in
from ingest.extract.decisions.decision import read_decision
from ingest.readers import read_bytes


@cache
def names() -> NameIndex:
    return NameIndex(load_registry(Settings().data / "registry"))


def body_of(text: str, name: str = "page.txt") -> str | None:
    body = read_decision(read_bytes(text.encode(), name), names()).body
    return body.id if body is not None else None


BODIES = {
    "office before the area": ("Awards\n\nThe PCC for Kent has awarded £5,000 to a club.\n", "kent-pcc"),
    "area before the office": ("Awards\n\nKent's Police and Crime Commissioner awarded £5,000.\n", "kent-pcc"),
    "the holder's name before the verb": ("Awards\n\nGwent PCC Jane Doe has awarded £412,300 to clubs.\n", "gwent-pcc"),
    "the holder's name after the area": ("Awards\n\nThe PCC for Humberside Jane Doe gave £5,000.\n", "humberside-pcc"),
    "crime and victims": (
        "More help\n\nThe Durham Police, Crime and Victims’ Commissioner received £310,000 in May.\n", "durham-pcc",
    ),
    "a newspaper that speaks of one": (
        "Safer streets\n\nThe county's Police and Crime Commissioner, Jane Doe, has shared out £249,417. Twenty groups "
        "in Nottinghamshire gain. Nottinghamshire has waited for it, she said, and Worksop most of all.\n",
        "nottinghamshire-pcc",
    ),
    "first person": (
        "More cameras\n\nI have good news for Devon and Cornwall. My office has obtained £545,000, and my team and I "
        "will spend it in Plymouth and Truro. I want Devon and Cornwall to be the safest place of all.\n",
        "devon-and-cornwall-pcc",
    ),
    "the force of the area": (
        "Decisions\n\nThe Police and Crime Commissioner holds West Midlands Police to account. Each decision of the "
        "Commissioner is published here, with what it costs.\n",
        "west-midlands-pcc",
    ),
    "who holds the office": (
        "Safer parks\n\nKaty Bourne, the Police and Crime Commissioner, has shared out £110,000 among clubs.\n",
        "sussex-pcc",
    ),
    "a reference of one body's kind": (
        "Youth work\n\nReference code: PCD 2999\n\nIt is recommended to approve £450,000.\n", "mopac",
    ),
    "the way to the page, which is no text of it": (
        "Kent PCC > Victims > Services we pay for\n\nHedgehog is run by Example CIC, for £24,000 a year.\n",
        "kent-pcc",
    ),
    "a field's own words": ("Sussex PCC: funded projects\n\nThe Example Club\n£4,000\n", "sussex-pcc"),
    "towns and boroughs of one area": (
        "Fund: successful applications\n\nExample Club (Slough): £3,180\n\nOther Club (Oxford): £5,000\n",
        "thames-valley-pcc",
    ),
    "who is spoken of as Mr, of two areas": (
        "Grants\n\nThe fund from which Mr Seccombe pays comes from drivers.\n\nWarwickshire Club: £9,700\n\n"
        "RoadPeace West Midlands: £12,000\n",
        "warwickshire-pcc",
    ),
    "a department's first line": (
        "Ministry of Justice\n\nLocal posts\n\nThe PCC for Kent receives £378,000 this year.\n",
        "ministry-of-justice",
    ),
    "a council's first line, in capitals": (
        "TORFAEN COUNTY BOROUGH COUNCIL\n\nThe Council has been offered £56,250 by the PCC for Gwent.\n",
        "torfaen-council",
    ),
    "a department that writes of many areas": (
        "Hotspots\n\nThe Home Office pays Kent £1,000,000, Surrey £1,000,000 and Gwent £1,000,000 this year.\n",
        "home-office",
    ),
    "an authority's page on policing": (
        "Mayor of London\n\nYouth work\n\nThe DMPC is recommended to approve £450,000 for youth work.\n", "mopac",
    ),
    "an authority's own reference": (
        "Mayor of London\n\nYouth work\n\nReference code: MD2999\n\nThe Mayor approves £450,000 and asks MOPAC.\n",
        "greater-london-authority",
    ),
    "a neighbour spoken of once": (
        "Decision log\n\nDorset Police has a new station. It was agreed with the PCC for Kent that the Commissioner "
        "pays £75,000 to Christchurch Borough Council in Dorset, and Dorset keeps the land. The OPCC agrees.\n",
        "dorset-pcc",
    ),
    "no area": ("Grants 2031/32\n\nIn 2031/32 the Commissioner received £412k from the Home Office.\n", None),
    "no office": ("A day out\n\nKent is lovely in May, and Kent is near. Walk from Dover to Deal.\n", None),
}  # fmt: skip


@pytest.mark.parametrize(("text", "body"), BODIES.values(), ids=BODIES)
def test_the_body_is_the_one_that_the_page_shows(text: str, body: str | None) -> None:
    assert body_of(text) == body


@pytest.mark.parametrize(
    ("words", "area"),
    [
        ("Police, Fire and Crime Commissioner for Essex", "Essex"),
        ("the Police & Crime Commissioner (PCC) for Avon and Somerset", "Avon and Somerset"),
        ("OPFCC for Cumbria", "Cumbria"),
        ("Dyfed-Powys Police and Crime Commissioner", "Dyfed-Powys"),
        ("Merseyside's Police Commissioner", "Merseyside"),
        ("Office of the Durham Police, Crime and Victims' Commissioner", "Durham"),
    ],
)
def test_commissioners_are_found_with_their_area(words: str, area: str) -> None:
    assert f"{area} Police and Crime Commissioner" in set(commissioners_in(words))


def test_signs_of_bodies_are_of_bodies_that_the_registry_has() -> None:
    signs = load_body_signs()
    listed = [*signs.references, *signs.offices, *signs.letterheads, *signs.addresses]
    assert {body for _, body in listed} | signs.deciding <= set(names().registry.organisations)


def test_a_wrong_row_of_signs_is_named(tmp_path: Path) -> None:
    (tmp_path / "bodies.csv").write_text("kind,sign,body\noffice,,mopac\n", encoding="utf-8")
    with pytest.raises(WhofundsError, match=r"bodies\.csv, line 2: no sign; write it"):
        load_body_signs(tmp_path)
