"""What part each named thing plays in a question: funder, recipient, place, body, left out."""

from __future__ import annotations

import re
from enum import StrEnum

from graph.ask.cues import FUND_ING, FUND_VERBS, GET_VERBS, GIVEN, MONEY_NOUNS, PASSIVE, THING, TOKEN
from graph.ask.link import LinkedQuestion


class Role(StrEnum):
    """The part of an organisation or an area in the question."""

    FUNDER = "funder"
    RECIPIENT = "recipient"
    PLACE = "place"
    BODY = "body"
    EXCLUDED = "excluded"
    PARTY = "party"


_ADVERBS = (
    r"(?:(?:also|actually|really|ever|never|first|jointly|each|both|already|currently|now|only|just|has|have|"
    r"had|did|does|do|is|was|are|were|will|"
    r"been|being|to|themselves|itself|initially|originally|recently|together|directly|agree[ds]?|decide[ds]?|"
    r"going|plan(?:s|ned)?) ){0,4}"
)
_LEAVING_OUT = (
    r"(?:other than|except(?: for)?|excluding|exclude|besides|apart from|not counting|but not|aside from|"
    r"leaving (?:out|aside)|ignoring|"
    r"not including|not from|not by|not to|without(?: counting)?|outside(?: of)?|beyond|(?:which|that) (?:are|"
    r"is) not|else than|is not|isn't|are not|aren't)"
)
_BODY_OF = (
    rf"(?:decisions?|records|papers|notices?|approvals?) (?:\S+ ){{0,3}}?(?:by|of|from|at) (?:the )?({THING})",
    rf"({THING}) (?:'s )?(?:\w+ )?(?:decisions?|decision notices?|records|papers|approvals)\b",
    rf"decisions? (?:did|does|has|have|do|was|were) (?:the )?({THING}) (?:\w+ )?(?:sign|signed|take|took|taken|"
    rf"make|made|approve|approved|publish|published|issue|issued|decide)",
    rf"(?:signed|taken|made|approved|published|issued|decided|agreed|authorised) by (?:the )?({THING})",
    rf"(?:did|does|has|have) (?:the )?({THING}) (?:\w+ )?(?:sign|signed|decide|decided|publish|published)\b",
)
_EXCLUDED = (rf"{_LEAVING_OUT} (?:by |in |from |to )?(?:the )?({TOKEN})",)
_PLACE = (
    rf"\b(?:in|within|across|around|throughout|inside|covering|near|over|for people in|residents of|area of|"
    rf"boroughs? of|parts? of|anywhere in) (?:the |all of |all |north |south |east |west )?({THING})",
    rf"({THING}) (?:'s )?(?:\w+ )?(?:area|boroughs?|wide|region|councils?|districts?)\b(?! (?:get|got|give|pay|"
    rf"paid|award))",
    rf"({THING})-wide",
)
_RECIPIENT = (
    rf"(?<!up )(?<!according )(?<!compared )\b(?:to|into the hands of) (?:the )?({THING})(?! or ref)",
    rf"\bfor the benefit of (?:the )?({THING})",
    rf"({THING}) {_ADVERBS}{GET_VERBS}\b",
    rf"({THING}) (?:{_ADVERBS})?{PASSIVE} (?:\w+ly |also |ever |first )?{GIVEN}\b",
    rf"\b(?:was|were|is|are|been|being|has|have|had) (?:the )?({THING}) (?:\w+ly |ever |been |"
    rf"also )*(?:{GIVEN}|getting|receiving|recieving|benefiting)\b",
    rf"\b(?:do|does|did) (?:the )?({THING}) (?:\w+ )?{GET_VERBS}\b",
    rf"\b{FUND_VERBS} (?:money |grants? |funding |cash |anything |"
    rf"something )?(?:to )?(?:the )?({THING})(?! (?:'s )?(?:{MONEY_NOUNS})\b)",
    rf"\b(?:paying|giving|awarding|commissioning|sub-?granting|sending|"
    rf"handing) (?:the )?({THING})(?! (?:{MONEY_NOUNS})\b)",
    rf"\b{FUND_ING}(?: \w+)? (?:to|for) (?:the )?({THING})",
    rf"\b(?:funding|grants?|money|awards?|payments?) (?:for|given to|awarded to|paid to|received by|"
    rf"won by) (?:the )?({THING})",
    rf"\b(?:received|won|obtained|secured|shared|accepted|delivered|run|spent|got) by (?:the )?({THING})",
    rf"({THING}) (?:'s )?(?:\w+ )?(?:contract|contract value|income|receipts|winnings)\b(?! (?:\S+ ){{0,3}}?to )",
)
_FUNDER = (
    rf"\b(?:by|from|courtesy of|thanks to|out of) (?:the )?({THING})(?! (?:fund_|'s fund_))",
    rf"({THING}) {_ADVERBS}(?:{FUND_VERBS}|{FUND_ING})\b",
    rf"((?:org)_\d+) (?:'s )?(?:own |match |additional |extra |core |new |total |overall |more |cash |grant |"
    rf"victims? |police )*"
    rf"{MONEY_NOUNS}\b(?! (?:get|got|received?))",
    rf"({THING}) (?:'s )?(?:own |match(?:ed|ing)? )(?:money|funding|funds|budget|contribution|grant)\b",
    rf"({THING}) (?:is|was|are|were) (?:the |a )?(?:\w+ )?(?:funder|payer|backer|sponsor|contributor)",
    rf"({THING}) (?:'s )?(?:\w+ ){{0,2}}(?:spending|spend)\b",
)
_TRIALS: tuple[tuple[Role, tuple[str, ...]], ...] = (
    (Role.EXCLUDED, _EXCLUDED),
    (Role.BODY, _BODY_OF),
    (Role.PLACE, _PLACE),
    (Role.RECIPIENT, _RECIPIENT),
    (Role.FUNDER, _FUNDER),
)
_PATTERNS = tuple((role, tuple(re.compile(p) for p in patterns)) for role, patterns in _TRIALS)
_AND = re.compile(rf"({TOKEN})(?: ?,? ?(?:and|or|&|,|plus|as well as|versus|vs|with|nor|/) (?:the |also )?| )({TOKEN})")
_PREMODIFIER = re.compile(
    rf"({THING}) (?:'s )?(?:own |match |additional |extra |core |new |total |overall |cash |grant )*{MONEY_NOUNS}\b"
)
_POSSESSIVE_MONEY = re.compile(rf"({THING}) 's (?:\S+ ){{0,3}}?{MONEY_NOUNS}\b")
_OWN_GIVES = re.compile(
    rf"\b(?:does|did|do|will|has|have|had) (?:the )?({THING}) (?:also |ever |actually |really |each |both |"
    rf"jointly )?{FUND_VERBS}\b|"
    rf"\b(?:is|was|are|were) (?:the )?({THING}) (?:also |ever |actually |really |now |currently )?{FUND_ING}\b"
)


