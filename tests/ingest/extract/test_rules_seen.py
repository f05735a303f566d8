"""What sentences, lists and tables of forms seen in published decisions say about money: one table of cases."""

from dataclasses import dataclass

import pytest

from graph.model import Record
from graph.names.index import NameIndex
from graph.registry import load_registry
from graph.settings import PROJECT
from ingest.extract import extract_record
from ingest.readers import read_bytes

PCC = "Police and Crime Commissioner for Norfolk"
HO = "Home Office"
MOJ = "Ministry of Justice"
HEAD = f"{PCC}\n\nDecision reference: 12/2031\n\nTitle: {{title}}\n\nDate of decision: 4 April 2031\n\n"


@dataclass(frozen=True)
class Case:
    """A text, and the sums that count: payer, payee (a "?" before the words of an open one), pounds, years."""

    id: str
    text: str
    flows: tuple[tuple[str, str, str, str], ...]
    title: str = "Support for victims"


CASES = (
    Case(
        "names and sums on lines of their own",
        "Recommendation\n\nThe Commissioner will provide the following grants in 2031/32;\n\nYouth Justice\n"
        "Norfolk Youth Mentoring Service £12,500\nThetford Boxing Trust £4,000\nMentoring\nWaveney Coaching "
        "CIC £900\n",
        (
            (PCC, "Norfolk Youth Mentoring Service", "12500", "2031/32"),
            (PCC, "Thetford Boxing Trust", "4000", "2031/32"),
            (PCC, "Waveney Coaching CIC", "900", "2031/32"),
        ),
    ),
    Case(
        "names and sums with dashes; one payee left open",
        "Summary\n\nThe office will enter into grant agreements in 2031/32 with these providers:\n\n"
        "Lantern at Dusk Limited - £18,200.00\n\nBreckland District Council - £7,100.50\n\n"
        "Provider TBC – to be tendered in May, allocated budget - £5,000\n",
        (
            (PCC, "Lantern at Dusk Limited", "18200", "2031/32"),
            (PCC, "Breckland District Council", "7100.50", "2031/32"),
            (PCC, "?Provider TBC", "5000", "2031/32"),
        ),
    ),
    Case(
        "funds that a sum is drawn from",
        "Decision\n\nThe Commissioner has approved the allocation of £31,000 in 2031/32 from the following "
        "funds:\n\n"
        "Harbour Safety Fund £21,000.00\n\nCoastal Reserve Fund £10,000.00\n",
        ((PCC, "", "21000", "2031/32"), (PCC, "", "10000", "2031/32")),
    ),
    Case(
        "a table whose bars stand after each cell",
        "Proposal\n\nThe Commissioner awards these grants for 2031/32:\n\nApplicant | Project | Grant value (£) |\n"
        "Fenland Arts Trust | Mural painting | 3,250 |\nYare Rowing Club | Early rowing | 1,750 |\n",
        ((PCC, "Fenland Arts Trust", "3250", "2031/32"), (PCC, "Yare Rowing Club", "1750", "2031/32")),
    ),
    Case(
        "those who receive, by names that no list knows",
        "Summary\n\nIn 2031/32 the Ministry of Justice funds victims' services through the PCC.\n\n"
        "- Tidewell will receive £22,000 to counsel adults\n- GLOW! received £9,500 for work in schools\n"
        "- Mending the Net received £4,250, and CK Reach received £3,100\n",
        (
            (PCC, "Tidewell", "22000", "2031/32"),
            (PCC, "GLOW!", "9500", "2031/32"),
            (PCC, "Mending the Net", "4250", "2031/32"),
            (PCC, "CK Reach", "3100", "2031/32"),
        ),
    ),
    Case(
        "two who receive one sum together, and several who are not named",
        "Summary\n\nIn 2031/32 the Oak House and Fen Lodge Project will receive £6,400.20 to jointly run "
        "workshops.\n\n"
        "The Home Office awarded money for the year and each local authority was awarded £50,000 for patrols.\n",
        (
            (PCC, "?Oak House and Fen Lodge Project", "6400.20", "2031/32"),
            (HO, "?each local authority", "50000", "2031/32"),
        ),
    ),
    Case(
        "sums that are nobody's award",
        "Summary\n\nThe PCC awards £8,000 to Tern Youth Trust in 2031/32.\n\nBackground\n\n"
        "The fund supports community organisations with funding of up to £20,000 for small projects.\n\n"
        "The office received 41 bids, valued at £1.15m.\n\n"
        "The Commissioner agreed the budget requirement for 2031/32 of £212.5 million and a council tax of "
        "£14 more.\n\n"
        "There is a balance of £75,385 remaining for later rounds.\n\n"
        "Domestic abuse is thought to cost society £66 billion a year.\n\n"
        "The Commissioner has made available £300,000 of funding for local groups.\n\n"
        "Grants of between £500 and £2,500 could be asked for.\n\n"
        "The salary for the post is £35,000 to £40,000.\n",
        ((PCC, "Tern Youth Trust", "8000", "2031/32"),),
    ),
    Case(
        "a national pot is none of the area's",
        "Summary\n\nIn 2031 the Home Office opened a third round of £20m for prevention by commissioners in "
        "England and "
        "Wales. The Home Office awarded Norfolk PCC £310,000 for 2031/32.\n",
        ((HO, PCC, "310000", "2031/32"),),
    ),
    Case(
        "grants accepted from one giver, each for another place",
        "Recommendation\n\n1. Accept grant of £301,500 for Breckland and £424,400 for Norwich from the Home "
        "Office in 2031/32.\n"
        "2. Accept the confirmed Core and General Grants of £90,000 and £60,000 from the Ministry of Justice "
        "in 2031/32.\n",
        (
            (HO, PCC, "301500", "2031/32"),
            (HO, PCC, "424400", "2031/32"),
            (MOJ, PCC, "60000", "2031/32"),
            (MOJ, PCC, "90000", "2031/32"),
        ),
    ),
    Case(
        "a crime reduction grant is no reduction",
        "Recommendation\n\n1. Approve a Crime and Disorder Reduction Grant of £40,500 to Tern Youth Trust in "
        "2031/32.\n",
        ((PCC, "Tern Youth Trust", "40500", "2031/32"),),
    ),
    Case(
        "a network whose name begins with the county",
        "Recommendation\n\n1. Award £70,100 to the Norfolk Stronger Together Villages VCSE network in 2031/32.\n",
        ((PCC, "Norfolk Stronger Together Villages VCSE network", "70100", "2031/32"),),
    ),
    Case(
        "years printed without a space, and a sum for each of two",
        "Recommendation\n\n1. Award Tern Youth Trust £1,482 in FY2031-32 and £1,536 in each of FY2032-33 and "
        "FY2033-34.\n",
        (
            (PCC, "Tern Youth Trust", "1482", "2031/32"),
            (PCC, "Tern Youth Trust", "1536", "2032/33"),
            (PCC, "Tern Youth Trust", "1536", "2033/34"),
        ),
    ),
    Case(
        "the price of a service, and whom the decision funds for it",
        "Summary\n\nIt is proposed that the PCC grant funds Old Mill Workshop to keep a dedicated officer. "
        "The cost of this service is £41,092 per annum for 2 years from 1 May 2031 until 31 March 2033.\n",
        ((PCC, "Old Mill Workshop", "41092", "2031/32"), (PCC, "Old Mill Workshop", "41092", "2032/33")),
    ),
    Case(
        "a contract's value in one place, its winner in another",
        "Summary\n\nThe contract is for two years from 1 May 2031, at a total value of up to £750,000.\n\n"
        "Recommendation\n\nTo award the contract to Victim Support.\n",
        ((PCC, "Victim Support", "750000", "2031/32+2032/33+2033/34"),),
    ),
    Case(
        "those who run services at a cost, and things with a price in a list",
        "Summary\n\nIn 2031/32 this was paid:\n\n- Harrow Gate ran the service in Norfolk at a cost of "
        "£77,550 whilst "
        "Ludham provided the service in Norwich at a cost of £24,000.\n- Our new network of counsellors cost "
        "£28,442.\n",
        ((PCC, "", "28442", "2031/32"), (PCC, "Harrow Gate", "77550", "2031/32"), (PCC, "Ludham", "24000", "2031/32")),
    ),
    Case(
        "a sum for each of two, so many grants to one, and one sum shared by two",
        "Recommendation\n\n1. Award £10,000 each to Breckland Council and Norwich City Council in 2031/32.\n"
        "2. Approve 2 grants of £3,000 each to the Safer Quays Network in 2031/32.\n"
        "3. Award £5,000 to the For Robin Foundation and Tern Youth Trust in 2031/32.\n",
        (
            (PCC, "?For Robin Foundation and Tern Youth Trust", "5000", "2031/32"),
            (PCC, "Breckland District Council", "10000", "2031/32"),
            (PCC, "Norwich City Council", "10000", "2031/32"),
            (PCC, "Safer Quays Network", "3000", "2031/32"),
            (PCC, "Safer Quays Network", "3000", "2031/32"),
        ),
    ),
    Case(
        "match money of the body beside an award, and yearly parts of the award",
        "Summary\n\nThe Home Office award of £0.600m for 2031/32 and 2032/33 needs an additional £0.075m of "
        "match funding "
        "in each year from the PCC.\n\nThe OPCC submitted a bid, and was notified that it had been "
        "successful and would be "
        "awarded £0.300m per year in 2031/32 and 2032/33, to be matched by £0.075m in each year from PCC funds.\n",
        (
            (HO, PCC, "300000", "2031/32"),
            (HO, PCC, "300000", "2032/33"),
            (PCC, "", "75000", "2031/32"),
            (PCC, "", "75000", "2032/33"),
        ),
        title="Work with perpetrators",
    ),
    Case(
        "a price with its maximum, training bought from a body, money carried on, and a new total",
        "Recommendation\n\n1. Contract Rowan Works as manager for 2031/32 (£55,117; maximum £170,376).\n"
        "2. Approve £20,000 so that officers can get external counselling from the Counselling Foundation in "
        "2031/32.\n"
        "3. Accept £11,750 from the Ministry of Justice for 2031/32 and carry it forward into 2032/33.\n"
        "4. Award a further £1,000 to Refuge in 2031/32, bringing the grant to £9,400.\n",
        (
            (PCC, "Rowan Works", "55117", "2031/32"),
            (PCC, "Counselling Foundation", "20000", "2031/32"),
            (MOJ, PCC, "11750", "2031/32"),
            (PCC, "Refuge", "1000", "2031/32"),
        ),
    ),
    Case(
        "a local body's name ends before what it is paid for, and a budget open to bids is no award",
        "Summary\n\nIn 2031/32 these budgets were made available to bid for:\n\n- £310,000 in the General "
        "Grants Scheme\n\n"
        "Recommendation\n\nThe Commissioner awards:\n\n- £4,150 to Breckland Neighbourhood Watch for Shared "
        "Streets in "
        "2031/32\n",
        ((PCC, "Breckland Neighbourhood Watch", "4150", "2031/32"),),
    ),
    Case(
        "a term longer than the years named leaves them open, an end named cuts them off",
        "Background\n\nFor 2031/32, 2032/33 and 2033/34 the fund is £900,000.\n\nRecommendation\n\n"
        "1. Award £4,900 over four years to Refuge.\n2. Award £5,100 to Victim Support to extend its work to "
        "30 September 2032.\n",
        ((PCC, "Refuge", "4900", ""), (PCC, "Victim Support", "5100", "2031/32+2032/33")),
        title="Grants",
    ),
    Case(
        "an adverb that opens a recommendation is nobody's name",
        "Recommendation\n\n1. Formally accept funding totalling £52,100 from the Home Office in 2031/32.\n"
        "2. Formally award £4,300 to Refuge in 2031/32.\n",
        ((HO, PCC, "52100", "2031/32"), (PCC, "Refuge", "4300", "2031/32")),
    ),
    Case(
        "a proposal from the body, a sum of last year, and a sum per group",
        "Summary\n\nFollowing a further proposal from the OPCC, the Home Office awarded grant funding of "
        "£46,000 for "
        "2031/32.\n\nThe PCC will allocate £35,000 to Refuge in 2031/32. This compares to a £30,000 "
        "allocation last year. "
        "Support to groups is £12,000 in 2031/32 (£3,000 per group).\n",
        ((HO, PCC, "46000", "2031/32"), (PCC, "Refuge", "35000", "2031/32")),
    ),
    Case(
        "two tranches of one sum, and a sum received on another's behalf",
        "Summary\n\nThe Home Office awarded Norfolk PCC £90,300. The first tranche for 2031/32 is £55,600 "
        "and the second "
        "tranche in 2032/33 will be £34,700.\n\nRecommendation\n\n"
        "1. Allocate the £55,600 received on behalf of Breckland Council to the council in 2031/32.\n",
        (
            (HO, PCC, "34700", "2032/33"),
            (HO, PCC, "55600", "2031/32"),
            (PCC, "Breckland District Council", "55600", "2031/32"),
        ),
        title="Safer streets",
    ),
)


