"""Which body took a decision: from its field, its letterhead, its approval, its reference's style, its address."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from graph.model import Entity, EntityKind
from graph.names.index import NameIndex, new_entity
from ingest.document import Block, BlockKind, Document
from ingest.extract.decisions.body_lists import load_body_signs
from ingest.extract.decisions.body_names import commissioners_in
from ingest.extract.decisions.body_signs import body_spoken_of
from ingest.extract.decisions.fields import Field, head_blocks
from ingest.extract.decisions.publishers import frame_of, publisher_of
from ingest.extract.decisions.signatures import titled

_KINDS = {EntityKind.ORGANISATION}
_BODY_TYPES = {"police-and-crime-commissioner", "combined-authority", "mayoral-authority", "regional-authority"}
_POLICING = "police-and-crime-commissioner"
_THROUGHOUT = 4  #: a body named more often than this is what the text is about
_APPROVAL = re.compile(r"approval of(?: the)?\s+(?P<body>.+)", re.IGNORECASE)


def decision_body(
    document: Document, fields: dict[str, Field], reference: str | None, source: str | None, names: NameIndex
) -> Entity | None:
    """Return the body that decided, as far as the document tells; the surest sign first."""
    field = fields.get("body")
    if field is not None and field.value:
        known = names.resolve(field.value, kinds=_KINDS)
        return known or new_entity(field.value, EntityKind.ORGANISATION)
    by_reference = _by_reference(document, reference, names)
    for found in (
        publisher_of(document, names),
        _letterhead(document, names),
        _approval(document, names),
        by_reference,
        _by_address(source, names),
        _most_named(document, names),
        _by_frame(document, names),
        _spoken_of(document, names),
    ):
        if found is not None:
            decider = fields["decided_by"].value if "decided_by" in fields else None
            said = found == by_reference or names.resolve(decider or "", kinds=_KINDS) == found
            return found if said else _policing_office(found, document, names) or found
    return None


def _policing_office(body: Entity, document: Document, names: NameIndex) -> Entity | None:
    """Return the office inside a body that decides on policing, if the text names it: the page may be its own."""
    inside = [
        id for id, row in names.registry.organisations.items() if row.part_of == body.id and row.type == _POLICING
    ]
    text = "\n".join(block.text for block in document.blocks) if inside else ""
    spoken = [
        names.registry.get_entity(id) for sign, id in load_body_signs().offices if re.search(rf"\b{sign}\b", text)
    ]
    named = {*spoken, *(found.entity for found in names.find(text, kinds=_KINDS))}
    return next((entity for entity in map(names.registry.get_entity, inside) if entity in named), None)


def _letterhead(document: Document, names: NameIndex) -> Entity | None:
    for block in head_blocks(document):
        is_line = len(block.text) <= 140 and not block.text.endswith(".")
        if block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH) and is_line:
            found = _body_in(block.text, names)
            if found is not None:
                return found
    return None


def _approval(document: Document, names: NameIndex) -> Entity | None:
    for block in document.blocks:
        match = _APPROVAL.fullmatch(block.text) if block.kind is BlockKind.HEADING else None
        if match:
            found = _body_in(match["body"], names)
            if found is not None:
                return found
    return None


def _body_in(words: str, names: NameIndex) -> Entity | None:
    """Return the deciding body that a short line names, in capitals or not."""
    readings = [words, titled(words)] if words.isupper() else [words]
    for reading in readings:
        parts = re.split(r"\s{1,9}[-–—|:]\s{1,9}", reading)
        for part in [reading, *parts]:
            known = names.resolve(part, kinds=_KINDS)
            if known is not None and is_deciding_body(known, names):
                return known
        for mention in names.find(reading, kinds=_KINDS):
            if is_deciding_body(mention.entity, names):
                return mention.entity
        for phrase in commissioners_in(reading):
            known = names.resolve(phrase, kinds=_KINDS)
            if known is not None:
                return known
    signs = load_body_signs().letterheads
    return next((names.registry.get_entity(id) for sign, id in signs if sign.casefold() in words.casefold()), None)


def is_deciding_body(entity: Entity, names: NameIndex) -> bool:
    """Whether an organisation is one that takes decisions of this kind."""
    row = names.registry.organisations.get(entity.id)
    return row is not None and (row.type in _BODY_TYPES or entity.id in load_body_signs().deciding)


def _by_frame(document: Document, names: NameIndex) -> Entity | None:
    """Return the one deciding body that the words around a page's text name: its menus, the way to it, its foot."""
    lines = frame_of(document).splitlines()
    found = {body for line in lines if line.strip() and (body := _body_in(line, names)) is not None}
    return found.pop() if len(found) == 1 else None


def _by_reference(document: Document, reference: str | None, names: NameIndex) -> Entity | None:
    """Return the body that numbers its decisions so; none where the text has another throughout."""
    for sign, id in load_body_signs().references:
        if reference is not None and re.match(rf"{sign}(?![A-Za-z])", reference, re.IGNORECASE):
            body = names.registry.get_entity(id)
            named = Counter(
                found.entity
                for block in document.blocks
                for found in names.find(block.text, kinds=_KINDS)
                if is_deciding_body(found.entity, names)
            )
            common = named.most_common(1)
            return None if common and common[0][1] > _THROUGHOUT and body not in named else body
    return None


def _by_address(source: str | None, names: NameIndex) -> Entity | None:
    """Return the commissioner whose area the web address names, as in www.surrey-pcc.gov.uk."""
    parts = urlsplit(source) if source else None
    if parts is None or not parts.netloc:
        return None
    host = re.sub(r"[^a-z]", "", parts.netloc.lower().removeprefix("www."))
    for sign, id in load_body_signs().addresses:
        if sign in parts.path.lower() or sign in host:
            return names.registry.get_entity(id)
    if not re.search(r"p?f?cc|ca(?:gov|org)|police", host):
        return None
    areas = [
        (len(row.name), id)
        for id, row in names.registry.places.items()
        if len(row.name) > 3 and host.startswith(re.sub(r"[^a-z]", "", row.name.lower()))
    ]
    body = names.registry.commissioner_of(max(areas)[1]) if areas else None
    return names.registry.get_entity(body) if body else None


def _most_named(document: Document, names: NameIndex) -> Entity | None:
    """Return the commissioner that the text names most, where one stands out; one mention may be of a neighbour."""
    counts: Counter[Entity] = Counter()
    for block in document.blocks:
        counts.update(_named(block, names))
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    local = _spoken_of(document, names) if ranked[0][1] == 1 else None
    return local or ranked[0][0]


def _spoken_of(document: Document, names: NameIndex) -> Entity | None:
    return body_spoken_of(document, names, lambda entity: is_deciding_body(entity, names))


def _named(block: Block, names: NameIndex) -> Iterator[Entity]:
    for phrase in commissioners_in(block.text):
        known = names.resolve(phrase, kinds=_KINDS)
        if known is not None and is_deciding_body(known, names):
            yield known
