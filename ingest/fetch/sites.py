"""Site profiles: which pages of a site list decisions, and which addresses on them are decisions and papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from graph.errors import WhofundsError
from ingest.fetch.addresses import NoAddress, host_of, matches, normal_address

FOLDER = "sites"  #: of the data, and of a workspace for profiles of the user's own


class WrongProfile(WhofundsError):
    """A site profile cannot be used; the message names the file and the field."""


class Keep(StrEnum):
    """What is stored of a decision that has its own page."""

    PAGE = "page"
    FILES = "files"  #: the papers behind its links; the page itself where it has none
    BOTH = "both"


class Site(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one site publishes its decisions. Patterns are those of `addresses.matches`."""

    id: str = ""  #: name of its file
    name: str  #: of the commissioner, for people
    body: str  #: of the commissioner, in the registry
    hosts: tuple[str, ...]  #: "www." makes no difference
    start: tuple[str, ...]  #: registers to begin at, in full
    registers: tuple[str, ...]  #: pages that list decisions, or lead to pages that do
    checked: str  #: month in which the shape of its addresses was looked at: "2026-11"
    decisions: tuple[str, ...] = ()  #: pages of one decision each
    files: tuple[str, ...] = ()  #: papers: on a register, each a decision; on a decision's page, what belongs to it
    not_files: tuple[str, ...] = ()  #: addresses that fit `files` and are no papers of a decision
    file_hosts: tuple[str, ...] = ()  #: other hosts where papers lie
    keep: Keep = Keep.PAGE
    note: str = ""

    def is_here(self, address: str) -> bool:
        """Return True if an address belongs to this site."""
        return _is_among(address, self.hosts)

    def is_register(self, address: str) -> bool:
        """Return True if an address is a page that lists decisions."""
        return self.is_here(address) and _fits(address, self.registers)

    def is_decision(self, address: str) -> bool:
        """Return True if an address is the page of one decision."""
        return self.is_here(address) and _fits(address, self.decisions) and not self.is_register(address)

    def is_file(self, address: str) -> bool:
        """Return True if an address is a paper of a decision."""
        here = self.is_here(address) or _is_among(address, self.file_hosts)
        return here and _fits(address, self.files) and not _fits(address, self.not_files)


def _is_among(address: str, hosts: Iterable[str]) -> bool:
    return host_of(address) in {host.lower().removeprefix("www.") for host in hosts}


def _fits(address: str, patterns: Iterable[str]) -> bool:
    return any(matches(address, pattern) for pattern in patterns)


class Sites:
    """All site profiles, by name and by address."""

    def __init__(self, sites: Iterable[Site]) -> None:
        self.by_id = {site.id: site for site in sites}

    def __iter__(self) -> Iterator[Site]:
        return iter(self.by_id.values())

    def of(self, address: str) -> Site | None:
        """Return the profile that knows an address as a register or decision, else a profile of its host, else None."""
        here = [site for site in self if site.is_here(address)]
        known = [site for site in here if site.is_register(address) or site.is_decision(address)]
        return next(iter([*known, *here]), None)


def load_sites(folders: Iterable[Path]) -> Sites:
    """Return the profiles in the folders, one TOML file each; a later folder overrides an earlier one of the same name.

    Raises:
        WrongProfile: A file cannot be read as a profile.
    """
    files = {path.stem: path for folder in folders for path in sorted(folder.glob("*.toml"))}
    return Sites(_read(path) for path in files.values())


def _read(path: Path) -> Site:
    try:
        site = msgspec.structs.replace(msgspec.toml.decode(path.read_bytes(), type=Site), id=path.stem)
    except (msgspec.ValidationError, ValueError, OSError) as error:  # of TOML, UTF-8 or the fields
        raise WrongProfile(f"{path}: is no profile of a site ({error}); mend it or take it away") from None
    if not (site.start and (site.decisions or site.files)):
        raise WrongProfile(f"{path}: start, and decisions or files, should not be empty; nothing could be found")
    for address in site.start:
        try:
            known_start = site.is_register(normal_address(address))
        except NoAddress as error:
            raise WrongProfile(f"{path}: start: {error}") from None
        if not known_start:
            raise WrongProfile(f"{path}: start: {address} is no register of this profile; add its path to registers")
    for pattern in (*site.registers, *site.decisions, *site.files, *site.not_files):
        if not urlsplit(pattern).path.startswith(("/", "*")):
            raise WrongProfile(f"{path}: the pattern {pattern!r} should begin with / or **")
    return site
