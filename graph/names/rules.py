"""When a spelling that is also a common word, or others' initials, is a name: one row of data for each spelling."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class WordRule:
    """What must hold for a spelling to be a name in running text. In a cell of names the spelling alone will do."""

    spellings: tuple[str, ...] = ()  #: printed forms that count; empty: any with a capital
    cue: str = ""  #: pattern that must stand within 200 characters, or the long name anywhere in the text
    before: str = ""  #: pattern that must end just before
    not_before: str = ""  #: pattern that must not
    not_after: str = ""  #: pattern that must not begin just after


_PERPETRATOR = r"perpetrator|domestic abuse|domestic violence|behaviour change|offender|stalking"
_VAWG = r"VAWG|women|violence against|domestic|sexual|advoca|refuge|charity|victim|perpetrator"
#: what precedes a name where the spelling is a name: one who pays, is paid or takes part
_AS_PARTY = (
    r"(?:\b(?:to|by|from|with|via|and|or|including|include|includes|between|charity|provider|partners?|as|(?:[Aa]ward|[Pp]ay"
    r"|[Cc]ommission|[Aa]ppoint)(?:s|ed|ing)?)|[,:(•/;&|\t])"
    r"\s*(?:the\s+)?$"
)
#: what follows a name that opens a sentence or a list item, where any word has a capital
AS_SUBJECT = (
    r"\s*(?:$|[|,:;()/\t\n–—&]|-\s|(?:is|was|has|had|have|are|were|will|would|may|can|and|or|in|across|at|provides?|"
    r"works?|aims?|delivers?|began|started|seeks?|focuses|challenges|combines|uses|uses|offers?|runs?|ran|received?s?|"
    r"leads?|led|operates?|employs?|supports?|also|to|by|from|within|as|costs?|requires?|contributes?|developed)\b|\s[A-Z])"
)
_INCREASE = (
    r"(?i)\s+(?:in|of)\s+(?:the\s+)?(?:demand|costs?|numbers?|crimes?|report\w*|referrals?|prices?|inflation|domestic|"
    r"violen\w+|cases|volumes?|offend\w+|\d)"
)
_MEASURE_WORD = WordRule(before=_AS_PARTY)

WORD_RULES: Mapping[str, WordRule] = {
    # programmes
    "drive": WordRule(
        ("Drive", "DRIVE"),
        not_before=r"(?i)\b(?:hard|usb|disk|test|recruitment|c:)\s+$",
        not_after=r"(?i)\s+(?:down|up|forwards?|improvements?|efficienc\w+|innovation|performance)\b",
    ),
    "restart": WordRule(("Restart", "RESTART"), not_after=r"\s+(?:Lives|the|a|of)\b"),
    "help": WordRule(("HELP",), cue=r"perpetrator|probation|rehabilitation|healthier relationships|HELP programme"),
    "clear": WordRule(("CLEAR",), cue=r"change that lasts|early awareness|CLEAR partnership|perpetrator"),
    "cara": WordRule(("CARA",), cue=_PERPETRATOR + "|caution"),
    "pac": WordRule(
        ("PAC",),
        cue=r"prevent\s*(?:and|&)\s*change|perpetrator",
        not_after=r"\s*(?:\(?\s*Policy|meeting|hearing)",
        not_before=r"(?i)(?:accounts committee|policy and accountability committee)\s*\(?$",
    ),
    "s and t": WordRule(("S&T", "S & T"), cue=r"safe\s*(?:and|&)\s*together"),
    "m and m": WordRule(("M&M",), cue=r"masculinit"),
    "masp": WordRule(("MASP",), cue=r"stalking"),
    "bbr": WordRule(("BBR",), cue=r"building better|probation|accredited"),
    "dip": WordRule(("DIP",), cue=r"drugs? intervention"),
    "hru": WordRule(("HRU",), cue=r"harm reduction"),
    "iom": WordRule(("IOM",), cue=r"offender"),
    "ivs": WordRule(("IVS",), cue=r"integrated victim|local ivs|victim"),
    "c2c": WordRule(("C2C",), cue=r"choose to change"),
    "cobi": WordRule(("COBI",), cue=r"stalking|obsess"),
    "ascent": WordRule(("Ascent",), cue=_VAWG),
    "courageous": WordRule(("Courageous", "CouRAGEous"), cue=r"women and girls network|VAWG|young women"),
    "soteria": WordRule(("Soteria",), cue=r"women's aid|WMWA|west mercia", not_before=r"(?i)operation\s+$"),
    "the lighthouse": WordRule(("The Lighthouse", "the Lighthouse"), cue=r"child|CSA|sexual abuse"),
    "ask me": WordRule(("Ask Me",), cue=r"women's aid|scheme|ambassador"),
    "my time": WordRule(("My Time", "MyTime"), cue=_PERPETRATOR),
    "see change": WordRule(("See Change",), cue=_PERPETRATOR),
    "make a change": WordRule(("Make a Change", "Make A Change")),
    "change that lasts": WordRule(("Change That Lasts", "Change that Lasts")),
    "whole system approach": WordRule(
        ("Whole System Approach",), cue=r"domestic abuse|northumbria", not_after=r"\s+to\s+(?!Domestic)"
    ),
    "safe and together": WordRule(("Safe & Together", "Safe and Together", "Safe And Together", "SAFE & TOGETHER")),
    "gps tagging": WordRule(("GPS tagging", "GPS Tagging")),
    "drug testing": WordRule(("Drug Testing", "Drug testing"), cue=r"custody|arrest"),
    "child house": WordRule(("Child House",)),
    # organisations
    "respect": WordRule(
        ("Respect", "RESPECT"),
        not_before=r"(?i)\b(?:in|with|mutual|dignity and)\s+$",
        not_after=r"(?i)\s+(?:of|to|for each|and dignity|phoneline|standard)\b",
    ),
    "rise": WordRule(("Rise", "RISE"), not_before=r"(?i)\b(?:on the|the|a|pay)\s+$", not_after=_INCREASE),
    "refuge": WordRule(
        ("Refuge", "REFUGE"),
        before=_AS_PARTY,
        not_before=r"(?i)\b(?:a|an|the|women's|specialist|of)\s+$",
        not_after=r"(?i)\s+(?:provision|spaces?|services?|accommodation|places?|beds?|workers?|support|and)\b",
    ),
    "advance": WordRule(
        ("Advance", "ADVANCE"),
        cue=_VAWG,
        not_before=r"(?i)\bin\s+$",
        not_after=r"(?i)\s+(?:payments?|notice|of|brighter|the|equality)\b",
    ),
    "solace": WordRule(("Solace", "SOLACE"), not_after=r"\s+(?:Surviving|in)\b"),
    "foundations": _MEASURE_WORD,
    "harbour": _MEASURE_WORD,
    "arch": _MEASURE_WORD,
    "halo": _MEASURE_WORD,
    "oasis": _MEASURE_WORD,
    "calm": WordRule(("Calm", "CALM"), cue=r"mediation|restorative"),
    "metro": WordRule(("METRO",), before=_AS_PARTY),
    "eva": WordRule(("Eva", "EVA"), before=_AS_PARTY),
    "kiran": _MEASURE_WORD,
    "paladin": _MEASURE_WORD,
    "angelou": WordRule(("Angelou",), not_before=r"(?i)\bMaya\s+$"),
    "turning point": WordRule(("Turning Point",), not_before=r"(?i)\ba\s+$"),
    "standing together": WordRule(("Standing Together", "STANDING TOGETHER")),
    "changing lives": WordRule(("Changing Lives",)),
    "a way out": WordRule(("A Way Out",)),
    "nia": WordRule(("nia", "Nia", "NIA")),
    "safenet": WordRule(("SafeNet", "Safenet", "SAFENET")),
    "connexus": WordRule(),
    "reducing the risk": WordRule(("Reducing the Risk", "Reducing the risk"), cue="domestic"),
    "stop domestic abuse": WordRule(("Stop Domestic Abuse",)),
    "pas": WordRule(("PAS",), cue=r"protection against stalking|stalking"),
    "e and i": WordRule(("E&I",), cue=r"evidence"),
    "c and i": WordRule(("C&I",), cue=r"camden"),
    "beh": WordRule(("BEH",), cue=r"mental health|NHS"),
    "tlc": WordRule(("TLC",), cue=r"listen|manchester|perpetrator|domestic"),
    "wct": WordRule(("WCT",), cue=r"community trust"),
    "nps": WordRule(("NPS",), not_before=r"(?i)(?:psychoactive|substances?)[^.]{0,20}$"),
    "mpa": WordRule(("MPA",)),
    "ho": WordRule(("HO",)),
    "the met": WordRule(("The Met", "the Met", "THE MET")),
    "met police": WordRule(),
    "family justice centre": WordRule(("Family Justice Centre", "FJC")),
    "violence reduction unit": WordRule(("Violence Reduction Unit", "VIOLENCE REDUCTION UNIT")),
    "drive partners": WordRule(("Drive Partners",)),
    "london met": WordRule(("London Met",), not_after=r"\s+Police"),
    # funds
    "core grant": WordRule(("Core Grant", "Core grant"), cue=r"victim|justice|MoJ", not_before=r"Police $"),
    "core funding": WordRule(("Core Funding",), cue=r"justice|MoJ"),
    "general grant": WordRule(("General Grant", "General grant"), cue=r"victim|justice|MoJ"),
    "victims grant": WordRule(("Victims Grant", "Victims' Grant")),
    "victims fund": WordRule(("Victims Fund", "Victims' Fund")),
    "police grant": WordRule(("Police Grant", "POLICE GRANT")),
    "grants programme": WordRule(("Grants Programme",)),
    # places that are words, and directions
    "reading": WordRule(("Reading", "READING"), not_after=r"(?i)\s+(?:and writing|age|list)\b"),
    "rugby": WordRule(("Rugby",), not_after=r"(?i)\s+(?:club|union|league|football|player)"),
    "hart": WordRule(("Hart",), before=r"\b(?:in|to|and|of|for|from)\s+$"),
    "barking": WordRule(("Barking",)),
    "bury": WordRule(("Bury", "BURY")),
    "bcp": WordRule(("BCP",), cue=r"bournemouth|dorset|poole"),
    "rct": WordRule(("RCT",), cue=r"rhondda"),
    "h and f": WordRule(("H&F",)),
    "k and c": WordRule(("K&C",)),
    "north east": WordRule(("North East",), not_after=r"(?i)\s+(?:lincs|of|area|bcu)\b"),
    "north west": WordRule(("North West",), not_after=r"(?i)\s+(?:of|area|bcu)\b"),
    "south east": WordRule(("South East",), not_after=r"(?i)\s+(?:of|area|bcu)\b"),
    "south west": WordRule(("South West",), not_after=r"(?i)\s+(?:of|area|bcu)\b"),
}

#: spellings that the registry's aliases lack, made of words alone: spelling -> id
MORE_ALIASES: Mapping[str, str] = {
    "Home Office Violence Reduction Unit": "vru-home-office-grant",
    "Home Office Violence Reduction Unit Fund": "vru-home-office-grant",
    "Home Office VRU": "vru-home-office-grant",
    "Violence Reduction Unit fund": "vru-home-office-grant",
    "VRU fund": "vru-home-office-grant",
    "Home Office Serious Violence Duty": "serious-violence-duty-grant",
    "Home Office Serious Violence Duty fund": "serious-violence-duty-grant",
    "Serious Violence Duty fund": "serious-violence-duty-grant",
    "Mayor's Office for Policing & Crime": "mopac",
    "HM Prisons and Probation Service": "hmpps",
    "Met Police Service": "metropolitan-police-service",
    "Drive London partnership": "drive-london-partnership",
    "Drive London delivery partners": "drive-london-partnership",
    "WMRSASC": "west-mercia-rape-and-sexual-abuse-support-centre",
    "WMRASAC": "west-mercia-rape-and-sexual-abuse-support-centre",
    "WMRASASC": "west-mercia-rape-and-sexual-abuse-support-centre",
    "Talk Listen Change (TLC)": "talk-listen-change",
    "Advance Advocacy Project": "advance",
    "Advance Advocacy and Non-Violence": "advance",
    "London Probation": "london-probation-service",
    "Serious Violence Duty": "serious-violence-duty-grant",
    "Secretary of State for Justice": "ministry-of-justice",
    "Home Secretary": "home-office",
    "Safer Streets": "safer-streets-fund",
    "Safer Streets Four": "safer-streets-fund",
    "Stockton": "stockton-on-tees",
    "Southend": "southend-on-sea",
    "Newcastle": "newcastle-under-lyme",
    "Stratford": "stratford-on-avon",
    "Bath": "bath-and-north-east-somerset",
    "BANES": "bath-and-north-east-somerset",
    "Telford": "telford-and-wrekin",
}

#: a name that only its own area calls so: elsewhere it is another body's, or nobody's
LOCAL_SPELLINGS = frozenset({
    "violence reduction unit", "vru", "family justice centre", "fjc", "evidence and insight", "e and i", "city hall",
    "rise", "solace", "newcastle", "richmond", "kingston", "harm reduction unit", "hru", "child house", "triborough",
    "tri borough", "stalking support service", "soteria", "london met",
})  # fmt: skip

TITLES = r"\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Baroness|Cllr|Councillor|Professor|Prof)\.?\s+(?:[A-Z]\w+\s+)?$"


@cache
def pattern(expression: str) -> re.Pattern[str]:
    """Return the compiled pattern."""
    return re.compile(expression)
