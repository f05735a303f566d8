"""Published decisions fetched from an address to be looked over: nothing of them stays unless they are published."""

from __future__ import annotations

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
    try:
        wanted = normal_address(address)
    except NoAddress as error:
        raise WrongWish(str(error)) from error
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
