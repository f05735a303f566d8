"""Fetch decisions from a web address for review: nothing is written to disk unless the decisions are published."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2

from graph.settings import Settings
from ingest.fetch.addresses import NoAddress, normal_address
from ingest.fetch.run import WrongWish, fetch
from ingest.fetch.visit import Wishes
from ingest.files import shown
from ingest.origin import Origin, beside, parse_origin

MOST = 10  #: decisions of one address; a register may list hundreds


@dataclass(frozen=True, slots=True)
class Fetched:
    """The files that an address led to."""

    files: tuple[tuple[str, bytes], ...]  #: name and content
    origins: tuple[Origin, ...]  #: of the files, in order
    notes: tuple[str, ...]  #: a line for each file that could not be, or was not, fetched


class Fetching:
    """A fetch in a background thread; its results stay in memory and are freed with this object.

    Raises:
        WrongWish: The address is not a web address.
    """

    def __init__(self, address: str, fetch: Callable[[Callable[[str], None]], Fetched]) -> None:
        """Start the fetch.

        Args:
            address: A web address.
            fetch: Does the fetch; it is given a function to call with a sentence for each file that arrives.
        """
        web_address(address)
        self.address = address
        self.files: list[str] = []  #: a line for each file that arrived
        self._fetch = fetch
        self._fetched: Fetched | None = None
        self._error: Exception | None = None
        self._done = threading.Event()
        threading.Thread(target=self._work, name="fetch", daemon=True).start()

    def _work(self) -> None:
        try:
            self._fetched = self._fetch(self.files.append)
        except Exception as error:  # for whoever asks for the result
            self._error = error
        finally:
            self._done.set()

    def wait(self, seconds: float = 0.0) -> bool:
        """Wait until the fetch is done, but for at most this many seconds; return True if it is done."""
        return self._done.wait(seconds)

    def result(self) -> Fetched:
        """Return the fetched files once the fetch is done; raise the error that stopped it, if there was one."""
        self._done.wait()
        if self._error is not None:
            raise self._error
        assert self._fetched is not None
        return self._fetched


def web_address(address: str) -> str:
    """Return a web address in normal form.

    Raises:
        WrongWish: The text is not a web address.
    """
    try:
        return normal_address(address)
    except NoAddress as error:
        raise WrongWish(str(error)) from error


def fetch_for_review(
    address: str,
    settings: Settings,
    *,
    linked: bool = False,
    transport: httpx2.BaseTransport | None = None,
    tell: Callable[[str], None] = lambda words: None,
) -> Fetched:
    """Fetch a decision, or the first decisions of a register, into memory, in the same way as `whofunds fetch`.

    Args:
        address: A web address only; no file path is read, as the person may sit at another machine.
        settings: Pace, size, and whether private addresses are allowed.
        linked: For a page of an unknown site, also fetch the papers that it links to.
        transport: Sends the requests; the network if None.
        tell: Is called with a sentence for each file that arrives.

    Raises:
        WrongWish: The text is not a web address.
    """
    wanted = web_address(address)
    with TemporaryDirectory(prefix="whofunds-fetch-") as folder:
        wishes = Wishes(linked=linked, limit=MOST)
        report = fetch([wanted], settings, wishes=wishes, folder=Path(folder), transport=transport, tell=tell)
        paths = report.files("new")
        files = tuple((path.name, path.read_bytes()) for path in paths)
        origins = [parse_origin(beside(path).read_bytes()) for path in paths]
    left = sum(len(tally.waiting) for tally in report.tallies)
    notes = [note.replace(f"{folder}/", "") for tally in report.tallies for note in tally.notes]
    notes += [*report.faults, *([f"{left} more decisions of this page were not fetched"] if left else [])]
    return Fetched(files, tuple(each for each in origins if each is not None), tuple(map(shown, notes)))
