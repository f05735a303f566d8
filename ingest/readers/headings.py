"""Which lines are headings, and what the section they open is called."""

from __future__ import annotations

import re

_KNOWN = re.compile(
    r"""(?:executive|decision|report)\ssummary | summary(?:\sof\s(?:the\s)?(?:decision|report|request))?
    | purpose(?:\sof\s(?:the\s|this\s)?(?:report|decision|paper|request))? | recommendations? | recommendation\(s\)
    | decisions?(?:\s(?:required|requested|sought|made|taken|summary))?(?:\s[–—-].*)? | proposals?
    | key\s(?:information|facts)
    | (?:introduction|background)(?:\s(?:and|&)\s(?:background|context|introduction))?(?:/.*)? | context | overview
    | (?:issues|matters)\sfor\sconsideration | issues? | detail | details | main\sreport
    | (?:financial?|legal|commercial|procurement|equality|equalities|equality\sand\sdiversity|risks?|human\srights|hr|
        health\sand\ssafety|resource|environmental|sustainability|staffing|value\sfor\smoney|public\shealth|
        data\sprotection|gdpr|privacy|policy|performance|property|diversity)
      (?:[\s/&,]+(?:and\s)?[\w-]+){0,3}\s
      (?:comments?|implications?|considerations?|issues|advice|approach|assessment|management|privacy|impact|
        analysis|powers|matters)
    | (?:finance|legal|commercial|equality|equalities|risks?|consultation|funding|costs?|budget|conclusions?|
        timescales?|
        next\ssteps|options?(?:\sconsidered)?|alternative\soptions.*|appendix(?:\s\w+)?|notes?|related\sdecisions|
        monitoring|outcomes?|evaluation|reasons?\sfor\s(?:the\s)?(?:decision|recommendations?)|monitoring\sand\sevaluation|
        supporting\s(?:report|papers|documents|information)|public\saccess\sto\s.*|data\sprotection|contact|
        (?:the\s)?awards?|(?:the\s)?grants?|delegat\w+|declarations?(?:\sof\sinterests?)?|approvals?|officer\sapproval|
        originating\sofficer\sdeclaration.*|implications|awarded\sgrants|successful\sapplications)
    | gdpr(?:\sand\sdata\sprivacy|/data\sprivacy)? | background/supporting\spapers
    | part\s(?:i{1,3}|[123ab])\b.{0,80} | non[\s-]confidential\sfacts.*
    | (?:originating\s)?officer\s(?:approval|declaration).*""",
    re.IGNORECASE | re.VERBOSE,
)
_NEVER = re.compile(
    r"(?:signature|signed|dated?|yes|no|n/?a|none|nil|not applicable|name|title|ref(?:erence)?|tick|page \d+"
    r"|date signed|signed by|approved|tbc|draft)\b[\s:.]*",
    re.IGNORECASE,
)
_VALUE = re.compile(r"[£$€]\s*\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+ \d{4}|\d,\d{3}")
_SMALL = re.compile(r"(?:a|an|and|as|at|by|for|from|in|into|of|on|or|the|to|via|with|per|[–—&/-]|\(?[A-Z].*|\(?\d.*)\Z")
_LETTERHEAD = re.compile(
    r"\b(?:mayor|office|commissioner|mopac|record of decision|decision (?:notice|record|form|log)"
    r"|request for \w* ?decision)\b",
    re.IGNORECASE,
)

_FIELDS = re.compile(
    r"title|(?:decision\s+|reference\s+|report\s+)?(?:ref(?:erence)?|number|no|id)(?:\s+(?:number|no|code))?\.?"
    r"|reference code"
    r"|date(?:\s+(?:signed|published|of\s+\w+|approved))?|signed|decision(?:\s+(?:maker|body|date|taker))?|decided by"
    r"|decision (?:(?:made|taken) )?by|authorisation name|issue|status|source|record type|subject|covers|approved by"
    r"|date of decision|report (?:by|author|of|to)|author|publication date|classification",
    re.IGNORECASE,
)
_KEY = re.compile(r"\s*(?:\*\*)?([A-Z][\w/()'’.& -]{1,40}):(?:\*\*)?(?:\s|\Z)")


