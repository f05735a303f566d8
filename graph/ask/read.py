"""Read a linked question by rules: what is asked, and the conditions on it."""

from __future__ import annotations

import re

from graph.ask import cues
from graph.ask.conditions import (
    amount_bounds,
    flow_kinds,
    limit_of,
    period_of,
    statuses_asked,
)
from graph.ask.link import LinkedQuestion, tokens_of
from graph.ask.question import Asks, Choice, Focus, Question
from graph.ask.roles import Role, roles
from graph.ask.words import STOPWORDS, TELLING, is_general, words_of

_KINDS = tuple((asks, re.compile(pattern)) for asks, pattern in cues.KINDS)
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
_MONEY = re.compile(
    rf"\b(?:{cues.FUND_VERBS}|{cues.FUND_ING}|{cues.MONEY_NOUNS}|financ\w*|pounds?|priced?|how much|spending)\b|£"
)
_OWN = re.compile(
    r"\b(?:put|puts|putting|contribut\w+|commit\w*|chip\w* in|own (?:money|funds?|budget|contribution)|"
    r"match\w*|stump\w*)\b"
)
_RELATION_VERB = re.compile(
    r"\b(modif|amend|chang|vary|vari|extend|extens|supersed|replac|refer|cit|mention|build|built|rest|rel[iy]|"
    r"based|follow|preced|previous|earlier|before)\w*"
)
_AWARDED = re.compile(
    rf"\b(?:boroughs?|authorit(?:y|ies)|councils?|districts?|organi[sz]ations?|charit(?:y|ies)|bod(?:y|ies)|"
    rf"agenc(?:y|ies)) "
    rf"(?:that |which |who )?(?:(?:were|was|are|is|have been|has been|had been) )?(?:awarded|given|granted|"
    rf"allocated|promised)\b(?!.* to {cues.THING})"
)
_SIGNED = re.compile(
    r"\b(?:what|anything|which|everything)\b.*\b(?:signed|approved|decided|agreed|published|authorised)\b"
)
_NOT_HELD = re.compile(
    r"\b(?:average|mean|median|typical|per head|per capita|forecast|predict\w*|should|ought|"
    r"best|worst|effective(?:ness)?|worthwhile|value for money|opinions?|in your view|do you think|better off)\b|"
    r"^(?:please |can you |could you )?(?:recommend|suggest|advise)\b"
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


_GROUP_GIVES = re.compile(
    rf"\b(?:what|how much) (?:would|will|did|do|have|are|should)?\s?the (boroughs|councils|(?:local )?authorities) "
    rf"(?:\w+ )?(?:{cues.FUND_VERBS}|{cues.FUND_ING})\b"
)
_DECIDED = re.compile(r"\b(?:decisions?|sign\w*|decid\w*|approv\w*|authoris\w*)\b")
_COUNTED = re.compile(r"\bhow many (?:\w+ )?decisions\b|\bnumber of decisions\b|\bhow many .*\bsign")
_FIRST_OR_LAST = re.compile(r"\b(?:first|earliest|last|latest|most recent|newest|oldest) (?:\w+ )?decision")
_ANYTHING = re.compile(
    r"^(?:is there |are there |was there |do you have |have you |got |have we )?(?:got )?(?:anything|something)\b"
    r".*\b(?:about|on|regarding|concerning|to do with|related to)\b(?!.*\bhow much\b)"
)


def read(linked: LinkedQuestion) -> Question:
    """Return the question as the rules read it; `confidence` says how far they explain its words."""
    masked = linked.masked
    focus = _focus(masked)
    asks, cue = _asks(masked, linked, focus)
    question = Question(text=linked.text, asks=asks, focus=focus, money=bool(_MONEY.search(masked)))
    question = _with_things(question, linked)
    purpose = re.search(r"\bto (?:deliver|run|do|provide|operate|carry out)$", masked)
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


def _asks(masked: str, linked: LinkedQuestion, focus: Focus) -> tuple[Asks, bool]:
    """What is asked, and whether a cue said so."""
    things = linked.of("org", "prog", "place", "area", "fund")
    if _NOT_HELD.search(masked):
        return Asks.NOTHING, False
    if linked.of("person") and (settled := _asks_of_person(masked, linked)) is not Asks.NOTHING:
        return settled, True
    if _ANYTHING.search(masked) and focus in {Focus.ANY, Focus.DECISION} and not linked.of("ref"):
        return Asks.DECISIONS, True
    for asks, pattern in _KINDS:
        match = pattern.search(masked)
        if match and _holds(asks, masked, linked, focus, len(things)):
            return asks, True
    return _asks_of_money(masked, linked, focus)


def _asks_of_person(masked: str, linked: LinkedQuestion) -> Asks:
    """What is asked about someone who signs; NOTHING where the words of money decide."""
    if linked.of("ref"):
        return Asks.WHO_DECIDED if cues.YES_NO.match(masked) or "who" in masked.split() else Asks.NOTHING
    if _COUNTED.search(masked):
        return Asks.COUNT
    if _FIRST_OR_LAST.search(masked):
        return Asks.FIRST_LAST
    if cues.HOW_MUCH.search(masked) and not _DECIDED.search(masked):
        return Asks.NOTHING
    if re.search(r"\b(?:who|which (?:bod|org|char|bor|coun)\w*)\b", masked) and _MONEY.search(masked):
        return Asks.NOTHING
    return Asks.NOTHING if re.search(r"\bhow much\b", masked) else Asks.DECISIONS


def _holds(asks: Asks, masked: str, linked: LinkedQuestion, focus: Focus, things: int) -> bool:
    """Second thoughts on a cue: what else must be there for it to count."""
    has_reference = bool(linked.of("ref"))
    if asks is Asks.CONNECTION:
        return things >= 2 and focus is not Focus.DECISION
    if asks is Asks.DECISION_LINKS:
        return (
            has_reference
            and not re.search(r"\bwhat did (?:the )?(?:decision )?ref_\d+ (?:decide|approve)", masked)
            and not cues.HOW_MUCH.search(masked)
            and not _is_money_question(masked)
        )
    if asks is Asks.CHANGES:
        return has_reference
    if asks is Asks.WHO_DECIDED:
        return has_reference or (focus is not Focus.DECISION and "decision" in masked)
    if asks is Asks.WHEN:
        return not re.search(r"\bwhen .*\b(?:fund|funded|award|awarded|pay|paid)\b", masked) or has_reference or True
    if asks is Asks.BID:
        return focus in {Focus.ANY, Focus.AWARD, Focus.DECISION, Focus.ORGANISATION} or "bid" in masked
    if asks is Asks.SHARE:
        return not re.search(r"\b(?:boroughs?|councils?|who|organisations?) (?:\w+ ){0,2}share\b", masked)
    if asks is Asks.COMPARISON and linked.of("money"):
        return False
    if asks is Asks.COMPARISON:
        return things >= 1 or bool(linked.of("year", "ref", "cal"))
    if asks is Asks.FIRST_LAST:
        if linked.of("year") and re.search(r"\b(?:first|last|second) (?:financial )?year\b", masked):
            return "when" in masked
        return not (re.search(r"\bwhere\b", masked) or re.search(r"\b(?:top|biggest|largest)\b", masked))
    if asks is Asks.NAMES:
        return things >= 1 or bool(re.search(r"stand|acronym|known", masked))
    if asks is Asks.PARTNERS:
        return not re.search(
            r"\bpartners?\b.*\b(?:get|got|receive|paid|pay|fund|match)\w*|how much|\b(?:money|funding|grant)\b", masked
        ) or bool(
            re.search(
                r"\bwho (?:are|were|is) (?:the )?(?:\w+ )?partners?\b|work\w* with|partners? (?:in|of|on|for)\b", masked
            )
        )
    if asks is Asks.DELIVERERS and focus in {Focus.BOROUGH, Focus.PLACE}:
        return False
    if asks is Asks.DELIVERERS:
        return (
            not cues.HOW_MUCH.search(masked)
            and not re.search(rf"\b(?:does|did|do|has) {cues.THING} {cues.FUND_VERBS}", masked)
            and not re.search(r"\bproviders? (?:get|got|receive|paid)\w*|\bpa(?:y|id)s? .*providers?", masked)
        )
    if asks is Asks.EVALUATORS:
        return not cues.HOW_MUCH.search(masked) and not re.search(
            r"\b(?:money|award|paid|pay|get|got|receiv)\w*\b", masked
        )
    if asks in {Asks.DEVELOPERS, Asks.LEADERS}:
        return not cues.HOW_MUCH.search(masked) and focus is not Focus.DECISION
    if asks is Asks.RANKING:
        return focus is not Focus.DECISION or bool(re.search(r"\b(?:money|funding|amount|biggest|largest)\b", masked))
    if asks is Asks.HISTORY:
        return not re.search(r"how much", masked) or bool(re.search(r"history|trace|timeline", masked))
    return True


def _is_money_question(masked: str) -> bool:
    return bool(re.search(r"\bhow much\b|\bwho (?:\w+ )?(?:funds?|funded|pays?|paid|gets?|got|receive[sd]?)\b", masked))


def _asks_of_money(masked: str, linked: LinkedQuestion, focus: Focus) -> tuple[Asks, bool]:
    has_reference = bool(linked.of("ref"))
    if _AWARDED.search(masked) and not cues.HOW_MUCH.search(masked):
        return Asks.RECIPIENTS, True
    if focus is Focus.ANY and _SIGNED.search(masked) and linked.of("cal", "year", "date"):
        return Asks.DECISIONS, True
    if (
        focus is Focus.ANY
        and cues.FULL_TEXT.search(masked)
        and re.search(r"\b(?:where|which|what)\b", masked)
        and not linked.of("prog")
    ):
        return Asks.DECISIONS, True
    if focus is Focus.DECISION and not re.search(r"\bhow much\b", masked):
        return Asks.DECISIONS, True
    for_something = linked.of("prog") or re.search(
        rf"\bhow much\b|\bwhat (?:is|was|were) (?:(?:the )?{cues.THING} )?(?:paid|spent|given|awarded)\b", masked
    )
    if re.search(rf"\bwhat (?:does|did|do|has|is|was) (?:the )?{cues.THING} .*\bto (?:deliver|run|do|provide)$", masked):
        return Asks.PROGRAMMES, True
    if cues.PROGRAMMES_OF.search(masked) and not for_something:
        return Asks.PROGRAMMES, True
    if cues.HOW_MUCH.search(masked) and not cues.WHERE.search(masked):
        return Asks.AMOUNT, True
    if focus is Focus.FUND and re.search(r"\b(?:from|pays?|paid|support\w*|fund\w*|out of|come)\b", masked):
        return Asks.FUNDS, True
    if cues.SOURCE_OF_MONEY.search(masked) and not cues.ASKS_RECIPIENT_OF.search(masked):
        return Asks.FUNDERS, True
    if focus is Focus.FUND:
        return Asks.FUNDS, True
    if cues.PROGRAMMES_OF.search(masked) or (focus is Focus.PROGRAMME and cues.FUNDED_PROGRAMME.search(masked)):
        return Asks.PROGRAMMES, True
    if cues.USE_OF_MONEY.search(masked) and not cues.ASKS_FUNDER_OF.search(masked):
        return Asks.RECIPIENTS, True
    if cues.ASKS_FUNDER_OF.search(masked):
        return Asks.FUNDERS, True
    if cues.ASKS_RECIPIENT_OF.search(masked) and re.search(r"\b(?:who|whom|which|where)\b", masked):
        return Asks.RECIPIENTS, True
    if cues.WHERE.search(masked) and not re.search(rf"\b(?:who|which) .*{cues.FUND_VERBS}", masked):
        return Asks.PLACES, True
    wants_parties = focus in {Focus.BOROUGH, Focus.COUNCIL, Focus.BODY, Focus.CHARITY, Focus.ORGANISATION, Focus.ANY}
    if wants_parties and re.search(
        rf"\b(?:which|what|list|name) .*\b(?:{cues.GET_VERBS}|{cues.PASSIVE} {cues.GIVEN})\b", masked
    ):
        return Asks.RECIPIENTS, True
    if wants_parties and cues.WHO_FUNDS.search(masked):
        return Asks.FUNDERS, True
    if focus in {Focus.FUNDER}:
        return Asks.FUNDERS, True
    if focus in {Focus.RECIPIENT, Focus.AWARD}:
        return Asks.RECIPIENTS, True
    if focus in {Focus.BOROUGH, Focus.COUNCIL, Focus.CHARITY, Focus.ORGANISATION, Focus.BODY} and _MONEY.search(masked):
        return (Asks.FUNDERS if re.search(cues.FUND_VERBS, masked) and "to " not in masked else Asks.RECIPIENTS), True
    if focus is Focus.PROGRAMME:
        return Asks.PROGRAMMES, True
    if cues.YES_NO.match(masked) and _MONEY.search(masked):
        return Asks.AMOUNT, True
    if has_reference and _only_reference(masked):
        return Asks.DECISION, True
    if cues.DEFINITION.search(masked):
        return Asks.DEFINITION, True
    if re.fullmatch(r"prog_\d+|fund_\d+", masked):
        return Asks.DEFINITION, True
    if re.search(r"\bdecisions?\b", masked) and not has_reference:
        return Asks.DECISIONS, True
    if _MONEY.search(masked) or linked.of("org", "prog", "area", "fund", "place"):
        return Asks.AMOUNT, bool(_MONEY.search(masked))
    if has_reference:
        return Asks.DECISION, True
    return Asks.NOTHING, False


def _only_reference(masked: str) -> bool:
    return not tokens_of(re.sub(r"ref_\d+", "", masked)) and not cues.WHO_FUNDS.search(masked)


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
_NOUNS_TOO = {"grant", "grants", "fund", "funds", "award", "awards", "support", "commission", "back", "cover", "finance"}


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
    rest = re.sub(r"\b(?:org|prog|place|fund|area|year|cal|money|ref|date|person)_\d+\b", " ", linked.masked)
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
