"""Read a linked question by rules: what is asked, and the conditions on it."""

from __future__ import annotations

import re

from graph.ask import cues
from graph.ask.carriers import without_carriers
from graph.ask.conditions import (
    amount_bounds,
    flow_kinds,
    limit_of,
    period_of,
    statuses_asked,
)
from graph.ask.kinds import MONEY_WORDS, kind_of
from graph.ask.link import LinkedQuestion
from graph.ask.question import Asks, Choice, Focus, Question
from graph.ask.roles import Role, roles
from graph.ask.words import STOPWORDS, TELLING, is_general, words_of

_FOCUS = tuple(
    (focus, re.compile(rf"\b{cues.FOCUS_START} {cues.FOCUS_FILL}(?:{nouns})\b")) for focus, nouns in cues.FOCUS_NOUNS
)
_LEADING_FOCUS = tuple(
    (focus, re.compile(rf"^(?:the )?(?:{cues.THING} (?:funded|backed|supported|commissioned|financed) )?(?:{nouns})\b"))
    for focus, nouns in cues.FOCUS_NOUNS
)
_NEXT_NOUN = tuple(
    (focus, re.compile(rf" (?:{nouns})\b"))
    for focus, nouns in cues.FOCUS_NOUNS
    if focus in {Focus.AWARD, Focus.DECISION, Focus.RECIPIENT, Focus.FUNDER}
)
_OWN = re.compile(
    r"\b(?:put|puts|putting|contribut\w+|commit\w*|chip\w* in|own (?:money|funds?|budget|contribution)|"
    r"match\w*|stump\w*)\b"
)
_RELATION_VERB = re.compile(
    r"\b(modif|amend|chang|vary|vari|extend|extens|supersed|replac|refer|cit|mention|build|built|rest|rel[iy]|"
    r"based|follow|preced|previous|earlier|before)\w*"
)
_NUMBERED = re.compile(r"\b(?:round|tranche|phase|stage|wave|lot|cohort) (?:\d{1,2}|one|two|three|four|five)\b")
_PASSIVE_LINK = re.compile(
    r"ref_\d+ (?:been |was |is |were |be |being |later |since |subsequently )*(?:modified|amended|changed|"
    r"varied|extended|superseded|replaced|cited|referred to|mentioned|followed)\b|"
    r"\b(?:has|was|is|were|been) (?:decision )?ref_\d+ (?:\w+ )?(?:modified|amended|changed|varied|extended|"
    r"superseded|replaced|cited|referred|mentioned|followed)"
)
_OBJECT_LINK = re.compile(
    r"(?:modif(?:y|ies|ied)|amend(?:s|ed)?|chang(?:es|ed)|var(?:ies|ied)|extend(?:s|ed)?|supersed(?:es|ed)|"
    r"replac(?:es|ed)|cites?|cited|refer(?:s|red)? (?:back )?to|mention(?:s|ed)?|"
    r"build(?:s)? on|built on|rel(?:y|ies) on|follow(?:s|ed)?(?: on from)?) (?:decision |the decision )?ref_\d+"
)


_NEGATED = re.compile(
    rf"\b(?:get|gets|got|getting|receiv\w+|have|has|had|given|with) (?:no|none)\b|"
    rf"\b(?:did|do|does|has|have|had|is|are|was|were)(?:n't| not| never) (?:\w+ )?"
    rf"(?:{cues.FUND_VERBS}|{cues.FUND_ING}|{cues.GET_VERBS}|{cues.GIVEN})\b|"
    rf"\bnever (?:{cues.FUND_VERBS}|{cues.GET_VERBS}|{cues.GIVEN})\b|\bwithout (?:any )?(?:money|funding|grants?)\b"
)
_GROUP_GIVES = re.compile(
    rf"\b(?:what|how much) (?:would|will|did|do|have|are|should)?\s?the (boroughs|councils|(?:local )?authorities) "
    rf"(?:\w+ )?(?:{cues.FUND_VERBS}|{cues.FUND_ING})\b"
)


