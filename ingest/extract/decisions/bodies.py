"""Which body took a decision: from its field, its letterhead, its approval, its reference's style, its address."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from graph.model import Entity, EntityKind
from graph.names.index import NameIndex, new_entity
from ingest.document import Block, BlockKind, Document
from ingest.extract.decisions.body_signs import body_spoken_of
from ingest.extract.decisions.fields import Field, head_blocks
from ingest.extract.decisions.signatures import titled

_KINDS = {EntityKind.ORGANISATION}
_BODY_TYPES = {"police-and-crime-commissioner", "combined-authority", "mayoral-authority", "regional-authority"}
_STYLES: tuple[tuple[str, str], ...] = (  # how a body numbers its decisions: field-notes, "References"
    (r"(?:DMPC|PCD|CEOD|DMPCD)\b.*", "Mayor's Office for Policing and Crime"),
    (r"(?:MD|ADD|DD)\s?\d{3,4}", "Greater London Authority"),
    (r"WPCC?\d.*", "Warwickshire Police and Crime Commissioner"),
    (r"GMCA\b.*", "Greater Manchester Combined Authority"),
)
_PHRASES = (
    r"(?:Office of the )?(?:(?i:Police(?:,| and) (?:Fire (?:and Rescue )?and )?Crime Commissioner)|OPF?CC|PF?CC)"
    r"(?: \([A-Z]{3,6}\))? for (?:the )?(?P<after>[A-Z][a-z]+(?: (?:and |of |the )*[A-Z][a-z]+){0,3})",
    r"(?P<before>[A-Z][a-z]+(?: (?:and |& )?[A-Z][a-z]+){0,3}) "
    r"(?:(?i:Police(?:,| and) (?:Fire (?:and Rescue )?and )?Crime Commissioner)|OPF?CC|PF?CC|Commissioner)\b",
)
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
    for found in (
        _letterhead(document, names),
        _approval(document, names),
        _by_reference(document, reference, names),
        _by_address(source, names),
        _most_named(document, names),
        body_spoken_of(document, names, lambda entity: is_deciding_body(entity, names)),
    ):
        if found is not None:
            return found
    return None


def _letterhead(document: Document, names: NameIndex) -> Entity | None:
    for block in head_blocks(document):
        if block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH) and len(block.text) <= 140:
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
        parts = re.split(r"\s+[-–—|:]\s+", reading)
        for part in [reading, *parts]:
            known = names.resolve(part, kinds=_KINDS)
            if known is not None and is_deciding_body(known, names):
                return known
        for mention in names.find(reading, kinds=_KINDS):
            if is_deciding_body(mention.entity, names):
                return mention.entity
        for phrase in _commissioners(reading):
            known = names.resolve(phrase, kinds=_KINDS)
            if known is not None:
                return known
    if re.search(r"mayor of london office for policing and crime", words, re.IGNORECASE):
        return names.resolve("Mayor's Office for Policing and Crime", kinds=_KINDS)
    return None


def is_deciding_body(entity: Entity, names: NameIndex) -> bool:
    """Whether an organisation is one that takes decisions of this kind."""
    row = names.registry.organisations.get(entity.id)
    return row is not None and (
        row.type in _BODY_TYPES or "Mayor's Office" in row.name or "London Authority" in row.name
    )


def _by_reference(document: Document, reference: str | None, names: NameIndex) -> Entity | None:
    """Return the body that numbers its decisions so; none where the text has another throughout."""
    for pattern, name in _STYLES:
        if reference is not None and re.fullmatch(pattern, reference, re.IGNORECASE):
            body = names.resolve(name, kinds=_KINDS)
            named = Counter(
                found.entity
                for found in names.find(document.text, kinds=_KINDS)
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
    if "mopac" in parts.path.lower() or "mopac" in host:
        return names.resolve("MOPAC", kinds=_KINDS)
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
    """Return the commissioner that the text names most, where one stands out."""
    counts: Counter[Entity] = Counter()
    for block in document.blocks:
        counts.update(_named(block, names))
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _named(block: Block, names: NameIndex) -> Iterator[Entity]:
    for phrase in _commissioners(block.text):
        known = names.resolve(phrase, kinds=_KINDS)
        if known is not None and is_deciding_body(known, names):
            yield known


def _commissioners(words: str) -> Iterator[str]:
    """The commissioners that a text names, each as "<area> Police and Crime Commissioner", longer area first."""
    for pattern in _PHRASES:
        for match in re.finditer(pattern, words):
            area = match.groupdict().get("after") or match.groupdict().get("before") or ""
            pieces = area.split()
            for count in range(len(pieces), 0, -1):
                chosen = pieces[:count] if "after" in match.groupdict() else pieces[-count:]
                yield f"{' '.join(chosen)} Police and Crime Commissioner"
