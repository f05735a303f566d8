"""Files that people add together: read in the background, reviewed, and published or dropped as people decide."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable, Sequence
from enum import StrEnum
from hashlib import sha256

from graph.builds.manifest import DocumentEntry
from graph.corrections.correction import CorrectionRefused
from graph.errors import WhofundsError
from graph.machine_faults import machine_fault
from graph.settings import Settings
from ingest.apart import ReadingProcess, Stopped, reading_process
from ingest.columns.kept import Kept
from ingest.intake import Pending, publish_accepted, read_again, read_for_review, read_in
from ingest.origin import Origin
from ingest.report import IngestReport
from ingest.review import Review

log = logging.getLogger(__name__)
BROKEN_OFF = (
    "The reading broke off at {name} by a fault of the app; what was read before is kept. Read the rest to try again, "
    "or publish what was read. The log of the app has the fault."
)
UNEXPECTED = "Something went wrong that should not have; nothing was published. The log of the app has the fault."


class Stage(StrEnum):
    """The stage of a batch."""

    READING = "reading"
    REVIEW = "review"
    PUBLISHING = "publishing"
    PUBLISHED = "published"


#: why a batch is not published, by its stage
REFUSED = {
    Stage.READING: "the files are still being read; wait, or stop the reading, then publish",
    Stage.PUBLISHING: "these documents are being published already; wait until that is done",
    Stage.PUBLISHED: "these documents are published already; add others, or go back to the build before",
}


class Batch:
    """Some files that were added together, and the result for each. One thread works on a batch.

    Pages may read it any time.
    """

    def __init__(
        self, files: Sequence[tuple[str, bytes]], settings: Settings, origins: Sequence[Origin] = ()
    ) -> None:
        """Start to read the files; `origins` state where files that were fetched from the web are published."""
        self.id = secrets.token_hex(6)
        self.owner = ""  #: identity of whoever began it; "" where nobody signs in
        self.names = tuple(name for name, _ in files)
        self.found: list[Pending] = []  #: as they are read, in the order of the files
        self.review = Review()
        self.stage = Stage.READING
        self.is_stopped = False  #: a person stopped the reading; what was read by then is there
        self.broken_off = ""  #: why the reading ended before the last file and nobody stopped it; "" where it did not
        self.doing = ""  #: the current step of the work, in words
        self.fault = ""  #: why the last publication failed; "" where it did not
        self.report: IngestReport | None = None
        self._files = tuple(files)
        self._settings = settings
        self._origins = {origin.sha256: origin for origin in origins}
        self._changing = threading.RLock()  #: held by whoever goes from one stage to another
        self._begin(self._read)

    @property
    def waiting(self) -> tuple[str, ...]:
        """The names of the files that are not read: not yet, or not at all because the reading was stopped."""
        return self.names[len(self.found) :]

    def stop(self) -> None:
        """Stop the reading now. The document that is being read is not finished.

        Documents read before it stay in the batch.
        """
        with self._changing:
            if self.stage is Stage.READING:
                self.is_stopped, self.stage = True, Stage.REVIEW

    def read_rest(self) -> None:
        """Read the files that are still unread after a stop or a fault."""
        with self._changing:
            if self.stage is Stage.REVIEW and self.waiting:
                self.is_stopped, self.broken_off, self.stage = False, "", Stage.READING
                self._begin(self._read)

    def read_again(self, name: str, columns: Kept) -> None:
        """Read a spreadsheet of the batch again with the column roles that a person chose.

        What people decided about the sums of the first reading is dropped, since the sums are new.
        """
        with self._changing:
            places = [place for place, pending in enumerate(self.found) if pending.name == name]
            if self.stage is not Stage.REVIEW or not places:
                return
            self.found[places[0]] = read_again(self.found[places[0]], columns, self._settings)
            self.review.forget(name)

    def publish(self, settings: Settings | None = None) -> None:
        """Start to publish the accepted documents of the batch; `report` or `fault` holds the outcome.

        Args:
            settings: In whose name to publish; the settings that the batch was created with if None.

        Raises:
            CorrectionRefused: The batch is not under review, or the review is not complete.
        """
        with self._changing:
            if self.stage is not Stage.REVIEW:
                raise CorrectionRefused(REFUSED[self.stage])
            accepted = self.review.accepted(self.found)
            corrections = self.review.corrections(accepted)
            self.fault, self.stage, self.doing = "", Stage.PUBLISHING, "Getting ready"

            def work() -> None:
                self.report = publish_accepted(accepted, corrections, settings or self._settings, tell=self._tell)
                self.stage = Stage.PUBLISHED

            self._begin(lambda: self._published(work))

    def wait(self, seconds: float) -> None:
        """Block until the work in the background is done, or for at most this many seconds."""
        self._thread.join(seconds)

    def _begin(self, work: Callable[[], None]) -> None:
        self._thread = threading.Thread(target=work, name=f"batch-{self.id}", daemon=True)
        self._thread.start()

    def _read(self) -> None:
        me = threading.current_thread()

        def is_over() -> bool:
            """Return whether nobody waits for this reader: it was stopped, or another reads instead."""
            return self.is_stopped or self._thread is not me

        try:
            with reading_process(self._settings, is_over) as process:
                self._read_in(process, is_over)
        except Stopped:
            return
        except Exception:
            log.exception("batch=%s could not be read", self.id)
            with self._changing:
                if not is_over():
                    self.broken_off, self.stage = BROKEN_OFF.format(name=self.doing), Stage.REVIEW
        else:
            with self._changing:
                if not is_over():
                    self.stage = Stage.REVIEW

    def _read_in(self, process: ReadingProcess, is_over: Callable[[], bool]) -> None:
        start = len(self.found)

        def reader(name: str, data: bytes, held: Sequence[DocumentEntry], settings: Settings) -> Pending:
            origin = self._origins.get(sha256(data).hexdigest()) if self._origins else None
            return read_in(process, name, data, held, settings, origin)

        reading = read_for_review(self._files[start:], self._settings, before=tuple(self.found), reader=reader)
        for name in self.names[start:]:
            self.doing = name
            pending = next(reading)
            with self._changing:
                if is_over():
                    return
                self.found.append(pending)

    def _published(self, work: Callable[[], None]) -> None:
        try:
            work()
        except WhofundsError as error:
            self.fault, self.stage = str(error), Stage.REVIEW
        except Exception as error:
            log.exception("batch=%s could not be published", self.id)
            self.fault, self.stage = machine_fault(error, self._settings.workspace) or UNEXPECTED, Stage.REVIEW

    def _tell(self, words: str) -> None:
        self.doing = words
