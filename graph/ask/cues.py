"""Words that tell what kind of question it is, over the masked question (link.py): tables of patterns, no logic."""

from __future__ import annotations

import re

from graph.ask.question import Focus

THING = r"(?:org|area|place)_\d+"
ORG = r"(?:org|area)_\d+"
TOKEN = r"(?:org|prog|place|fund|area|year|cal|money|ref|date|person)_\d+"

FUND_VERBS = (
    r"(?:(?:co-?|match[ -]?|part[ -]?|sub-?|re-?)?(?:fund(?:s|ed)?|grant(?:s|ed)?|commission(?:s|ed)?)|pa(?:y|"
    r"ys|id)|financ(?:e|es|ed)|"
    r"give|gives|gave|given|award(?:s|ed)?|contribut(?:e|es|ed)|commit(?:s|ted)?|allocat(?:e|es|ed)|puts?|"
    r"provid(?:e|es|ed)|"
    r"spen(?:d|ds|t)|invest(?:s|ed)?|support(?:s|ed)?|hand(?:s|ed)? (?:out|over)|set aside|sets aside|"
    r"sponsor(?:s|ed)?|back(?:s|ed)?|"
    r"approv(?:e|es|ed)|donat(?:e|es|ed)|bankroll(?:s|ed)?|underwr(?:ite|ites|ote)|chip(?:s|ped)? in|"
    r"pass(?:es|ed)? (?:money |funding |it |grants? |cash )?on|dish(?:es|ed)? out|"
    r"offer(?:s|ed)?|send|sends|sent|transfer(?:s|red)?|distribut(?:e|es|ed)|subsidis(?:e|es|ed)|meets?|"
    r"covers?|covered|bears?|bore|shoulder(?:s|ed)?|stump(?:s|ed)? up)"
)
FUND_ING = (
    r"(?:(?:co-?|match[ -]?|part[ -]?|sub-?)?(?:funding|granting|commissioning)|paying|giving|awarding|"
    r"contributing|committing|"
    r"allocating|putting|providing|spending|investing|supporting|financing|sponsoring|backing|bankrolling|handing)"
)
GET_VERBS = (
    r"(?:gets?|got|getting|gotten|rec(?:ei|ie)v(?:e|es|ed|ing)|wins?|won|secur(?:e|es|ed)|share[sd]?|sharing|"
    r"obtain(?:s|ed)?|"
    r"benefit(?:s|ed)?|accept(?:s|ed)?|earn(?:s|ed)?|land(?:s|ed)|collect(?:s|ed)?|take[sn]? in|took in|get given)"
)
PASSIVE = r"(?:was|were|been|is|are|being|be|get|got|gets)"
GIVEN = (
    r"(?:given|paid|awarded|granted|allocated|funded|handed|sent|sub-?granted|promised|offered|commissioned|provided|"
    r"distributed|passed|contracted)"
)
MONEY_NOUNS = (
    r"(?:money|fund(?:s|ing)|cash|grants?|contributions?|match(?:ed)?|sums?|backing|investment|spend(?:ing)?|budgets?|"
    r"allocations?|awards?|payments?|contracts?|amounts?|resources?|share|total|costs?|value)"
)

#: Nouns after "which", "how many", "list" ... -> what is listed or counted.
FOCUS_NOUNS: tuple[tuple[Focus, str], ...] = (
    (
        Focus.DECISION,
        r"decisions?(?: notices?| records?| papers?)?|decision (?:notices?|records?)|records|papers|notices?|"
        r"approvals?",
    ),
    (Focus.BOROUGH, r"boroughs?|(?:local )?authorit(?:y|ies)"),
    (Focus.COUNCIL, r"councils?|districts?"),
    (
        Focus.BODY,
        r"(?:police (?:and|&) crime )?commissioners?|p[f]?ccs|o?pf?ccs?|decision bod(?:y|ies)|forces|"
        r"police forces?|offices?",
    ),
    (Focus.CHARITY, r"charit(?:y|ies)|voluntary organisations?|third sector organisations?"),
    (Focus.FUNDER, r"funders?|backers?|donors?|sponsors?|payers?|contributors?|financiers?"),
    (Focus.RECIPIENT, r"recipients?|grantees?|beneficiar(?:y|ies)|payees?|winners?"),
    (
        Focus.ORGANISATION,
        r"organi[sz]ations?|orgs?|bod(?:y|ies)|agenc(?:y|ies)|compan(?:y|ies)|partners?|providers?|groups?|suppliers?|"
        r"part(?:y|ies)|consorti(?:a|um)s?|contractors?|universit(?:y|ies)|departments?",
    ),
    (
        Focus.FUND,
        r"funds?|pots?|budgets?|funding (?:streams?|pots?)|grant (?:streams?|programmes?)|"
        r"streams?|budget lines?",
    ),
    (
        Focus.PROGRAMME,
        r"program(?:me)?s?|projects?|schemes?|services?|interventions?|initiatives?|work ?streams?|pilots?|things?",
    ),
    (
        Focus.PLACE,
        r"areas?|places?|count(?:y|ies)|regions?|locations?|sites?|parts? of (?:the )?\w+|towns?|cit(?:y|ies)",
    ),
    (Focus.AWARD, r"awards?|grants?|payments?|allocations?|contracts?|flows?|sums?|contributions?"),
    (Focus.YEAR, r"(?:financial )?years?"),
)
FOCUS_START = (
    r"(?:which|what|whose|list(?: out| of)?|name|show(?: me)?|give me|find(?: me)?|display|tell me|how many|"
    r"(?:the )?number of|top \w+|"
    r"any|all|are there(?: any)?|i need|count(?: of)?|biggest|largest|smallest|highest|lowest|count|latest|"
    r"first|last|earliest|most recent|newest|oldest)"
)
FOCUS_FILL = (
    r"(?:(?:all|the|of|other|any|different|local|london|english|public|various|new|many|every|each|individual|"
    r"separate|more|"
    r"biggest|largest|smallest|highest|lowest|main|top|single|most recent|latest|first|\d+|(?:org|area|place|"
    r"prog|fund|cal|year)_\d+|'s|"
    r"named|known|kinds? of|mopac|funded|delivery|police|domestic|abuse|perpetrator|victims?) ){0,5}"
)


