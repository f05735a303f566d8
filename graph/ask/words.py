"""Words of a question that carry no condition of their own, and the comparison of words by their stem."""

from __future__ import annotations

import re
from functools import lru_cache

_GRAMMAR = """
a about above according across actually after afterwards again against ago all along already also altogether although
am among an and any anybody anyone
anything apart are aren't around as aside at away beside besides concerning concern excluding exclude except regarding
b back be became because been before began being below between beyond both but by c can cannot could
couldn't d did didn't different do does doesn't doing done don't down during e each eg either else end ended ending
etc even ever every everybody everyone everything
exactly far few finally find first for former from further g get gets getting give given gives giving go goes going
gone got gotten had hadn't has hasn't have haven't having he her here hers
him his how however i if ii in inc including indeed instead into is isn't it it's its itself j just k kind kinds know
known l last late later latest latter least less
let let's like list ll look lots made main mainly make makes many may maybe me mean means meant might more moreover
most mostly much must my n name named names near need needed needs neither
never new next nice no nobody none nor not nothing now o of off often ok on once one ones only onto or other others
otherwise our ours out over overall own p part particular past
per perhaps please possible put puts q quite r rather re really regarding related right round s said same saw say says
see seem seen several shall she should show shown shows side
since so some somebody somehow someone something sort sorts still such t take taken takes taking tell than thank
thanks that that's the their them themselves then there there's thereby
these they thing things this those though through throughout till to today together told too took total towards tried
try trying twice two type types u under unless until up upon us
use used uses using usually v various ve very via want wanted wants was wasn't way we well went were weren't what
what's whatever when where whereas whether which while who who's whoever whole whom
whose why will with within without won't would x y yes yet you your yours z three four five six seven eight nine ten
"""
_ASKING = """
who which what where when how much many list show give name find tell explain describe define compare comparison
versus vs rank ranking ranked top biggest largest highest smallest lowest greatest
most least share proportion percentage cent pass passes passed passing percent fraction trace history timeline lineage
chronology chronological story track journey evolution trend breakdown broken split count number total totals
altogether combined
difference differences connected connection connections linked link links relationship relation path chain route tie
ties definition meaning overview information info know stands stand acronym abbreviation alias
aliases called year years yearly annual annually month months date dates day time times signed sign signing signature
approve approved approval decide decided deciding authorise authorised made maker happen happened happens
outcome result results successful unsuccessful fail failed succeed succeeded bid bids bidding application applications
applied apply won win wins winning lost recent latest earliest newest oldest start started starts begin began
change changed changes changing modify modified modifies amend amended extend extended extends extending supersede
superseded replace replaced refer refers referred referring mention mentions mentioned cite cites cited
contain contains containing another large larger meet meets alter altered modification amendment variation reach
reaches reached shoulder invented tested
cooperate together talk talks talking discuss cover leads led lead leading charge coordinate coordinates co manage
manages managed
administer administers chair chairs earlier set build builds built rest rests rely relies based follow follows followed
test tested tests trialled trial tried checks check checked inconsistencies agree agrees agreed balance reconcile
tally mismatch arithmetic right error errors mistake mistakes problem problems
why reason reasons status happen happening concerning say says stated states state recorded known acronyms full sure
please behind responsible hosts host staffed staff
add adds adding figures figure sums sum conflict conflicts contradict contradictory contradictions inconsistent
inconsistency discrepancy discrepancies correct wrong consistent check checks match matches matched
disagree disagrees disagreed disagreeing differ differs differing
did does was were is are has have had any there exist available anything people person recorded record records details
summary summarise please detail put into towards
over under least exceed exceeding exceeded exceeds above below minimum maximum between £ pounds pound gbp k million
thousand rounds
receive received receives receiving recieve recieved recieves get got gets getting paid pay pays paying funder funders
recipient recipients grantee grantees beneficiary beneficiaries benefited benefit backer backers
come came comes coming go goes going went spent spend spends spending end ended sit sits
"""
_MONEY = """
fund funds funded funding money cash grant grants granted granting award awards awarded awarding allocate allocated
allocates allocation allocations contribute contributed contributes contribution contributions commit
commits committed commitment commitments finance financed finances financing support supported supports supporting
sponsor sponsored sponsors invest invested invests investment provide provided provides providing budget budgets cost
costs value worth amount
amounts price sum sums contract contracts contracted commission commissioned commissions commissioning payment
payments match matched matching source sources stream streams pot pots additional extra uplift own core give gave
given gives handed hand hands
offer offered offers send sent transfer transferred distribute distributed subgrant sub-grant sub-grants sub-granted
sub sub-granting carry carried forward bill foot footed foots picked tab spend backing back backed flow flows accept
accepted accepts allot allotted
secure secured secures obtain obtained share shared shares full ensure underwritten underwrite cover covers covered
line lines lead income
january february march april june july august september october november december
bankroll bankrolls bankrolled bankrolling stump stumps stumped stumping chip chips chipped chipping ringfence ringfenced
ring-fenced earmark earmarks earmarked expect expects expected expecting subsidise subsidised dish dished donate donated
pour poured pump pumped splash splashed plough ploughed dole doled inject injected cough coughed quid paying
"""
_FIELD = """
programme programmes program programs project projects scheme schemes service services intervention interventions
initiative initiatives model models approach work works working pilot pilots piloted piloting
organisation organisations organization organizations body bodies agency agencies partner partners partnership
partnerships provider providers deliver delivers delivered delivery delivering run runs ran running operate operates
operated
develop developed develops developer developers development create created design designed invented evaluate evaluated
evaluates evaluator evaluators evaluation
borough boroughs council councils authority authorities district districts county counties area areas place places
region regions location locations site sites site's local regional national city town
commissioner commissioners pcc pccs pfcc pfccs opcc police office offices charity charities company companies group
groups consortium consortia members member involved
decision decisions notice notices paper papers document documents reference form forms statement mayor deputy
"""