def field_key(line: str) -> str:
    """Return what stands before the colon that a line opens with, as in "Date signed: 6 June"; "" if none does."""
    match = _KEY.match(line)
    return match[1] if match else ""


def names_field(key: str) -> bool:
    """Whether a key is one that the heads of decisions have, such as "Date signed"."""
    return _FIELDS.fullmatch(key) is not None


#: lines that no wrapped line goes on from: the kind of paper, or a date alone
_ALONE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"record of decision|(?:\w+ )?decision (?:notice|record|form|log|sheet|report)|request for (?:\w+ )?decision",
        r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8},? (?:20|19)?\d\d",
        r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:[A-Z][a-z]{2,8} \d{1,2}(?:st|nd|rd|th)?, )(?:20|19)\d\d",
        r"[A-Z][a-z]{2,8} (?:20|19)\d\d|\d{1,2}[./]\d{1,2}[./](?:20)?\d\d|20\d\d-\d\d-\d\d",
    )
)


def stands_alone(words: str) -> bool:
    """Whether a line names the kind of paper, or is only a date."""
    return any(pattern.fullmatch(words.strip()) for pattern in _ALONE)


def is_known(words: str) -> bool:
    """Whether `words` (cleaned, without number) are a heading that decisions use."""
    return len(words) <= 110 and _KNOWN.fullmatch(_bare(words)) is not None


def is_letterhead(words: str) -> bool:
    """Whether `words` name the body or the kind of paper, as the head of a decision does."""
    return _LETTERHEAD.search(words) is not None


def is_capitals(words: str) -> bool:
    """Whether `words` are a line of capitals, long enough to be no initials."""
    letters = [character for character in words if character.isalpha()]
    return (
        len(words) <= 120
        and len(letters) >= 6
        and all(character.isupper() for character in letters)
        and _VALUE.search(words) is None
        and not words.endswith((".", ";", ","))
    )


def is_title_like(words: str) -> bool:
    """Whether `words` are short and capitalised as titles are, with no stop at their end."""
    listed = _bare(words).split()
    return (
        0 < len(listed) <= 12
        and len(words) <= 100
        and words[0].isupper()
        and words[-1] not in ".;,?!"
        and not (words.endswith(":") and len(listed) > 8)
        and _VALUE.search(words) is None
        and (len(listed) > 1 or words.endswith(":"))
        and all(_SMALL.match(word) for word in listed)
    )


def can_be_heading(words: str) -> bool:
    """Whether `words` may be a heading at all: short, no sentence, no value, not a signature's label."""
    return (
        0 < len(words) <= 160
        and any(character.isalpha() for character in words)
        and _NEVER.fullmatch(words) is None
        and _VALUE.search(words) is None
        and not words.endswith((";", ","))
        and not (words.endswith(".") and len(words.split()) > 8)
    )


def section_name(words: str) -> str:
    """Return the name of the section that a heading opens: no colon, no shouting.

    Headings that decisions have in common get one form: "FINANCIAL COMMENTS" is "Financial comments".
    """
    name = _bare(words)
    if is_known(name) and "/" not in name and not re.match(r"part\b", name, re.IGNORECASE):
        return _sentence_case(name)
    return _sentence_case(name) if is_capitals(name) else name


def _bare(words: str) -> str:
    return re.sub(r"[\s:–—-]+\Z", "", words.strip())


def _sentence_case(name: str) -> str:
    kept = {"GDPR", "HR", "MOPAC", "DMPC", "PCC", "OPCC", "PFCC", "I", "II", "III", "VAWG", "GLA"}
    words = [word if word in kept else word.lower() for word in name.split(" ")]
    lowered = " ".join(words)
    return lowered[:1].upper() + lowered[1:]
