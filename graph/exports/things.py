"""The programmes, organisations, places and funds of a build as flat rows of text, and all that is known of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from graph.counting.likeness import total
from graph.counting.sides import Side
from graph.exports.columns import CellType, about
from graph.exports.facts import flat_facts
from graph.exports.source import Source
from graph.identifiers import entity_iri
from graph.model import Award, Entity, EntityKind, FundingFlow
from graph.queries import query
from graph.stated.flows import StatedFlow
from graph.stated.relations import StatedRelation
from graph.stated.things import NamedThing, named_things, thing_key

IN, OUT = Side.SOURCES, Side.DELIVERIES


@dataclass(frozen=True, slots=True)
class FlatThing:
    """One thing that a flow or award names, as a row; "" for what is not known.

    The fields are the columns of the CSV.
    """

    id: str = field(metadata=about("address of the thing; the same in every export", CellType.IRI))
    kind: str = field(metadata=about("what it is", values=tuple(map(str, EntityKind))))
    key: str = field(metadata=about('the id by which it is asked for, such as "drive"'))
    name: str = field(metadata=about("its name"))
    identifiers: str = field(
        metadata=about('public identifiers of an organisation, code of a place: "; " between')
    )
    sums: str = field(metadata=about("how many sums name it", CellType.NUMBER))
    awards: str = field(metadata=about("how many awards without a printed sum name it", CellType.NUMBER))
    amount_in: str = field(
        metadata=about(
            "its money where it comes in, counted once; of an organisation, what it receives", CellType.NUMBER
        )
    )
    amount_out: str = field(
        metadata=about(
            "its money where it ends, counted once; of an organisation, what it gives or spends", CellType.NUMBER
        )
    )


def flat_things(source: Source, kind: EntityKind | None = None) -> list[FlatThing]:
    """Return the things of a kind, or of all kinds, as rows, by kind and name."""
    kinds = EntityKind if kind is None else (kind,)
    totals = {side: {key: amount for each in kinds for key, amount in source.ledger.totals(each, side).items()}
              for side in (IN, OUT)}  # fmt: skip
    return [_flat(source, each, totals) for each in named_things(source.store) if each.entity.kind in kinds]


def thing_in_full(source: Source, row: FlatThing) -> dict[str, Any]:
    """Return a thing's row as JSON, with its other names, its money by year, its relations and its decisions.

    Money for several years together stands under all of these years and is not split.
    """
    thing = Entity(row.key, row.name, EntityKind(row.kind))
    key = thing_key(thing)
    relations = [stated for stated in source.relations if key in _ends(stated)]
    flows = [stated for stated in source.flows if _names(stated.flow, thing) or key in source.places.of(stated)]
    awards = [stated for stated in source.awards if _names(stated.award, thing)]
    documents = {each.document for each in flows} | {each.document for each in awards}
    documents |= {each.document for each in relations}
    return {
        **asdict(row),
        "other_names": [name for name in _all_names(source, row.id) if name != row.name],
        "years_in": _by_years(source.ledger.tally(thing, IN).flows),
        "years_out": _by_years(source.ledger.tally(thing, OUT).flows),
        "facts": [asdict(fact) for fact in flat_facts(source, relations)],
        "decisions": _decisions(source, documents),
    }


def _flat(source: Source, named: NamedThing, totals: Mapping[Side, Mapping[str, Decimal]]) -> FlatThing:
    thing, iri, key = named.entity, str(entity_iri(named.entity)), thing_key(named.entity)
    codes = source.org_ids.get(iri, ()) or filter(None, [source.place_codes.get(iri)])
    amounts = [f"{totals[side][key]:.2f}" if key in totals[side] else "" for side in (IN, OUT)]
    identifiers = "; ".join(codes)
    return FlatThing(
        iri, thing.kind.value, thing.id, thing.name, identifiers, str(named.flows), str(named.awards), *amounts
    )


def _ends(stated: StatedRelation) -> set[str]:
    return {thing_key(end) for end in (stated.subject, stated.object) if isinstance(end, Entity)}


def _names(money: FundingFlow | Award, thing: Entity) -> bool:
    named = (money.funder, money.recipient, money.place, money.fund, *money.programmes)
    return thing_key(thing) in {thing_key(each) for each in named if each is not None}


def _all_names(source: Source, iri: str) -> list[str]:
    rows = source.store.select(query("export-names"))
    return sorted({str(row["name"]) for row in rows if str(row["thing"]) == iri})


def _by_years(flows: Collection[StatedFlow]) -> list[dict[str, Any]]:
    """Return what sums of the same years come to; those without a year last."""
    by_years: dict[tuple[str, ...], list[StatedFlow]] = defaultdict(list)
    for stated in flows:
        by_years[stated.flow.years].append(stated)
    ordered = sorted(by_years, key=lambda years: (not years, years))
    return [{"years": list(years), "amount": f"{total(by_years[years]):.2f}"} for years in ordered]


def _decisions(source: Source, documents: Collection[str]) -> list[dict[str, str]]:
    heads = [head for document, head in source.heads.items() if document in documents]
    return [
        {
            "id": head.iri, "decision": head.reference or "", "title": head.title,
            "body": head.body.name if head.body else "", "signed": head.signed, "document": head.document,
            "source": head.source,
        }
        for head in heads
    ]  # fmt: skip
