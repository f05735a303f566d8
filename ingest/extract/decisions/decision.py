"""Read the head of a document as a Decision: reference, title, body, decision maker, date of signature."""

from __future__ import annotations

import re

from graph.model import Decision, Entity
from graph.names.index import NameIndex
from graph.parse.dates import find_dates, parse_date
from graph.parse.references import find_references, reference_key
from graph.parse.titles import date_in_title
from ingest.document import Block, BlockKind, Document
from ingest.extract.choice import Option
from ingest.extract.decisions.bodies import Head, decision_body
from ingest.extract.decisions.body_candidates import body_options
from ingest.extract.decisions.fields import BODY_OF_TEXT, Field, head_blocks, is_label, read_fields
from ingest.extract.decisions.signatures import Signatures, read_signatures
from ingest.extract.weights import Weights, load_weights
from ingest.readers.headings import is_known, load_headings, stands_alone

_SUMMARY = re.compile(r"(?:executive|decision|report)?\s*summary|purpose.*", re.IGNORECASE)
_URL = re.compile(r"https?://\S+|www\.\S+")
_OTHER_DATES = {"published": "published", "effective": "effective", "report": "report", "date": "report"}
_SUMMARY_LENGTH = 2000
#: a sentence, the opening of a list, a byline
_NO_TITLE = re.compile(r"^.{100,}\.$|\b(?:recommended|asked)\s+to\W*$|^\S+(?:\s+\S+){4,}:$|^By\s[A-Z]", re.DOTALL)
_SENTENCE = re.compile(r"^\S+(?:\s+\S+){5,}(?:\s+\S+\s+\S+\.|:)$")
_DATED = re.compile(r"\s{1,9}[-–—]\s{1,9}\d{1,2}(?:st|nd|rd|th)?\s{1,9}[A-Z][a-z]{2,8}\s{1,9}(?:19|20)\d\d\Z")
_SITE = re.compile(r"\s{1,9}\|\s{1,9}[^|]{3,60}\Z")  #: the site whose page it is
_OFFICE = re.compile(r"\b(?:commissioner|combined authority|council|office (?:of|for)|mayor of)\b", re.IGNORECASE)
_PAPER = re.compile(
    r"\b(?:request for .{0,300}decision|record of decision|decision (?:notice|record|form|log|paper))\b", re.I
)
_NAME = r"[A-Z][\w'’-]+(?:[ ,]+(?:and |the |of |& )*[A-Z][\w'’-]+){0,3}"
_BEFORE = r"(?!Police|Crime|Fire)[A-Z][\w'’-]+(?: (?:and |& )?(?!Police|Crime|Fire)[A-Z][\w'’-]+){0,3}"
#: the area in the name of an office: what follows its "for", or stands before it
_AREA = re.compile(
    rf"(?<=\bfor )(?:the )?{_NAME}|^{_BEFORE}(?= (?:Police|Combined|Mayor|Office|OP|PF?CC|Comm|Ci|Co|Bor|Dist))"
)
_OF_OFFICES = frozenset((
    "the", "office", "of", "for", "police", "fire", "rescue", "crime", "and", "commissioner", "s", "victims", "pcc",
    "pfcc", "opcc", "opfcc", "pcvc", "mayor", "deputy", "policing", "combined", "authority", "mayoral", "your", "our",
    "council", "city", "county", "borough", "district",
))  # fmt: skip
_MASTHEAD = 3  #: words that the name of a newspaper or an office-holder has at most


def document_body_options(document: Document, names: NameIndex) -> list[Option[Entity | None]]:
    """Return the candidates for a document's body, with features; none if a field of the document names the body."""
    fields, head = read_fields(document), head_blocks(document)
    if "body" in fields and fields["body"].value:
        return []
    reference = _reference(fields, head)
    return body_options(
        document, _title(fields, head, reference), reference, document.address or _source(fields), names
    )


def read_decision(document: Document, names: NameIndex, weights: Weights | None = None) -> Decision:
    """Return the decision that a document records; what the document does not say stays empty.

    Args:
        document: As a reader returns it.
        names: The registry's names.
        weights: The fitted weights that choose its body; None for those shipped with whofunds.
    """
    fields = read_fields(document)
    head = head_blocks(document)
    reference = _reference(fields, head)
    source = document.address or _source(fields)
    signatures = read_signatures(document)
    signed = _signed(fields, signatures)
    title = _title(fields, head, reference)
    opening = Head(fields, title, reference, source)
    return Decision(
        reference=reference,
        title=title,
        body=decision_body(document, opening, names, weights or load_weights()),
        decided_by=_decided_by(fields, signatures),
        signed=signed,
        record_type=_stated(fields, "record_type") or "decision notice",
        source=source,
        aliases=_aliases(document, reference),
        summary=_summary(document),
        dates=_dates(fields, signatures, signed),
        titled=date_in_title(title),
    )


def _stated(fields: dict[str, Field], name: str) -> str | None:
    return fields[name].value if name in fields else None


def _reference(fields: dict[str, Field], head: list[Block]) -> str | None:
    """Return the decision's reference: as its field prints it, else the first reference in the head."""
    if "reference" in fields:
        return fields["reference"].value
    for block in head:
        if block.kind is BlockKind.TABLE or block.field_name.lower().startswith(("title", "source", "covers")):
            continue
        found = find_references(block.text)
        if found:
            return found[0].reference
    return None