SOURCE_OF_MONEY = re.compile(
    r"\bwhere (?:does|did|do|is|was|has) .*(?:money|funding|cash|funds?|budget)\b.*\b(?:come|came|coming)\b|"
    r"\bsources? of (?:the )?(?:\S+ )?(?:money|funding|funds|income)|\bfunding sources?\b|\bwhose money|"
    r"\bfund(?:ed|ing) (?:provided |given )?by (?:whom|who)\b|"
    r"\b(?:paid|funded|financed) (?:for )?by (?:who|whom|which)|\bwho(?:'s| is| are| was| were|"
    r")? ?(?:\w+ )?(?:funding|paying|financing|bankrolling|backing)\b|"
    r"where .*get (?:its|their|the) (?:money|funding)|\bfunders?\b|\bwho put(?:s)? (?:up )?(?:the )?money|"
    r"(?:foots?|footing|footed|picks? up|picked up) the (?:bill|tab)|"
    r"\bbackers\b|\bcame from\b|\bcomes? from\b|\bpaymasters?\b|^by whom .*\bfunded\b|\bcontributors?\b|"
    r"who (?:is|are|was|were) (?:the )?\S+ funded by"
)
USE_OF_MONEY = re.compile(
    r"^to (?:which|what|whom|who)\b|"
    r"\bwhere (?:does|did|do|is|was|has) .*(?:money|funding|cash|funds?|budget|grants?)\b.*\b(?:go|went|going|"
    r"gone|spent|end up)\b|"
    r"\bto whom\b|\brecipients?\b|\bgrantees?\b|\bbeneficiar(?:y|ies)\b|\bwho (?:\w+ ){0,3}(?:gets?|got|"
    r"rec(?:ei|ie)ve[sd]?|recieves|benefits?|benefited|won|wins|secured|shared?|shares)\b|"
    rf"\bwho (?:was|were|is|are|has been|have been|had been|gets|got) (?:\w+ )?{GIVEN}\b|\bwho (?:is|are|was|"
    rf"were) (?:\w+ )?(?:getting|receiving|recieving)\b|"
    r"\bwho (?:\w+ )?end(?:s|ed)? up with\b|\bpayees?\b|\bgo(?:es)? to (?:who|which|whom)|\bwent to (?:who|which)"
)
WHERE = re.compile(
    r"^(?:the )?prog_\d+ (?:boroughs?|areas?|places?|sites?|locations?)$|"
    r"\bwhere\b|\b(?:which|what|in which|in what|list|how many) (?:\S+ ){0,3}?(?:areas?|places?|boroughs?|"
    r"counties|regions?|locations?|sites?|districts?|parts of|towns?|cities)\b"
    r"(?=.*\b(?:deliver\w*|run|runs|running|operat\w*|cover\w*|available|active|take place|happen\w*|offer\w*|"
    r"work in|in place|rolled out|implemented|have|has|use|uses|using|taken up|based)\b)|"
    r"\b(?:cover(?:s|ed|age)|available) (?:which|what)|geograph|\brolled out to\b"
)
HOW_MUCH = re.compile(
    rf"\bwhat (?:was|were|is|are|has been|had been|will be|will|did|does|do|has|have) (?:the )?(?:{THING}|prog_\d+) "
    rf"(?:\w+ )?(?:been |be )?(?:given|paid|awarded|granted|allocated|handed|promised|offered|{GET_VERBS})\b|"
    r"\bwhat (?:was|were|is|has been|will be) (?:given|paid|awarded|allocated|spent|granted|put|received)\b|"
    r"\bwhat (?:\w+ ){0,3}(?:money|funding|cash|grants?|contributions?|match|sum|amount|fund_\d+) "
    r"(?:has|have|did|does|do|was|were|is|are|will)\b|"
    rf"{THING} 's (?:\w+ )?(?:share|cut|slice|portion) (?:of|from)\b|"
    r"\bhow much\b|\bhow big\b|\bhow large\b|\bwhat (?:is|was|were|are|'s)? ?(?:the )?(?:\S+ ){0,4}?(?:total|"
    r"cost|costs|value|amount|sum|budget|price|size|award|figure|contribution|allocation|spend|worth)\b|"
    r"\b(?:total|overall|combined|altogether|in all)\b|\bcosts?\b|\bvalue\b|\bworth\b|\bhow expensive\b|"
    r"^what did .*\bcost\b|\bamount (?:of|for|to)\b|what was (?:paid|spent|given|awarded)|"
    r"\bwhat (?:did|does|do|has|have) .* (?:spend|spent|pay|paid|contribute|contributed|put in|cost|get|"
    r"receive)\b|\bspend(?:ing)? on\b|\bhow many pounds\b|£"
)
TOTAL_COST = re.compile(
    r"\b(?:total|overall|full|whole|entire|combined) (?:cost|price|budget|project|programme|value|funding)\b|"
    r"\bcosts?\b|\bin total\b|\bin all\b|\baltogether\b|\boverall\b"
)
DEFINITION = re.compile(
    rf"^(?:so |please |and |ok )?(?:what|who)(?:'s| is| are| was| were| exactly is)? (?:a |an |the |"
    rf"meant by (?:the )?)?(?:{TOKEN})(?: (?:programme|project|scheme|model|approach|fund|service|all about|"
    rf"about|exactly|for|'s))*$|"
    rf"\b(?:define|definition of|meaning of|explain|describe|tell me about|what do you know about|"
    rf"information (?:on|about)|overview of|background (?:on|to)|introduce)\b.*|"
    rf"^what (?:does|do|did) (?:the )?(?:{TOKEN})(?: \S+)? (?:do|mean|involve|aim|offer|cover)\b.*|^(?:what|"
    rf"who)(?:'s| is| are) (?:a |an |the )?.*$"
)
PROGRAMMES_OF = re.compile(
    rf"\bwhat (?:\S+ )?(?:does|did|do|has|have|is|was|are|were) (?:the )?{THING} (?:\w+ )?(?:{FUND_VERBS}|"
    rf"{FUND_ING})\b|\bwhat (?:is|was|are|were|gets?|got|has been|have been) (?:\w+ )?"
    rf"(?:funded|paid for|supported|commissioned|financed)\b|\bwhat (?:does|did|do|"
    rf"has) (?:the )?(?:fund_\d+) (?:money |funding )?(?:\w+ )?(?:pays?|paid|supports?|funds?|funded|cover)|"
    rf"\bwhat (?:did|do|does) .*\b(?:go|went|going|spent) (?:on|towards)\b|"
    rf"\bwhat (?:is|was|are|were) (?:the )?fund_\d+ (?:money |funding )?(?:spent|used)|what .*\bmoney (?:is |"
    rf"was )?(?:spent|used|going|went|goes) (?:on|for|to)"
)
FULL_TEXT = re.compile(
    r"\b(?:refer(?:s|red|ring)? to|mention(?:s|ed|ing)?|cit(?:e|es|ed|ing)|quot(?:e|es|ed|ing)|name[sd]?|"
    r"discuss(?:es|ed)?|talk(?:s|ed)? about)\b"
)
YES_NO = re.compile(
    r"^(?:so |please |and |but )?(?:did|does|do|has|have|had|is|was|were|are|will|can|could)\b(?! (?:you|i|we)\b)"
)
ASKS_RECIPIENT_OF = re.compile(
    rf"\b(?:who|whom|which|what|where)\b.*\b(?:does|did|do|has|have|is|was|are|were|"
    rf"will) (?:the )?{THING}(?: (?:and|or|&) (?:the )?{THING})* (?:'s )?(?:\w+ )?(?:{FUND_VERBS}|{FUND_ING})\b"
)
ASKS_FUNDER_OF = re.compile(
    rf"\b(?:who|whom|which|what|where)\b.*\b(?:does|did|do|has|have|is|was|are|were) (?:the )?(?:{THING}|"
    rf"prog_\d+) (?:\w+ )?{GET_VERBS} .*\bfrom\b"
)
WHO_FUNDS = re.compile(
    rf"\b(?:who|which|what) (?:\S+ ){{0,5}}?(?:{FUND_VERBS})\b|\b(?:who|which|what) (?:\S+ ){{0,4}}?(?:{FUND_ING})\b"
)
FUNDED_PROGRAMME = re.compile(
    r"\b(?:which|what|list|show|how many) (?:\S+ ){0,3}?(?:program(?:me)?s?|projects?|schemes?|services?|"
    r"interventions?|initiatives?)\b"
)