@pytest.fixture(scope="module")
def names() -> NameIndex:
    return NameIndex(load_registry(PROJECT / "data" / "registry"))


def record_of(case: Case, names: NameIndex) -> Record:
    return extract_record(read_bytes((HEAD.format(title=case.title) + case.text).encode(), "case.txt"), names)


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_counted_sums_are_those_of_the_text(case: Case, names: NameIndex) -> None:
    uncounted = {"context", "unsuccessful", "superseded"}
    found = sorted(
        (
            flow.funder.name if flow.funder else "",
            flow.recipient.name if flow.recipient else f"?{flow.recipient_words}" if flow.recipient_words else "",
            flow.amount,
            "+".join(flow.years),
        )
        for flow in record_of(case, names).flows
        if flow.status.value not in uncounted
    )
    wanted = sorted(case.flows, key=lambda flow: (flow[0], flow[1], float(flow[2]), flow[3]))
    assert len(found) == len(wanted), found
    for flow, (funder, recipient, amount, years) in zip(found, wanted, strict=True):
        assert (flow[0], float(flow[2]), flow[3]) == (funder, float(amount), years), found
        assert flow[1].startswith(recipient) if recipient.startswith("?") else flow[1] == recipient, found


def test_entries_of_a_register_keep_their_own_years_and_programmes(names: NameIndex) -> None:
    text = (
        f"{PCC}\n\nDecision Ref:\n\n2031/22\n\nIssue:\n\nHarbour station works\n\nDecision:\n\n"
        "I have agreed to works at the harbour station at a cost of £71,300.\n\n"
        "Decision Ref:\n\n2031/21\n\nIssue:\n\nProject Lantern in 2032/33\n\nDecision:\n\n"
        "I have agreed to award £4,200 to Refuge for Project Lantern in 2032/33.\n"
    )
    flows = extract_record(read_bytes(text.encode(), "register.txt"), names).flows
    said = {(int(flow.amount), flow.years, tuple(one.name for one in flow.programmes)) for flow in flows}
    assert said == {(71300, (), ()), (4200, ("2032/33",), ("Project Lantern",))}


