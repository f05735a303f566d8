"""A document under review as display text: sums and awards in the order of what is at stake, and what is in doubt."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.components.html import unmarked
from app.components.sums import slot_html, sum_html
from app.viewmodels.intake import PendingView, choices_of, draft, pending_view, said_of
from graph.corrections.correction import CorrectionRefused, CorrectionSet, Field, NamedEntity
from graph.model import Band, Record
from graph.settings import Settings
from ingest.document import Document
from ingest.intake import Pending
from ingest.review import Review
from ingest.work import Outcome, Reading, Task
from tests.app.view_fixtures import HOSTILE
from tests.builders import COUNCIL, MAYOR, make_award, make_doubt, make_evidence, make_flow, make_record, organisation

DOUBT = make_doubt("recipient", "Ashford Council", 0.6, ("Ashford Council", 0.6), ("Mayor of Ashford", 0.3), ("", 0.05))
RECORD = make_record(
    make_flow("sure"),
    make_flow("small", amount="5.00", band=Band.CHECK, years=()),
    make_flow("large", amount="700.00", band=Band.LIKELY, doubts=[DOUBT], programmes=(), purpose="a warm room"),
    awards=[make_award("bare", band=Band.CHECK)],
)


def viewed(record: Record, review: Review | None = None) -> PendingView:
    task = Task(Path(record.document), record.document, Settings())
    pending = Pending(record.document, b"", Outcome(task, Reading(Document(record.document, "md", "", "", ()), record)))
    made = review.choices_in(record) if review else []
    names = tuple(NamedEntity(each.name, each) for each in (COUNCIL, MAYOR))
    chosen = {key: parts for (_, key), parts in review.chosen.items()} if review else {}
    return pending_view(pending, record, CorrectionSet(tuple(made), names), chosen)


def test_what_is_not_sure_comes_first_the_most_money_before() -> None:
    view = viewed(RECORD)
    assert [(each.label, each.title, each.band) for each in view.sums] == [
        ("Sum 1", "£700 to Ashford Council", "Likely right"),
        ("Sum 2", "£5 to Ashford Council", "To be checked"),
        ("Award 1", "Ashford Council, no sum printed", "To be checked"),
        ("Sum 3", "£1,000 to Ashford Council", "Sure"),
    ]
    assert view.summary.startswith("3 sums of money, 1 award without a sum")
    assert ("Not sure", "£705 of the money in it") in view.facts
    assert [key for key, _ in choices_of(RECORD)] == ["large", "small", "award/bare", "sure"]


def test_a_doubtful_part_has_its_runner_up_as_one_button() -> None:
    large, small = viewed(RECORD).sums[:2]
    (slot,) = large.slots
    assert slot.said == "Who receives it: Ashford Council, right about 6 times in 10"
    assert [(other.value, other.button, other.said) for other in slot.others] == [
        ("Mayor of Ashford", "Use Mayor of Ashford instead", "Mayor of Ashford (about 3 in 10)"),
        ("", "Leave it open instead", "nobody named (less than 1 in 10)"),
    ]
    assert small.doubts == ("no financial year is stated",)
    assert "a warm room" in large.about and "No programme named" not in large.about


def test_a_choice_shows_in_the_sum() -> None:
    review = Review()
    review.choose(RECORD.document, "large", "recipient", "Mayor of Ashford")
    large = viewed(RECORD, review).sums[0]
    assert (large.title, large.band, large.slots[0].chosen) == ("£700 to Mayor of Ashford", "Sure", "Mayor of Ashford")
    assert large.corrected == "Corrected; read as £700 to Ashford Council"
    assert "You chose: Mayor of Ashford." in slot_html(large.slots[0])
    review.choose(RECORD.document, "large", "recipient", "Ashford Council")
    assert viewed(RECORD, review).sums[0].corrected == "Said to be right as it was read"


def test_an_award_is_set_right_with_the_same_form_and_has_no_amount() -> None:
    made = draft(RECORD, "award/bare", Field.RECIPIENT, "Mayor of Ashford", who="A. Reader", why="the annex")
    assert made.flow is not None and made.flow.is_award
    assert said_of(made) == "Ashford Council: Recipient: Ashford Council → Mayor of Ashford. the annex"
    with pytest.raises(CorrectionRefused, match="it has no amount to set"):
        draft(RECORD, "award/bare", Field.AMOUNT, "5", who="A. Reader", why="the annex")


def test_names_of_markup_stay_text_in_sums_and_doubts() -> None:
    hostile = organisation(HOSTILE, id="hostile")
    flow = make_flow(
        recipient=hostile, band=Band.CHECK, purpose=HOSTILE, evidence=[make_evidence(HOSTILE)],
        doubts=[make_doubt("recipient", HOSTILE, 0.5, (f"{HOSTILE} two", 0.4))],
    )  # fmt: skip
    (view,) = viewed(make_record(flow)).sums
    assert "<img" not in sum_html(view, accepted=True) + slot_html(view.slots[0])


@pytest.mark.parametrize(
    ("words", "shown"),
    [("Women's Aid", "Women's Aid"), ("A *B* [c](d)", r"A \*B\* \[c\]\(d\)"), (":red[x] $1$", r"\:red\[x\] \$1\$")],
)
def test_words_on_a_button_are_no_markdown(words: str, shown: str) -> None:
    assert unmarked(words) == shown
