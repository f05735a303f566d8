"""The verbs of money and what they say about who pays: the lexicon for reading prose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Act(StrEnum):
    """What is done with a sum."""

    RECEIVE = "receive"  #: the subject gets it
    GIVE = "give"  #: the subject pays it
    ALLOCATE = "allocate"  #: the subject sets it aside
    CARRY = "carry"  #: moved between years
    REQUEST = "request"  #: the subject asks for it
    COST = "cost"  #: a price, with no parties of its own


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb as it stands in a text."""

    act: Act
    start: int
    end: int
    passive: bool  #: "was awarded": its subject is the one who gets
    words: str


_LEXICON: tuple[tuple[Act, str], ...] = (
    (Act.CARRY, r"carr(?:y|ied|ies|ying)[\s-]+(?:[^.;]{0,30}?\s+)?forwards?|carry-forward|carry[\s-]?over|c/f"),
    (
        Act.REQUEST,
        r"appl(?:y|ies|ied|ying)\s+for|bids?\s+(?:for|to|by|from|was|were|of|worth)|bidding\s+for|applications?\s+(?:for|by|from)|requested"
        r"|requests?\s+(?:of|by|from)|asked\s+for(?!\s+(?:is|was|are)\b)",
    ),
    (
        Act.RECEIVE,
        r"accept(?:s|ed|ing|ance)?|take(?:s|n)?\s+up|taking\s+up|receiv(?:e|es|ed|ing)|receipt|secur(?:e|es|ed|ing)|won|wins|obtain(?:s|ed)?|gets?|gained",
    ),
    (
        Act.GIVE,
        r"award(?:s|ed|ing)?|re-?grant(?:s|ed|ing)?|sub-?grant(?:s|ed|ing)?|grant(?:s|ed|ing)?|gives?|given|gave|giving|pay(?:s|ing)?|paid|payment"
        r"|pass(?:es|ed|ing)?|provid(?:e|es|ed|ing)|offer(?:s|ed|ing)?|confirm(?:s|ed|ing)?|distribut(?:e|es|ed|ing)|fund(?:s|ed|ing)"
        r"|(?<=will )fund"
        r"|donat(?:e|es|ed|ing)"
        r"|contribut(?:e|es|ed|ing|ion|ions)|goes|go|transfer(?:s|red|ring)?|told|notified|informed|brings?|brought(?!\s+forward)|moves?|moving|vary|varies|increas(?:e|es|ed|ing)|appoint(?:s|ed|ment)?|contract"
        r"|adds?",
    ),
    (
        Act.ALLOCATE,
        r"allocat(?:e|es|ed|ing|ion|ions)|commit(?:s|ted|ting|ment)?|set(?:s)?\s+aside|us(?:e|es|ed|ing)|spend(?:s|ing)?|spent|approv(?:e|es|ed|ing|al)|agree(?:s|d)?"
        r"|apportion(?:s|ed)?|invest(?:s|ed|ing|ment)?|put(?:s|ting)?|release(?:s|d)?|earmark(?:s|ed)?|procur(?:e|es|ed|ing)|make(?:s)?\s+available|made\s+available|takes?|rais(?:e|es|ed|ing)|uplift",
    ),
    (Act.COST, r"cost(?:s|ing)?|totals?|totalling|value|budget|requirement|worth"),
)
_VERBS = re.compile("|".join(rf"(?P<{act.value}>\b(?:{words})\b)" for act, words in _LEXICON), re.I)
_NOUNS = frozenset(
    (
        "allocation",
        "allocations",
        "award",
        "awards",
        "contribution",
        "contributions",
        "investment",
        "commitment",
        "payment",
        "approval",
    )
)
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:to\s+be\s+)?(?:\w+ly\s+|also\s+|then\s+|further\s+|now\s+)?$", re.I
)
_PARTICIPLE = re.compile(r"(?:ed|en|id|ung|on|told|brought|made|spent|set|put|met)$", re.I)
_IN_TOTAL = re.compile(r"\bin\s+$", re.I)
_NOUN_BEFORE = re.compile(
    r"\b(?:the|an?|this|that|these|its|their|of|successful|existing|total|match|home\s+office|such|for|new|each|main|core|small)\s+$",
    re.I,
)
_ADJECTIVE = re.compile(r"\b(?:the|an?|its|their|this|these|all|any|newly)\s+$", re.I)
_NOUN_FOLLOWS = re.compile(r"\s+(?!by\b|to\b|in\b|from\b|for\b|and\b|with\b|on\b|of\b|under\b)[A-Za-z]")
#: verbs that are mostly nouns before "of", "agreement" and the like: "grant agreement", "contract award"
_NOUN_AFTER = re.compile(
    r"^\s+(?:agreements?|letters?|arrangements?|conditions?|management|terms|programme|application|round|scheme)\b",
    re.I,
)


