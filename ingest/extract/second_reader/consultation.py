"""The consultation of a second reader about one document: which statements are asked about, and what was answered."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from graph.chat import NoAnswer, place_of
from graph.errors import WhofundsError
from graph.settings import Settings
from ingest.extract.account.account import Account
from ingest.extract.account.heard import Heard
from ingest.extract.account.measured import NEUTRAL, Measured, load_measured
from ingest.extract.names.document_names import DocumentNames
from ingest.extract.scope.document import Scope
from ingest.extract.second_reader.accepting import Acceptor
from ingest.extract.second_reader.address import address_of, is_asked
from ingest.extract.second_reader.answers import Answer, answers_in, checked
from ingest.extract.second_reader.kept_answers import digest_of, read_answer
from ingest.extract.second_reader.questions import Question, doubtful_slots, question_of, settled_by
from ingest.extract.second_reader.transport import Line, line_to
from ingest.extract.slots.readings import Reading
from ingest.extract.words.lexicon import Lexicon

log = logging.getLogger(__name__)
UNUSABLE = "its answer holds no JSON object"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many doubtful statements were sent, skipped and so on; answers are counted by slot."""

    sent: int = 0  #: questions that were sent
    kept: int = 0  #: that an earlier answer settled
    missed: int = 0  #: that got no usable answer, or were not sent since the address is left alone
    over: int = 0  #: beyond the limit for each document
    agreed: int = 0
    differed: int = 0
    refused: int = 0  #: answers that are neither a candidate nor words of the text

    def __add__(self, other: Counts) -> Counts:
        """Return the sum of both counts."""
        return Counts(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


@dataclass(slots=True)
class Consultation:
    """Asks a second reader about the doubtful statements of one document and keeps the answers."""

    name: str  #: of the document
    settings: Settings
    measured: Measured = NEUTRAL
    workspace: Path | None = None  #: whose kept answers are taken; nothing is written there
    counts: Counts = field(default_factory=Counts)
    fresh: dict[str, dict[str, Answer]] = field(default_factory=dict)  #: new answers, to be kept
    heard: dict[str, Heard] = field(default_factory=dict)  #: by the id of the flow
    _fault: str = ""

    def hear(
        self, readings: Sequence[Reading], scope: Scope, names: DocumentNames, lexicon: Lexicon, account: Account
    ) -> list[Reading]:
        """Return the readings, the doubtful ones with the second reader's opinions; no value changes.

        It is asked about doubtful sums, the largest first, and never about a sum that is sure already.
        """
        sure = settled_by(account)
        wanted = {index: slots for index, one in enumerate(readings) if (slots := doubtful_slots(one, sure))}
        order = sorted(wanted, key=lambda index: (-_stake(readings[index]), index))
        room = max(0, self.settings.second_reader_questions - self.counts.sent - self.counts.kept - self.counts.missed)
        self._add(over=len(order) - len(order[:room]))
        found = list(readings)
        acceptor = Acceptor(scope, names, lexicon)
        for index in order[:room]:
            question = question_of(readings[index], wanted[index], scope)
            answers = self._answers(question)
            if answers is None:
                self._add(missed=1)
                continue
            opinions, refused = acceptor.opinions(readings[index], question, answers)
            agreed = sum(one.agrees for one in opinions)
            self._add(agreed=agreed, differed=len(opinions) - agreed, refused=refused)
            found[index] = replace(readings[index], second=opinions)
        log.info("second reader document=%s counts=%s", self.name, self.counts)
        return found

    @property
    def is_unfinished(self) -> bool:
        """True if an answer is missing that another reading of the document might get."""
        return self.counts.missed > 0

    @property
    def issues(self) -> tuple[str, ...]:
        """What could not be done in the consultation, in a sentence; () if all was done."""
        missed = self.counts.missed
        if not missed:
            return ()
        where = place_of(self.settings.second_reader) or "the address that is set"
        every = missed + self.counts.sent + self.counts.kept
        return (
            f"{self.name}: the second reader at {where} gave no answer on {missed} of {every} sums in doubt: "
            f"{self._fault}. They stand as they were read. Check WHOFUNDS_SECOND_READER, or unset it, and read the "
            "document again.",
        )

    def _answers(self, question: Question) -> dict[str, Answer] | None:
        """Return the answers to a question, stored or new; None if there are none."""
        try:
            address = address_of(self.settings)
        except WhofundsError as error:
            self._fault = str(error).rstrip(".")
            return None
        digest = digest_of(address, question)
        kept: dict[str, Any] | None = self.fresh.get(digest)
        if kept is None and self.workspace is not None:
            kept = read_answer(self.workspace, digest)
        if kept is not None:
            self._add(kept=1)
            return checked(kept, question)
        answers = self._asked(line_to(address), question)
        if answers is not None:
            self.fresh[digest] = answers
        return answers

    def _asked(self, line: Line, question: Question) -> dict[str, Answer] | None:
        try:
            answers = answers_in(line.ask(question.messages), question)
        except NoAnswer as error:
            self._fault = _said(str(error), line)
            return None
        if answers is None:
            line.failed(UNUSABLE)
            self._fault = _said(UNUSABLE, line)
            return None
        line.answered()
        self._add(sent=1)
        return answers

    def _add(self, **more: int) -> None:
        self.counts += Counts(**more)


def consultation_for(name: str, settings: Settings) -> Consultation | None:
    """Return the consultation for a document; None if the settings name no second reader."""
    if not is_asked(settings):
        return None
    try:
        measured = load_measured(address_of(settings).name)
    except WhofundsError:
        if settings.second_reader and _is_address(settings):
            raise
        measured = NEUTRAL  # what is wrong with the address, the document says
    return Consultation(name, settings, measured, settings.workspace)


def begin_run(settings: Settings) -> None:
    """Start a run of documents: an address that failed too often in an earlier run is tried again."""
    if is_asked(settings) and _is_address(settings):
        line_to(address_of(settings)).begin()


def run_said(settings: Settings, counts: Counts) -> str:
    """Return a sentence on what the second reader did in a run; "" if there was nothing to ask."""
    if counts == Counts():
        return ""
    parts = [f"asked about {counts.sent:,} sums in doubt"]
    parts += [f"{counts.kept:,} settled by earlier answers"] if counts.kept else []
    parts += [f"{counts.agreed:,} parts confirmed", f"{counts.differed:,} read otherwise"]
    parts += [f"{counts.refused:,} answers refused"] if counts.refused else []
    parts += [f"{counts.missed:,} sums without an answer"] if counts.missed else []
    parts += [f"{counts.over:,} beyond the limit for each document"] if counts.over else []
    return f"second reader at {place_of(settings.second_reader)}: {', '.join(parts)}"


def _said(fault: str, line: Line) -> str:
    if not line.is_left_alone:
        return fault
    last = f" (last: {line.last_fault})" if line.last_fault else ""
    return f"it is left alone for the rest of this run after failures in a row{last}"


def _is_address(settings: Settings) -> bool:
    try:
        address_of(settings)
    except WhofundsError:
        return False
    return True


def _stake(reading: Reading) -> float:
    """Return the doubtful money of a reading: its amount, times the probability that it is wrong."""
    return float(reading.statement.money.amount) * (1 - reading.confidence)
