"""Suggested questions, made by changing the form of the last one; each has an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from app.links import Asking, ask_link
from app.viewmodels.reading import CHIP, condition_words
from app.viewmodels.visit import short
from graph.ask import Answer, Status
from graph.ask.answerable import Answerable
from graph.ask.language.edits import conditions_of
from graph.ask.language.english import english, subject
from graph.ask.language.terms import Count, During, Form, Is, List, Named, OfKind, Quote, Rows
from graph.ask.rereading import form_text, looked_for, parts_of, with_rows, without

Ask = Callable[[Asking], Answer]
IsAnswered = Callable[[Form], bool]

#: questions by what they look for, of what has a name of its own and of the money of somebody or somewhere
_ASKED = {
    "funder": ("Who funds {about}?", "Who gives {about}?"),
    "recipient": ("Who is paid for {about}?", "Who gets {about}?"),
    "award": ("Which sums make up {about}?", "Which sums make up {about}?"),
    "programme": ("Which programmes does {about} pay for?", "Which programmes does {about} pay for?"),
    "place": ("Where does the money for {about} go?", "Where does {about} go?"),
    "fund": ("Which funds pay for {about}?", "Which funds pay for {about}?"),
    "decision": ("Which decisions are about {about}?", "Which decisions are about {about}?"),
    "total": ("How much is granted for {about} in all?", "How much is {about} in all?"),
    "by-year": ("How much for {about} in each year?", "How much is {about} in each year?"),
    "history": ("What is the funding history of {about}?", "What is the history of {about}?"),
}
_ORDER = ("funder", "recipient", "total", "by-year", "decision", "place", "history", "award", "fund", "programme")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question that has an answer."""

    words: str
    href: str
    answer: str = ""  #: the answer in short, if it was worked out


def question_of(form: Form) -> str:
    """Return a form as a question, if it asks for one of the usual things; "" for any other."""
    of, name = getattr(form, "of", None), looked_for(form)
    if of is None or not name:
        return ""
    if name == "decision" and any(isinstance(each, During) for each in conditions_of(form)):
        return f"Which are {english(form)}?"  # a time of decisions is that of their signatures
    about = subject(with_rows(of, Rows.AWARDS))
    unnamed = about.startswith("funding")
    return _ASKED[name][unnamed].format(about=f"the {about}" if unnamed else about)


def related(
    answer: Answer, beside: Mapping[str, Answerable], is_answered: IsAnswered, *, most: int = 5
) -> tuple[Suggestion, ...]:
    """Return related questions with answers: about the same set of things, or the same question about a wider set.

    Args:
        answer: The answer to the question.
        beside: Other questions about the same set that have an answer, by the name of what they ask for.
        is_answered: Tells whether a form has an answer.
        most: The most suggestions to return.
    """
    others = _asked_otherwise(answer, beside)
    wider = _wider(answer.form, is_answered) if answer.form is not None else None
    found = {each.words: each for each in (*others[: most - 1], *([wider] if wider else []), *others[most - 1 :])}
    return tuple(found.values())[:most]


def _asked_otherwise(answer: Answer, beside: Mapping[str, Answerable]) -> list[Suggestion]:
    """Return the questions that ask something else than the one that was answered, none of which contradicts it."""
    told = [beside[name].form for name in _ORDER if name in beside and _is_other(name, answer, beside)]
    return [made for form in told if (made := _suggested(form))]


def _is_other(name: str, answer: Answer, beside: Mapping[str, Answerable]) -> bool:
    """Whether an answer beside another one says something else, of the same money.

    The largest first and the number of them are the same list; one year alone is the total; money of a kind of body is
    told apart only where it is said whether they pay or are paid.
    """
    form, other = answer.form, beside[name]
    if isinstance(form, List | Count) and isinstance(other.form, List) and form.what is other.form.what:
        return False
    if name == "by-year" and not other.has_years:
        return False
    if name == "total" and isinstance(form, Is):
        return False
    if name not in ("funder", "recipient"):
        return form is None or not any(isinstance(each, OfKind) for each in conditions_of(form))
    has_sums = "total" in beside or bool(answer.flows)
    return other.has_sums or not has_sums  # "no sum is printed" of those that are named without one alone


def _wider(form: Form, is_answered: IsAnswered) -> Suggestion | None:
    """Return the form with one name removed, which the question says, the last that can be."""
    named = {part: each for part, each in parts_of(form).items() if isinstance(each, Named)}
    if len(named) < 2 or not question_of(form):
        return None
    for part, condition in reversed(named.items()):
        other = without(form, condition)
        made = _suggested(other)
        if made and is_answered(other):
            less = _named(part.partition(".")[0], condition_words(condition))
            return replace(made, words=f"{made.words} (leaving out {less})")
    return None


def _suggested(form: Form) -> Suggestion | None:
    words = question_of(form)
    return Suggestion(words, ask_link(Asking(words).read_as(form_text(form)))) if words else None


def instead(
    answer: Answer,
    asking: Asking,
    beside: Mapping[str, Answerable],
    is_answered: IsAnswered,
    examples: Callable[[], tuple[Suggestion, ...]],
) -> tuple[Suggestion, ...]:
    """Return questions to ask instead of one without an answer: the same with one condition removed, or others.

    Args:
        answer: The result of the question.
        asking: The question as asked.
        beside: Other questions about the same set that have an answer, by the name of what they ask for.
        is_answered: Tells whether a form has an answer.
        examples: Returns questions of any sort that have an answer, as the last resort.
    """
    form = answer.form
    parts = parts_of(form) if form is not None and not isinstance(form, Quote) else {}
    less = (
        Suggestion(f"Leave out {_named(part.partition('.')[0], condition_words(each))}", ask_link(asking.changed(part)))
        for part, each in parts.items()
        if form is not None and len(parts) > 1 and is_answered(without(form, each))
    )
    found = tuple(islice(less, 4))
    return (*found, *_asked_otherwise(answer, beside)[: 5 - len(found)]) or examples()


def answered_alone(questions: Iterable[str], ask: Ask, *, most: int = 4) -> tuple[Suggestion, ...]:
    """Return the first of some questions that have an answer, each with its answer in short."""
    asked = ((question, Asking(question)) for question in questions)
    answered = ((words, asking, ask(asking)) for words, asking in asked)
    found = (
        Suggestion(words, ask_link(asking), short(given.text))
        for words, asking, given in answered
        if given.status is Status.ANSWERED
    )
    return tuple(islice(found, most))


def _named(part: str, said: str) -> str:
    """Return a condition in words: "the place Kent", "the words “stalking”", "“other than Kent”"."""
    if part == "other_than":
        return f"“other than {said}”"
    return f"the words {said}" if part == "words" else f"the {CHIP[part].lower()} {said}"
