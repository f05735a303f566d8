"""The form that quotes: what the documents say, and the figure, date or name in it that is wanted."""

from __future__ import annotations

from collections.abc import Sequence

from graph.ask.citing import cite_paragraphs, unique
from graph.ask.facts import Facts
from graph.ask.language.terms import During, Named, Quote, Referred, Role, Says, Wanted
from graph.ask.reading.lists import unit_counted
from graph.ask.reading.terms import term_of_choice, term_of_period, term_of_person, term_of_reference, term_of_word
from graph.ask.result import Item, Status, Value
from graph.ask.running.draft import Draft
from graph.ask.running.quoting import Found, best_sentences, figures_in
from graph.ask.saying.sentences import in_words, pounds
from graph.ask.text import Term
from graph.ask.words import grammar_words, stem, stems_of
from graph.model import EntityKind

_BESIDE = 3  #: passages of the same document that are cited besides
_BESIDE_NUMBER = 40  #: characters beside a number that say what it counts
_HELD, _NEAR = 0.5, 0.9  #: how near a word must stand to be held by a sentence's document, and by the sentence


def quote(form: Quote, facts: Facts) -> Draft | None:
    """The sentence that says most of what the question says, as the document words it."""
    terms = terms_in(form, facts)
    found = best_sentences(terms, form.wanted, facts, asked=form.said)
    return drafted(form, found, terms, facts) if found else None


def terms_in(form: Quote, facts: Facts) -> list[Term]:
    """The terms of a form's conditions."""
    terms: list[Term] = []
    for condition in form.of.where:
        if isinstance(condition, Named) and not condition.without:
            terms += [term_of_choice(choice, facts) for choice in condition.choices]
        elif isinstance(condition, Referred) and condition.role is Role.DECISION:
            terms += [term_of_reference(name, facts) for name in condition.names]
        elif isinstance(condition, Referred):
            terms += [term_of_person(name, facts) for name in condition.names]
        elif isinstance(condition, During):
            terms += [term_of_period(condition.period)]
        elif isinstance(condition, Says) and not condition.without:
            terms += [term_of_word(word, facts) for word in condition.words]
    return [term for term in terms if term.weight]


def drafted(form: Quote, found: Sequence[Found], terms: Sequence[Term], facts: Facts) -> Draft:
    """An answer that quotes the best sentence, and cites what stands beside it."""
    best = found[0]
    caption = facts.caption_of(best.sentence.document)
    said = best.sentence.text.strip()
    figure, value = best.figure, Value()
    if figure is not None and figure.amount is not None:
        value, answer = Value(amount=figure.amount), pounds(figure.amount)
    elif figure is not None and figure.date:
        value, answer = Value(date=figure.date), in_words(figure.date)
    elif figure is not None and figure.number is not None and form.wanted is Wanted.PERCENT:
        value, answer = Value(percent=figure.number), f"{figure.number} per cent"
    elif figure is not None and figure.number is not None:
        whole = figure.number == figure.number.to_integral_value()
        value, answer = Value(count=int(figure.number) if whole else None), f"{figure.number:,}"
    else:
        answer = figure.words if figure is not None else ""
    text = f"{answer + ': ' if answer else ''}{caption} says: “{said}”"
    beside = [f.paragraph for f in found[1:] if f.sentence.document == best.sentence.document]
    names = tuple(Item(name, "", "name") for name in _names_in(best, form, facts))
    paragraphs = [best.paragraph, *dict.fromkeys(p for p in beside if p != best.paragraph)][: _BESIDE + 1]
    return Draft(
        Status.ANSWERED, text, names, value, unique(cite_paragraphs(paragraphs, facts)),
        level=round(best.words, 3), signs=_signs(found, terms, form),
    )  # fmt: skip


def _signs(found: Sequence[Found], terms: Sequence[Term], form: Quote) -> dict[str, float]:
    """How well the best sentence answers, beside the share of the words that it holds."""
    best = found[0]
    others = [f for f in found[1:] if _figure_of(f) != _figure_of(best) or form.wanted is Wanted.WORDS]
    missed = [t.weight for t, value in zip(terms, best.levels, strict=True) if value < _HELD]
    named = [value for t, value in zip(terms, best.levels, strict=True) if t.is_name]
    near = sum(t.weight for t, value in zip(terms, best.levels, strict=True) if value >= _NEAR)
    figures = len(figures_in(best.sentence.text, form.wanted))
    return {
        "local": best.local,
        "rival": best.score - others[0].score if others else 0.5,
        "rival elsewhere": next(
            (best.score - f.score for f in found if f.sentence.document != best.sentence.document), 0.5
        ),
        "missed most": max(missed, default=0.0),
        "missed": sum(missed) / sum(t.weight for t in terms),
        "near": near / sum(t.weight for t in terms),
        "name least": min(named, default=0.7),
        "unit": float(_counts(best, form)),
        "words near": _words_near(best, terms),
        "figures": min(figures, 4) / 4,
        "lead": min(best.lead, 0.5) if figures > 1 else 0.5,
        "weight": min(sum(t.weight for t in terms), 4.0) / 4,
    }


def _words_near(best: Found, terms: Sequence[Term]) -> float:
    """The share of the words that name nothing which stand in the sentence itself."""
    words = [(t.weight, value) for t, value in zip(terms, best.levels, strict=True) if not t.is_name and t.stems]
    every = sum(weight for weight, _ in words)
    return sum(weight for weight, value in words if value >= _NEAR) / every if every else 0.5


def _counts(best: Found, form: Quote) -> bool:
    """Whether the number in the sentence is of what the question counts."""
    unit = unit_counted(form.said.lower())
    if best.figure is None or not unit:
        return False
    text = best.sentence.text
    beside = text[max(0, best.figure.start - _BESIDE_NUMBER) : best.figure.end + _BESIDE_NUMBER]
    return bool(stems_of(beside) & {stem(word) for word in unit.split() if word not in grammar_words()})


def _figure_of(found: Found) -> tuple[object, ...]:
    figure = found.figure
    return () if figure is None else (figure.amount, figure.date, figure.number, figure.words)


def _names_in(best: Found, form: Quote, facts: Facts) -> list[str]:
    """The bodies or places that the sentence names and the question does not."""
    if form.wanted not in {Wanted.NAME, Wanted.PLACE}:
        return []
    asked = {e.id for c in form.of.where if isinstance(c, Named) for choice in c.choices for e in choice.entities}
    kind = EntityKind.ORGANISATION if form.wanted is Wanted.NAME else EntityKind.PLACE
    text = best.sentence.text
    known = [m.entity for m in facts.names.find(text, kinds={kind}) if m.entity.id not in asked]
    brought = [
        e
        for e in facts.entities_of_document(best.sentence.document)
        if e.kind is kind and e.id not in asked and e.name.lower() in text.lower()
    ]
    names = list(dict.fromkeys(e.name for e in (*known, *brought)))
    return [name for name in names if not any(name != other and name in other for other in names)]
