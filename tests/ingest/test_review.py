"""What a person chooses in a review becomes corrections; what is not sure comes first."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.corrections.corrected import correct_record
from graph.corrections.correction import Action, Change, CorrectionRefused, CorrectionSet, Field, NamedEntity
from graph.model import Award, Band, FundingFlow, Record
from graph.settings import Settings
from ingest.document import Document
from ingest.intake import Pending
from ingest.review import Review, by_stake
from ingest.work import Outcome, Reading, Task
from tests.builders import COUNCIL, MAYOR, make_award, make_doubt, make_flow, make_record

DOUBT = make_doubt("recipient", "Ashford Council", 0.6, ("Mayor of Ashford", 0.3))
RECORD = make_record(
    make_flow("a", band=Band.CHECK, doubts=[DOUBT]),
    make_flow("b"),
    awards=[make_award("a", band=Band.CHECK, doubts=[DOUBT, make_doubt("year", "2023/24", 0.5, ("2022/23", 0.4))])],
)
NAMES = tuple(NamedEntity(each.name, each) for each in (COUNCIL, MAYOR))


def pending(record: Record = RECORD) -> Pending:
    task = Task(Path(record.document), record.document, Settings())
    return Pending(record.document, b"", Outcome(task, Reading(Document(record.document, "md", "", "", ()), record)))


def published(review: Review) -> Record:
    """Return the record as it would be published."""
    return correct_record(RECORD, CorrectionSet(review.corrections([pending()]), NAMES))


def reviewed() -> Review:
    return Review(who="A. Reader")


def test_the_runner_up_is_one_choice_and_the_sum_is_sure_then() -> None:
    review = reviewed()
    review.choose(RECORD.document, "a", "recipient", "Mayor of Ashford")
    (made,) = review.corrections([pending()])
    assert (made.changes, made.was) == (
        (Change(Field.RECIPIENT, ("Mayor of Ashford",)),),
        (Change(Field.RECIPIENT, ("Ashford Council",)),),
    )
    flow = published(review).flows[0]
    assert (flow.recipient, flow.band, flow.doubts) == (MAYOR, Band.SURE, ())


def test_what_was_read_is_said_to_be_right() -> None:
    review = reviewed()
    review.choose(RECORD.document, "a", "recipient", "Ashford Council")
    flow: FundingFlow = published(review).flows[0]
    assert (flow.recipient, flow.band) == (COUNCIL, Band.SURE)


def test_two_parts_of_an_award_are_one_correction_of_it() -> None:
    review = reviewed()
    review.choose(RECORD.document, "award/a", "recipient", "Mayor of Ashford")
    review.choose(RECORD.document, "award/a", "year", "2022/23")
    (made,) = review.corrections([pending()])
    assert made.flow is not None and made.flow.is_award
    after = published(review)
    award: Award = after.awards[0]
    assert (award.recipient, award.years, award.band) == (MAYOR, ("2022/23",), Band.SURE)
    assert after.flows == RECORD.flows


def test_a_choice_is_taken_back() -> None:
    review = reviewed()
    review.choose(RECORD.document, "a", "recipient", "Mayor of Ashford")
    review.unchoose(RECORD.document, "a", "recipient")
    review.unchoose(RECORD.document, "a", "recipient")
    assert review.corrections([pending()]) == () and not review.needs_name([pending()])


def test_a_part_is_left_open_where_nobody_is_chosen() -> None:
    review = reviewed()
    review.choose(RECORD.document, "a", "recipient", "")
    assert published(review).flows[0].recipient is None


def test_a_choice_needs_a_name_and_shows_before_it_is_there() -> None:
    review = Review()
    review.choose(RECORD.document, "a", "recipient", "Mayor of Ashford")
    assert review.needs_name([pending()])
    assert len(review.choices_in(RECORD)) == 1
    with pytest.raises(CorrectionRefused, match="write your name"):
        review.corrections([pending()])


def test_an_award_is_left_out_like_a_sum() -> None:
    review = reviewed()
    review.choose(RECORD.document, "award/a", "recipient", "Mayor of Ashford")
    review.set_sum(RECORD.document, "award/a", accepted=False)
    (made,) = review.corrections([pending()])
    assert made.action is Action.WITHDRAW
    after = published(review)
    assert (after.awards, len(after.flows)) == ((), 2)


def test_documents_with_the_most_money_that_is_not_sure_come_first() -> None:
    sure = make_record(make_flow(amount="900000.00"), document="sure.md")
    small = make_record(make_flow(amount="5.00", band=Band.LIKELY), document="small.md")
    large = make_record(make_flow(amount="7000.00", band=Band.CHECK), document="large.md")
    found = by_stake(pending(record) for record in (sure, small, large))
    assert [each.name for each in found] == ["large.md", "small.md", "sure.md"]