def _title(fields: dict[str, Field], head: list[Block], reference: str | None) -> str:
    """Return the title: from its field, the page's only main heading, or the first suitable line of the head."""
    title = _stated(fields, "title")
    if title:
        return title
    opening = [block for block in _before_text(head) if block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH)]
    main = [block for block in head if block.kind is BlockKind.HEADING and block.level == 1]
    later = [block for block in head if block.kind is BlockKind.HEADING and block not in opening]
    for blocks in (main, opening, later):
        candidates = [bare for block in blocks if (bare := _as_title(block, reference))]
        if blocks is main and len(main) == 1 and not candidates and _is_list(main[0].text):
            return main[0].text
        if candidates:
            named = len(blocks[0].text.split()) <= _MASTHEAD and blocks is opening
            longer = [bare for bare in candidates[1:4] if len(bare.split()) > (7 if _OFFICE.search(bare) else 4)]
            return longer[0] if named and longer else candidates[0]
    first = opening[0].text if opening else ""
    known = (is_known(first) and not is_label(first)) or _is_list(first)
    return _without_reference(first, reference) if len(main) < 2 and known and not BODY_OF_TEXT.match(first) else ""


def _is_list(words: str) -> bool:
    """Return True if a heading is that of a page of many decisions."""
    return re.search(r"\b(?:decisions|log|register|records?)(?: (?:19|20)\d\d)?\Z", words, re.IGNORECASE) is not None


def _before_text(head: list[Block]) -> list[Block]:
    """Return the blocks of the head that stand before its first sentences."""
    for place, block in enumerate(head):
        if block.kind is BlockKind.PARAGRAPH and (len(block.text) > 200 or _SENTENCE.search(block.text)):
            return head[:place]
    return head


def _as_title(block: Block, reference: str | None) -> str:
    """Return a block's words as a title; "" for letterheads, labels, section names, dates, bylines and sentences."""
    words = block.text
    if is_known(words) or is_label(words) or _NO_TITLE.search(words) or stands_alone(words):
        return ""
    bare = _without_reference(words, reference)
    ordinary = len(bare) > 3 and re.search(r"[A-Za-z]{3}", bare) is not None
    return bare if ordinary and not load_headings()["untitled"].fullmatch(bare) and not _is_letterhead(bare) else ""


def _without_reference(words: str, reference: str | None) -> str:
    if reference is not None and words.casefold().startswith(f"{reference.casefold()} "):
        words = words[len(reference) :]
    for mention in find_references(words):
        if reference is not None and mention.key == reference_key(reference):
            words = words[: mention.start] + " " + words[mention.end :]
            break
    words = re.sub(
        r"(?:\s{1,9}ref:)?\s{1,9}recommendations? (?:approved|agreed|supported)\s*\Z", "", words, flags=re.IGNORECASE
    )
    words = re.sub(
        r"\A\W*(?:(?:(?-i:[A-Z]{2,5})|pcc) )?decision(?: notice| record| form)?\s*[-–—:]\s*",
        "",
        words.strip(),
        flags=re.IGNORECASE,
    )
    words = _DATED.sub("", re.sub(r"\s+", " ", words).strip(" -–—:|·"))
    return _SITE.sub("", words)


def _is_letterhead(words: str) -> bool:
    """Return True if a line only names an office, its area and the kind of paper."""
    if not _OFFICE.search(words) and not _PAPER.search(words):
        return False
    rest = _PAPER.sub(" ", _AREA.sub(" ", words))
    return all(word in _OF_OFFICES for word in re.findall(r"[^\W\d_]+", rest.casefold()))


def _source(fields: dict[str, Field]) -> str | None:
    match = _URL.search(_stated(fields, "source") or "")
    return match.group().rstrip(".,;)") if match else None


def _decided_by(fields: dict[str, Field], signatures: Signatures) -> str | None:
    if "decided_by" in fields:
        return fields["decided_by"].value
    return signatures.decided_by


def _signed(fields: dict[str, Field], signatures: Signatures) -> str | None:
    """Return the date of the decision maker's signature; None if a field says that it is not stated."""
    field = fields.get("signed")
    if field is not None and field.value is None:
        return None
    stated = _date(field.value or "") if field is not None else None
    return stated or signatures.signed or _date(_stated(fields, "date") or "")


def _date(words: str) -> str | None:
    found = find_dates(words)
    return parse_date(words) or (found[0].date if found else None)


def _aliases(document: Document, reference: str | None) -> tuple[str, ...]:
    """Return other printed forms of the decision's own reference."""
    if reference is None:
        return ()
    key = reference_key(reference)
    forms: dict[str, None] = {}
    for block in document.blocks:
        for mention in find_references("" if "://" in block.text else block.text):
            if mention.key == key and mention.text != reference:
                forms.setdefault(mention.text)
    return tuple(forms)


def _summary(document: Document) -> str:
    """Return the paragraphs of the summary; the first paragraphs of the text if there is none."""
    text_kinds = (BlockKind.PARAGRAPH, BlockKind.ITEM)
    chosen = [block.text for block in document.blocks if block.kind in text_kinds and _SUMMARY.fullmatch(block.section)]
    if not chosen:
        chosen = [
            block.text for block in document.blocks if block.kind is BlockKind.PARAGRAPH and len(block.text) > 80
        ][:3]
    summary = "\n".join(chosen)
    return summary if len(summary) <= _SUMMARY_LENGTH else summary[:_SUMMARY_LENGTH].rsplit(" ", 1)[0] + " ..."


def _dates(fields: dict[str, Field], signatures: Signatures, signed: str | None) -> tuple[tuple[str, str], ...]:
    stated = [
        (what, _date(_stated(fields, name) or "")) for name, what in _OTHER_DATES.items() if _stated(fields, name)
    ]
    advised = [("advice", date) for date in signatures.advised]
    return tuple((what, date) for what, date in [*stated, *advised] if date and (what, date) != ("report", signed))
