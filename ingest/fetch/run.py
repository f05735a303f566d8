"""A complete fetch: from the addresses or sites asked for to stored files and a report."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import httpx2
import msgspec

from graph.errors import WhofundsError
from graph.registry import load_registry
from graph.settings import Settings
from ingest.fetch.addresses import NoAddress, normal_address
from ingest.fetch.asking import Asker, Manners
from ingest.fetch.connections import PublicNetwork, Transport
from ingest.fetch.holdings import FETCHED, PAGES, Holdings, now
from ingest.fetch.sites import FOLDER, Sites, load_sites
from ingest.fetch.visit import Tally, Visitor, Wishes

_ASKED = "asked.json"  #: registers that were asked for, with the moment of the last time
_WAITING = "waiting.json"  #: file of the decisions that registers list and that were not fetched


class WrongWish(WhofundsError):
    """The argument of a fetch is not an address, a file of addresses, or the name of a site."""


@dataclass(frozen=True, slots=True)
class FetchReport:
    """The results of a fetch."""

    folder: Path
    tallies: tuple[Tally, ...]
    requests: int  #: number of requests, without those for robots.txt

    @property
    def faults(self) -> list[str]:
        """One line for each thing that could not be fetched."""
        return list(dict.fromkeys(fault for tally in self.tallies for fault in tally.faults))

    def files(self, kind: str) -> list[Path]:
        """Return the files of one kind ("new", "changed" or "held"), each once."""
        return list(dict.fromkeys(path for tally in self.tallies for path in getattr(tally, kind)))

    def summary(self) -> str:
        """Return a one-line summary."""
        new, changed, held = (len(self.files(kind)) for kind in ("new", "changed", "held"))
        waiting = sum(len(tally.waiting) for tally in self.tallies)
        parts = [f"{new} new", f"{changed} changed", f"{held} held already"]
        parts += [f"{waiting} not fetched yet"] if waiting else []
        parts += [f"{len(self.faults)} could not be fetched"] if self.faults else []
        return f"{', '.join(parts)}; {self.requests} requests; files are in {self.folder}"

    def to_json(self) -> dict[str, Any]:
        """Return the report as JSON values."""
        return {
            "folder": str(self.folder),
            "requests": self.requests,
            "asked": [
                {
                    "address": tally.address, "site": tally.site, "registers": tally.registers,
                    "found": len(tally.found), "new": [str(path) for path in tally.new],
                    "changed": [str(path) for path in tally.changed], "held": [str(path) for path in tally.held],
                    "waiting": [{"address": at, "words": words} for at, words in tally.waiting.items()],
                    "notes": tally.notes, "faults": tally.faults,
                }
                for tally in self.tallies
            ],
        }  # fmt: skip


def fetch(
    wanted: Sequence[str],
    settings: Settings,
    *,
    wishes: Wishes | None = None,
    folder: Path | None = None,
    transport: httpx2.BaseTransport | None = None,
    tell: Callable[[str], None] = lambda words: None,
) -> FetchReport:
    """Fetch addresses, lists of addresses and the registers of sites into a folder of the workspace.

    Args:
        wanted: Addresses, paths of lists with one address per line, and names of sites.
        settings: Workspace, data, pace, size and whether private addresses are allowed.
        wishes: Further options; see Wishes.
        folder: The target folder; `fetched` in the workspace if None.
        transport: Sends the requests; the network if None.
        tell: Is called with a sentence for each file that arrives.

    Raises:
        WrongWish: An argument is not an address, a list or a site.
        FetchBusy: Another process is fetching into the folder.
    """
    sites = all_sites(settings)
    addresses = list(dict.fromkeys(address for each in wanted for address in _addresses(each, sites)))
    return _run(addresses, settings, wishes or Wishes(), folder, transport, tell)


def watch(
    settings: Settings,
    *,
    folder: Path | None = None,
    transport: httpx2.BaseTransport | None = None,
    fresh_minutes: float = 5.0,
) -> FetchReport:
    """Look at the registers that were fetched before, and report the decisions on them that have not been fetched.

    Raises:
        WrongWish: No register was fetched before.
        FetchBusy: Another process is fetching into the folder.
    """
    place = folder or settings.workspace / FETCHED
    asked = asked_registers(place)
    if not asked:
        raise WrongWish(f"{place}: no register was fetched into it; fetch one first, such as: whofunds fetch mopac")
    wishes = Wishes(look_only=True, fresh_minutes=fresh_minutes)
    return _run(list(asked), settings, wishes, folder, transport, lambda words: None)


def all_sites(settings: Settings) -> Sites:
    """Return the site profiles that come with whofunds, and those in the workspace."""
    return load_sites([settings.data / FOLDER, settings.workspace / FOLDER])


def asked_registers(folder: Path) -> dict[str, str]:
    """Return the registers that were fetched into a folder, each with the ISO time of its last fetch."""
    try:
        values = json.loads((folder / PAGES / _ASKED).read_bytes())
    except (OSError, ValueError):
        return {}
    return {str(at): str(when) for at, when in values.items()} if isinstance(values, dict) else {}


def _run(
    addresses: Sequence[str], settings: Settings, wishes: Wishes, folder: Path | None,
    transport: httpx2.BaseTransport | None, tell: Callable[[str], None],
) -> FetchReport:  # fmt: skip
    place = folder or settings.workspace / FETCHED
    holdings = Holdings(place)
    manners = Manners(
        delay_seconds=settings.fetch_delay_seconds, most_bytes=settings.max_document_megabytes * 1_000_000
    )
    private = settings.fetch_private
    with holdings.held_alone():
        used = transport or Transport(PublicNetwork(private=private), private=private)
        asker = Asker(used, manners)
        names = _names(settings.data / "registry")
        visitor = Visitor(asker, holdings, all_sites(settings), lambda id: names.get(id, ""), wishes, tell)
        tallies = []
        for address in addresses:
            tallies.append(visitor.visit(address))
            if tallies[-1].registers and not wishes.look_only:
                _remember(place, address)
            if tallies[-1].registers:
                _note_waiting(place, tallies[-1])
        if transport is None:
            used.close()
    return FetchReport(place, tuple(tallies), len(asker.requests))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A decision on a register that has not been fetched yet."""

    address: str
    words: str  #: of the register's link
    register: str
    site: str
    seen: str  #: moment at which it was first seen, ISO 8601 in UTC


