"""When a word of a question, typed in any case, is a name: one row of data for each such word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuestionRule:
    """What must hold for a spelling in a question to be a name. Patterns match in any case."""

    exactly: tuple[str, ...] = ()  #: only so printed
    before: str = ""  #: must stand just before, unless the word is printed as in `exactly` or with a capital
    not_before: str = ""  #: must not, however it is printed
    not_after: str = ""


#: who pays, gets or works with whom: after these words a lower-case word is a party
_PARTY = (
    r"(?:\b(?:does|did|do|has|have|is|was|are|to|by|from|for|with|and|or|fund|funds|funded|funding|pay|pays|paid|give|"
    r"gives|given|gave|get|gets|got|award|awarded|awards|about|of|than|charity|between|compare|vs|versus|via|what)|^|,)\s*$"
)
_NOT_NOUN = r"\b(?:a|an|the|this|that|any|each|women's|womens|no|its|their|in)\s+$"
_NOUN_PARTY = QuestionRule(before=_PARTY, not_before=_NOT_NOUN)
_CAPITALS = QuestionRule(before="(?!)")

QUESTION_RULES: Mapping[str, QuestionRule] = {
    "drive": QuestionRule(
        not_before=r"\b(?:will|would|can|could|should|that|helps?|hard|usb|disk|test)\s+$",
        not_after=(
            r"\s+(?:down|up|forwards?|out|away|change|improvements?|efficien\w+|better|value|the|a|an|crime|reductions?|"
            r"innovation|performance|savings)\b"
        ),
    ),
    "respect": QuestionRule(
        not_before=r"\b(?:in|mutual)\s+$|(?<!work )(?<!works )(?<!working )(?<!worked )\bwith\s+$",
        not_after=r"\s+(?:of|to)\b",
    ),
    "rise": QuestionRule(
        before=_PARTY,
        not_before=r"\b(?:a|an|the|any|to|pay|funding|costs?|money|amount|grants?|it|spend|spending|budget)\s+$",
        not_after=r"\s+(?:in|over|since|between|to|by|every|each|year|again|when|so|after)\b",
    ),
    "restart": QuestionRule(not_before=r"\bto\s+$", not_after=r"\s+(?:the|a|it)\b"),
    "refuge": QuestionRule(
        before=_PARTY,
        not_before=_NOT_NOUN,
        not_after=r"\s+(?:provision|spaces?|places?|beds?|accommodation|services?)\b",
    ),
    "advance": QuestionRule(before=_PARTY, not_before=_NOT_NOUN, not_after=r"\s+(?:payments?|notice|of|the)\b"),
    "foundations": _NOUN_PARTY,
    "harbour": _NOUN_PARTY,
    "arch": _NOUN_PARTY,
    "halo": _NOUN_PARTY,
    "oasis": _NOUN_PARTY,
    "calm": _CAPITALS,
    "eva": _NOUN_PARTY,
    "met": QuestionRule(
        before=r"\b(?:does|did|has|to|from|and)\s+$",
        not_before=r"\b(?:were|was|is|are|be|been|not|criteria)\s+$",
        not_after=r"\s+(?:office|the|with|by|in|up|all|their|its)\b",
    ),
    "metro": QuestionRule(("METRO",), before="(?!)"),
    "help": QuestionRule(("HELP",), before="(?!)"),
    "clear": QuestionRule(("CLEAR",), before="(?!)"),
    "courageous": _CAPITALS,
    "dip": QuestionRule(("DIP",), before="(?!)"),
    "pas": QuestionRule(("PAS",), before="(?!)"),
    "ho": QuestionRule(("HO",), before="(?!)"),
    "e and i": QuestionRule(("E&I",), before="(?!)"),
    "ask me": _CAPITALS,
    "my time": _CAPITALS,
    "see change": _CAPITALS,
    "make a change": _CAPITALS,
    "a way out": _CAPITALS,
    "change that lasts": _CAPITALS,
    "core funding": _CAPITALS,
    "grants programme": _CAPITALS,
    "stop domestic abuse": _CAPITALS,
    "reducing the risk": _CAPITALS,
    "standing together": _CAPITALS,
    "changing lives": QuestionRule(not_before=r"\b(?:are|is|for|about)\s+$"),
    "turning point": QuestionRule(not_before=r"\ba\s+$"),
    "reading": QuestionRule(
        before=r"\b(?:in|for|to|from|across|near|of|does|did)\s+$", not_after=r"\s+(?:the|this|of)\b"
    ),
    "bury": QuestionRule(before=r"\b(?:in|for|to|from|across|near|of|does|did)\s+$", not_after=r"\s+(?:the|this)\b"),
    "hart": QuestionRule(before=r"\b(?:in|for|to|from|across|near|of|does|did)\s+$"),
    "bath": QuestionRule(before=r"\b(?:in|for|to|from|across|near|of|does|did)\s+$", not_before=r"\ba\s+$"),
    "rugby": QuestionRule(not_after=r"\s+(?:club|union|league)\b"),
}

#: short forms that people type: spelling -> ids, likeliest first
TYPED_FORMS: Mapping[str, tuple[str, ...]] = {
    "the Midlands": ("west-midlands-region", "east-midlands"),
    "Midlands": ("west-midlands-region", "east-midlands"),
    "the North": ("north-east-england", "north-west-england", "yorkshire-and-the-humber"),
    "the North of England": ("north-east-england", "north-west-england", "yorkshire-and-the-humber"),
    "northern England": ("north-east-england", "north-west-england", "yorkshire-and-the-humber"),
    "the South of England": ("south-east-england", "south-west-england", "london"),
    "Yorkshire": ("yorkshire-and-the-humber", "west-yorkshire-police-area", "south-yorkshire-police-area",
                  "north-yorkshire"),
    "East Anglia": ("east-of-england",),
    "the East": ("east-of-england",),
    "Newcastle": ("newcastle-upon-tyne", "newcastle-under-lyme"),
    "Met": ("metropolitan-police-service",),
    "the Yard": ("metropolitan-police-service",),
    "Mayors Office": ("mopac",),
    "the Mayor's Office": ("mopac",),
    "Mayor's Office for Policing": ("mopac",),
    "Deputy Mayor for Policing and Crime": ("mopac",),
    "DMPC": ("mopac",),
    "Justice Department": ("ministry-of-justice",),
    "Suzy Lamplugh": ("suzy-lamplugh-trust",),
    "Lamplugh Trust": ("suzy-lamplugh-trust",),
    "Southall Sisters": ("southall-black-sisters",),
    "Safe Together": ("safe-and-together",),
    "PAC programme": ("prevent-and-change",),
    "Stalking Centre": ("s-tac",),
    "stalking threat centre": ("s-tac",),
    "Perpetrator Fund": ("home-office-da-perpetrator-fund",),
    "Transformation Fund": ("police-transformation-fund",),
}  # fmt: skip
