"""Corrections applied to records: what they change, what they leave, and that twice is once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graph.corrections.corrected import State, apply_corrections, entities_of
from graph.corrections.correction import (
    Action,
    Change,
    Correction,
    CorrectionSet,
    Field,
    FlowKey,
    NamedEntity,
    in_force,
    next_id,
)
from graph.corrections.flows import key_of
from graph.corrections.names import resolved
from graph.corrections.values import change_of
from graph.model import (
    Band,
    EntityKind,
    FlowKind,
    FlowLink,
    FlowRelation,
    FlowStatus,
    NewName,
    Record,
    Relation,
    RelationKind,
)
from graph.names.index import NameIndex
from graph.registry import load_registry
from graph.settings import Settings
from tests.builders import (
    ASHFORD,
    COUNCIL,
    MAYOR,
    TREASURY,
    make_award,
    make_doubt,
    make_evidence,
    make_flow,
    make_record,
    make_total,
    organisation,
    programme,
)

HELPERS = organisation("Ashford Helpers", verified=False)
SET = CorrectionSet


def correction(id: str, action: Action, **given: object) -> Correction:
    return replace(Correction(id, action, "A. Reader", "2025-01-31", "the annex says so"), **given)  # type: ignore[arg-type]


def setting(id: str, record: Record, field: Field, *values: str, flow: int = 0) -> Correction:
    return correction(
        id, Action.FLOW, flow=key_of(record, record.flows[flow]), changes=(change_of(field, values),)
    )  # fmt: skip


def with_names(*corrections: Correction, entities: tuple[object, ...] = (COUNCIL, HELPERS, MAYOR, TREASURY)) -> SET:
    return SET(corrections, tuple(NamedEntity(each.name, each) for each in entities))  # type: ignore[attr-defined]


RECORD = make_record(make_flow("a"), make_flow("b", amount="2000.00"))


def test_a_corrected_value_replaces_what_was_read_and_the_words_stay() -> None:
    corrected = apply_corrections([RECORD], with_names(setting("c1", RECORD, Field.RECIPIENT, "Ashford Helpers")))
    flow = corrected.records[0].flows[0]
    assert flow.recipient == HELPERS
    assert flow.evidence == RECORD.flows[0].evidence
    assert corrected.records[0].flows[1] is RECORD.flows[1]
    assert [outcome.state for outcome in corrected.outcomes] == [State.APPLIED]


@pytest.mark.parametrize(
    ("field", "written", "value"),
    [
        (Field.AMOUNT, ["£1.2m"], Decimal("1200000.00")),
        (Field.YEARS, ["2018/19-2019/20"], ("2018/19", "2019/20")),
        (Field.YEARS, [], ()),
        (Field.RECIPIENT, [], None),
        (Field.KIND, ["own-cost"], FlowKind.OWN_COST),
        (Field.STATUS, ["Proposed"], FlowStatus.PROPOSED),
        (Field.FUNDER, ["Mayor of Ashford"], MAYOR),
    ],
)
def test_every_field_can_be_set(field: Field, written: list[str], value: object) -> None:
    flow = apply_corrections([RECORD], with_names(setting("c1", RECORD, field, *written))).records[0].flows[0]
    assert getattr(flow, field.value) == value


def test_what_a_person_set_right_is_sure_and_nothing_of_it_is_in_doubt() -> None:
    record = make_record(make_flow(band=Band.CHECK, doubts=[make_doubt()], confidence=0.4), make_flow("b"))
    flow = apply_corrections([record], with_names(setting("c1", record, Field.RECIPIENT, "Ashford Helpers")))
    corrected = flow.records[0].flows[0]
    assert (corrected.band, corrected.doubts, corrected.confidence) == (Band.SURE, (), 1.0)


def test_a_sum_of_which_another_part_is_in_doubt_is_not_sure_once_one_is_set_right() -> None:
    doubts = [make_doubt(), replace(make_doubt(), slot="year")]
    record = make_record(make_flow(band=Band.CHECK, doubts=doubts, confidence=0.4))
    after = apply_corrections([record], with_names(setting("c1", record, Field.RECIPIENT, "Ashford Helpers")))
    flow = after.records[0].flows[0]
    assert (flow.band, [doubt.slot for doubt in flow.doubts], flow.confidence) == (Band.CHECK, ["year"], 0.4)


def test_a_value_said_to_be_right_as_it_was_read_is_sure() -> None:
    record = make_record(make_flow(band=Band.CHECK, doubts=[make_doubt()]))
    after = apply_corrections([record], with_names(setting("c1", record, Field.RECIPIENT, "Ashford Council")))
    flow = after.records[0].flows[0]
    assert (flow.recipient, flow.band, flow.doubts) == (COUNCIL, Band.SURE, ())


def of_award(id: str, record: Record, field: Field, *values: str) -> Correction:
    return correction(id, Action.FLOW, flow=key_of(record, record.awards[0]), changes=(change_of(field, values),))


def test_an_award_without_a_sum_is_set_right_and_taken_out() -> None:
    record = make_record(awards=[make_award(band=Band.CHECK, doubts=[make_doubt()]), make_award("b")])
    set_right = apply_corrections([record], with_names(of_award("c1", record, Field.RECIPIENT, "Ashford Helpers")))
    award = set_right.records[0].awards[0]
    assert (award.recipient, award.band, award.doubts) == (HELPERS, Band.SURE, ())
    assert set_right.records[0].awards[1] is record.awards[1]
    gone = correction("c1", Action.WITHDRAW, flow=key_of(record, record.awards[0]))
    assert [each.id for each in apply_corrections([record], SET((gone,))).records[0].awards] == ["b"]


def test_an_award_has_no_amount_to_be_set() -> None:
    record = make_record(awards=[make_award()])
    (outcome,) = apply_corrections([record], SET((of_award("c1", record, Field.AMOUNT, "5"),))).outcomes
    assert (outcome.state, "its sum is not printed" in outcome.reason) == (State.LOST, True)


def test_an_award_is_found_again_by_recipient_years_and_place() -> None:
    old = make_record(awards=[make_award("old"), make_award("beside", recipient=MAYOR)])
    new = make_record(awards=[make_award("beside", recipient=MAYOR), make_award("new")])
    fix = of_award("c1", old, Field.RECIPIENT, "Ashford Helpers")
    after = apply_corrections([new], with_names(fix))
    assert [each.recipient for each in after.records[0].awards] == [MAYOR, HELPERS]
    twice = make_record(awards=[make_award("one"), make_award("two")])
    assert apply_corrections([twice], with_names(fix)).outcomes[0].state is State.LOST


def test_a_merge_reaches_awards() -> None:
    merge = correction("c1", Action.MERGE, name="Ashford Helpers", into="Ashford Council")
    record = make_record(awards=[make_award(recipient=HELPERS)])
    assert apply_corrections([record], with_names(merge)).records[0].awards[0].recipient == COUNCIL


@pytest.mark.parametrize(
    ("field", "written"),
    [
        (Field.AMOUNT, ["lots"]), (Field.AMOUNT, []), (Field.AMOUNT, ["-5"]), (Field.AMOUNT, ["1" * 40]),
        (Field.YEARS, ["21/20"]), (Field.KIND, ["gift"]), (Field.STATUS, ["approved", "proposed"]),
        (Field.RECIPIENT, ["A", "B"]), (Field.RECIPIENT, ["x" * 201]),
    ],
)  # fmt: skip
def test_what_is_no_value_is_refused(field: Field, written: list[str]) -> None:
    with pytest.raises(ValueError):
        change_of(field, written)


def test_a_withdrawn_flow_goes_with_what_was_said_of_it() -> None:
    record = replace(
        RECORD,
        flow_relations=(FlowRelation("a", FlowLink.PART_OF, "b"),),
        totals=(make_total(parts=("a", "b")),),
    )
    gone = correction("c1", Action.WITHDRAW, flow=key_of(record, record.flows[0]))
    after = apply_corrections([record], SET((gone,))).records[0]
    assert [flow.id for flow in after.flows] == ["b"]
    assert after.flow_relations == ()
    assert after.totals[0].parts == ("b",)


def test_a_merge_reaches_every_mention() -> None:
    record = replace(
        make_record(make_flow(recipient=HELPERS), relations=[Relation(HELPERS, RelationKind.LEADS, ASHFORD, ())]),
        new_names=(NewName(HELPERS, "words", "3.1"),),
    )
    merge = correction("c1", Action.MERGE, name="Ashford Helpers", into="Ashford Council")
    after = apply_corrections([record], with_names(merge)).records[0]
    assert after.flows[0].recipient == COUNCIL
    assert after.relations[0].subject == COUNCIL
    assert after.new_names == ()


def test_merges_chain_and_the_later_of_two_opposite_ones_wins() -> None:
    record = make_record(make_flow(funder=TREASURY, recipient=HELPERS))
    chain = (
        correction("c1", Action.MERGE, name="Ashford Helpers", into="Ashford Council"),
        correction("c2", Action.MERGE, name="Ashford Council", into="Mayor of Ashford"),
    )
    assert apply_corrections([record], with_names(*chain)).records[0].flows[0].recipient == MAYOR
    back = correction("c3", Action.MERGE, name="Mayor of Ashford", into="Ashford Helpers")
    assert apply_corrections([record], with_names(*chain, back)).records[0].flows[0].recipient == HELPERS


def test_a_name_is_put_right_and_verified() -> None:
    record = make_record(make_flow(recipient=HELPERS))
    naming = correction("c1", Action.NAME, name="Ashford Helpers", into="Ashford Helpers CIO", verified=True)
    recipient = apply_corrections([record], with_names(naming)).records[0].flows[0].recipient
    assert recipient == replace(HELPERS, name="Ashford Helpers CIO", verified=True)


def test_a_flow_with_a_new_id_is_found_by_amount_years_and_place() -> None:
    wanted = setting("c1", RECORD, Field.RECIPIENT, "Ashford Helpers")
    read_anew = make_record(make_flow("new", recipient=None), make_flow("b", amount="2000.00"))
    corrected = apply_corrections([read_anew], with_names(wanted))
    assert corrected.records[0].flows[0].recipient == HELPERS
    assert corrected.outcomes[0].flow == "new"


def test_a_flow_whose_paragraph_moved_is_found_where_figure_and_years_are_its_own() -> None:
    wanted = setting("c1", RECORD, Field.RECIPIENT, "Ashford Helpers")
    moved = make_flow("new", evidence=[make_evidence(locator="2.7")])
    assert apply_corrections([make_record(moved)], with_names(wanted)).records[0].flows[0].recipient == HELPERS


def test_of_two_flows_alike_none_is_guessed() -> None:
    wanted = setting("c1", RECORD, Field.RECIPIENT, "Ashford Helpers")
    alike = make_record(make_flow("x"), make_flow("y"))
    corrected = apply_corrections([alike], with_names(wanted))
    assert corrected.records[0] is alike
    assert corrected.lost[0].reason.startswith("pcd-1.md: 2 flows of £1,000 (2023/24)")


def test_a_correction_that_finds_nothing_is_reported_and_one_without_its_document_waits() -> None:
    wanted = setting("c1", RECORD, Field.AMOUNT, "5")
    other = make_record(make_flow("z", amount="77.00"))
    assert apply_corrections([other], with_names(wanted)).lost[0].id == "c1"
    assert [each.state for each in apply_corrections([], with_names(wanted)).outcomes] == [State.WAITING]


def test_a_merge_of_a_name_that_nothing_names_is_reported() -> None:
    merge = correction("c1", Action.MERGE, name="Nobody", into="Ashford Council")
    assert apply_corrections([RECORD], with_names(merge)).lost[0].id == "c1"


def test_an_undo_can_be_undone() -> None:
    first = setting("c1", RECORD, Field.AMOUNT, "5")
    undo = correction("c2", Action.UNDO, undoes="c1")
    again = correction("c3", Action.UNDO, undoes="c2")
    assert in_force([first]) == (first,)
    assert in_force([first, undo]) == ()
    assert in_force([first, undo, again]) == (first,)


def test_ids_go_on_from_the_highest() -> None:
    assert next_id([]) == "c1"
    assert next_id([correction("c7", Action.NOTE), correction("mine", Action.NOTE)]) == "c8"


def test_a_note_changes_nothing() -> None:
    note = correction("c1", Action.NOTE, flow=FlowKey(RECORD.document))
    corrected = apply_corrections([RECORD], SET((note,)))
    assert corrected.records[0] is RECORD
    assert corrected.outcomes[0].state is State.APPLIED


CHANGES = st.sampled_from(
    [
        Change(Field.RECIPIENT, ("Ashford Helpers",)), Change(Field.RECIPIENT, ()), Change(Field.AMOUNT, ("5.00",)),
        Change(Field.FUNDER, ("Mayor of Ashford",)), Change(Field.YEARS, ("2024/25",)), Change(Field.KIND, ("match",)),
    ]
)  # fmt: skip
OF_FLOWS = st.builds(
    lambda flow, changes: ("flow", flow, changes),
    st.sampled_from(["a", "b"]),
    st.lists(CHANGES, min_size=1, max_size=3),
)
NAMES = st.sampled_from(["Ashford Council", "Ashford Helpers", "Mayor of Ashford", "Treasury Office"])
OTHERS = st.one_of(
    st.builds(lambda flow: ("withdraw", flow, ()), st.sampled_from(["a", "b"])),
    st.builds(lambda one, other: ("merge", one, other), NAMES, NAMES).filter(lambda made: made[1] != made[2]),
    st.builds(lambda name: ("name", name, "Right Name"), NAMES),
)


def made(wishes: list[tuple[str, str, object]]) -> SET:
    done = []
    for number, (action, first, second) in enumerate(wishes, 1):
        flow = next((each for each in RECORD.flows if each.id == first), None)
        done.append(
            correction(
                f"c{number}",
                Action(action),
                flow=key_of(RECORD, flow) if flow else None,
                changes=tuple(second) if action == "flow" else (),  # type: ignore[arg-type]
                name="" if flow else first,
                into=second if isinstance(second, str) else "",
            )
        )
    return with_names(*done)


@given(st.lists(st.one_of(OF_FLOWS, OTHERS), max_size=6))
def test_applied_twice_is_applied_once(wishes: list[tuple[str, str, object]]) -> None:
    """Corrections are applied to what was read. A sum set to that of a withdrawn one would be taken for it later."""
    corrections = made(wishes)
    sets_sums = any(change.field is Field.AMOUNT for each in corrections.corrections for change in each.changes)
    assume(not (sets_sums and any(each.action is Action.WITHDRAW for each in corrections.corrections)))
    once = apply_corrections([RECORD], corrections).records
    assert apply_corrections(once, corrections).records == once


@given(st.lists(st.one_of(OF_FLOWS, OTHERS), max_size=6))
def test_undoing_all_restores_what_was_read(wishes: list[tuple[str, str, object]]) -> None:
    corrections = made(wishes)
    undos = [correction(f"u{each.id}", Action.UNDO, undoes=each.id) for each in corrections.corrections]
    after = apply_corrections([RECORD], replace(corrections, corrections=(*corrections.corrections, *undos)))
    assert after.records == (RECORD,)
    assert after.records[0] is RECORD


def test_names_mean_what_documents_name_then_the_registry_then_something_new() -> None:
    names = NameIndex(load_registry(Settings().data / "registry"))
    record = make_record(make_flow(recipient=HELPERS))
    wishes = [
        setting("c1", record, Field.RECIPIENT, "ashford helpers"),
        setting("c2", record, Field.FUNDER, "Home Office"),
        setting("c3", record, Field.PROGRAMMES, "Quite New Scheme"),
    ]
    known = resolved(wishes, entities_of(record), names)
    assert known.entity("ashford helpers", EntityKind.ORGANISATION) == HELPERS
    assert known.entity("Home Office", EntityKind.ORGANISATION) == names.registry.get_entity("home-office")
    scheme = known.entity("Quite New Scheme", EntityKind.PROGRAMME)
    assert scheme is not None and not scheme.verified and scheme != programme("Quite New Scheme")
