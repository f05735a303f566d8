"""Visit addresses: a register leads to its decisions, a decision to its papers, and no further."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from ingest.fetch.addresses import host_of
from ingest.fetch.asking import Answer, Asker, NotFetched
from ingest.fetch.connections import PrivateAddress
from ingest.fetch.holdings import Found, Holdings, Kept, Page, now
from ingest.fetch.links import Link, links_of
from ingest.fetch.sites import Keep, Site, Sites
from ingest.readers.decoding import sniff

PAPERS = (".pdf", ".docx", ".doc", ".xlsx", ".csv")  #: what is fetched behind a page of a site without a profile
MOST_REGISTERS = 500  #: pages of one register
MOST_EMPTY = 3  #: pages without a decision in a row; a calendar leads on without end


@dataclass(frozen=True, slots=True)
class Wishes:
    """The options of a fetch."""

    linked: bool = False  #: for a page without a site profile, also fetch the papers that it links to
    recheck: bool = False  #: request held files again as well
    look_only: bool = False  #: fetch registers only, and list what else would be fetched
    limit: int | None = None  #: the most decisions to fetch
    fresh_minutes: float = 60.0  #: a register fetched within this time is not requested again


@dataclass(slots=True)
class Tally:
    """The results for one address that was asked for."""

    address: str
    site: str = ""
    registers: int = 0
    found: dict[str, str] = field(default_factory=dict)  #: decisions and papers by address, with the words of the link
    new: list[Path] = field(default_factory=list)
    changed: list[Path] = field(default_factory=list)
    held: list[Path] = field(default_factory=list)  #: not requested again, or unchanged
    waiting: dict[str, str] = field(default_factory=dict)  #: not fetched: only listed, or beyond the limit
    notes: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Visitor:
    """Fetches addresses into the holdings."""

    asker: Asker
    holdings: Holdings
    sites: Sites
    bodies: Callable[[str], str]  #: from an organisation's id in the registry to its name
    wishes: Wishes = field(default_factory=Wishes)
    tell: Callable[[str], None] = lambda words: None
    _done: set[str] = field(default_factory=set)  #: addresses of this run
    _fetched: int = 0

    def visit(self, address: str) -> Tally:
        """Fetch everything that an address leads to; an error on one page does not stop the others."""
        tally = Tally(address)
        site = self.sites.of(address)
        tally.site = site.id if site else ""
        if site and site.is_register(address):
            self._registers(address, site, tally)
        elif site and site.is_decision(address):
            tally.found[address] = ""
            self._decision(Link(address, "", False), "", site, tally)
        else:
            tally.found[address] = ""
            self._plain(address, site, tally)
        return tally

    def _registers(self, address: str, site: Site, tally: Tally) -> None:
        waiting, seen = deque([(address, 0)]), {address}
        while waiting:
            here, empty = waiting.popleft()
            if tally.registers >= MOST_REGISTERS:
                tally.faults.append(
                    f"{here}: the register has more than {MOST_REGISTERS} pages; what is beyond was not looked at"
                )
                return
            page = self._page(here, tally)
            if page is None:
                continue
            tally.registers += 1
            links = links_of(page.content, page.address)
            empty = 0 if any(_is_entry(link, site) for link in links) else empty + 1
            for link in links:
                if site.is_register(link.address):
                    if link.address not in seen and empty < MOST_EMPTY:
                        seen.add(link.address)
                        waiting.append((link.address, empty))
                elif link.address not in tally.found and _is_entry(link, site):
                    tally.found[link.address] = link.words
                    self._decision(link, here, site, tally)
        if not tally.found:
            tally.faults.append(
                f"{address}: no decision was found on this register; the site may have changed since its profile "
                f"({site.id}.toml, {site.checked}) was written: compare its patterns with the page"
            )

    def _decision(self, link: Link, found_on: str, site: Site, tally: Tally) -> None:
        """Fetch one decision: the linked file, or its page, its papers or both, as the site's profile says."""
        found = Found(site.id, self.bodies(site.body), found_on, link.words)
        if not site.is_decision(link.address) or site.keep is Keep.PAGE:
            self._file(link.address, found, tally)
            return
        if self._is_over(link, tally):
            return
        page = self._page(link.address, tally, is_decision=True)
        if page is None:
            return
        papers = [] if sniff(page.content) != "html" else _papers(page, site)
        if site.keep is Keep.BOTH or not papers:
            self._keep(page.answer(link.address), found, tally)
        for paper in papers:
            self._file(paper.address, Found(site.id, found.body, link.address, paper.words), tally)

    def _is_over(self, link: Link, tally: Tally) -> bool:
        """Return True, and note the decision as waiting, if nothing is to be fetched or the limit is reached."""
        if self.holdings.page(link.address) is not None:
            return False
        over = self.wishes.limit is not None and self._fetched >= self.wishes.limit
        if self.wishes.look_only or over:
            tally.waiting[link.address] = link.words
            return True
        return False

    def _plain(self, address: str, site: Site | None, tally: Tally) -> None:
        """Fetch an address that no profile knows as a register or decision, and its papers if the options say so."""
        found = Found(site.id if site else "", self.bodies(site.body) if site else "")
        file = self._file(address, found, tally, is_named=True)
        if file is None or file.suffix not in {".html", ".htm", ".xhtml"}:
            return
        links = [link for link in links_of(file.read_bytes(), self.holdings.origin(file).address) if _is_paper(link)]
        if not self.wishes.linked:
            if links:
                tally.notes.append(
                    f"{address}: the page itself was fetched; it links to {len(links)} PDF, Word or spreadsheet files, "
                    "which --linked fetches too"
                )
            return
        for link in links:
            tally.found[link.address] = link.words
            self._file(link.address, Found(found.site, found.body, address, link.words), tally)

    def _page(self, address: str, tally: Tally, *, is_decision: bool = False) -> Page | None:
        """Return a page for its links: the stored copy if it is fresh, else a new response.

        None if it cannot be fetched.
        """
        held = self.holdings.page(address)
        if held is not None and not self.wishes.recheck:
            is_fresh = now() - held.checked < timedelta(minutes=self.wishes.fresh_minutes)
            if is_fresh or is_decision:
                return held
        marks = (held.etag, held.last_modified) if held else ("", "")
        try:
            answer = self.asker.get(address, etag=marks[0], last_modified=marks[1])
        except (NotFetched, PrivateAddress) as error:
            tally.faults.append(str(error))
            return None
        if answer.is_same and held is not None:
            return self.holdings.mark_page_same(address, held)
        return self.holdings.keep_page(answer)

    def _file(self, address: str, found: Found, tally: Tally, *, is_named: bool = False) -> Path | None:
        """Fetch one file. A held file is requested again only if the user named it, or if the options say so."""
        if address in self._done:
            return self.holdings.find(address)
        self._done.add(address)
        held = self.holdings.find(address)
        if held is not None and not self.wishes.recheck and not (is_named and not self._is_fresh(held)):
            tally.held.append(held)
            return held
        over = self.wishes.limit is not None and self._fetched >= self.wishes.limit
        if held is None and (self.wishes.look_only or over):
            tally.waiting[address] = found.words
            return None
        origin = self.holdings.origin(held) if held else None
        try:
            answer = self.asker.get(
                address, etag=origin.etag if origin else "", last_modified=origin.last_modified if origin else "",
                is_had=self._is_had,
            )  # fmt: skip
        except (NotFetched, PrivateAddress) as error:
            tally.faults.append(str(error))
            return held
        if answer.is_same:
            file = self.holdings.mark_same(held or self.holdings.find(answer.final), address)
            tally.held += [file] if file else []
            return file
        if not answer.content.strip():
            tally.faults.append(f"{address}: the site gave an empty file; look at it in a browser")
            return held
        return self._keep(answer, found, tally)

    def _is_had(self, address: str) -> bool:
        """Return True if a redirect's target was requested in this run, or is held and need not be."""
        held = self.holdings.find(address) is not None
        return held and (address in self._done or not self.wishes.recheck)

    def _keep(self, answer: Answer, found: Found, tally: Tally) -> Path:
        self._done.add(answer.final)
        file, kept = self.holdings.keep(answer, found)
        {Kept.NEW: tally.new, Kept.CHANGED: tally.changed}.get(kept, tally.held).append(file)
        if kept in (Kept.NEW, Kept.CHANGED):
            self._fetched += 1
            self.tell(f"{file.name}  {answer.address}")
        return file

    def _is_fresh(self, file: Path) -> bool:
        checked = self.holdings.origin(file).checked
        try:
            return now() - datetime.fromisoformat(checked) < timedelta(minutes=self.wishes.fresh_minutes)
        except (ValueError, TypeError):
            return False


def _is_entry(link: Link, site: Site) -> bool:
    """Return True if a register's link leads to a decision.

    Papers linked from menus or the page's foot do not count.
    """
    return site.is_decision(link.address) or (site.is_file(link.address) and not link.is_around)


def _papers(page: Page, site: Site) -> list[Link]:
    return [link for link in links_of(page.content, page.address) if site.is_file(link.address) and not link.is_around]


def _is_paper(link: Link) -> bool:
    path = link.address.partition("?")[0].lower()
    return path.endswith(PAPERS) and not link.is_around and bool(host_of(link.address))
