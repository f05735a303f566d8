"""The folder of fetched files: each with its origin beside it, and register pages; every file is written atomically."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path, PurePosixPath

from graph.builds.lock import hold
from graph.errors import WhofundsError
from ingest.fetch.addresses import file_stem, host_of, last_part
from ingest.fetch.asking import Answer
from ingest.origin import ENDING, Origin, beside, parse_origin, written
from ingest.readers import SUFFIXES
from ingest.readers.decoding import sniff

FETCHED = "fetched"  #: folder of a workspace
PAGES = ".registers"  #: register pages, which are no documents
EARLIER = ".earlier"  #: files that the site has replaced since
_ENDINGS = {"pdf": ".pdf", "word": ".docx", "workbook": ".xlsx", "html": ".html"}
_KNOWN_ENDINGS = SUFFIXES | {".doc", ".xls", ".ppt", ".pptx", ".odt", ".ods", ".rtf", ".zip", ".json", ".xml"}


class FetchBusy(WhofundsError):
    """Another process is fetching into this folder."""


class Kept(StrEnum):
    """What was done with a file that arrived."""

    NEW = "new"
    CHANGED = "changed"  #: the site replaced the file; the earlier version is set aside
    SAME = "same"  #: as it was
    TWIN = "twin"  #: same content as a file held from another address


@dataclass(frozen=True, slots=True)
class Found:
    """How an address was found: the site, its body, and the link that led to it."""

    site: str = ""
    body: str = ""
    found_on: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A stored page whose links were read."""

    address: str  #: after redirects
    content: bytes
    checked: datetime
    etag: str = ""
    last_modified: str = ""

    def answer(self, asked: str) -> Answer:
        """Return the stored page as a response to the request for `asked`."""
        return Answer(
            asked,
            self.address,
            self.content,
            content_type="text/html",
            etag=self.etag,
            last_modified=self.last_modified,
        )


