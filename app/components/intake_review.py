"""Draw a document under review: what was read, its sums to accept or leave out, and a form to correct one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from app import actions
from app.components import cards, html
from app.components.html import unmarked
from app.components.sums import slot_html, sum_html
from app.viewmodels import intake, words
from app.viewmodels.batch import outcome_view
from app.viewmodels.intake import HINT, HINT_OF_A_NAME, KEEP, PendingView, SlotView, SumView, pending_view
from graph.corrections.correction import Correction
from graph.errors import WhofundsError
from graph.model import Record
from graph.settings import Settings
from ingest.batch import Batch
from ingest.correction_sets import named_in, resolved_set
from ingest.doubts import Suggestion
from ingest.intake import Pending
from ingest.review import Review

OPEN = 3  #: documents whose sums are shown at once; those of the others are asked for
MOST_OPEN = 60  #: sums of a document that are shown at once
MOST_SUMS = 200  #: sums of a document that are shown at all: a list has thousands, which no browser draws
MOST_NAMES = 100  #: new names that are shown


def draw_outcome(batch: Batch) -> None:
    """Draw the result of reading a batch: how many documents, and which files cannot be added and why."""
    view = outcome_view(batch)
    cards.card(view.heading, view.text, shade="wf-warning" if view.faults or view.is_partial else "wf-fine")
    if view.is_partial:
        st.button("Read the rest", on_click=actions.on_batch(batch, batch.read_rest), key="add:rest")
    if view.faults:
        heading = f"{words.count(len(view.faults), 'file')} cannot be added"
        cards.card(heading, "\n".join(f"{name}: {fault}" for name, fault in view.faults), shade="wf-bad")


def draw_order() -> None:
    """Draw the heading of the review, with the order of its documents."""
    cards.heading("Look it over")
    cards.note(
        "Documents and sums that are not sure come first, those with the most money before the others. Where a part is "
        "in doubt, choose what is right with one click."
    )


def draw_document(
    pending: Pending,
    review: Review,
    settings: Settings,
    *,
    is_open: bool,
    draw_columns: Callable[[], None] = lambda: None,
) -> None:
    """Draw a document with the controls for its review; what the person decides is stored in the review.

    `draw_columns` draws the columns of a spreadsheet, below what was read from it.
    """
    record = pending.record
    assert record is not None
    drafts = review.drafts_of(pending.name)
    known = resolved_set([*review.choices_in(record), *drafts], named_in([record]), settings)
    chosen = {key: parts for (name, key), parts in review.chosen.items() if name == pending.name}
    view = pending_view(pending, record, known, chosen)
    with st.container(border=True, key=f"add:document:{record.digest[:12]}"):
        _found(pending, view)
        draw_columns()
        if not _box(
            "Publish this document", f"add:accept:{record.digest}", pending.name not in review.documents_out,
            actions.on_review(review, lambda accepted: review.set_document(pending.name, accepted=accepted)),
        ):  # fmt: skip
            cards.note("It is left out and leaves no trace.")
            return
        if not view.sums:
            cards.note("No sums of money were read from this document.")
            return
        if not (is_open and len(view.sums) <= MOST_OPEN) and not st.toggle(
            f"Show what was read of money: {words.count(len(view.sums), 'entry', 'entries')}",
            key=f"add:open:{record.digest}",
        ):
            return
        for each in view.sums[:MOST_SUMS]:
            _sum(pending.name, each, review, record)
        if len(view.sums) > MOST_SUMS:
            left = words.count(len(view.sums) - MOST_SUMS, "more sum")
            cards.note(f"{left} not shown; set them right below, or once they are published, under Corrections.")
        for number, correction in enumerate(drafts, 1):
            note = intake.unknown_names(correction, known)
            _draft(correction, note, number, review, record)
        made = correction_form(record, view.choices, actions.name_of_person() or review.who)
        if made is not None:
            actions.on_review(review, review.drafts.append)(made)
            st.rerun()


def draw_new_names(queue: Sequence[Suggestion], review: Review) -> None:
    """Draw the names that the registry lacks, each to be kept as new or merged with a known one."""
    if not queue:
        return
    cards.heading("New names")
    cards.note("The register does not know these names. Say whether each is new, or another name of something known.")
    if len(queue) > MOST_NAMES:
        left = words.count(len(queue) - MOST_NAMES, "more new name")
        cards.note(f"{left} not shown; each can be put together with a known one under Corrections, once published.")
    for number, each in enumerate(queue[:MOST_NAMES], 1):
        entity = each.new.entity
        words_of = f"<strong>{html.esc(entity.name)}</strong> ({words.THING[entity.kind].lower()})"
        st.html(f'<p class="wf">{words_of} <q>{html.esc(each.new.context[:300])}</q></p>')
        _known_name(number, each, review)


def correction_form(
    record: Record, choices: Sequence[tuple[str, str]], who: str, *, first: str = ""
) -> Correction | None:
    """Draw the form that corrects a sum; return the correction if a valid one was sent, else None.

    Args:
        record: The uncorrected record.
        choices: The keys of its flows and awards, each with its label.
        who: The name to store with the correction.
        first: The key of the flow that is selected at first.
    """
    if not choices:
        return None
    called = dict(choices)
    left, right = st.columns(2)
    flow = left.selectbox(
        "Sum to set right", list(called), list(called).index(first) if first in called else 0,
        format_func=lambda id: called[id], key=f"correct:sum:{record.digest}:{first}",
    )  # fmt: skip
    what = right.selectbox(
        "What is wrong", list(intake.SETTABLE), format_func=lambda each: intake.SETTABLE[each],
        key=f"correct:what:{record.digest}",
    )  # fmt: skip
    with st.form(f"correct:{record.digest}"):
        value = _value(what or "")
        why = st.text_input("Reason", max_chars=300)
        if not st.form_submit_button("Set it right"):
            return None
    try:
        return intake.draft(record, flow or "", what or "", value, who=who, why=why)
    except WhofundsError as error:
        cards.failed("This could not be set", error)
        return None


def _known_name(number: int, suggestion: Suggestion, review: Review) -> None:
    entity = suggestion.new.entity
    key = f"add:name:{entity.kind}:{entity.id}"
    st.session_state[key] = review.same_as.get(entity.id, KEEP)

    def say_same() -> None:
        chosen = st.session_state[key]
        review.set_same(entity, "" if chosen in (None, KEEP) else str(chosen))

    st.selectbox(
        f"What new name {number} stands for",
        list(dict.fromkeys((*intake.same_as_options(suggestion), st.session_state[key]))),
        key=key, on_change=actions.on_review(review, say_same), accept_new_options=True,
        help="Choose a known name, or type the full name of another.",
    )  # fmt: skip


def _box(label: str, key: str, is_ticked: bool, say: Callable[[bool], None]) -> bool:
    """Draw a check box with the review's current value; `say` is called if it is changed on this page."""
    st.session_state[key] = is_ticked
    return st.checkbox(label, key=key, on_change=lambda: say(st.session_state[key]))