def _set(*texts: str) -> frozenset[str]:
    return frozenset(word for text in texts for word in text.split())


STOPWORDS = _set(_GRAMMAR)
#: Words that ask, or name money and the field in general: they narrow nothing by themselves.
GENERAL = _set(_GRAMMAR, _ASKING, _MONEY, _FIELD)
#: General words that still help to tell flows apart when they stand in the flow's own words.
TELLING = _set("evaluation pilot piloted extension staffing management training research uplift evaluate evaluating "
    "coordinator co-ordinator coordinators website")
_WORD = re.compile(r"[a-z0-9£][a-z0-9'£+&.-]*[a-z0-9]|[a-z0-9]")


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, hyphens and possessives opened."""
    plain = text.lower().replace("’", "'")
    return [word.removesuffix("'s") for word in _WORD.findall(re.sub(r"[-–—_/]", " ", plain))]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A crude English stem: plural, past and -ing forms of a word fall together."""
    word = word.removesuffix("'s")
    if len(word) <= 3 or not word.isalpha():
        return word
    for ending in ("ations", "ation", "ators", "ator", "ating", "ated", "ates", "ate"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    for ending, instead in (
        ("ies", "i"),
        ("ied", "i"),
        ("sses", "ss"),
        ("ments", ""),
        ("ment", ""),
        ("ings", ""),
        ("ing", ""),
        ("ed", ""),
        ("es", ""),
        ("s", ""),
    ):
        if word.endswith(ending) and not word.endswith("ss") and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + instead
            break
    if word.endswith("e") and len(word) > 4:
        word = word[:-1]
    if word.endswith("y") and len(word) > 3:
        word = word[:-1] + "i"
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word


def stems_of(text: str) -> frozenset[str]:
    """The stems of all words of a text."""
    return frozenset(stem(word) for word in words_of(text))


GENERAL_STEMS = frozenset(stem(word) for word in GENERAL)


def is_general(word: str) -> bool:
    """Whether a word, in any of its forms, narrows nothing by itself."""
    return word in GENERAL or stem(word) in GENERAL_STEMS


#: Words of the whole field: beside a named programme they say nothing that its name doesn't.
SOFT = _set("""
help helps helping victim victims survivor survivors perpetrator perpetrators offender offenders people person men
women children families domestic abuse abusers violence sexual crime crimes
tackling tackle tackles reduce reducing local community safety justice criminal system justice harm high risk public
support supporting young adult adults stalking work commissioned
""")
