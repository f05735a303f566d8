"""Words that tell what kind of question it is, over the masked question (link.py): tables of patterns, no logic."""

from __future__ import annotations

import re

from graph.ask.question import Asks, Focus

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

#: In order of trial; the first that matches settles the kind. Patterns over the masked question.
KINDS: tuple[tuple[Asks, str], ...] = (
    (
        Asks.CHECKS,
        r"\badd(?:s|ed|ing)? up\b|\bconflict(?:s|ing)?\b|contradict|inconsisten|discrepan|\breconcil|\btally|"
        r"\btallies\b|"
        r"\bsums? (?:wrong|right|correct)|doesn'?t add|don'?t add|\bmismatch|arithmetic|do not match|"
        r"don'?t match|\bdisagree|"
        r"(?:figures?|numbers?|totals?|sums?|amounts?) (?:\S+ ){0,4}(?:right|correct|wrong|agree|match|"
        r"consistent|checks? out|balance)\b|"
        r"(?:errors?|mistakes?|problems?|wrong) (?:in|with) (?:the )?(?:figures?|numbers?|sums?|totals?|"
        r"ref_\d)|\bchecks? (?:on|for|of|in|the|whether)\b",
    ),
    (
        Asks.CONNECTION,
        rf"^how (?:are|is|were|was) .*{TOKEN} (?:and|&) (?:the )?{TOKEN} (?:\w+ )?(?:linked|connected|related|tied)\b|"
        rf"(?:connect(?:s|ed|ion|ions|ing)?|relat(?:ed|ionship|ion)|linked?|links?|ties?|tied|path|chain|"
        rf"route)\b(?: \S+){{0,4}} "
        rf"(?:to|between|with|and|from)?\s?(?:the )?(?:{TOKEN})|how (?:does|do|"
        rf"did) (?:the )?{TOKEN} (?:\S+ )?(?:reach|get to|flow to)|how (?:\S+ ){0, 4}?(?:money|funding|grants?|"
        rf"cash) (?:\w+ )?(?:reach|get|flow|find|come|arrive)\w* ",
    ),
    (
        Asks.CHANGES,
        r"what (?:did|does|has|was|is|were)? ?(?:the )?(?:decision )?ref_\d+ (?:\w+ )?(?:change|alter|modify|"
        r"amend|do differently)|"
        r"what (?:was |were |has |had |is |)?(?:been )?(?:changed?|changes|altered|amended|"
        r"modified) (?:\w+ )?(?:in|by|under|through|with|from)|"
        r"(?:what|which) changes|how (?:did|does|has) ref_\d+ (?:change|alter|modify|amend|replace|affect)\w*|"
        r"\bchanges? (?:made )?(?:by|in|under) (?:decision )?ref_\d+",
    ),
    (
        Asks.DECISION_LINKS,
        r"(?:which|what|whose)?.*(?:decisions?|approvals?|ref_\d+).*\b(?:modif(?:y|ies|ied|ication)|amend(?:s|"
        r"ed|ment)?|variation|extension of|"
        r"vary|varies|varied|extend(?:s|ed)?|supersed(?:e|es|ed)|"
        r"replac(?:e|es|ed)|build(?:s)? on|built on|rest(?:s)? on|rel(?:y|ies) on|based on|follow(?:s|"
        r"ed)?(?: on)?(?: from)?|cites?|cited|preced(?:e|es|ed)|"
        r"previous|earlier|(?:came|comes?|went) before|refers? (?:back )?to|referred to|mention(?:s|ed)?|linked|related|updates?d?|"
        r"chang(?:e|es|ed))\b",
    ),
    (
        Asks.WHO_DECIDED,
        r"\bwho (?:\w+ ){0,2}(?:signed|approved|decided|authori[sz]ed|took|made|signs|approves|decides|sign|"
        r"approve|agreed)\b(?! .*\b(?:money|funding)\b)|"
        r"whose (?:decision|signature)|decision[ -]maker|who was (?:it|ref_\d+) (?:signed|approved|decided)|"
        r"by whom .*(?:signed|approved|decided)|"
        r"(?:signed|approved|decided|taken|made) by whom|who by\b",
    ),
    (
        Asks.FIRST_LAST,
        r"\bwhen (?:did|was|were|has|is|does) .*\b(?:first|last|latest|start|begin|began|earliest)\b|"
        r"\b(?:first|earliest|last|latest|most recent|newest|oldest) "
        r"(?:\S+ ){0,3}?(?:decisions?|awards?|grants?|time|year|payment|funding|records?)|when (?:did|"
        r"was) .* (?:start|begin|last)|since when|how long (?:has|have|did)",
    ),
    (
        Asks.WHEN,
        r"\bwhen (?:was|were|is|did|has|does)\b|\bwhat(?:'s| is| was)? (?:the )?(?:date|day)\b|\bdate (?:of|"
        r"signed|for|on)\b|\bon (?:what|which) (?:date|day)|"
        r"\bsigning date|\bsigned when|ref_\d+ (?:signed )?date\b|signature date|\bwhen ref_\d+",
    ),
    (
        Asks.BY_YEAR,
        r"year[ -](?:by|on|over|after)[ -]year|\b(?:by|per|each|every|in each|for each) (?:financial )?year\b|"
        r"yearly|annual(?:ly)? (?:funding|figures|breakdown|amounts)|"
        r"how (?:has|have|did|does) .*(?:chang|grow|grew|grown|rise|risen|rose|fall|fallen|fell|increas|"
        r"decreas|evolv|develop(?:ed)? over)|"
        r"\b(?:rise|fall|increase|decrease|growth|trend|trends|go up|gone up|gone down|went up|go down|grown|"
        r"grew|shr[au]nk)\b|change over time|split by year|breakdown by year|"
        r"(?:did|has|have|is|are) .*(?:more|less) .*(?:than (?:in|the year) (?:year|cal|before))",
    ),
    (
        Asks.HISTORY,
        r"\bhistory\b|\btrace\b|\btimeline\b|over time|over the years|\blineage\b|\bstory of\b|\bevolution\b|"
        r"chronolog|how has .* been (?:funded|paid|financed|supported)|"
        r"how (?:was|were|is|are|did) .* (?:been )?(?:funded|financed) (?:over|since|from|through)|"
        r"track (?:the )?(?:funding|money)|funding journey|successive",
    ),
    (Asks.BID, r"\b(?:bids?|bidding|applications?|applied|apply|tender(?:s|ed)?|proposals?)\b"),
    (
        Asks.NAMES,
        r"(?:also|otherwise|formerly|previously) (?:known|called|named)|other names?|\balias(?:es)?\b|"
        r"known (?:as|by)|what (?:else )?is .* called|"
        r"what does .* stand for|stands? for\b|\bacronym\b|\babbreviation|full name|in full\b|different names|"
        r"what names?\b",
    ),
    (
        Asks.SHARE,
        r"\b(?:what|which|how (?:big|large)(?: an?)?|calculate|the) (?:\w+ )?(?:share|proportion|percentage|"
        r"fraction|percent|part|slice)\b(?: of| did| does| is| was| came)|"
        r"\bper ?cent(?:age)?\b|\bin per cent|%|\bwhat part of|proportion of|how much of .* (?:as a|"
        r"percentage)|\bshare of .* (?:pay|paid|come|came|funded|fund|is|was|did|from)\b",
    ),
    (
        Asks.COMPARISON,
        r"\bcompar(?:e|ed|ing|ison)\b|\bversus\b|\bvs\b|differences? (?:between|in)|\bside by side\b|"
        r"\bagainst each other|"
        rf"(?:which|who) (?:\S+ )?(?:got|gets?|received|receives|is|has|had|was|paid|pays|"
        rf"gave) (?:\S+ )?(?:more|less|bigger|larger|smaller)\b|"
        rf"(?:more|less|bigger|larger|smaller) .*\b(?:than) (?:the )?{TOKEN}|"
        rf"{TOKEN} or (?:the )?{TOKEN}\b.*\b(?:more|less|bigger|larger)|\bcontrast\b",
    ),
    (Asks.COUNT, r"\bhow many\b(?! (?:pounds|quid)\b)|\bnumber of\b|\bcount (?:of|the|how)\b|^count\b"),
    (
        Asks.RANKING,
        r"\btop \w+|\b(?:biggest|largest|highest|smallest|lowest|greatest)\b|\brank(?:ed|ing)?\b|"
        r"(?:the )?(?:most|least) (?:money|funding|cash|of|for|from|in|to|out)\b|"
        r"(?:got|gets?|received|receives?|has|had|won|given|gave|gives|pays?|paid|awarded|spent|spends|funded|"
        r"contributed|put|puts) (?:\S+ )?(?:the )?(?:most|least)\b|"
        r"\bleague table|\border(?:ed)? by (?:amount|size)|\bin order of\b|\b(?:most|least)$|main (?:funders?|"
        r"recipients?)|who (?:\w+ )?(?:the )?(?:most|least)\b",
    ),
    (
        Asks.EVALUATORS,
        r"\bwho (?:\w+ ){0,2}(?:evaluat|assess|review)(?:es|ed|ing|e)?\b|\bevaluated by\b|"
        r"\bevaluators?\b(?! .*(?:money|funding))|(?:which|what) (?:\w+ )(?:evaluat|assess)(?:es|ed|e)\b",
    ),
    (
        Asks.DEVELOPERS,
        r"\bwho (?:\w+ ){0,2}(?:develop(?:ed|s)?|creat(?:ed|es)|design(?:ed|s)?|invent(?:ed|s)?|devis(?:ed|"
        r"es)|built|originat(?:ed|es)|came up with|thought up|conceived|made up)\b|"
        r"(?:which|what) (?:\w+ )?(?:\S+ )?(?:develop(?:ed|s)?|creat(?:ed|es)|design(?:ed|s)?|invent(?:ed|s)?|"
        r"devis(?:ed|es))\b|\bdevelopers?\b|"
        r"(?:developed|created|designed|invented|devised) by\b|who (?:is|are|was|were) behind|\bcreators?\b|"
        r"\bdesigners?\b|(?:was|is|were) \S+ (?:model )?(?:developed|created|designed|invented)",
    ),
    (
        Asks.LEADERS,
        r"\bwho (?:\w+ )?(?:leads?|led|heads?|headed|coordinates?|co-ordinates?|manages|managed|administers?|"
        r"is in charge|chairs?)\b|\bled by (?:who|which)|"
        r"\blead (?:partner|agency|borough|organisation|provider|body|authority)|(?:which|what) \w+ (?:leads?|"
        r"led)\b|in charge of",
    ),
    (
        Asks.PARTNERS,
        r"\bpartners?\b|\bpartnerships?\b|work(?:s|ed|ing)? (?:together|jointly|with)\b|co-?operat|alongside|"
        r"collaborat|"
        r"\bconsorti(?:um|a)\b|\bmembers? of\b|teams? up|teamed up|"
        r"(?:organi[sz]ations|agencies|bodies|who) (?:\w+ )?(?:makes?|made|form(?:s|ed)?|compris(?:e|"
        r"es)) (?:up )?(?:the )?|\binvolved (?:in|with)\b|takes? part in|"
        r"who else (?:is|was) (?:in|on)|works? jointly|\bcomprised? of|made up of",
    ),
    (
        Asks.PILOTS,
        r"\bpilot(?:ed|s)?\b(?=.*(?:\bwhere\b|\bareas?\b|\bplaces?\b|\bsites?\b))|\bwhere\b.*\bpilot(?:ed|"
        r"s)?\b|(?:areas?|places?|sites?|locations?)\b.*\b(?:pilot(?:ed|s)?|tested|trialled|tried)\b|"
        r"\bwhere\b.*\b(?:tested|trialled|tried out|test sites?)\b",
    ),
    (
        Asks.DELIVERERS,
        r"\bwho (?:\w+ ){0,2}(?:deliver(?:s|ed|ing)?|runs?|ran|operat(?:es|ed|e)|hosts?|staffs?|carr(?:y|ies|"
        r"ied) out|implement(?:s|ed)?)\b|"
        r"\b(?:deliver(?:ed|y)|run|operated|provided|staffed|implemented) by (?:who|which)|\bdeliver(?:y|"
        r"ing) (?:partner|provider|organisation|agenc|bod)|\bproviders?\b|"
        r"(?<!in )(?<!across )(?:which|what) (?:\S+ ){0,3}?(?:deliver(?:s|ed)?|runs?|ran|"
        r"operates?d?)\b(?! in)|\bwho (?:provides|provided)\b(?! (?:\w+ )?(?:money|funding|match))|"
        r"\bdeliverers?\b|^by (?:whom|which \w+) (?:is|was|are|were) .*\b(?:delivered|run|operated|"
        r"provided)\b|"
        r"\bwho (?:is|are|was|were) (?:delivering|running|providing|operating)\b(?! (?:\w+ )?(?:money|funding|match))",
    ),
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
DELIVERY_WORDS = re.compile(
    r"\b(?:deliver\w*|run|runs|ran|running|operat\w*|cover\w*|available|active|take place|happen\w*|offered|"
    r"rolled out|implemented|in place|based|located|work|works|go|goes|going)\b"
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
ABOUT_DECISION = re.compile(r"\bdecisions?\b|\bref_\d+\b")
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