def _value(what: str) -> str:
    values = intake.values_of(what)
    if values:
        return st.selectbox("The right value", list(values), format_func=lambda each: values[each]) or ""
    if what == intake.WITHDRAW:
        return ""
    hint = HINT.get(what, HINT_OF_A_NAME)
    return st.text_input("The right value", max_chars=200, placeholder=hint)


def _found(pending: Pending, view: PendingView) -> None:
    cards.heading(view.heading)
    cards.note(f"Found: {view.summary}.")
    st.html(html.facts_html((label, value, "") for label, value in view.facts))
    for note in pending.notes:
        cards.card("Loaded already", note, shade="wf-warning")
    if view.doubts:
        cards.card("Look at these", "\n".join(view.doubts), shade="wf-warning")


def _sum(name: str, view: SumView, review: Review, record: Record) -> None:
    left, right = st.columns([1, 6])
    key = f"add:sum:{record.digest}:{view.flow}"
    with left:
        accepted = _box(
            view.label, key, (name, view.flow) not in review.sums_out,
            actions.on_review(review, lambda accepted: review.set_sum(name, view.flow, accepted=accepted)),
        )  # fmt: skip
    right.html(sum_html(view, accepted=accepted))
    if accepted:
        for slot in view.slots:
            with right:
                _slot(name, view, slot, review, record)


def _slot(name: str, view: SumView, slot: SlotView, review: Review, record: Record) -> None:
    """Draw a doubtful slot: the value with its probability, and a button for it and for each alternative."""
    key = f"add:slot:{record.digest}:{view.flow}:{slot.slot}"
    st.html(slot_html(slot))
    with st.container(horizontal=True, gap="small", key=key):
        if slot.chosen:
            st.button(
                "Take this back", key=f"{key}:back",
                on_click=actions.on_review(review, review.unchoose), args=(name, view.flow, slot.slot),
            )  # fmt: skip
            return
        for number, other in enumerate(slot.others, 1):
            st.button(
                unmarked(other.button), key=f"{key}:{number}", on_click=actions.on_review(review, review.choose),
                args=(name, view.flow, slot.slot, other.value),
            )  # fmt: skip
        st.button(
            "It is right as read", key=f"{key}:right", on_click=actions.on_review(review, review.choose),
            args=(name, view.flow, slot.slot, slot.right),
        )  # fmt: skip


def _draft(correction: Correction, note: str, number: int, review: Review, record: Record) -> None:
    left, right = st.columns([5, 1], vertical_alignment="center")
    said = f"Set right: {intake.said_of(correction)}"
    left.html(f'<p class="wf">{html.esc(said)} <span class="wf-note">{html.esc(note)}</span></p>')
    right.button(
        f"Take back {number}", key=f"add:drop:{record.digest}:{number}",
        on_click=actions.on_review(review, review.take_back), args=(correction,),
    )  # fmt: skip