def read(linked: LinkedQuestion) -> Question:
    """Return the question as the rules read it; `confidence` says how far they explain its words."""
    masked = linked.masked
    focus = _focus(masked)
    asks, cue = kind_of(masked, linked, focus)
    question = Question(text=linked.text, asks=asks, focus=focus, money=bool(MONEY_WORDS.search(masked)))
    question = _with_things(question, linked)
    purpose = re.search(r"\bto (?:deliver|run|do|provide|operate|carry out)$", masked)
    if asks is Asks.PROGRAMMES and re.search(r"\bboth\b", masked) and len(question.parties) == 2:
        question = question.but(funders=question.parties, parties=())
    if asks is Asks.PROGRAMMES and focus is Focus.ANY and question.funders and question.recipients and not purpose:
        question = question.but(asks=Asks.AMOUNT)
    if asks in {Asks.AMOUNT, Asks.FUNDERS, Asks.PROGRAMMES} and (match := _GROUP_GIVES.search(masked)):
        # "what do the boroughs contribute": a kind of body is the funder
        of = Focus.BOROUGH if "borough" in match.group(1) else Focus.COUNCIL
        question = question.but(asks=Asks.FUNDERS, focus=of)
    at_least, at_most, strict = amount_bounds(linked)
    question = question.but(
        references=tuple(dict.fromkeys(linked.mentions[n].reference for n in linked.of("ref"))),
        deciders=tuple(dict.fromkeys(linked.mentions[n].words for n in linked.of("person"))),
        period=period_of(linked, asks),
        kinds=flow_kinds(masked, asks),
        statuses=statuses_asked(masked),
        at_least=at_least,
        at_most=at_most,
        strict=strict,
        limit=limit_of(masked),
        by=_by(masked, focus if not linked.of("person") or asks is not Asks.COUNT else Focus.DECISION)
        if asks in {Asks.RANKING, Asks.COUNT, Asks.COMPARISON}
        else "",
        ascending=bool(
            re.search(r"\b(?:least|smallest|lowest|fewest|first|earliest|oldest|start|began|begin|minimum)\b", masked)
        ),
        direction=_direction(masked) if asks in {Asks.DECISION_LINKS, Asks.CHANGES} else "",
        loose=_is_loose(masked),
        own_money=bool(_OWN.search(masked)),
        total=bool(cues.TOTAL_COST.search(masked)),
        full_text=bool(cues.FULL_TEXT.search(masked)),
        yes_no=bool(cues.YES_NO.match(masked)),
        negated=bool(_NEGATED.search(masked)) and not cues.YES_NO.match(masked) and not question.excluded,
        topic=_topic(linked),
        hints=tuple(word for word in words_of(masked) if word in TELLING),
        phrases=tuple(" ".join(match.split()) for match in _NUMBERED.findall(linked.text.lower())),
        record_type=_record_type(masked),
    )
    return question.but(cued=cue, confidence=_confidence(question, linked, cue))


def _focus(masked: str) -> Focus:
    hits = [(match.start(), -len(match.group()), focus, match) for focus, p in _FOCUS if (match := p.search(masked))]
    if hits:
        _, _, focus, match = min(hits, key=lambda hit: hit[:2])
        return _head_noun(masked[match.end() :], focus)
    for focus, pattern in _LEADING_FOCUS:
        if match := pattern.match(masked):
            return _head_noun(masked[match.end() :], focus)
    return Focus.ANY


def _head_noun(rest: str, focus: Focus) -> Focus:
    """ "victim services grants" are grants: the last of a row of nouns is what is listed."""
    for other, pattern in _NEXT_NOUN:
        if match := pattern.match(rest):
            return _head_noun(rest[match.end() :], other)
    return focus


def _with_things(question: Question, linked: LinkedQuestion) -> Question:
    found = roles(linked)
    funders: list[Choice] = []
    recipients: list[Choice] = []
    parties: list[Choice] = []
    excluded: list[Choice] = []
    bodies: list[Choice] = []
    programmes: list[Choice] = []
    places: list[Choice] = []
    funds: list[Choice] = []
    by_role = {Role.FUNDER: funders, Role.RECIPIENT: recipients, Role.BODY: bodies, Role.PARTY: parties}
    for number, mention in enumerate(linked.mentions):
        if mention.choice is None:
            continue
        role = found.get(number)
        if role is Role.EXCLUDED:
            excluded.append(mention.choice)
        elif mention.tag == "prog":
            programmes.append(mention.choice)
        elif mention.tag == "fund":
            funds.append(mention.choice)
        elif mention.tag == "org":
            by_role.get(role or Role.PARTY, parties).append(mention.choice)
        elif role in by_role:
            by_role[role].append(mention.choice)
        else:
            places.append(mention.choice)
    if question.asks is Asks.DECISIONS and not question.money:
        bodies, parties = bodies + [p for p in parties if _decides(p)], [p for p in parties if not _decides(p)]
    return question.but(
        funders=tuple(funders),
        recipients=tuple(recipients),
        parties=tuple(parties),
        excluded=tuple(excluded),
        bodies=tuple(bodies),
        programmes=tuple(programmes),
        places=tuple(places),
        funds=tuple(funds),
    )