@pytest.mark.parametrize(
    ("text", "title", "programmes"),
    [
        (
            "Approve £350,000 for the Harbour Meeting Place Pilot in 2031/32.",
            "Youth work",
            {"Harbour Meeting Place Pilot"},
        ),
        ("Approve £20,000 for Project Lantern in 2031/32.", "Two projects", {"Project Lantern"}),
        ("Award Refuge £5,000 to deliver the Quiet Doors programme in 2031/32.", "Grants", {"Quiet Doors"}),
        (
            "Award Refuge £5,000 for the IDVA Beacon Pilot in 2031/32.",
            "Independent Adviser (IDVA) Beacon Pilot",
            {"Independent Adviser Beacon Pilot"},
        ),
        ("Award Refuge £5,000 for the Youth Offending Service in 2031/32.", "Funding", set()),
        (
            "Award Refuge £5,000 for the victims' support services in 2031/32.",
            "Commissioner's Grants Scheme 2031-32",
            set(),
        ),
    ],
    ids=["capital kind", "prefix", "small kind", "short form of the title's", "general name", "general title"],
)
def test_programmes_are_those_with_a_name(text: str, title: str, programmes: set[str], names: NameIndex) -> None:
    case = Case("", f"Recommendation\n\n1. {text}\n", (), title=title)
    assert {one.name for flow in record_of(case, names).flows for one in flow.programmes} == programmes


