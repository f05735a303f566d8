"""A document to its Decision: reference, title, body, who decided, when it was signed."""

from __future__ import annotations

import re

from graph.model import Decision
from graph.names.index import NameIndex
from graph.parse.dates import find_dates, parse_date
from graph.parse.references import find_references, parse_reference, reference_key
from ingest.document import Block, BlockKind, Document
from ingest.extract.decisions.bodies import decision_body
from ingest.extract.decisions.fields import Field, head_blocks, is_label, read_fields
from ingest.extract.decisions.signatures import Signatures, read_signatures
from ingest.readers.headings import is_known

_SUMMARY = re.compile(r"(?:executive|decision|report)?\s*summary|purpose.*", re.IGNORECASE)
_THIS = re.compile(r"\bthis (?:decision|report|paper|form|request)\s*\(([^()]{3,40})\)", re.IGNORECASE)
_LABELS = re.compile(
    r"(?:request for |record of )?(?:(?:dmpc|pcc|opcc|pfcc|formal|executive|mayoral) )?"
    r"decisions?(?: (?:notice|form|record|paper|report|log|making|details?))?"
    r"(?: (?:ref(?:erence)?|number|no)\.?)?|key information|breadcrumb|home",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://\S+|www\.\S+")
_OTHER_DATES = {"published": "published", "effective": "effective", "report": "report", "date": "report"}
_SUMMARY_LENGTH = 2000
_NO_TITLE = re.compile(r"^.{100,}\.$|\b(?:recommended|asked)\s+to\W*$", re.DOTALL)  #: a sentence, the opening of a list


def read_decision(document: Document, names: NameIndex) -> Decision:
    """Return the decision that a document records. What the document does not say stays empty."""
    fields = read_fields(document)
    head = head_blocks(document)
    reference = _reference(fields, head, document)
    source = _source(fields)
    signatures = read_signatures(document)
    signed = _signed(fields, signatures)
    return Decision(
        reference=reference,
        title=_title(fields, head, reference),
        body=decision_body(document, fields, reference, source, names),
        decided_by=_decided_by(fields, signatures),
        signed=signed,
        record_type=_stated(fields, "record_type") or "decision notice",
        source=source,
        aliases=_aliases(document, reference),
        summary=_summary(document),
        dates=_dates(fields, signatures, signed),
    )


def _stated(fields: dict[str, Field], name: str) -> str | None:
    return fields[name].value if name in fields else None


def _reference(fields: dict[str, Field], head: list[Block], document: Document) -> str | None:
    """Return the reference: its field as printed, else the one that the head or the text gives the decision itself."""
    if "reference" in fields:
        return fields["reference"].value
    for block in head:
        if block.kind is BlockKind.TABLE or block.field_name.lower().startswith(("title", "source", "covers")):
            continue
        found = find_references(block.text)
        if found:
            return found[0].reference
    for block in document.blocks:
        match = _THIS.search(block.text)
        mention = parse_reference(match[1]) if match else None
        if mention is not None:
            return mention.reference
    return None


def _title(fields: dict[str, Field], head: list[Block], reference: str | None) -> str:
    """Return the title: its field, else the first line of the head that is neither letterhead nor reference alone."""
    title = _stated(fields, "title")
    if title:
        return title
    candidates = [block.text for block in head if block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH)]
    for words in candidates:
        if is_known(words) or is_label(words) or _NO_TITLE.search(words):
            continue  # a section's heading or its text, where the page has lost its own, or a field left empty
        bare = _without_reference(words, reference)
        if len(bare) > 3 and not _LABELS.fullmatch(bare) and not _is_letterhead(bare):
            return bare
    return ""


def _without_reference(words: str, reference: str | None) -> str:
    if reference is not None and words.casefold().startswith(f"{reference.casefold()} "):
        words = words[len(reference) :]
    for mention in find_references(words):
        if reference is not None and mention.key == reference_key(reference):
            words = words[: mention.start] + " " + words[mention.end :]
            break
    words = re.sub(
        r"(?:\s+ref:)?\s+recommendations? (?:approved|agreed|supported)\s*\Z", "", words, flags=re.IGNORECASE
    )
    words = re.sub(
        r"\A\W*(?:(?:dmpc|pcc|opcc) )?decision(?: notice| record| form)?\s*[-–—:]\s*",
        "",
        words.strip(),
        flags=re.IGNORECASE,
    )
    return re.sub(r"\s+", " ", words).strip(" -–—:|·")


def _is_letterhead(words: str) -> bool:
    return (
        re.search(
            r"(?:office (?:of|for) |mayor of london|crime commissioner\b|combined authority\b|request for .*decision|"
            r"record of decision)",
            words,
            re.IGNORECASE,
        )
        is not None
        and len(words.split()) <= 14
    )


def _source(fields: dict[str, Field]) -> str | None:
    match = _URL.search(_stated(fields, "source") or "")
    return match.group().rstrip(".,;)") if match else None


def _decided_by(fields: dict[str, Field], signatures: Signatures) -> str | None:
    if "decided_by" in fields:
        return fields["decided_by"].value
    return signatures.decided_by


def _signed(fields: dict[str, Field], signatures: Signatures) -> str | None:
    """Return the date of the decision maker's signature; a field that says "not stated" is believed."""
    field = fields.get("signed")
    if field is not None and field.value is None:
        return None
    stated = _date(field.value or "") if field is not None else None
    return stated or signatures.signed or _date(_stated(fields, "date") or "")


def _date(words: str) -> str | None:
    found = find_dates(words)
    return parse_date(words) or (found[0].date if found else None)


def _aliases(document: Document, reference: str | None) -> tuple[str, ...]:
    """Return the other printed forms of the decision's own reference."""
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
    """Return the summary's paragraphs, or the first paragraphs where there is none."""
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
