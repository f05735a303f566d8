"""Which body a decision is of where no line of its head says so: the body it speaks of most, or that of its area."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from graph.model import Entity, EntityKind
from graph.names.index import NameIndex
from ingest.document import Document
from ingest.extract.decisions.body_lists import deciders, load_body_signs, load_office_holders
from ingest.extract.decisions.publishers import department_of

_COMMISSIONERS = r"OPF?CC|PF?CC|PCVC|Commissioner|Deputy Mayor for Policing"
_OFFICE = rf"\b(?:{_COMMISSIONERS}|commissioner|COMMISSIONER|Mayor)\b"
_I = re.compile(r"\b(?:I|[Mm]y (?:office|team))\b(?! (?:hereby|confirm))")
_COUNCIL = re.compile(r"\b(?:[Tt]he|[Tt]his) Council\b(?=['’\s]\s*[a-z])")
#: who decides in a council and in no commissioner's office
_CABINET = re.compile(r"\b(?:Portfolio\s+Holder|Cabinet|Executive\s+Member|Full\s+Council)\b")
#: who decides where the commissioner of the area does not
_OTHERS = re.compile(r"\b(?:[Tt]he|[Tt]his) council\b|\b(?:[Tt]rustees|Committee|Cabinet|Cllr)\b")
_SUM = re.compile(r"£|\bGBP\b")  #: a page of one area that gives money is its commissioner's, unless it says otherwise
_HEAD = 6  #: blocks
_ENOUGH = 2  #: one mention alone may be of a neighbour
_FORCE = 2  #: what the name of a police force counts for, where a place counts for one


def body_spoken_of(document: Document, names: NameIndex, decides: Callable[[Entity], bool]) -> Entity | None:
    """Return the deciding body that the text names most; else the commissioner or council of the area it speaks of.

    Args:
        decides: Whether an organisation is of a kind that takes decisions like these.
    """
    text = "\n".join(f"{block.field_name} {block.text}".strip() for block in document.blocks)
    head = "\n".join(block.text for block in document.blocks[:_HEAD])  # counts twice
    bodies = Counter(
        found.entity for found in names.find(text, kinds={EntityKind.ORGANISATION}) if decides(found.entity)
    )
    ranked = bodies.most_common(2)
    if ranked and ranked[0][1] >= _ENOUGH and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
        return ranked[0][0]
    for sign, id in load_body_signs().offices:
        if re.search(rf"\b{sign}\b", text):
            return names.registry.get_entity(id)
    if (held := _held(text, names)) is not None:
        return held
    places = _places_named(text, names) + _places_named(head, names) + _areas_of_forces(text, names)
    areas = _commissioners(places, names)
    local = _outstanding(areas + Counter({body.id: 1 for body in bodies}), names, decides)
    if ranked and ranked[0][0] == local:
        return local
    spoken = len(deciders(_COMMISSIONERS).findall(text)) + len(_I.findall(text)) // _ENOUGH
    sure = sum(places.values()) > (
        _ENOUGH if len(areas) == 1 else 2 * _ENOUGH
    )  # then one mention of the office will do
    if (council := _council(text, names, is_own=spoken < _ENOUGH or local is None)) is not None:
        return council
    if local is not None and spoken >= (1 if sure else _ENOUGH):
        return local
    if (department := department_of(text, names, areas)) is not None or _OTHERS.search(text):
        return department
    likely = [id for id in areas if len(areas) == 1 or _is_held(text, id)]
    if not _SUM.search(text):
        return None
    return names.registry.get_entity(likely[0]) if len(likely) == 1 else local


def _held(text: str, names: NameIndex) -> Entity | None:
    """Return the one body whose office-holder the text names beside the office."""
    named = [(person, body) for person, body in load_office_holders() if person in text]
    bodies = {
        body
        for person, body in named
        if re.search(rf"{_OFFICE}[^.]{{0,60}}{re.escape(person)}|{re.escape(person)}[^.]{{0,60}}{_OFFICE}", text)
    }
    return names.registry.get_entity(bodies.pop()) if len(bodies) == 1 else None


def _is_held(text: str, body: str) -> bool:
    """Return True if a text names somebody who held a body's office, by first and last name or as "Mr Example"."""
    holders = [person for person, held in load_office_holders() if held == body]
    return any(
        person in text or re.search(rf"\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame) {re.escape(person.split()[-1])}\b", text)
        for person in holders
    )


def _council(text: str, names: NameIndex, *, is_own: bool) -> Entity | None:
    """Return the council that decides, where the text speaks of one as its own: the one named most, or alone.

    Args:
        is_own: Whether a cabinet that the text names is that of the council whose text it is.
    """
    has_cabinet = is_own and _CABINET.search(text) is not None
    if not has_cabinet and not _COUNCIL.search(text):
        return None
    councils = _councils(_places_named(text, names, by_alias=False), names)
    if has_cabinet and len(councils) == 1:
        return names.registry.get_entity(next(iter(councils)))
    return _outstanding(councils, names)


def _areas_of_forces(text: str, names: NameIndex) -> Counter[str]:
    """Count the areas of the police forces that a text names."""
    counts: Counter[str] = Counter()
    for found in names.find(text, kinds={EntityKind.ORGANISATION}):
        row = names.registry.organisations.get(found.entity.id)
        if row is not None and row.type == "police-force" and row.place:
            counts[row.place] += _FORCE
    return counts


def _places_named(text: str, names: NameIndex, *, by_alias: bool = True) -> Counter[str]:
    """Count the places in a text, those in the names of other things among them ("X Youth Justice Service")."""
    rows = names.registry.places.items()
    ids = {name: id for id, row in rows for name in (*(row.aliases if by_alias else ()), row.name) if len(name) > 3}
    listed = sorted(ids, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(re.escape(name) for name in listed)})\b") if listed else None
    return Counter(ids[found] for found in pattern.findall(text)) if pattern is not None else Counter()


def _commissioners(places: Counter[str], names: NameIndex) -> Counter[str]:
    counts: Counter[str] = Counter()
    for place, count in places.items():
        commissioner = names.registry.commissioner_of(place)
        if commissioner is not None:
            counts[commissioner] += count
    return counts


def _councils(places: Counter[str], names: NameIndex) -> Counter[str]:
    counts: Counter[str] = Counter()
    for place, count in places.items():
        name = names.registry.places[place].name
        council = names.resolve(name, kinds={EntityKind.ORGANISATION}, as_payee=True)
        row = names.registry.organisations.get(council.id) if council is not None else None
        if council is not None and row is not None and row.type == "local-authority":
            counts[council.id] += count
    return counts


def _outstanding(
    counts: Counter[str], names: NameIndex, decides: Callable[[Entity], bool] = lambda entity: True
) -> Entity | None:
    """Return the one named at least twice, and twice as often as any other."""
    listed = [(names.registry.get_entity(id), count) for id, count in counts.most_common()]
    ranked = [(entity, count) for entity, count in listed if entity is not None and decides(entity)]
    if not ranked or ranked[0][1] < _ENOUGH or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    return ranked[0][0]
