"""Candidates for the body of a document, with the features that speak for each; fitted weights choose among them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from graph.model import Entity, EntityKind
from graph.names.index import NameIndex
from ingest.document import Document
from ingest.extract.choice import Option
from ingest.extract.decisions.body_lists import load_body_signs, load_office_holders
from ingest.extract.decisions.body_names import commissioners_in
from ingest.extract.decisions.body_places import areas_of_forces, commissioners_of, councils_of, places_named
from ingest.extract.decisions.signatures import titled

_KINDS = {EntityKind.ORGANISATION}
_HEAD = 600  #: characters of a document's opening, which tells most of whose it is
_EARLY = 300  #: characters in which a name stands early
_THROUGHOUT = 4  #: a body that is named more often is what the text is about
_LINES = 2  #: lines that may name whose page it is
_WORD = re.compile(r"[a-z]{3,}")
_SPLIT = re.compile(r"\s{1,9}[-–—|:/>]\s{1,9}|:\s|,\s")
_I = re.compile(r"\b(?:I|[Mm]y (?:office|team))\b(?! (?:hereby|confirm))")
_CABINET = re.compile(r"\b(?:Portfolio\s+Holder|Cabinet|Executive\s+Member|Full\s+Council)\b")
_OFFICE = r"\b(?:OPF?CC|PF?CC|PCVC|[Cc]ommissioner|COMMISSIONER|Mayor)\b"
_COMMISSIONER = re.compile(_OFFICE)
_COMMISSIONERS = "police-and-crime-commissioner"  #: a kind of the registry


@dataclass(frozen=True, slots=True)
class _Page:
    """A document's words in parts, each computed when first used."""

    text: str
    head: str
    title: str
    around: str  #: the words outside its blocks: menus, the way to the page, its foot

    @property
    def lines(self) -> list[str]:
        """The first lines of the document."""
        return [line.strip(" #*") for line in self.head.splitlines() if line.strip(" #*")]


def body_options(
    document: Document, title: str, reference: str | None, source: str | None, names: NameIndex
) -> list[Option[Entity | None]]:
    """Return an option for every body that a document names or whose area it names, and one for "nobody"."""
    text = "\n".join(f"{block.field_name} {block.text}".strip() for block in document.blocks)
    page = _Page(text, document.text[:_HEAD], title, frame_of(document))
    counts, first = _named(page.text, names)
    found: dict[Entity, set[str]] = defaultdict(set)
    for entity, mark in (
        *_by_sign(page, reference, source, names), *_by_line(page, names), *_by_place(page, counts, names),
    ):  # fmt: skip
        found[entity].add(mark)
    for entity in counts:
        found[entity].add("named")
    if max(counts.values(), default=0) > _THROUGHOUT:
        for entity in found:
            if not counts[entity] and "reference" in found[entity]:  # others may number their decisions so as well
                found[entity] = {"reference, and another named throughout"}
    kinds = {entity: kind for entity in found if (kind := _kind(entity, names))}
    most = Counter[str]()
    for entity, kind in kinds.items():
        most[kind] = max(most[kind], counts[entity])
    for entity, kind in kinds.items():
        found[entity] |= _by_count(counts[entity], most[kind], max(counts.values(), default=0))
        if entity in first:
            found[entity] |= _by_position(first[entity], is_first=first[entity] == min(first.values()))
    of_page = _of_page(page, list(kinds.values()))
    options: list[Option[Entity | None]] = [
        Option(entity, _features(found[entity], kind, of_page)) for entity, kind in kinds.items()
    ]
    return [*options, Option(None, _features(set(), "nobody", of_page))]


def frame_of(document: Document) -> str:
    """Return the words around a document's own text: its publisher, the page's frame, and all words outside blocks."""
    parts, end = [document.publisher, document.frame], 0
    for block in sorted(document.blocks, key=lambda block: block.start):
        parts.append(document.text[end : block.start])
        end = max(end, block.end)
    return "\n".join([*parts, document.text[end:]])


def _features(marks: set[str], kind: str, of_page: Sequence[str]) -> tuple[str, ...]:
    own = sorted(marks)
    return (*own, *(f"{mark}|{kind}" for mark in own), f"kind={kind}", *(f"{mark}|{kind}" for mark in of_page))


def _of_page(page: _Page, kinds: Sequence[str]) -> list[str]:
    """Return features of the page for the kind of its body: words of its opening, and who speaks in it."""
    spoken = len(_COMMISSIONER.findall(page.text))
    counted = {
        "I": len(_I.findall(page.text)),
        "cabinet": len(_CABINET.findall(page.text)),
        "commissioner": spoken,
        "candidates": len(kinds),
    }
    unnamed = ["commissioner without a name"] if spoken and _COMMISSIONERS not in kinds else []
    words = sorted(set(_WORD.findall(page.head.lower())))
    sizes = [f"{name}={_size(count)}" for name, count in counted.items()]
    return [*sizes, *unnamed, *(f"word={word}" for word in words)]


def _size(count: int) -> str:
    return str(count) if count < 3 else "few" if count < 5 else "many"


def _kind(entity: Entity, names: NameIndex) -> str:
    row = names.registry.organisations.get(entity.id)
    return row.type if row is not None else ""


