"""What a person decided about documents that wait: left out, set right, put together with a known name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from graph.corrections.correction import Action, Correction, CorrectionRefused
from graph.model import Entity, Record
from ingest.correcting import merger, withdrawal
from ingest.doubts import Suggestion
from ingest.intake import Pending

LEFT_OUT = "left out when the document was added"
SAME = "the same, said while the document was added"


@dataclass
class Review:
    """Decisions on a batch. Documents and sums are accepted until a person says otherwise."""

    who: str = ""  #: the name that corrections are kept with
    drafts: list[Correction] = field(default_factory=list)  #: sums set right
    documents_out: set[str] = field(default_factory=set)  #: file names
    sums_out: set[tuple[str, str]] = field(default_factory=set)  #: (file name, FundingFlow.id)
    same_as: dict[str, str] = field(default_factory=dict)  #: Entity.id of a new name: the name it stands for

    def set_document(self, name: str, *, accepted: bool) -> None:
        """Accept a document or leave it out."""
        (self.documents_out.discard if accepted else self.documents_out.add)(name)

    def set_sum(self, name: str, flow: str, *, accepted: bool) -> None:
        """Accept a sum of a document or leave it out."""
        (self.sums_out.discard if accepted else self.sums_out.add)((name, flow))

    def set_same(self, new: Entity, known: str) -> None:
        """Say that a new name stands for a known one; "" keeps it as a new name."""
        if known and known != new.name:
            self.same_as[new.id] = known
        else:
            self.same_as.pop(new.id, None)

    def take_back(self, correction: Correction) -> None:
        """Forget a correction of a sum; it may be gone already, as two pages can show one review."""
        with suppress(ValueError):
            self.drafts.remove(correction)

    def drafts_of(self, name: str) -> list[Correction]:
        """Return the corrections of a document's sums."""
        return [each for each in self.drafts if each.flow is not None and each.flow.document == name]

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
            made += [each for each in self.drafts_of(pending.name) if each.flow and each.flow.flow not in out]
            gone = {each.flow.flow for each in made if each.flow and each.action is Action.WITHDRAW}
            made += [
                withdrawal(record, flow, who=self.who, why=LEFT_OUT)
                for flow in record.flows
                if flow.id in out and flow.id not in gone
            ]
        for each in queue(accepted):
            if known := self.same_as.get(each.new.entity.id):
                new = each.new.entity
                made.append(merger(new.name, known, new.kind, who=self.who, why=SAME))
        return tuple(made)

    def _changes(self, accepted: Sequence[Pending]) -> Iterable[bool]:
        for pending, record in _records(accepted):
            yield bool(self.drafts_of(pending.name))
            yield any((pending.name, flow.id) in self.sums_out for flow in record.flows)
        yield any(each.new.entity.id in self.same_as for each in queue(accepted))


def queue(found: Iterable[Pending]) -> tuple[Suggestion, ...]:
    """Return the new names of several documents, each once."""
    names: dict[str, Suggestion] = {}
    for pending in found:
        for each in pending.suggestions:
            names.setdefault(each.new.entity.id, each)
    return tuple(names.values())


def _records(accepted: Sequence[Pending]) -> Iterable[tuple[Pending, Record]]:
    return [(pending, pending.record) for pending in accepted if pending.record is not None]
