"""Checks as people see them: what was compared, why it matters, and the words on both sides."""

from __future__ import annotations

from app.viewmodels.checks import check_views
from app.viewmodels.decision_list import Choice, chosen, facts
from graph.model import FlowLink
from graph.stated.awards import StatedAward
from graph.stated.checks import contradictions
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow
from tests.app.view_fixtures import graph_of
from tests.builders import MAYOR, WARM_HOMES, make_award, make_evidence, make_flow, make_record

HEADS = {
    name: DecisionHead(f"iri:{name}", name, caption, "Heating", MAYOR, "", signed, "news", "")
    for name, caption, signed in (("news.md", "The news", ""), ("pcd-1.md", "PCD 1", "2023-07-06"))
}


def test_figures_of_two_records_are_shown_with_the_words_of_both() -> None:
    said = make_flow("a", amount="170000.00", evidence=[make_evidence("about £170,000 for heating", locator="2")])
    decided = make_flow("b", amount="190331.00", evidence=[make_evidence("a grant of £190,331", locator="3.1")])
    flows = [
        StatedFlow("iri:a", "news.md", said, ((FlowLink.CONTRADICTS, "iri:b"),)),
        StatedFlow("iri:b", "pcd-1.md", decided),
    ]
    (view,) = check_views(contradictions(flows, HEADS), HEADS, flows)
    assert view.kind == "Two records of the same money"
    assert view.why.startswith("Two records give different figures")
    (here, its_words), (there, other_words) = view.sides
    assert (here, there) == ("Here", "In the other record")
    assert [(quote.words, quote.source) for quote in its_words] == [("about £170,000 for heating", "The news")]
    assert [(quote.words, quote.source) for quote in other_words] == [("a grant of £190,331", "PCD 1")]
    assert other_words[0].href.startswith("decision?document=pcd-1.md")


def test_a_decision_with_awards_alone_is_found_by_their_programme_and_year() -> None:
    award = make_award("x", programmes=(WARM_HOMES,), years=("2024/25",))
    graph = graph_of(make_record(awards=[award]))
    awards = [StatedAward("iri:x", "pcd-1.md", award)]
    known = facts([HEADS["pcd-1.md"]], (), (), graph.ledger, awards)
    assert len(chosen(known, Choice(programme=WARM_HOMES.name, year="2024/25"))) == 1
    assert chosen(known, Choice(year="2023/24")) == ()
    assert known[0].awards == 1 and not known[0].amount
