"""Judge again only what changed documents have to do with: their bodies, the decisions they cite, the parties they pay.

The result is that of `reconcile` with all records. Flows of unchanged documents come out of the build's columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from graph.arrow import among
from graph.columns.columns import Columns
from graph.columns.making import Tables
from graph.columns.next_build import JUDGEMENTS, KEYS, Parts, References, judgements_in, references_in
from graph.lists import is_list
from graph.model import Award, Decision, FundingFlow, Record
from graph.rdf.judgements import Judgement
from ingest.reconcile import award_key, body_key, reconcile_awards_of, reconcile_bodies
from ingest.reconcile_lists import is_given, parties_key, reconcile_lists

Pair = tuple[str, str]  #: ids of a funder and a recipient


def reconcile_changes(before: Tables, keys: References, own: Sequence[Record], changed: Collection[str]) -> Parts:
    """Return the judgements on all records after some documents changed.

    Args:
        before: The tables of the build before.
        keys: The references of all documents as they are now.
        own: The records of the changed documents that are there.
        changed: The names of all documents that are new, say something else or have gone.
    """
    return _Changes(before, keys, own, changed).parts()


class _Changes:
    def __init__(self, before: Tables, keys: References, own: Sequence[Record], changed: Collection[str]) -> None:
        self._before, self._keys, self._changed = before, keys, set(changed)
        self._columns = Columns(before)
        self._own = {record.document: record for record in own}
        numbers = self._columns.numbers_of_documents
        self._had = [numbers[name] for name in sorted(self._changed) if name in numbers]

    def parts(self) -> Parts:
        """Return all judgements, by what they were concluded from."""
        found: dict[str, Sequence[Judgement]] = dict(judgements_in(self._before[JUDGEMENTS]))
        for made in (self._bodies(), self._awards(), self._lists()):
            for key, judgements in made.items():
                found.pop(key, None)
                if judgements:
                    found[key] = judgements
        return found

    def _bodies(self) -> Parts:
        heads, flows = self._columns.heads, self._columns.flows
        bodies = {heads[n].body for n in self._had if flows.of_document(n)}
        bodies |= {record.decision.body for record in self._own.values() if record.flows}
        ids = {body.id for body in bodies if body is not None}
        if not ids:
            return {}
        offices = self._columns.words("documents", "body")
        others = [number for number, office in enumerate(offices) if office in ids]
        records = [*self._held(others), *(each for each in self._own.values() if _body(each) in ids)]
        return {**{body_key(id): () for id in ids}, **reconcile_bodies(_ordered(records), self._cited(records))}

    def _awards(self) -> Parts:
        earlier = references_in(self._before[KEYS])
        touched = self._changed | _tied(self._changed, earlier) | _tied(self._changed, self._keys)
        subjects = {name for name in touched if self._has_awards(name)}
        near = subjects | _tied(subjects, self._keys)
        numbers = self._columns.numbers_of_documents
        records = self._held([numbers[name] for name in sorted(near) if name in numbers], with_awards=True)
        records += [record for name, record in self._own.items() if name in near]
        made = reconcile_awards_of(_ordered(records), self._cited(records)) if subjects else {}
        wanted = {award_key(name) for name in subjects}
        return {**{award_key(name): () for name in touched}, **{key: made[key] for key in made.keys() & wanted}}

    def _lists(self) -> Parts:
        kinds = {*self._columns.words("documents", "record_type")}
        if not any(map(is_list, kinds | {each.decision.record_type for each in self._own.values()})):
            return {}
        rows = self._columns.rows_in("flows", self._had)
        flows = [stated.flow for stated in self._columns.flows.rows.at(rows)]
        flows += [flow for record in self._own.values() for flow in record.flows]
        pairs = {pair for flow in flows if is_given(flow) and (pair := _pair(flow))}
        records = [*self._between(pairs), *(_with(each, flows=_of(each.flows, pairs)) for each in self._own.values())]
        return {**{parties_key(*pair): () for pair in pairs}, **reconcile_lists(_ordered(records))}

    def _between(self, pairs: Iterable[Pair]) -> list[Record]:
        """Return the records of unchanged documents with those flows alone that one of some pairs pays to the other."""
        import numpy

        funders, recipients = (self._columns.flows.numbers(name) for name in ("funder", "recipient"))
        chosen = self._columns.flows.none()
        for funder, recipient in pairs:
            one, other = (self._columns.numbers_of_ids([id]) for id in (funder, recipient))
            chosen |= among(funders, one) & among(recipients, other)
        return self._records(numpy.flatnonzero(chosen), ())

    def _held(self, numbers: Collection[int], *, with_awards: bool = False) -> list[Record]:
        """Return the records of documents that did not change, as far as reconciliation looks at them."""
        awards = self._columns.rows_in("awards", numbers) if with_awards else ()
        return self._records(self._columns.rows_in("flows", numbers), awards)

    def _records(self, flow_rows: Iterable[int], award_rows: Iterable[int]) -> list[Record]:
        flows: dict[str, list[FundingFlow]] = defaultdict(list)
        awards: dict[str, list[Award]] = defaultdict(list)
        for row in flow_rows:
            stated = self._columns.flows.rows[row]
            flows[stated.document].append(stated.flow)
        for row in award_rows:
            said = self._columns.awards.rows[row]
            awards[said.document].append(said.award)
        names = sorted((flows.keys() | awards.keys()) - self._changed)
        return [self._record(name, flows.get(name, ()), awards.get(name, ())) for name in names]

    def _record(self, name: str, flows: Iterable[FundingFlow], awards: Iterable[Award]) -> Record:
        head = self._columns.heads[self._columns.numbers_of_documents[name]]
        decision = Decision(
            head.reference, head.title, head.body, head.decided_by, head.signed or None, head.record_type, head.source
        )
        return Record(name, "", decision, flows=tuple(flows), awards=tuple(awards))

    def _has_awards(self, name: str) -> bool:
        if name in self._changed:
            return name in self._own and bool(self._own[name].awards)
        return bool(self._columns.awards.of_document(self._columns.numbers_of_documents[name]))

    def _cited(self, records: Iterable[Record]) -> Mapping[str, frozenset[str]]:
        return {each.document: self._keys.cited.get(each.document, frozenset()) for each in records}


def _tied(documents: Iterable[str], keys: References) -> set[str]:
    """Return the documents that record the same decision as one of some documents, cite it, or are cited by it."""
    found: set[str] = set()
    for name in documents:
        own = keys.own.get(name)
        found.update(*([keys.of_key.get(own, ()), keys.citing.get(own, ())] if own else ()))
        found.update(*(keys.of_key.get(key, ()) for key in keys.cited.get(name, ())))
    return found


def _body(record: Record) -> str:
    return record.decision.body.id if record.decision.body is not None else ""


def _ordered(records: Iterable[Record]) -> list[Record]:
    return sorted(records, key=lambda record: record.document)


def _with(record: Record, *, flows: tuple[FundingFlow, ...]) -> Record:
    return Record(record.document, record.digest, record.decision, flows=flows)


def _pair(flow: FundingFlow) -> Pair | None:
    return (flow.funder.id, flow.recipient.id) if flow.funder is not None and flow.recipient is not None else None


def _of(flows: Iterable[FundingFlow], pairs: Collection[Pair]) -> tuple[FundingFlow, ...]:
    return tuple(flow for flow in flows if _pair(flow) in pairs)