def now() -> datetime:
    """Return the current time in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


class Holdings:
    """The fetched files and pages in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._by_address: dict[str, Path] = {}
        self._by_content: dict[tuple[str, str], Path] = {}  #: by folder and hash
        self._origins: dict[Path, Origin] = {}
        self._stale: dict[str, Path] = {}  #: names promised to an address whose file is not there
        for path in sorted(folder.glob(f"*/*{ENDING}")):
            origin = parse_origin(path.read_bytes())
            file = path.with_name(path.name.removesuffix(ENDING))
            if origin is None:
                continue
            if file.is_file():
                self._note(file, origin)
            else:
                self._stale[origin.asked[0] if origin.asked else origin.address] = file

    @contextmanager
    def held_alone(self) -> Iterator[None]:
        """Lock the folder against other fetches while in `with`.

        Raises:
            FetchBusy: Another fetch holds the lock.
        """
        self.folder.mkdir(parents=True, exist_ok=True)

        def busy(owner: str) -> WhofundsError:
            return FetchBusy(f"{self.folder}: process {owner} is fetching into it; wait for it and try again")

        with hold(self.folder / ".lock", busy):
            yield

    def find(self, address: str) -> Path | None:
        """Return the held file of an address; None if there is none."""
        return self._by_address.get(address)

    def origin(self, file: Path) -> Origin:
        """Return the origin of a held file."""
        return self._origins[file]

    def origins(self) -> dict[Path, Origin]:
        """Return the origin of every held file, ordered by file name."""
        return dict(sorted(self._origins.items()))

    def keep(self, answer: Answer, found: Found) -> tuple[Path, Kept]:
        """Store a response; return its file and whether it is new. No file is ever half written."""
        digest = sha256(answer.content).hexdigest()
        moment = now().isoformat()
        file = self.find(answer.address) or self.find(answer.final)
        twin = self._by_content.get((self._place(answer, found).name, digest))
        if file is None and twin is not None:
            self._write_origin(twin, self._also(self._origins[twin], answer, moment))
            return twin, Kept.TWIN
        if file is not None and self._origins[file].sha256 == digest:
            origin = self._also(self._origins[file], answer, moment)
            origin = replace(origin, etag=answer.etag, last_modified=answer.last_modified)
            self._write_origin(file, origin)
            return file, Kept.SAME
        state = Kept.NEW if file is None else Kept.CHANGED
        asked = [answer.address] if file is None else self._origins[file].asked
        origin = Origin(
            answer.final, digest, moment, moment, list(dict.fromkeys([*asked, answer.address])), found.found_on,
            found.words, found.site, found.body, answer.content_type, answer.etag, answer.last_modified,
        )  # fmt: skip
        if file is None:
            file = self._stale.pop(answer.address, None) or self._free_name(answer, found)
        else:
            self._set_aside(file)
        # the origin first: a file without one would be taken for somebody's own, and fetched again beside it
        self._write_origin(file, origin)
        _write(file, answer.content)
        self._note(file, origin)
        return file, state

    def mark_same(self, file: Path | None, address: str) -> Path | None:
        """Note that a server reported a file as unchanged, or that another address leads to it; return the file."""
        if file is not None:
            asked = list(dict.fromkeys([*self._origins[file].asked, address]))
            self._write_origin(file, replace(self._origins[file], checked=now().isoformat(), asked=asked))
        return file

    def page(self, address: str) -> Page | None:
        """Return a stored page; None if it is not stored or its copy is damaged."""
        path = self._page_path(address)
        try:
            state = json.loads(path.with_suffix(".json").read_bytes())
            content = path.read_bytes()
            if state["sha256"] != sha256(content).hexdigest():
                return None
            checked = datetime.fromisoformat(state["checked"])
            return Page(state["final"], content, checked, state["etag"], state["last_modified"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep_page(self, answer: Answer) -> Page:
        """Store a page whose links are read."""
        path = self._page_path(answer.address)
        page = Page(answer.final, answer.content, now(), answer.etag, answer.last_modified)
        _write(path, answer.content)
        self._write_page(answer.address, page)
        return page

    def mark_page_same(self, address: str, page: Page) -> Page:
        """Note that a server reported a page as unchanged; return the page with its new time."""
        page = replace(page, checked=now())
        self._write_page(address, page)
        return page

    def _write_page(self, address: str, page: Page) -> None:
        state = {
            "address": address, "final": page.address, "checked": page.checked.isoformat(), "etag": page.etag,
            "last_modified": page.last_modified, "sha256": sha256(page.content).hexdigest(),
        }  # fmt: skip
        _write(self._page_path(address).with_suffix(".json"), json.dumps(state, indent=1).encode())

    def _page_path(self, address: str) -> Path:
        return self.folder / PAGES / f"{sha256(address.encode()).hexdigest()[:24]}.page"

    def _note(self, file: Path, origin: Origin) -> None:
        self._origins[file] = origin
        self._by_content.setdefault((file.parent.name, origin.sha256), file)
        for address in (*origin.asked, origin.address):
            self._by_address.setdefault(address, file)

    def _also(self, origin: Origin, answer: Answer, moment: str) -> Origin:
        return replace(origin, checked=moment, asked=list(dict.fromkeys([*origin.asked, answer.address])))

    def _write_origin(self, file: Path, origin: Origin) -> None:
        _write(beside(file), written(origin))
        if file in self._origins:
            self._note(file, origin)

    def _place(self, answer: Answer, found: Found) -> Path:
        return self.folder / (found.site or file_stem(host_of(answer.final).replace(".", "-").replace(":", "-")))

    def _free_name(self, answer: Answer, found: Found) -> Path:
        """Return a path that no file has: the site's folder and the name given by the address or the server."""
        place = self._place(answer, found)
        given = answer.file_name or last_part(answer.final)
        ending = _ending(answer, given)
        stem = file_stem(re.sub(r"\.[A-Za-z0-9]{2,5}\Z", "", given)) or "document"
        stem = stem if stem.lower().startswith(place.name.lower()) else f"{place.name}-{stem}"
        file = place / f"{stem}{ending}"
        if file.exists() or beside(file).exists():
            file = place / f"{stem}-{sha256(answer.address.encode()).hexdigest()[:8]}{ending}"
        return file

    def _set_aside(self, file: Path) -> None:
        """Move a file that the site has replaced, with its origin, into the folder of earlier versions."""
        place = self.folder / EARLIER / file.parent.name
        place.mkdir(parents=True, exist_ok=True)
        mark = self._origins[file].sha256[:8]
        aside = place / f"{file.stem}-{mark}{file.suffix}"
        _write(beside(aside), written(self._origins[file]))
        os.replace(file, aside)


def _ending(answer: Answer, given: str) -> str:
    """Return the file name ending for a response: by its content, else its name, else its content type."""
    kind = sniff(answer.content)
    named = PurePosixPath(given).suffix.lower()
    if kind in _ENDINGS:
        return named if kind == "html" and named in {".htm", ".xhtml"} else _ENDINGS[kind]
    if named in _KNOWN_ENDINGS:
        return named
    said = {"application/json": ".json", "text/csv": ".csv", "application/msword": ".doc", "text/html": ".html"}
    return said.get(answer.content_type, ".txt" if kind == "text" else ".bin")


def _write(path: Path, content: bytes) -> None:
    """Replace a file atomically: readers see the old or the new content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name[:200]}.new")
    draft.write_bytes(content)
    os.replace(draft, path)
