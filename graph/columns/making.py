"""Makes the tables of a build out of its graph's content; `tables.py` says what each table holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from graph.columns.everything import Everything
from graph.columns.numbering import NONE, Numbering
from graph.columns.postings import postings_table
from graph.columns.rows import as_json
from graph.columns.texts import passages_table, word_tables
from graph.corrections.notes import CorrectionNote
from graph.counting.connected import ties_of
from graph.identifiers import entity_iri
from graph.model import Award, Entity, FundingFlow, Passage
from graph.parse.references import reference_key
from graph.registry import Registry
from graph.stated.awards import StatedAward
from graph.stated.checks import StatedCheck
from graph.stated.cited import CitedDecision, Total
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow
from graph.stated.things import NamedThing, things_of
from graph.stems import stem, stems_of, words_of

_DIGITS = 38

TIES = "flow_ties"
Tables = dict[str, Any]
PlacesIn = Callable[[str], Iterable[str]]  #: the ids of the places that a text names


def make_tables(
    stated: Everything,
    passages: Iterable[tuple[str, Passage]],
    registry: Registry,
    places_in: PlacesIn | None = None,
) -> Tables:
    """Return the tables of a build, by name.

    Args:
        stated: The content of its graph.
        passages: Its documents' passages, as (document, passage).
        registry: The registry.
        places_in: Finds the places that a title and summary name; without it, they are found when a reader asks.
    """
    numbers = Numbering()
    for document in stated.heads:
        numbers.document(document)
    named = [(numbers.document(document), numbers.thing(entity)) for document, entity in namings(stated)]
    flows, awards = [s.flow for s in stated.flows], [s.award for s in stated.awards]
    tables = {
        "flows": _funding(stated.flows, flows, numbers),
        TIES: _ties(stated),
        "awards": _funding(stated.awards, awards, numbers),
        **_relations(stated, numbers),
        "checks": checks_table(stated.contradictions, stated.checks, numbers),
        "totals": _rows_of_documents(stated.totals, numbers),
        **corrections_tables(stated.corrections, stated.corrected_names),
    }
    tables["flow_words"] = postings_table(map(own_words, flows))
    tables["award_words"] = postings_table(map(own_words, awards))
    tables["passages"] = passages_table(stated, passages, numbers)
    tables["documents"] = _documents(stated, numbers, named, places_in)
    tables |= references_tables(
        [(head.reference or "", head.iri) for head in stated.heads.values()], stated.keys, stated.cited
    )
    tables |= word_tables(stated, tables["documents"], tables["passages"], numbers, registry)
    tables["named_in"] = _named_in(named, numbers)
    tables["documents_by_place"] = postings_table(
        places or () for places in tables["documents"]["places_named"].to_pylist()
    )
    tables |= things_tables(stated.named, numbers)
    return tables


def namings(stated: Everything) -> Iterator[tuple[str, Entity]]:
    """Yield (document, thing) for each thing that a flow, award or relation names, and for each body that decided."""
    for one in stated.flows:
        yield from ((one.document, entity) for entity in things_of(one.flow))
    for each in stated.awards:
        yield from ((each.document, entity) for entity in things_of(each.award))
    for relation in stated.relations:
        ends = (relation.subject, relation.object)
        yield from ((relation.document, entity) for entity in ends if isinstance(entity, Entity))
    for document, head in stated.heads.items():
        if head.body is not None:
            yield document, head.body


def own_words(funding: FundingFlow | Award) -> frozenset[str]:
    """Return the stems of a flow's or award's own words, and of the names in it."""
    names = [programme.name for programme in funding.programmes]
    names += [entity.name for entity in (funding.recipient, funding.fund) if entity is not None]
    quotes = [evidence.quote for evidence in funding.evidence]
    return stems_of(" ".join([*names, funding.purpose, funding.recipient_words, *quotes]))


def _funding(
    stated: Sequence[StatedFlow] | Sequence[StatedAward], funding: Sequence[FundingFlow | Award], numbers: Numbering
) -> Any:
    import pyarrow

    number, words = pyarrow.int32(), pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    return pyarrow.table(
        {
            "stated": pyarrow.array([as_json(each) for each in stated], pyarrow.large_binary()),
            "iri": pyarrow.array([each.iri for each in stated], pyarrow.string()),
            "document": pyarrow.array([numbers.document(each.document) for each in stated], number),
            "funder": pyarrow.array([numbers.thing(each.funder) for each in funding], number),
            "recipient": pyarrow.array([numbers.thing(each.recipient) for each in funding], number),
            "place": pyarrow.array([numbers.thing(each.place) for each in funding], number),
            "fund": pyarrow.array([numbers.thing(each.fund) for each in funding], number),
            "programmes": pyarrow.array(
                [[numbers.thing(p) for p in each.programmes] for each in funding], pyarrow.list_(number)
            ),
            "amount": pyarrow.array(
                [each.amount if isinstance(each, FundingFlow) else Decimal(0) for each in funding],
                pyarrow.decimal128(_DIGITS, 2),
            ),
            "kind": pyarrow.array([each.kind.value for each in funding], pyarrow.string()).cast(words),
            "status": pyarrow.array([each.status.value for each in funding], pyarrow.string()).cast(words),
            "years": pyarrow.array([" ".join(each.years) for each in funding], pyarrow.string()).cast(words),
            "open_to": pyarrow.array(
                [each.recipient_words.lower() if each.recipient is None else "" for each in funding], pyarrow.string()
            ).cast(words),
        }
    )


def _ties(stated: Everything) -> Any:
    import pyarrow

    decisions = {document: head.iri for document, head in stated.heads.items()}
    ties = [ties_of(each, decisions.get(each.document, each.document)) for each in stated.flows]
    return pyarrow.table({"ties": pyarrow.array(ties, pyarrow.list_(pyarrow.int64()))})


def _relations(stated: Everything, numbers: Numbering) -> Tables:
    import pyarrow

    relations = stated.relations

    def thing(end: Entity | str) -> int:
        return numbers.thing(end) if isinstance(end, Entity) else NONE

    number = pyarrow.int32()
    table = pyarrow.table(
        {
            "stated": pyarrow.array([as_json(each) for each in relations], pyarrow.large_binary()),
            "document": pyarrow.array([numbers.document(each.document) for each in relations], number),
            "kind": pyarrow.array([each.kind.value for each in relations], pyarrow.string()).cast(
                pyarrow.dictionary(number, pyarrow.string())
            ),
            "subject": pyarrow.array([thing(each.subject) for each in relations], number),
            "object": pyarrow.array([thing(each.object) for each in relations], number),
        }
    )
    return {
        "relations": table,
        "relation_subjects": postings_table(_decision_end(each.subject) for each in relations),
        "relation_objects": postings_table(_decision_end(each.object) for each in relations),
    }


def _decision_end(end: Entity | str) -> tuple[str, ...]:
    return (end,) if isinstance(end, str) and end else ()


def checks_table(contradictions: Sequence[StatedCheck], checks: Sequence[StatedCheck], numbers: Numbering) -> Any:
    """Return the table of checks: those between documents first."""
    import pyarrow

    every = (*contradictions, *checks)
    return _rows_of_documents(
        every,
        numbers,
        verdict=pyarrow.array([each.check.verdict.value for each in every], pyarrow.string()),
        between_documents=pyarrow.array([n < len(contradictions) for n in range(len(every))], pyarrow.bool_()),
    )


def _rows_of_documents(rows: Sequence[StatedCheck] | Sequence[Total], numbers: Numbering, **more: Any) -> Any:
    import pyarrow

    return pyarrow.table(
        {
            "stated": pyarrow.array([as_json(each) for each in rows], pyarrow.large_binary()),
            "document": pyarrow.array([numbers.document(each.document) for each in rows], pyarrow.int32()),
            **more,
        }
    )


def references_tables(
    heads: Iterable[tuple[str, str]],
    keys: Iterable[tuple[str, str]],
    cited: Iterable[CitedDecision],
    key_of: Callable[[str], str] = reference_key,
) -> Tables:
    """Return the tables of printed references, of the decisions of each key, and of decisions that are only cited.

    Args:
        heads: (reference, IRI) of the loaded decisions, latest signature first.
        keys: (normalised reference, IRI) of the loaded decisions, in the order of the documents' names.
        cited: The decisions that are named and not loaded.
        key_of: Returns the normalised form of a printed reference.
    """
    import pyarrow

    cited_only = sorted(cited, key=lambda each: each.iri)
    printed: dict[str, str] = {}
    iris: dict[str, dict[str, None]] = {}
    for reference, iri in heads:
        if reference:
            key = printed[reference.lower()] = key_of(reference)
            iris.setdefault(key, {})[iri] = None
    printed |= {each.reference.lower(): key_of(each.reference) for each in cited_only if each.reference}
    order = {reference: number for number, reference in enumerate(printed)}
    ordered = sorted(printed)
    for key, iri in keys:
        iris.setdefault(key, {})[iri] = None
    for each in cited_only:
        iris.setdefault(key_of(each.reference), {})[each.iri] = None
    ordered_keys = sorted(iris)
    words = pyarrow.string()
    return {
        "references": pyarrow.table(
            {
                "printed": pyarrow.array(ordered, words),
                "key": pyarrow.array([printed[each] for each in ordered], words),
                "order": pyarrow.array([order[each] for each in ordered], pyarrow.int32()),
            }
        ),
        "keys": pyarrow.table(
            {
                "key": pyarrow.array(ordered_keys, words),
                "decisions": pyarrow.array([list(iris[key]) for key in ordered_keys], pyarrow.list_(words)),
            }
        ),
        "cited": pyarrow.table(
            {
                "iri": pyarrow.array([each.iri for each in cited_only], words),
                "reference": pyarrow.array([each.reference for each in cited_only], words),
            }
        ),
    }


def corrections_tables(
    corrections: Mapping[str, tuple[CorrectionNote, ...]], names: Iterable[tuple[str, str]]
) -> Tables:
    """Return the tables of what people set right: notes by what they are about, and names given to things."""
    import pyarrow

    named = list(names)
    words = pyarrow.string()
    return {
        "corrections": pyarrow.table(
            {
                "about": pyarrow.array(list(corrections), words),
                "stated": pyarrow.array([as_json(notes) for notes in corrections.values()], pyarrow.binary()),
            }
        ),
        "corrected_names": pyarrow.table(
            {
                "thing": pyarrow.array([iri for iri, _ in named], words),
                "name": pyarrow.array([name for _, name in named], words),
            }
        ),
    }


def things_tables(named: Iterable[NamedThing], numbers: Numbering) -> Tables:
    """Return the tables of things: named things in the order of first naming, then areas that only have a page.

    Args:
        named: Everything that has a page, in the order of the pages.
        numbers: The things that documents name, in the order of first naming.
    """
    import pyarrow

    count = len(numbers.entities)
    pages = {numbers.thing(each.entity): (order, each) for order, each in enumerate(named)}
    entities = numbers.entities
    shown = [pages.get(number) for number in range(len(entities))]
    words, number = pyarrow.string(), pyarrow.int32()
    table = pyarrow.table(
        {
            "iri": pyarrow.array([str(entity_iri(each)) for each in entities], words),
            "id": pyarrow.array([each.id for each in entities], words),
            "name": pyarrow.array([each.name for each in entities], words),
            "kind": pyarrow.array([each.kind.value for each in entities], words),
            "is_verified": pyarrow.array([each.verified for each in entities], pyarrow.bool_()),
            "is_named": pyarrow.array([row < count for row in range(len(entities))], pyarrow.bool_()),
            "page": pyarrow.array([NONE if each is None else each[0] for each in shown], number),
            "flows": pyarrow.array([0 if each is None else each[1].flows for each in shown], number),
            "awards": pyarrow.array([0 if each is None else each[1].awards for each in shown], number),
        }
    )
    plain = [_plain(each.name) for each in entities]
    order = sorted(range(len(plain)), key=lambda row: plain[row])
    return {
        "things": table,
        "things_by_id": postings_table((each.id,) for each in entities),
        "thing_words": postings_table({stem(word) for word in words_of(each.name)} for each in entities),
        "names": pyarrow.table(
            {"name": pyarrow.array([plain[row] for row in order], words), "thing": pyarrow.array(order, number)}
        ),
    }


def _plain(name: str) -> str:
    """Return a name in the form in which it is looked for in a question."""
    return name.lower().replace("’", "'").strip()


def _named_in(named: Sequence[tuple[int, int]], numbers: Numbering) -> Any:
    by_document: list[set[str]] = [set() for _ in numbers.documents]
    for document, thing in named:
        by_document[document].add(numbers.entities[thing].id)
    return postings_table(by_document)


def _documents(
    stated: Everything, numbers: Numbering, named: Sequence[tuple[int, int]], places_in: PlacesIn | None
) -> Any:
    import pyarrow

    names = list(numbers.documents)
    heads = [stated.heads.get(name) for name in names]
    things: list[dict[str, int]] = [{} for _ in names]
    for document, thing in named:
        things[document][numbers.entities[thing].id] = thing
    words = pyarrow.string()
    placed = [
        sorted(set(places_in(f"{head.title}. {head.summary}"))) if head is not None and places_in is not None else None
        for head in heads
    ]

    def column(read: Callable[[DecisionHead], str]) -> Any:
        return pyarrow.array([read(head) if head is not None else "" for head in heads], words)

    return pyarrow.table(
        {
            "document": pyarrow.array(names, words),
            "stated": pyarrow.array([as_json(head) if head else None for head in heads], pyarrow.large_binary()),
            "iri": column(lambda head: head.iri),
            "title": column(lambda head: head.title),
            "summary": column(lambda head: head.summary),
            "reference": column(lambda head: head.reference or ""),
            "body": column(lambda head: head.body.id if head.body is not None else ""),
            "decided_by": column(lambda head: head.decided_by),
            "signed": column(lambda head: head.signed),
            "record_type": column(lambda head: head.record_type),
            "things": pyarrow.array([list(each.values()) for each in things], pyarrow.list_(pyarrow.int32())),
            "places_named": pyarrow.array(placed, pyarrow.list_(words)),
        }
    )
