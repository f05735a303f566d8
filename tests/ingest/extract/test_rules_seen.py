"""What sentences, lists and tables of forms seen in published decisions say about money: one table of cases."""

from dataclasses import dataclass

import pytest

from graph.model import Record
from graph.names import NameIndex
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
        "Grants of between £500 and £2,500 could be asked for.\n",
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