def roles(question: LinkedQuestion) -> dict[int, Role]:
    """Return the role of each organisation and area, by the number of its mention; other things only when left out."""
    masked = question.masked
    found: dict[str, Role] = {}
    for tokens in _OWN_GIVES.findall(masked):
        found.update(dict.fromkeys(filter(None, tokens), Role.FUNDER))
    for role, patterns in _PATTERNS:
        for pattern in patterns:
            for token in pattern.findall(masked):
                found.setdefault(token, role)
    for token in _PREMODIFIER.findall(masked):
        if found.get(token) is Role.RECIPIENT and re.search(rf"{FUND_VERBS} (?:the )?{token}\b", masked):
            found[token] = Role.FUNDER
    for token in _POSSESSIVE_MONEY.findall(masked):
        if not re.search(r"\b(?:cost|value|contract|award)\b", masked):
            found.setdefault(token, Role.FUNDER)
    _share_with_neighbours(masked, found, question)
    _pair_up(masked, found, question)
    numbers = {question.token(n): n for n in range(len(question.mentions))}
    return {numbers[token]: role for token, role in found.items() if token in numbers and _fits(token, role)}


def _fits(token: str, role: Role) -> bool:
    return role is Role.EXCLUDED or token.startswith(("org_", "area_", "place_"))


def _share_with_neighbours(masked: str, found: dict[str, Role], question: LinkedQuestion) -> None:
    """ "to Merton and Sutton": the second has the role of the first, and the other way round."""
    for match in _AND.finditer(masked):
        if match.group(0).replace(match.group(1), "").replace(match.group(2), "").strip() == "":
            continue
        one, other = match.groups()
        if one.split("_")[0] in {"org", "area", "place"} and other.split("_")[0] in {"org", "area", "place"}:
            if one in found and other not in found:
                found[other] = found[one]
            elif other in found and one not in found and found[other] is not Role.EXCLUDED:
                found[one] = found[other]
    pairs = [m.groups() for m in re.finditer(rf"(?=({THING}) (?:and|or|&) (?:the )?({THING}))", masked)]
    for one, other in pairs:
        role = found.get(one) or found.get(other)
        if role:
            found.setdefault(one, role)
            found.setdefault(other, role)


def _pair_up(masked: str, found: dict[str, Role], question: LinkedQuestion) -> None:
    """ "MHCLG money to the GLA": who stands before a recipient without a role of their own is the funder."""
    orgs = [question.token(n) for n in question.of("org")]
    if Role.RECIPIENT in found.values() and Role.FUNDER not in found.values():
        for token in orgs:
            first = next((t for t in orgs if found.get(t) is Role.RECIPIENT), None)
            if token not in found and first and masked.find(token) < masked.find(first):
                found[token] = Role.FUNDER
