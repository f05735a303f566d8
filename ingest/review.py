"""What a person decided about documents that wait: left out, set right, put together with a known name."""

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
    """Decisions on a batch. Documents and sums are accepted until a person says otherwise."""

    who: str = ""  #: the name that corrections are kept with
    drafts: list[Correction] = field(default_factory=list)  #: sums set right
    documents_out: set[str] = field(default_factory=set)  #: file names
    sums_out: set[tuple[str, str]] = field(default_factory=set)  #: (file name, key of the flow or award)
    chosen: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)  #: of a flow: the value of each part
    same_as: dict[str, str] = field(default_factory=dict)  #: Entity.id of a new name: the name it stands for

    def set_document(self, name: str, *, accepted: bool) -> None:
        """Accept a document or leave it out."""
        (self.documents_out.discard if accepted else self.documents_out.add)(name)

    def set_sum(self, name: str, flow: str, *, accepted: bool) -> None:
        """Accept a sum of a document or leave it out."""
        (self.sums_out.discard if accepted else self.sums_out.add)((name, flow))

    def choose(self, name: str, flow: str, slot: str, value: str) -> None:
        """Say what a doubtful part of a sum is: what was read, its runner-up, or "" for none."""
        self.chosen.setdefault((name, flow), {})[slot] = value

    def unchoose(self, name: str, flow: str, slot: str) -> None:
        """Take back what was said of a doubtful part."""
        parts = self.chosen.get((name, flow), {})
        parts.pop(slot, None)
        if not parts:
            self.chosen.pop((name, flow), None)

    def set_same(self, new: Entity, known: str) -> None:
        """Say that a new name stands for a known one; "" keeps it as a new name."""
        if known and known != new.name:
            self.same_as[new.id] = known
        else:
            self.same_as.pop(new.id, None)

    def forget(self, name: str) -> None:
        """Forget what was said of a document's sums, because it was read anew."""
        self.drafts = [each for each in self.drafts if each not in self.drafts_of(name)]
        self.sums_out = {each for each in self.sums_out if each[0] != name}
        self.chosen = {key: parts for key, parts in self.chosen.items() if key[0] != name}

    def take_back(self, correction: Correction) -> None:
        """Forget a correction of a sum; it may be gone already, as two pages can show one review."""
        with suppress(ValueError):
            self.drafts.remove(correction)

    def drafts_of(self, name: str) -> list[Correction]:
        """Return the corrections of a document's sums that a person wrote."""
        return [each for each in self.drafts if each.flow is not None and each.flow.document == name]

    def choices_in(self, record: Record) -> list[Correction]:
        """Return the corrections that follow from what was chosen for doubtful parts of a document's sums."""
        made = []
        for (name, key), parts in self.chosen.items():
            flow = find_in_record(record, key) if name == record.document else None
            if flow is not None:
                changes = [change_of(FIELD_OF_SLOT[slot], [value]) for slot, value in parts.items()]
                made.append(flow_correction(record, flow, changes, who=self.who.strip() or NOBODY, why=CHOSEN))
        return made

    def accepted(self, found: Iterable[Pending]) -> tuple[Pending, ...]:
        """Return the documents that are to be published: those that could be read and were not left out."""
        return tuple(each for each in found if each.record is not None and each.name not in self.documents_out)

    def needs_name(self, accepted: Sequence[Pending]) -> bool:
        """Return whether something was changed, and nobody's name stands for it."""
        return not self.who.strip() and any(self._changes(accepted))

    def corrections(self, accepted: Sequence[Pending]) -> tuple[Correction, ...]:
        """Return what is to be corrected in the accepted documents.

        Raises:
            CorrectionRefused: Something is to be corrected, and the name is missing.
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
    """Return the new names of several documents, each once."""
    names: dict[str, Suggestion] = {}
    for pending in found:
        for each in pending.suggestions:
            names.setdefault(each.new.entity.id, each)
    return tuple(names.values())


def by_stake(found: Iterable[Pending]) -> tuple[Pending, ...]:
    """Return documents in the order to look them over: those with the most money that is not sure first."""
    return tuple(sorted(found, key=lambda each: -money_at_stake(each.record) if each.record else 0))


def _key(correction: Correction) -> str:
    """Return the key of the flow or award that a correction is about; "" for none."""
    key = correction.flow
    return key_of_id(key.flow, is_award=key.is_award) if key else ""


def _records(accepted: Sequence[Pending]) -> Iterable[tuple[Pending, Record]]:
    return [(pending, pending.record) for pending in accepted if pending.record is not None]
