"""What kind of question it is: the first cue that holds settles it."""

from __future__ import annotations

import re

from graph.ask import cues
from graph.ask.cue_kinds import KINDS
from graph.ask.link import LinkedQuestion, tokens_of
from graph.ask.question import Asks, Focus

_KINDS = tuple((asks, re.compile(pattern)) for asks, pattern in KINDS)
MONEY_WORDS = re.compile(
    rf"\b(?:{cues.FUND_VERBS}|{cues.FUND_ING}|{cues.MONEY_NOUNS}|financ\w*|pounds?|priced?|how much|spending)\b|£"
)
_AWARDED = re.compile(
    rf"\b(?:boroughs?|authorit(?:y|ies)|councils?|districts?|organi[sz]ations?|charit(?:y|ies)|bod(?:y|ies)|"
    rf"agenc(?:y|ies)) "
    rf"(?:that |which |who )?(?:(?:were|was|are|is|have been|has been|had been) )?(?:awarded|given|granted|"
    rf"allocated|promised)\b(?!.* to {cues.THING})"
)
_SIGNED = re.compile(
    r"\b(?:what|anything|which|everything)\b.*\b(?:sign(?:ed)?|(?:approve|decide|agree|authorise)d?|published)\b"
)
_DECIDED_ON = re.compile(r"^what\b.*\b(?:decided?|been approved)\b")
_COVERED = re.compile(r"\b(?:cover(?:s|ed)?|serve[sd]?|reach(?:es|ed)?|run|runs|operates?)\b")
_NOT_HELD = re.compile(
    r"\b(?:average|mean|median|typical|per head|per capita|forecast|predict\w*|should|ought|"
    r"best|worst|effective(?:ness)?|worthwhile|value for money|opinions?|in your view|do you think|better off)\b|"
    r"^who(?:'s| is| was)? (?:the )?(?:current |new |local )?(?:\w+ )?"
    r"(?:commissioner|mayor|deputy mayor|pcc|chief)\b(?! \w*fund)|"
    r"^who(?:'s| is| was)? (?:the )?org_\d+ (?:for|of|in) (?:the )?(?:area|place)_\d+$|"
    r"\b(?:by|from) both\b|"
    r"\b(?:got|get|gets|received?|fund|funds|funded|won) both\b(?! (?:financial )?years)|"
    r"^(?:please |can you |could you )?(?:recommend|suggest|advise)\b"
)
_APPLIED = re.compile(r"\b(?:bids?|applications?|applied|proposals?|tender\w*)\b")
_FROM_BOTH = re.compile(r"\b(?:by|from) both\b")
_WHY = re.compile(r"^why\b|\bwhat (?:is|was|were|are) the reasons?\b|\breasons? (?:for|why)\b|^how come\b")
_DECIDED = re.compile(r"\b(?:decisions?|sign\w*|decid\w*|approv\w*|authoris\w*)\b")
_COUNTED = re.compile(r"\bhow many (?:\w+ )?decisions\b|\bnumber of decisions\b|\bhow many .*\bsign")
_FIRST_OR_LAST = re.compile(r"\b(?:first|earliest|last|latest|most recent|newest|oldest) (?:\w+ )?decision")
_ANYTHING = re.compile(
    r"^(?:is there |are there |was there |do you have |have you |got |have we )?(?:got )?(?:anything|something)\b"
    r".*\b(?:about|on|regarding|concerning|to do with|related to)\b(?!.*\bhow much\b)"
)


_TO_DO_WHAT = re.compile(
    rf"\bwhat (?:does|did|do|has|is|was) (?:the )?{cues.THING} .*\b(?:to (?:deliver|run|do|provide)|for)$"
)
_BODIES = {Focus.BOROUGH, Focus.COUNCIL, Focus.CHARITY, Focus.ORGANISATION, Focus.BODY}


def kind_of(masked: str, linked: LinkedQuestion, focus: Focus) -> tuple[Asks, bool]:
    """What is asked, and whether a cue said so."""
    things = linked.of("org", "prog", "place", "area", "fund")
    if _NOT_HELD.search(masked) and not (focus is Focus.PROGRAMME and _FROM_BOTH.search(masked)):
        return Asks.NOTHING, True
    if _WHY.search(masked) and not _APPLIED.search(masked):
        return (Asks.DECISION if linked.of("ref") else Asks.REASON), True
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
    if re.search(r"\b(?:who|which (?:bod|org|char|bor|coun)\w*)\b", masked) and MONEY_WORDS.search(masked):
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
        of_programme = linked.of("prog") and re.match(r"who (?:signed|approved|authori[sz]ed)\b", masked)
        return has_reference or bool(of_programme) or (focus is not Focus.DECISION and "decision" in masked)
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
    if focus is Focus.ANY and _DECIDED_ON.search(masked) and not has_reference:
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
    if focus is Focus.PLACE and _COVERED.search(masked) and not cues.HOW_MUCH.search(masked):
        return Asks.PLACES, True
    for_something = linked.of("prog") or re.search(
        rf"\bhow much\b|\bwhat (?:is|was|were) (?:(?:the )?{cues.THING} )?(?:paid|spent|given|awarded)\b", masked
    )
    if _TO_DO_WHAT.search(masked):
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
    if focus in _BODIES and MONEY_WORDS.search(masked):
        return (Asks.FUNDERS if re.search(cues.FUND_VERBS, masked) and "to " not in masked else Asks.RECIPIENTS), True
    if focus is Focus.PROGRAMME:
        return Asks.PROGRAMMES, True
    if cues.YES_NO.match(masked) and MONEY_WORDS.search(masked):
        return Asks.AMOUNT, True
    if has_reference and _only_reference(masked):
        return Asks.DECISION, True
    if cues.DEFINITION.search(masked):
        return Asks.DEFINITION, True
    if re.fullmatch(r"prog_\d+|fund_\d+", masked):
        return Asks.DEFINITION, True
    if re.search(r"\bdecisions?\b", masked) and not has_reference:
        return Asks.DECISIONS, True
    if MONEY_WORDS.search(masked) or linked.of("org", "prog", "area", "fund", "place"):
        return Asks.AMOUNT, bool(MONEY_WORDS.search(masked))
    if has_reference:
        return Asks.DECISION, True
    return Asks.NOTHING, False


def _only_reference(masked: str) -> bool:
    return not tokens_of(re.sub(r"ref_\d+", "", masked)) and not cues.WHO_FUNDS.search(masked)