# -- what speaks for a body ----------------------------------------------------------------------------------------


def _named(text: str, names: NameIndex) -> tuple[Counter[Entity], Mapping[Entity, int]]:
    """Return how often each organisation is named, and the offset of its first mention."""
    counts: Counter[Entity] = Counter()
    first: dict[Entity, int] = {}
    for mention in names.find(text, kinds=_KINDS):
        counts[mention.entity] += 1
        first.setdefault(mention.entity, mention.start)
    for known, phrase in _commissioners(text, names):
        counts[known] += 1
        first.setdefault(known, max(text.find(phrase.split()[0]), 0))
    return counts, first


def _commissioners(text: str, names: NameIndex) -> Iterator[tuple[Entity, str]]:
    """Yield (commissioner, phrase) for each commissioner that a text names by area."""
    for phrase in commissioners_in(text):
        known = names.resolve(phrase, kinds=_KINDS)
        if known is not None:
            yield known, phrase


def _by_count(count: int, most_of_kind: int, most: int) -> set[str]:
    marks = {f"named={_size(count)}"}
    if count and count == most_of_kind:
        marks.add("most of its kind")
    if count and count == most:
        marks.add("most of all")
    return marks


def _by_position(start: int, *, is_first: bool) -> set[str]:
    return {mark for mark, holds in {"early": start < _EARLY, "first": is_first}.items() if holds}


def _by_line(page: _Page, names: NameIndex) -> Iterator[tuple[Entity, str]]:
    """Yield (body, feature) for bodies named in the first lines, the title and the frame.

    A lone name is a letterhead.
    """
    for line in page.lines[:_LINES]:
        for part in (line, *_SPLIT.split(line)[:2]):
            known = names.resolve(titled(part) if part.isupper() else part, kinds=_KINDS)
            if known is not None:
                yield known, "line" if part == line else "part of line"
    for mark, words in (("in title", page.title), ("in frame", page.around)):
        yield from ((one.entity, mark) for one in names.find(words, kinds=_KINDS))
        yield from ((known, mark) for known, _ in _commissioners(words, names))


def _by_place(page: _Page, named: Counter[Entity], names: NameIndex) -> Iterator[tuple[Entity, str]]:
    """Yield (body, feature) for the commissioners and councils of the places that a page names."""
    places, head = places_named(page.text, names), places_named(page.head, names)
    areas = commissioners_of(places + areas_of_forces(named, names), names)
    early = {*commissioners_of(head, names), *councils_of(head, names)}
    for counts in (areas, councils_of(places_named(page.text, names, by_alias=False), names)):
        most = max(counts.values(), default=0)
        tied = sum(count == most for count in counts.values()) > 1
        for id, count in counts.items():
            entity = names.registry.get_entity(id)
            if entity is None:
                continue
            yield entity, f"places={_size(count)}"
            if count == most:
                yield entity, "most places, with others" if tied else "most places"
            if id in early:
                yield entity, "place early"


def _by_sign(page: _Page, reference: str | None, source: str | None, names: NameIndex) -> Iterator[tuple[Entity, str]]:
    """Yield (body, feature) for bodies known by a reference style, an office, a letterhead, an address or a name."""
    signs = load_body_signs()
    found = [
        *((id, "reference") for sign, id in signs.references
          if reference is not None and re.match(rf"{sign}(?![A-Za-z])", reference, re.IGNORECASE)),
        *((id, "office") for sign, id in signs.offices if re.search(rf"\b{sign}\b", page.text)),
        *((id, "letterhead") for sign, id in signs.letterheads if sign.casefold() in page.head.casefold()),
        *((id, "address") for id in _by_address(source, names)),
    ]  # fmt: skip
    for person, id in load_office_holders():
        if person in page.text:
            found.append((id, "holder"))
            if re.search(
                rf"{_OFFICE}[^.]{{0,60}}{re.escape(person)}|{re.escape(person)}[^.]{{0,60}}{_OFFICE}", page.text
            ):
                found.append((id, "holder beside office"))
        elif (surname := person.split()[-1]) in page.text and re.search(
            rf"\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame) {re.escape(surname)}\b", page.text
        ):
            found.append((id, "holder by surname"))
    for id, mark in found:
        entity = names.registry.get_entity(id)
        if entity is not None:
            yield entity, mark


def _by_address(source: str | None, names: NameIndex) -> Iterator[str]:
    """Yield the body known by its web address, such as www.surrey-pcc.gov.uk."""
    parts = urlsplit(source) if source else None
    if parts is None or not parts.netloc:
        return
    host = re.sub(r"[^a-z]", "", parts.netloc.lower().removeprefix("www."))
    yield from (id for sign, id in load_body_signs().addresses if sign in parts.path.lower() or sign in host)
    if re.search(r"p?f?cc|ca(?:gov|org)|police", host):
        areas = [
            (len(row.name), id)
            for id, row in names.registry.places.items()
            if len(row.name) > 3 and host.startswith(re.sub(r"[^a-z]", "", row.name.lower()))
        ]
        body = names.registry.commissioner_of(max(areas)[1]) if areas else None
        if body is not None:
            yield body
