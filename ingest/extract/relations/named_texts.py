"""The sentences, headings and cells of a document with the names in them, computed once for all relations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph.model import Decision, Entity, EntityKind, Evidence
from graph.names.definitions import definitions
from graph.names.index import NameContext, NameIndex, NameMention
from ingest.document import Block, BlockKind, Document, Row
from ingest.extract.scope.named_things import named_programme
from ingest.extract.words.sentences import sentences_of

_BOILERPLATE = re.compile(
    r"\b(?:legal|equalit|gdpr|data (?:protection|privacy)|public access|access to information|deferral|human rights|"
    r"declaration|originating officer|officer approval|chief executive|chief operating|signature|contact|"
    r"part (?:2|ii)\b)",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"^(?:Project|Operation|Programme)\s+")
_SUFFIX = re.compile(r"\s{1,9}(?:programme|project|pilot|service|scheme|initiative|hub|model)s?$", re.IGNORECASE)
_ORDINARY = re.compile(
    r"(?:(?:victims?|support|services?|domestic|abuse|perpetrators?|funding|community|safety|crime|local|new|youth|sexual|"
    r"violence|justice|police|county|wide|outreach|grant|and|of|for|the|pilot)\W*)+",
    re.IGNORECASE,
)
_DIVERTED = re.compile(r"\s*(?:fund(?:s|ing)?\b|grants?\b|budget|strategy)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NamedText:
    """One sentence, heading, head field or table cell: `text` is Document.text[start:start + len(text)]."""

    text: str
    start: int
    locator: str
    page: int | None
    block: Block
    mentions: tuple[NameMention, ...]

    def evidence(self) -> Evidence:
        """Return the whole text as evidence, without white space around it."""
        quote = self.text.strip()
        start = self.start + self.text.find(quote)
        return Evidence(self.locator, quote, self.page, start, start + len(quote))

    def of_kind(self, kind: EntityKind) -> list[NameMention]:
        """Return the mentions of entities of one kind; "Drive Fund" does not count as the programme Drive."""
        return [
            mention
            for mention in self.mentions
            if mention.entity.kind is kind
            and not (kind is EntityKind.PROGRAMME and _DIVERTED.match(self.text, mention.end))
        ]


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """The texts of a document with their names."""

    texts: tuple[NamedText, ...]


def read_names(document: Document, decision: Decision, names: NameIndex) -> NamedDocument:
    """Return the document's texts with their names, without standard legal and equality passages."""
    place = names.registry.place_of_body(decision.body.id) if decision.body else None
    known = NameContext(body=decision.body, place=names.registry.get_entity(place) if place else None)
    context = replace(known, definitions=definitions(document.text, names, context=known))
    invented = _invented(document, decision, names, context)
    forms = _forms(invented, document.text)
    texts: list[NamedText] = []
    for block in document.blocks:
        if not _BOILERPLATE.search(block.section) and block.field_name.lower() != "source":
            for row, start, end in _spans_of(document, block):
                text = document.text[start:end]
                locator = row.locator if row else block.locator or block.field_name or "Title"
                mentions = tuple(names.find(text, context=context))
                named = NamedText(text, start, locator, row.page if row else block.page, block, mentions)
                texts.append(_with_invented(named, invented, forms))
    return NamedDocument(tuple(texts))


def _invented(document: Document, decision: Decision, names: NameIndex, context: NameContext) -> Entity | None:
    """Return a programme that only the title names, found in the same way as for flows."""
    if names.find(decision.title, context=context, kinds={EntityKind.PROGRAMME}):
        return None
    sentences = [sentence.text for block in document.blocks for sentence in sentences_of(document, block)]
    return named_programme(decision.title, sentences, names, context)


def _forms(programme: Entity | None, text: str) -> re.Pattern[str] | None:
    """Return a pattern for a programme unknown to the registry, as the document prints it: in full, short, defined."""
    if programme is None or programme.verified:
        return None
    name = re.escape(programme.name)
    forms = [programme.name, *re.findall(rf"{name}\s*\(([A-Z][\w&-]+)\)", text)]
    own = _SUFFIX.sub("", _PREFIX.sub("", programme.name))
    if len(own) > 3 and not _ORDINARY.fullmatch(own) and (own.isupper() or len(own) > 4):
        forms.append(own)
    return re.compile(rf"\b(?:{'|'.join(re.escape(form) for form in sorted(forms, key=len, reverse=True))})(?!\w)")


def _with_invented(text: NamedText, programme: Entity | None, forms: re.Pattern[str] | None) -> NamedText:
    """Return the text with its mentions of a programme unknown to the registry added."""
    if programme is None or forms is None:
        return text
    added = [
        NameMention(programme, match.start(), match.end(), match.group(), score=0.8)
        for match in forms.finditer(text.text)
        if not any(m.start < match.end() and match.start() < m.end for m in text.mentions)
    ]
    mentions = tuple(sorted((*text.mentions, *added), key=lambda mention: mention.start))
    return replace(text, mentions=mentions) if added else text


def _spans_of(document: Document, block: Block) -> Iterator[tuple[Row | None, int, int]]:
    """Yield (row, start, end) of a block's sentences, heading or worded cells; the row is None outside tables."""
    if block.kind is BlockKind.TABLE:
        for row in (*block.header, *block.rows):
            yield from ((row, cell.start, cell.end) for cell in row.cells if re.search(r"[A-Za-z]", cell.text))
    elif block.kind is BlockKind.HEADING:
        yield None, block.start, block.end
    else:
        yield from ((None, sentence.start, sentence.end) for sentence in sentences_of(document, block))
