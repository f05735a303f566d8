"""Records made by hand for asking, and the forms asked of them, in short."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from graph.ask.known.facts import Facts
from graph.ask.language.terms import (
    Choice,
    Condition,
    During,
    Form,
    Kind,
    List,
    Named,
    OfKind,
    Order,
    Period,
    Role,
    Rows,
    Says,
    Scan,
    Set,
    Total,
    What,
)
from graph.ask.running.draft import Draft
from graph.ask.running.execute import execute
from graph.model import Award, Decision, Entity, FundingFlow, Passage, Record, Relation
from tests.builders import make_decision, make_evidence, make_flow, make_record
from tests.graph.ask.record_graph import facts_of_records, names

INDEX = names()
_known = INDEX.registry.entity
DRIVE, STAC, CIFA, MAPPA = _known("drive"), _known("s-tac"), _known("cifa"), _known("mappa")
HOME_OFFICE, MINISTRY, MOPAC = _known("home-office"), _known("ministry-of-justice"), _known("mopac")
WEST_MERCIA_PCC = _known("west-mercia-pcc")
SAFELIVES, RESPECT, VICTIM_SUPPORT = _known("safelives"), _known("respect"), _known("victim-support")
MERTON_COUNCIL, HACKNEY_COUNCIL = _known("merton-council"), _known("hackney-council")
LONDON, MERTON, HACKNEY = _known("london"), _known("merton"), _known("hackney")
WEST_MERCIA, WORCESTERSHIRE = _known("west-mercia-police-area"), _known("worcestershire")
TRANSFORMATION_FUND = _known("police-transformation-fund")
STREETS_FUND = _known("safer-streets-fund")


def flow(id: str, amount: str, **given: object) -> FundingFlow:
    """A grant of the Home Office to SafeLives for Drive in London in 2023/24, unless told otherwise."""
    settled = {"funder": HOME_OFFICE, "recipient": SAFELIVES, "programmes": (DRIVE,), "place": LONDON} | given
    quote = str(settled.pop("quote", f"The grant {id} is £{amount}."))
    return make_flow(id, amount=amount, evidence=(make_evidence(quote, locator=f"row {id}"),), **settled)  # type: ignore[arg-type]


def document(
    number: int,
    *flows: FundingFlow,
    decision: Decision | None = None,
    awards: tuple[Award, ...] = (),
    relations: tuple[Relation, ...] = (),
    passages: Iterable[str] = (),
    **more: object,
) -> Record:
    """The record of decision "PCD number" of MOPAC; without flows none are made up."""
    parts = tuple(Passage(f"p{number}-{n}", f"paragraph {n}", "", text) for n, text in enumerate(passages, 1))
    record = make_record(
        *flows, document=f"{number}.md", decision=decision or make_decision(f"PCD {number}", body=MOPAC), awards=awards,
        relations=relations, **more,  # type: ignore[arg-type]
    )  # fmt: skip
    return replace(record, flows=flows, passages=parts)


def over(*records: Record) -> Facts:
    """Facts over records."""
    return facts_of_records(records, INDEX)


def over_flows(*flows: FundingFlow) -> Facts:
    """Facts over one decision with these sums."""
    return over(document(1, *flows))


# --- forms


def thing(*entities: Entity) -> tuple[Choice, ...]:
    """The entities as a question names them."""
    return tuple(Choice(entity.name, (entity,)) for entity in entities)


def named(role: Role, *entities: Entity) -> Named:
    """The thing in a role is one of these."""
    return Named(role, thing(*entities))


def other_than(role: Role, entity: Entity) -> Named:
    """The thing in a role is not this."""
    return Named(role, thing(entity), without=True)


def programme_is(*entities: Entity) -> Named:
    """The programme is one of these."""
    return named(Role.PROGRAMME, *entities)


def funder_is(*entities: Entity) -> Named:
    """The funder is one of these."""
    return named(Role.FUNDER, *entities)


def recipient_is(*entities: Entity) -> Named:
    """The recipient is one of these."""
    return named(Role.RECIPIENT, *entities)


def place_is(*entities: Entity) -> Named:
    """The place is one of these."""
    return named(Role.PLACE, *entities)


def in_years(*years: str) -> During:
    """The money is of these financial years."""
    return During(Period(years=years, words=" and ".join(years)))


def says(*words: str) -> Says:
    """The words stand in the row or around it."""
    return Says(words)


def not_of(kind: Kind) -> OfKind:
    """The party is not of a kind."""
    return OfKind(Role.PARTY, kind, without=True)


def money(*where: Condition) -> Scan:
    """The sums that meet conditions."""
    return Scan(Rows.AWARDS, where)


def decisions(*where: Condition) -> Scan:
    """The decisions that meet conditions."""
    return Scan(Rows.DECISIONS, where)


def total(of: Set, facts: Facts) -> Decimal | None:
    """What a set comes to; None where nothing is found."""
    draft = execute(Total(of), facts)
    return draft.value.amount if draft else None


def ranked(of: Set, what: What, facts: Facts, *, least: bool = False, limit: int | None = None) -> list[str]:
    """The labels of a ranking, in order."""
    draft = execute(List(of, what, Order("amount", least, limit)), facts)
    return [item.label for item in draft.items] if draft else []


def listed(of: Set, what: What, facts: Facts) -> dict[str, Decimal | None]:
    """The labels of a list with their amounts."""
    return amounts(execute(List(of, what), facts))


def amounts(draft: Draft | None) -> dict[str, Decimal | None]:
    """The labels of an answer's lines with their amounts."""
    return {item.label: item.amount for item in draft.items} if draft else {}


def run(form: Form, facts: Facts) -> Draft:
    """What a form comes to, which must be something."""
    draft = execute(form, facts)
    assert draft is not None
    return draft
