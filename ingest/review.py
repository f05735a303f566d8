"""What a person decides about documents under review: leave out, correct, or merge a new name with a known one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from graph.corrections.correction import FIELD_OF_SLOT, Action, Correction, CorrectionRefused
from graph.corrections.values import change_of
from graph.model import Entity, Record
from ingest.correcting import flow_correction, merger, withdrawal
from ingest.doubts import Suggestion
from ingest.intake import Pending
from ingest.stakes import find_in_record, key_in_record, key_of_id, money_at_stake, review_order

LEFT_OUT = "left out when the document was added"
SAME = "the same, said while the document was added"
CHOSEN = "chosen when the document was added"
NOBODY = "not named yet"  #: who a choice is by until a name is written


@dataclass
class Review:
    """The decisions of one reviewer on a batch. Documents and sums count as accepted until they are left out."""

    who: str = ""  #: the name that corrections are kept with
    drafts: list[Correction] = field(default_factory=list)  #: sums set right
    documents_out: set[str] = field(default_factory=set)  #: file names
    sums_out: set[tuple[str, str]] = field(default_factory=set)  #: (file name, key of the flow or award)
    chosen: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)  #: of a flow: the value of each part
    same_as: dict[str, str] = field(default_factory=dict)  #: Entity.id of a new name: the name it stands for

    def set_document(self, name: str, *, accepted: bool) -> None:
        """Accept a document, or leave it out."""
        (self.documents_out.discard if accepted else self.documents_out.add)(name)

    def set_sum(self, name: str, flow: str, *, accepted: bool) -> None:
        """Accept a flow or award of a document, or leave it out."""
        (self.sums_out.discard if accepted else self.sums_out.add)((name, flow))

    def choose(self, name: str, flow: str, slot: str, value: str) -> None:
        """Set a doubtful slot of a flow: to the value that was read, to an alternative, or to "" for no value."""
        self.chosen.setdefault((name, flow), {})[slot] = value

    def unchoose(self, name: str, flow: str, slot: str) -> None:
        """Take back the value that was chosen for a doubtful slot."""
        parts = self.chosen.get((name, flow), {})
        parts.pop(slot, None)
        if not parts:
            self.chosen.pop((name, flow), None)

    def set_same(self, new: Entity, known: str) -> None:
        """Merge a new name with the known entity `known`; "" keeps the new name."""
        if known and known != new.name:
            self.same_as[new.id] = known
        else:
            self.same_as.pop(new.id, None)

    def forget(self, name: str) -> None:
        """Drop all decisions on a document's sums, because the document was read again."""
        self.drafts = [each for each in self.drafts if each not in self.drafts_of(name)]
        self.sums_out = {each for each in self.sums_out if each[0] != name}
        self.chosen = {key: parts for key, parts in self.chosen.items() if key[0] != name}

    def take_back(self, correction: Correction) -> None:
        """Drop a correction that was drafted; it may be gone already, as two pages can show the same review."""
        with suppress(ValueError):
            self.drafts.remove(correction)

    def drafts_of(self, name: str) -> list[Correction]:
        """Return the corrections that the reviewer wrote for a document's sums."""
        return [each for each in self.drafts if each.flow is not None and each.flow.document == name]

    def choices_in(self, record: Record) -> list[Correction]:
        """Return the corrections that follow from the values chosen for doubtful slots of a record."""
        made = []
        for (name, key), parts in self.chosen.items():
            flow = find_in_record(record, key) if name == record.document else None
            if flow is not None:
                changes = [change_of(FIELD_OF_SLOT[slot], [value]) for slot, value in parts.items()]
                made.append(flow_correction(record, flow, changes, who=self.who.strip() or NOBODY, why=CHOSEN))
        return made

    def accepted(self, found: Iterable[Pending]) -> tuple[Pending, ...]:
        """Return the documents to publish: those that could be read and that the reviewer did not leave out."""
        return tuple(each for each in found if each.record is not None and each.name not in self.documents_out)

    def needs_name(self, accepted: Sequence[Pending]) -> bool:
        """Return True if the reviewer changed something and has not given a name."""
        return not self.who.strip() and any(self._changes(accepted))

    def corrections(self, accepted: Sequence[Pending]) -> tuple[Correction, ...]:
        """Return all corrections of the accepted documents that follow from this review.

        Raises:
            CorrectionRefused: There are corrections, and the reviewer's name is missing.
        """
        if self.needs_name(accepted):
            raise CorrectionRefused("write your name: it is kept with what you changed")
        made: list[Correction] = []
        for pending, record in _records(accepted):
            out = {flow for document, flow in self.sums_out if document == pending.name}
            kept = [
                each for each in (*self.choices_in(record), *self.drafts_of(pending.name)) if _key(each) not in out
            ]
            gone = {_key(each) for each in kept if each.action is Action.WITHDRAW}
            made += kept
            made += [
                withdrawal(record, each, who=self.who, why=LEFT_OUT)
                for each in review_order(record)
                if key_in_record(each) in out and key_in_record(each) not in gone
            ]
        for each in queue(accepted):
            if known := self.same_as.get(each.new.entity.id):
                new = each.new.entity
                made.append(merger(new.name, known, new.kind, who=self.who, why=SAME))
        return tuple(made)

    def _changes(self, accepted: Sequence[Pending]) -> Iterable[bool]:
        for pending, record in _records(accepted):
            yield bool(self.drafts_of(pending.name))
            keys = [(pending.name, key_in_record(each)) for each in review_order(record)]
            yield any(key in self.sums_out or key in self.chosen for key in keys)
        yield any(each.new.entity.id in self.same_as for each in queue(accepted))


def queue(found: Iterable[Pending]) -> tuple[Suggestion, ...]:
    """Return the new names of several documents, each name once."""
    names: dict[str, Suggestion] = {}
    for pending in found:
        for each in pending.suggestions:
            names.setdefault(each.new.entity.id, each)
    return tuple(names.values())


def by_stake(found: Iterable[Pending]) -> tuple[Pending, ...]:
    """Return the documents in review order: those with the most doubtful money first."""
    return tuple(sorted(found, key=lambda each: -money_at_stake(each.record) if each.record else 0))


def _key(correction: Correction) -> str:
    """Return the key of the flow or award that a correction changes; "" if it changes neither."""
    key = correction.flow
    return key_of_id(key.flow, is_award=key.is_award) if key else ""


def _records(accepted: Sequence[Pending]) -> Iterable[tuple[Pending, Record]]:
    return [(pending, pending.record) for pending in accepted if pending.record is not None]