def _decides(choice: Choice) -> bool:
    """Whether a name is that of an office that signs decisions."""
    name = choice.label.lower()
    return any(word in name for word in ("commissioner", "mayor", "combined authority", "greater london authority"))


def _direction(masked: str) -> str:
    verb = _RELATION_VERB.search(masked)
    incoming = bool(_PASSIVE_LINK.search(masked) or _OBJECT_LINK.search(masked))
    return f"{'in' if incoming else 'out'}:{verb.group(1) if verb else ''}"


_GIVES = re.compile(
    rf"\b(?:who|which|what) (?:\S+ ){{0,4}}?(?:{cues.FUND_VERBS}|{cues.FUND_ING})\b|\b(?:funders?|payers?|"
    rf"contributors?|backers?|donors?)\b"
)
_GETS = re.compile(rf"\b{cues.GET_VERBS}\b|\b{cues.PASSIVE} (?:\w+ )?{cues.GIVEN}\b|\brecipients?\b")


def _by(masked: str, focus: Focus) -> str:
    """What a ranking or a count is over."""
    if focus in {Focus.PROGRAMME, Focus.FUND, Focus.YEAR, Focus.DECISION, Focus.FUNDER, Focus.RECIPIENT}:
        return focus.value
    if focus is Focus.PLACE:
        return "place"
    if focus is Focus.AWARD:
        return "recipient"
    if re.search(r"\bby (?:year|financial year)\b", masked):
        return "year"
    if _GIVES.search(masked) and not _GETS.search(masked):
        return "funder"
    if focus is Focus.BODY and not _GETS.search(masked):
        return "funder"
    return "recipient"


_THING_GIVES = re.compile(rf"{cues.THING} (?:\w+ )?({cues.FUND_VERBS})\b")
_NOUNS_TOO = {"grant", "grants", "fund", "funds", "award", "awards", "support", "back", "cover", "finance"}


def _is_loose(masked: str) -> bool:
    """Whether an organisation is a funder only because "funding" or "grants" follows its name."""
    gives = [m.group(1) for m in _THING_GIVES.finditer(masked)]
    if not re.search(r"\b(?:does|did|do|will|has|have|to)\b", masked):
        gives = [verb for verb in gives if verb not in _NOUNS_TOO]
    return bool(re.search(rf"{cues.THING} (?:'s )?{cues.MONEY_NOUNS}\b", masked)) and not (
        gives or re.search(rf"\b(?:from|by) (?:the )?{cues.THING}", masked)
    )


def _record_type(masked: str) -> str:
    if re.search(r"\bnews\b|press releases?", masked):
        return "news"
    return ""


def _topic(linked: LinkedQuestion) -> tuple[str, ...]:
    """The words that nothing explains, in order."""
    asked = without_carriers(linked.masked)
    rest = re.sub(r"\b(?:org|prog|place|fund|area|year|cal|money|ref|date|person)_\d+\b", " ", asked)
    words = [word for word in words_of(rest) if word not in STOPWORDS and not re.fullmatch(r"[\d.,£]+", word)]
    telling = [word for word in words if not is_general(word)]
    return tuple(dict.fromkeys(telling))


def _confidence(question: Question, linked: LinkedQuestion, cue: bool) -> float:
    """1 when a cue settled the kind and every word is explained; less for each that is not."""
    if question.asks is Asks.NOTHING:
        return 0.0
    score = 1.0 if cue else 0.7
    if not question.things and not question.references and not question.period:
        score -= 0.25
    if not cue and not question.things:
        score -= 0.4
    score -= 0.12 * len(question.topic)
    return max(0.05, round(score, 2))
