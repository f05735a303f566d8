"""A build that is made out of the one before is the build that would be made of everything at once."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from rdflib.namespace import SKOS

from graph.builds.archive import read_record
from graph.builds.workspace import Workspace
from graph.corrections.corrected import with_things
from graph.corrections.correction import Correction, CorrectionRefused, Field
from graph.corrections.file import corrections_file, read_corrections
from graph.corrections.values import change_of
from graph.counting.all_money import AllMoney
from graph.identifiers import entity_iri
from graph.lists import AWARDS, PAYMENTS
from graph.model import Basis, Entity, EntityKind, FlowKind, FundingFlow, Passage, Record, Relation, RelationKind
from graph.rdf.validation import violations
from graph.search.passages import passage_id
from graph.settings import Settings
from graph.stated.flows import StatedFlow
from ingest import changed_build, whole_build
from ingest.correcting import correct, flow_correction, merger, naming, note, undoing, withdrawal
from tests.builders import (
    TREASURY,
    make_award,
    make_decision,
    make_evidence,
    make_flow,
    make_record,
    organisation,
    programme,
)
from tests.ingest.published_records import held_by, publish_records

pytestmark = pytest.mark.usefixtures("without_model")

Making = Callable[[str, random.Random], Record]
BY = {"who": "A. Reader", "why": "the annex says so"}
MOPAC = organisation("Mayor's Office for Policing and Crime", id="mopac")
PARTIES = (
    MOPAC,
    organisation("Home Office"),
    organisation("SafeLives"),
    organisation("Harbour Trust", verified=False),
    organisation("HARBOUR TRUST", verified=False),
    organisation("Bay Charity", verified=False),
)
BODIES = (MOPAC, PARTIES[1], PARTIES[3], None)
PROGRAMMES = (programme("Drive"), programme("Night Lights", verified=False), programme("NIGHT LIGHTS", verified=False))
UPPER = organisation("Warm Help", id="new-warm-help", verified=False)
LOWER = organisation("Warm help", id="new-warm-help", verified=False)
REFERENCES = ("PCD 1", "PCD 2", "PCD 3", "PCC/D/7", None)
YEARS = ((), ("2022/23",), ("2023/24",), ("2022/23", "2023/24"))
TEXTS = ("The grant is agreed.", "Zebra crossings are lit.", "Refuge places are kept.", "Tax is added.")
KINDS = ("decision notice", "news", PAYMENTS, AWARDS)
CITING = (RelationKind.REFERS_TO, RelationKind.MODIFIES, RelationKind.SUPERSEDES)


def made(name: str, chance: random.Random) -> Record:
    """Return a record of few values, so that many records have to do with each other."""
    reference = chance.choice(REFERENCES)
    decision = replace(
        make_decision(reference or "PCD 9"),
        reference=reference,
        title=f"{chance.choice(('Drive in Kent', 'Lights', 'Aardvark'))} {chance.randint(1, 2)}",
        body=chance.choice(BODIES),
        signed=chance.choice((None, "2022-05-01", "2023-06-01")),
        record_type=chance.choice(KINDS),
        aliases=tuple(chance.sample(("PCD 11", "PCD 2"), chance.randint(0, 1))),
        summary=chance.choice(("", "Money for London.")),
    )
    flows = tuple(flow(f"flow-{number}", chance) for number in range(chance.randint(0, 4)))
    texts = chance.sample(TEXTS, chance.randint(0, 3))
    return Record(
        document=name,
        digest=sha256(f"{name}{chance.random()}".encode()).hexdigest(),
        decision=decision,
        flows=flows,
        awards=tuple(
            make_award(f"award-{number}", funder=party(chance), recipient=party(chance), years=chance.choice(YEARS))
            for number in range(chance.randint(0, 2))
        ),
        relations=tuple(relation(reference or "", chance) for _ in range(chance.randint(0, 3))),
        passages=tuple(Passage(passage_id(text), f"{number}", "Aims", text) for number, text in enumerate(texts)),
    )


def made_apart(name: str, chance: random.Random, areas: int = 4) -> Record:
    """Return a record whose things are those of one document in so many, but for one body that pays everywhere."""
    area = int(name.removesuffix(".md")) % areas
    own = {
        (each.kind, each.id): replace(each, id=f"{each.id}-{area}", name=f"{each.name} {area}")
        for each in (*PARTIES, *PROGRAMMES)
        if each != PARTIES[1]
    }
    return with_things(made(name, chance), own)


def party(chance: random.Random) -> Entity | None:
    return chance.choice((*PARTIES, None))


def flow(id: str, chance: random.Random) -> FundingFlow:
    payee = party(chance)
    words = "" if payee is not None else chance.choice(("", "a provider (to be procured)"))
    return make_flow(
        id,
        amount=chance.choice(("1000.00", "1005.00", "60000.00", "75000.00")),
        funder=party(chance),
        recipient=payee,
        recipient_words=words,
        awaits_payee=bool(words),
        years=chance.choice(YEARS),
        programmes=chance.sample(PROGRAMMES, chance.randint(0, 2)),
        kind=chance.choice((FlowKind.GRANT, FlowKind.ALLOCATION, FlowKind.MATCH, FlowKind.CARRY_FORWARD)),
        basis=chance.choice((Basis.EXACT, Basis.ROUNDED)),
        evidence=(make_evidence(chance.choice(TEXTS)),),
    )


def relation(reference: str, chance: random.Random) -> Relation:
    if chance.random() < 0.5:
        cited = chance.choice(("PCD 1", "PCD 2", "PCD 77", "pcd 77"))
        return Relation(reference, chance.choice(CITING), cited, (make_evidence(),))
    ends = chance.choice(PARTIES), chance.choice(PROGRAMMES)
    return Relation(ends[0], RelationKind.PARTNER_IN, ends[1], (make_evidence(),))


def wanted(records: Sequence[Record], held: Sequence[Correction], chance: random.Random) -> list[Correction]:
    """Return a correction of some kind, which may be one that is refused."""
    with_flows = [record for record in records if record.flows]
    kind = chance.choice(("amount", "payee", "withdraw", "note", "merge", "name", "undo"))
    if kind == "undo" and held:
        return [undoing(chance.choice(held).id, **BY)]
    if kind == "merge":
        one, other = chance.sample(PARTIES[2:], 2)
        return [merger(one.name, other.name, EntityKind.ORGANISATION, **BY)]
    if kind == "name":
        name = chance.choice(PROGRAMMES[1:]).name
        return [naming(name, "Night-time Lights", EntityKind.PROGRAMME, verified=chance.random() < 0.5, **BY)]
    if not with_flows:
        return []
    record = chance.choice(with_flows)
    corrected = chance.choice(record.flows)
    if kind == "withdraw":
        return [withdrawal(record, corrected, **BY)]
    if kind == "note":
        return [note(record, corrected, **BY)]
    change = change_of(Field.AMOUNT, ["1,234"]) if kind == "amount" else change_of(Field.RECIPIENT, ["Bay Charity"])
    return [flow_correction(record, corrected, [change], **BY)]


def changed_by_chance(
    records: dict[str, Record], settings: Settings, chance: random.Random, making: Making
) -> Sequence[Correction]:
    """Publish new and changed records and corrections, in any order; return the corrections."""
    corrections: tuple[Correction, ...] = ()
    for _ in range(8):
        if chance.random() < 0.4:
            names = chance.sample([*records, *(f"{chance.randint(0, 40)}.md" for _ in range(3))], 3)
            changed = {name: making(name, chance) for name in dict.fromkeys(names)}
            records |= changed
            publish_records(changed.values(), settings, corrections)
        else:
            with suppress(CorrectionRefused):
                correct(wanted(list(records.values()), corrections, chance), settings)
        corrections = read_corrections(corrections_file(settings.workspace))
    return corrections


@pytest.mark.parametrize(("seed", "making"), [*((seed, made) for seed in range(4)), (4, made_apart), (5, made_apart)])
def test_a_sequence_of_publications_ends_at_the_build_made_at_once(
    seed: int, making: Making, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    after, at_once = (Settings(workspace=tmp_path / name) for name in ("after", "at once"))
    records = {name: making(name, chance) for name in (f"{number}.md" for number in range(12))}
    publish_records(records.values(), after)
    with monkeypatch.context() as patch:
        patch.setattr(whole_build, "write_whole", None)  # from here on nothing is written whole
        corrections = changed_by_chance(records, after, chance, making)
    build, _ = publish_records(records.values(), at_once, corrections)
    here = held_by(Workspace(after.workspace, settings=after).current(), after)
    there = held_by(build, at_once)
    assert here.keys() == there.keys()
    assert [part for part, found in here.items() if found != there[part]] == []


def test_what_was_written_by_other_code_is_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(workspace=tmp_path / "workspace")
    publish_records([made("1.md", random.Random(1))], settings)
    monkeypatch.setattr(changed_build, "were_made_alike", lambda folder: False)
    monkeypatch.setattr(changed_build, "write_changes", None)
    build, _ = publish_records([made("2.md", random.Random(2))], settings)
    assert len(build.manifest.documents) == 2


def test_no_record_of_another_document_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(workspace=tmp_path / "workspace")
    publish_records([one_of_many(number) for number in range(5)], settings)
    opened: list[str] = []

    def reading(folder: Path, name: str, digest: str) -> Record:
        opened.append(name)
        return read_record(folder, name, digest)

    monkeypatch.setattr("ingest.as_read.read_record", reading)
    publish_records([one_of_many(6)], settings)
    assert opened == ["6.md"]


def test_all_money_is_judged_anew_where_it_hangs_together_with_what_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(workspace=tmp_path / "workspace")
    publish_records([one_of_many(number) for number in range(5)], settings)
    judged: list[list[str]] = []

    def judging(parts: Sequence[Sequence[StatedFlow]], *more: Any) -> AllMoney:
        judged.extend([stated.document for stated in part] for part in parts)
        return AllMoney(parts, *more)

    monkeypatch.setattr("graph.columns.writing.AllMoney", judging)
    again = replace(one_of_many(6), decision=replace(make_decision("PCD 3"), title="Grant 3"))
    publish_records([again], settings)
    assert judged == [["3.md", "6.md"]]


def one_of_many(number: int) -> Record:
    decision = make_decision(f"PCD {number}", title=f"Grant {number}")
    return make_record(make_flow(amount=f"{number}000.00"), document=f"{number}.md", decision=decision)


def names_after(settings: Settings, *records: Record) -> list[str]:
    """Publish records; return the names that the build's graph has for one thing. The graph conforms."""
    build, _ = publish_records(records, settings)
    store = build.store()
    triples = list(store.triples())
    store.close()
    assert violations(triples) == []
    return [str(value) for subject, term, value in triples if (subject, term) == (entity_iri(UPPER), SKOS.prefLabel)]


def test_a_form_that_comes_changes_the_name_in_all_and_one_that_leaves_is_forgotten(tmp_path: Path) -> None:
    settings = Settings(workspace=tmp_path / "workspace")
    lower, upper, other = (
        make_record(make_flow("a", recipient=recipient), document=name)
        for name, recipient in (("a.md", LOWER), ("b.md", UPPER), ("b.md", TREASURY))
    )
    assert names_after(settings, lower) == ["Warm help"]
    assert names_after(settings, upper) == ["Warm Help"]
    assert names_after(settings, other) == ["Warm help"]