@pytest.mark.parametrize(
    ("text", "title", "body", "signed"),
    [
        (
            "Key information\nReference code: PCD 2091\nDate signed:\nDate published:\nPCD 2091 Grants for "
            "Lanterns\n"
            "PCD 2091 Grants for Lanterns\nOn 4 May the DMPC was told that the work goes on in London, and that "
            "it is paid for.\n",
            "Grants for Lanterns",
            "Mayor's Office for Policing and Crime",
            None,
        ),
        (
            "Lantern grants 2031-2\n\nReport reference number:\n\n040-31\n\nTitle of report:\n\nLantern grants "
            "2031-2\n\n"
            "1. Purpose of Report\n\n1.1. To approve grants of the PFCC's fund in Essex.\n\n2. Background to the "
            "Work\n\n"
            "2.1. The PFCC met the Essex Lantern Board.\n\nChief Executive / M.O. Sign: A. Other\n\nDate: 3 "
            "March 2031\n\n"
            "I agree the recommendations to this report;\n\nSign: B. Else\n\nPFCC\n\nDate signed: 5 March 2031\n",
            "Lantern grants 2031-2",
            "Police, Fire and Crime Commissioner for Essex",
            "2031-03-05",
        ),
        (
            "ORIGINATOR: | Officer | REFERENCE: | OPCC.D.032.31 |\nTITLE: | Lanterns of Kent |\n\n"
            "The PCC serves Kent. The PCC approves.\n\nDate of decision: 6 March 2031\n",
            "Lanterns of Kent",
            "Police and Crime Commissioner for Kent",
            "2031-03-06",
        ),
    ],
    ids=["lost head, empty dates, a title twice", "report with an officer's signature", "head in bars"],
)
def test_heads_of_pages_are_read(text: str, title: str, body: str, signed: str | None, names: NameIndex) -> None:
    decision = extract_record(read_bytes(text.encode(), "case.txt"), names).decision
    said = decision.body.name if decision.body else None
    assert (decision.title, said, decision.signed) == (title, body, signed)
