"""Words that tell what kind of question it is, in order of trial: a table of patterns, no logic."""

from __future__ import annotations

from graph.ask.cues import TOKEN
from graph.ask.question import Asks

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
        r"^what (?:has |had |was |later )?(?:replaced|superseded|modified|amended|extended|updated|followed) "
        r"(?:the )?(?:decision )?ref_\d+|"
        r"(?:which|what|whose)?.*(?:decisions?|approvals?|ref_\d+).*\b(?:modif(?:y|ies|ied|ication)|amend(?:s|"
        r"ed|ment)?|variation|extension of|"
        r"vary|varies|varied|extend(?:s|ed)?|supersed(?:e|es|ed)|"
        r"replac(?:e|es|ed)|build(?:s)? on|built on|rest(?:s)? on|rel(?:y|ies) on|based on|follow(?:s|"
        r"ed)?(?: on)?(?: from)?|cites?|cited|preced(?:e|es|ed)|"
        r"previous|earlier|(?:came|comes?|went) before|refers? (?:back )?to|referred to|mention(?:s|ed)?|"
        r"linked|related|updates?d?|"
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
