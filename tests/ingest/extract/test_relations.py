"""Relations that a decision's text states."""

import csv
from pathlib import Path

import pytest

from graph.model import Decision, Relation, RelationKind
from graph.names.index import NameIndex
from graph.parse.references import reference_key
from graph.registry import load_registry
from graph.settings import PROJECT
from ingest.document import Document
from ingest.extract.decisions.decision import read_decision
from ingest.extract.flows import extract_flows
from ingest.extract.relations.document import extract_relations
from ingest.readers import read, read_bytes

SHARED = PROJECT.parent / "shared"
GOLD = SHARED / "eval" / "gold_relations.csv"


@pytest.fixture(scope="module")
def names() -> NameIndex:
    return NameIndex(load_registry(PROJECT / "data" / "registry"))


def relations_of(names: NameIndex, text: str, *, title: str = "Work with perpetrators") -> tuple[Relation, ...]:
    document = read_bytes(f"# PCD 2001 {title}\n\n## Executive summary\n{text}\n".encode(), "test.md")
    body = names.registry.get_entity("mopac")
    decision = Decision("PCD 2001", title, body, None, None, "decision notice", None)
    found = extract_relations(document, decision, names, extract_flows(document, decision, names).facts)
    assert_evidence_stands(document, found)
    return found


def assert_evidence_stands(document: Document, relations: tuple[Relation, ...]) -> None:
    for relation in relations:
        assert relation.evidence
        for evidence in relation.evidence:
            assert document.text[evidence.start : evidence.end] == evidence.quote


def pairs(relations: tuple[Relation, ...], kind: RelationKind) -> set[tuple[str, str]]:
    def name(thing: object) -> str:
        return getattr(thing, "name", str(thing))

    return {(name(one.subject), name(one.object)) for one in relations if one.kind is kind}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The proposed changes to decision PCD 1900 are set out below.", RelationKind.MODIFIES),
        ("This approves a modification to the grant agreement awarded under PCD 1900.", RelationKind.MODIFIES),
        ("It amends PCD 1900.", RelationKind.MODIFIES),
        ("Approve a 12-month extension of the contract approved in PCD 1900.", RelationKind.EXTENDS),
        ("This extends the service (Bluebird), first approved in PCD 1900.", RelationKind.EXTENDS),
        ("This decision supersedes PCD 1900.", RelationKind.SUPERSEDES),
        ("PCD 1900 is superseded by this decision.", RelationKind.SUPERSEDES),
        ("PCD 1900 approved funding of £5,000.", RelationKind.REFERS_TO),
        ("PCD 1900 approved a 12-month extension.", RelationKind.REFERS_TO),
        ("The costs have not changed since the previous approval of PCD 1900.", RelationKind.REFERS_TO),
        ("Funding was previously agreed (see PCD 1900).", RelationKind.REFERS_TO),
    ],
)
def test_words_before_a_reference_say_how_decisions_stand(names: NameIndex, text: str, kind: RelationKind) -> None:
    found = [relation for relation in relations_of(names, text) if relation.object == "PCD 1900"]
    assert [relation.kind for relation in found] == [kind]


def test_a_decision_does_not_refer_to_itself(names: NameIndex) -> None:
    assert not pairs(relations_of(names, "This decision (DMPC Decision - 2001) is required."), RelationKind.REFERS_TO)


def test_detail_says_what_the_other_decision_did(names: NameIndex) -> None:
    found = relations_of(names, "PCD 1900 was signed in May 2024, and approved £5,000.")
    assert [one.detail for one in found if one.object == "PCD 1900"] == ["was signed in May 2024, and approved £5,000"]


def test_related_decisions_are_read_from_their_list(names: NameIndex) -> None:
    found = relations_of(
        names, "A grant.\n\n## Related decisions\n- 140-22: stage one, £5,000\n- PCD 1900: the first year"
    )
    related = {one.object: one.detail for one in found if one.kind is RelationKind.REFERS_TO}
    assert related == {"140-22": "stage one, £5,000", "PCD 1900": "the first year"}


