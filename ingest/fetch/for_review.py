"""Published decisions fetched from an address to be looked over: nothing of them stays unless they are published."""

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
    """What an address led to."""

    files: tuple[tuple[str, bytes], ...]  #: name and content
    origins: tuple[Origin, ...]  #: of the files, in order
    notes: tuple[str, ...]  #: what could not be fetched, or was not, a line each


class Fetching:
    """A fetch at work in a thread of its own; what comes of it stays in memory, and goes with this object.

    Raises:
        WrongWish: The address is no web address.
    """

    def __init__(self, address: str, fetch: Callable[[Callable[[str], None]], Fetched]) -> None:
        """Begin.

        Args:
            address: A web address.
            fetch: Fetches it, and tells what it is given of each file that comes.
        """
        web_address(address)
        self.address = address
        self.files: list[str] = []  #: that have come, a line each
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
        """Wait until it is done, no longer than so many seconds; return whether it is."""
        return self._done.wait(seconds)

    def result(self) -> Fetched:
        """Return what came, once it is done; an error that stopped it is raised here."""
        self._done.wait()
        if self._error is not None:
            raise self._error
        assert self._fetched is not None
        return self._fetched


def web_address(address: str) -> str:
    """Return a web address in its usual form; WrongWish where it is none."""
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
    """Fetch a decision, or the first decisions of a register, as `whofunds fetch` does, into memory.

    Args:
        address: A web address, and nothing else: whoever gives it may be at another machine, so no path is read.
        settings: Pace, size, and whether private addresses are allowed.
        linked: Of a page of a site that is not known, also fetch the papers that it links to.
        transport: Sends the requests; the network where left out.
        tell: Is told of each file that comes.

    Raises:
        WrongWish: It is no web address.
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