def verbs_in(text: str) -> list[Verb]:
    """Return the verbs of money in a text, in order; nouns such as "grant agreement" are left out."""
    found: list[Verb] = []
    for match in _VERBS.finditer(text):
        act = Act(match.lastgroup or "cost")
        words = match[0].lower()
        if _NOUN_AFTER.match(text[match.end() :]) and act in (Act.GIVE, Act.RECEIVE, Act.ALLOCATE):
            continue
        if (
            act is Act.GIVE
            and words in {"funding", "contract", "payment", "grant", "grants"}
            and not _is_verb(text, match)
        ):
            continue
        if words.endswith("ed") and _ADJECTIVE.search(text[: match.start()]) and _NOUN_FOLLOWS.match(text, match.end()):
            continue  # "accept the confirmed grant"
        if words == "uplift" and _NOUN_BEFORE.search(text[: match.start()]):
            continue
        if act is Act.REQUEST and _PASSIVE.search(text[: match.start()]):
            found.append(Verb(Act.ALLOCATE, match.start(), match.end(), False, words))
            continue  # the decision maker "is asked for" it: the body decides
        if words == "total" and _IN_TOTAL.search(text[: match.start()]):
            continue
        passive = bool(_PASSIVE.search(text[: match.start()])) and bool(_PARTICIPLE.search(words.split()[0]))
        found.append(Verb(act, match.start(), match.end(), passive, words))
    return found


def is_noun(text: str, verb: Verb) -> bool:
    """Return whether a word that can be either is a noun where it stands ("awards totalling")."""
    if verb.words in {"grant", "grants"}:
        return bool(re.match(r"\s+(?:of|totalling)\b", text[verb.end :]))
    return verb.words in _NOUNS and bool(
        re.match(r"\s+(?:of|totall?ing|worth|listed|from|for)\b|\s*£", text[verb.end :])
    )


def _is_verb(text: str, match: re.Match[str]) -> bool:
    """Return whether a word that is noun and verb alike stands where a verb does ("grants £5 to")."""
    after = text[match.end() : match.end() + 12]
    before = text[: match.start()]
    if match[0].lower() in {"grant", "grants"}:
        if re.match(r"\s+to\s+(?:the\s+)?[A-Z]", text[match.end() :]) and re.match(r"[^.;£]*£", text[match.end() :]):
            return True  # "the grant to X is £5"
        return bool(re.match(r"\s+(?:of\s+)?(?:up to\s+)?£", after)) or (
            bool(re.search(r"\b(?:to|will|that\s+\w+|and|[A-Z]\w+)\s+$", before))
            and not re.match(r"\s+(?:of|for|from|fund)", after)
        )
    if match[0].lower() == "contract":
        as_verb = bool(re.match(r"(?:^|.*[.;:]\s+)\W*(?:\d+[.)]\s*)?$", before)) and match[0][0].isupper()
        return bool(re.match(r"\s+(?:award|of|value|worth)", after)) or (
            as_verb and bool(re.match(r"\s+(?:the\s+)?[A-Z]", after))
        )
    return not _NOUN_BEFORE.search(before) and bool(re.match(r"\s+(?:the\s+)?[A-Z£]", after))