def waiting_decisions(folder: Path) -> tuple[Waiting, ...]:
    """Return the decisions that the folder's registers listed at the last look and that were not fetched by then."""
    try:
        return msgspec.json.decode((folder / PAGES / _WAITING).read_bytes(), type=tuple[Waiting, ...])
    except (OSError, msgspec.DecodeError, msgspec.ValidationError):
        return ()


def _note_waiting(folder: Path, tally: Tally) -> None:
    """Store the decisions of a register that were not fetched; those seen before keep the time of their first sight."""
    held = waiting_decisions(folder)
    seen = {each.address: each.seen for each in held}
    others = [each for each in held if each.register != tally.address]
    moment = now().isoformat()
    own = [
        Waiting(at, words, tally.address, tally.site, seen.get(at, moment)) for at, words in tally.waiting.items()
    ]  # fmt: skip
    _replace(folder / PAGES / _WAITING, msgspec.json.encode((*others, *own)))


def _replace(path: Path, content: bytes) -> None:
    draft = path.with_suffix(".new")
    draft.write_bytes(content)
    draft.replace(path)


@cache
def _names(registry: Path) -> dict[str, str]:
    """Return the organisation names of a registry's folder by id, read once per process."""
    return {id: row.name for id, row in load_registry(registry).organisations.items()}


def _remember(folder: Path, register: str) -> None:
    path = folder / PAGES / _ASKED
    asked = {**asked_registers(folder), register: now().isoformat()}
    _replace(path, json.dumps(asked, indent=1).encode())


def _addresses(wanted: str, sites: Sites) -> Iterator[str]:
    """Yield the addresses that one argument of the user stands for."""
    if "://" in wanted:
        try:
            yield normal_address(wanted)
        except NoAddress as error:
            raise WrongWish(f"{error}; give it as a browser shows it") from None
    elif wanted in sites.by_id:
        yield from map(normal_address, sites.by_id[wanted].start)
    elif Path(wanted).is_file():
        yield from _listed(Path(wanted))
    else:
        raise WrongWish(
            f"{wanted!r} is no address, no file with addresses and no name of a site; give an address with https://, "
            "or a name that whofunds fetch --sites lists"
        )


def _listed(path: Path) -> Iterator[str]:
    for number, line in enumerate(path.read_text(encoding="utf-8-sig", errors="replace").splitlines(), start=1):
        words = line.partition(" #")[0].strip()
        if not words or words.startswith("#"):
            continue
        try:
            yield normal_address(words)
        except NoAddress as error:
            raise WrongWish(f"{path}, line {number}: {error}; give one address a line") from None