@pytest.mark.parametrize(
    ("text", "kind", "organisations"),
    [
        (
            "Drive is a partnership formed by Respect, SafeLives and Social Finance.",
            RelationKind.PARTNER_IN,
            {"Respect", "SafeLives", "Social Finance"},
        ),
        (
            "The Drive programme was designed by SafeLives and Respect.",
            RelationKind.DEVELOPED,
            {"SafeLives", "Respect"},
        ),
        ("SafeLives and Respect developed the Drive model.", RelationKind.DEVELOPED, {"SafeLives", "Respect"}),
        ("The Drive programme is led by Victim Support.", RelationKind.LEADS, {"Victim Support"}),
        ("The Drive programme continues under the lead of Victim Support.", RelationKind.LEADS, {"Victim Support"}),
        ("Drive is delivered by Cranstoun in the county.", RelationKind.DELIVERS, {"Cranstoun"}),
        ("Cranstoun will deliver the Drive programme.", RelationKind.DELIVERS, {"Cranstoun"}),
        ("Drive was evaluated by the University of Bristol.", RelationKind.EVALUATES, {"University of Bristol"}),
        ("Drive is delivered in partnership with Victim Support.", RelationKind.PARTNER_IN, {"Victim Support"}),
    ],
)
def test_organisations_stand_to_a_programme(
    names: NameIndex, text: str, kind: RelationKind, organisations: set[str]
) -> None:
    assert pairs(relations_of(names, text), kind) == {(organisation, "Drive") for organisation in organisations}


@pytest.mark.parametrize(
    "text",
    [
        "A bid was submitted with Respect to deliver Drive, and was unsuccessful.",
        "Victim Support will provide match funding for Drive.",
        "Drive is working in partnership with local agencies.",
        "The Home Office gave £5,000 in respect of Drive.",
    ],
)
def test_what_states_no_part_in_a_programme(names: NameIndex, text: str) -> None:
    found = relations_of(names, text)
    assert not pairs(found, RelationKind.DELIVERS) | pairs(found, RelationKind.PARTNER_IN)


def test_members_of_a_panel(names: NameIndex) -> None:
    found = relations_of(names, "A multi agency panel including London Councils and the Youth Justice Board met.")
    members = {one.subject.id for one in found if one.kind is RelationKind.MEMBER_OF_PANEL}  # type: ignore[union-attr]
    assert members == {"london-councils", "youth-justice-board"}


@pytest.mark.parametrize(
    ("text", "kind", "places"),
    [
        ("Drive is delivered in Croydon and Bexley.", RelationKind.DELIVERED_IN, {"Croydon", "Bexley"}),
        (
            "Drive is delivered in three boroughs (Croydon, Sutton and Bexley).",
            RelationKind.DELIVERED_IN,
            {"Croydon", "Sutton", "Bexley"},
        ),
        (
            "Drive is being piloted in two areas across England (Kent and Essex).",
            RelationKind.PILOTED_IN,
            {"Kent", "Essex"},
        ),
    ],
)
def test_places_of_a_programme(names: NameIndex, text: str, kind: RelationKind, places: set[str]) -> None:
    assert pairs(relations_of(names, text), kind) == {("Drive", place) for place in places}


def test_pilot_keeps_its_years(names: NameIndex) -> None:
    found = relations_of(names, "Drive was piloted in Essex from 2016 to 2019.")
    assert [one.detail for one in found if one.kind is RelationKind.PILOTED_IN] == ["2016/17-2018/19"]


def test_title_says_what_a_decision_is_about(names: NameIndex) -> None:
    found = relations_of(names, "Work continues.", title="Drive extension")
    assert pairs(found, RelationKind.ABOUT) == {("PCD 2001", "Drive")}


def test_programme_that_only_the_title_names_is_new(names: NameIndex) -> None:
    found = relations_of(
        names, "The force is a pilot force for ZEBRA in two areas, Hackney and Newham.", title="Project ZEBRA"
    )
    assert pairs(found, RelationKind.PILOTED_IN) == {("Project ZEBRA", "Hackney"), ("Project ZEBRA", "Newham")}


def test_everything_named_is_mentioned_once(names: NameIndex) -> None:
    found = relations_of(names, "The Home Office pays SafeLives. SafeLives works in Croydon.")
    assert pairs(found, RelationKind.MENTIONS) >= {
        ("PCD 2001", name) for name in ("Home Office", "SafeLives", "Croydon")
    }
    assert sum(one.kind is RelationKind.MENTIONS and one.object.id == "safelives" for one in found) == 1  # type: ignore[union-attr]


@pytest.mark.skipif(not GOLD.exists(), reason="the gold relations stand in ../shared, which is not here")
def test_relations_between_decisions_of_the_gold_documents(names: NameIndex) -> None:
    found: set[tuple[str, str, str]] = set()
    for path in sorted((SHARED / "decisions").glob("*.txt")):
        document = read(Path(path))
        relations = extract_relations(document, read_decision(document, names), names)
        assert_evidence_stands(document, relations)
        found |= {
            (reference_key(one.subject), one.kind.value, reference_key(one.object))
            for one in relations
            if isinstance(one.subject, str) and isinstance(one.object, str)
        }
    with GOLD.open() as file:
        gold = {(reference_key(r["document"]), r["relation"], reference_key(r["target"])) for r in csv.DictReader(file)}
    assert found == gold
