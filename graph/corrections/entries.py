"""Converts an entry of the corrections file to a typed correction, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graph.corrections.correction import OF_A_SUM, Action, Change, Correction, Field, FlowKey
from graph.corrections.values import amount_of, change_of
from graph.model import EntityKind

_ALWAYS = ("id", "action", "who", "when", "why")
_OWN: dict[Action, tuple[str, ...]] = {
    Action.FLOW: ("document", "flow", "award", "found", "set", "was"),
    Action.WITHDRAW: ("document", "flow", "award", "found"),
    Action.NOTE: ("document", "flow", "award", "found"),
    Action.MERGE: ("name", "into", "kind"),
    Action.NAME: ("name", "into", "kind", "verified"),
    Action.UNDO: ("undoes",),
}
_NEEDED: dict[Action, tuple[str, ...]] = {
    Action.FLOW: ("document", "set"),
    Action.WITHDRAW: ("document",),
    Action.NOTE: ("document",),
    Action.MERGE: ("name", "into"),
    Action.NAME: ("name",),
    Action.UNDO: ("undoes",),
}
_FOUND = ("amount", "years", "locator", "recipient")
_OTHER_WORDS = {"year": "years", "programme": "programmes"}


class InvalidEntry(ValueError):
    """An entry of the file is no correction; the message says what is wrong, and with which key."""

    def __init__(self, message: str, key: str = "") -> None:
        super().__init__(message)
        self.key = key


def correction_of_entry(values: Mapping[str, Any]) -> Correction:
    """Return the correction that an entry of the file states.

    Raises:
        InvalidEntry: The entry states none.
    """
    return _correction(values)


def entry_of_correction(correction: Correction) -> dict[str, Any]:
    """Return a correction as an entry of the file."""
    entry: dict[str, Any] = {"id": correction.id, "action": str(correction.action)}
    if correction.flow:
        entry["document"] = correction.flow.document
        if correction.flow.flow:
            entry["award" if correction.flow.is_award else "flow"] = correction.flow.flow
        entry.update({"found": found} if (found := _found_entry(correction.flow)) else {})
    if correction.action in (Action.MERGE, Action.NAME):
        entry["name"] = correction.name
        entry.update({"into": correction.into} if correction.into else {})
        entry["kind"] = str(correction.kind)
    if correction.action is Action.NAME:
        entry["verified"] = "yes" if correction.verified else "no"
    if correction.undoes:
        entry["undoes"] = correction.undoes
    for key, changes in (("set", correction.changes), ("was", correction.was)):
        if changes:
            entry[key] = {str(change.field): _written(change) for change in changes}
    return {**entry, "who": correction.who, "when": correction.when, "why": correction.why}


def _correction(values: Mapping[str, Any]) -> Correction:
    action = _one_of(Action, values.get("action"), "action")
    allowed = (*_ALWAYS, *_OWN[action])
    for key in values:
        if key not in allowed:
            raise InvalidEntry(f"a {action} correction has no {key!r}; it has {', '.join(allowed)}", key)
    for key in (*_ALWAYS, *_NEEDED[action]):
        if values.get(key) in (None, "", [], {}):
            raise InvalidEntry(f"{key!r} is missing; a {action} correction needs {', '.join(_needed(action))}", key)
    words = {key: _words(values, key) for key in (*_ALWAYS, "name", "into", "undoes")}
    correction = Correction(
        id=words["id"], action=action, who=words["who"], when=words["when"], why=words["why"],
        flow=_flow_key(values) if "document" in values else None,
        changes=_changes(values, "set"), was=_changes(values, "was"),
        name=words["name"], into=words["into"], undoes=words["undoes"],
        kind=_one_of(EntityKind, values.get("kind") or EntityKind.ORGANISATION, "kind"),
        verified=_yes(values.get("verified")),
    )  # fmt: skip
    if action is Action.NAME and not (correction.into or correction.verified):
        raise InvalidEntry("says nothing of the name; give 'into' (the right name) or 'verified: yes'", "name")
    _check_flow(correction)
    return correction


def _check_flow(correction: Correction) -> None:
    """Refuse an entry that names no flow, or that sets the sum of an award, which has none."""
    flow = correction.flow
    if flow is None:
        return
    if correction.action in (Action.FLOW, Action.WITHDRAW) and not flow.flow and flow.amount is None:
        raise InvalidEntry(
            "says no flow; give 'flow' or 'award' (its id) or 'found' with amount, years and locator", "document"
        )
    wrong = [change.field for change in correction.changes if change.field in OF_A_SUM]
    if flow.is_award and wrong:
        raise InvalidEntry(f"an award without a printed sum has no {wrong[0]}", "set")


def _needed(action: Action) -> tuple[str, ...]:
    return (*_ALWAYS, *_NEEDED[action])


def _flow_key(values: Mapping[str, Any]) -> FlowKey:
    found = values.get("found") or {}
    if not isinstance(found, dict):
        raise InvalidEntry(f"'found' holds {', '.join(_FOUND)}", "found")
    found = {_OTHER_WORDS.get(key, key): value for key, value in found.items()}
    if odd := [key for key in found if key not in _FOUND]:
        raise InvalidEntry(f"'found' has no {odd[0]!r}; it holds {', '.join(_FOUND)}", "found")
    if values.get("flow") and values.get("award"):
        raise InvalidEntry("names a flow and an award; a correction is about one of them", "award")
    try:
        return FlowKey(
            document=_words(values, "document"),
            flow=_words(values, "flow") or _words(values, "award"),
            amount=amount_of(_words(found, "amount")) if found.get("amount") else None,
            years=change_of(Field.YEARS, _listed(found["years"], "found")).values if "years" in found else None,
            locator=_words(found, "locator"),
            recipient=_words(found, "recipient"),
            is_award=bool(values.get("award")),
        )
    except InvalidEntry:
        raise
    except ValueError as error:
        raise InvalidEntry(f"found: {error}", "found") from None


def _found_entry(key: FlowKey) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if key.amount is not None:
        found["amount"] = str(key.amount)
    if key.years is not None:
        found["years"] = list(key.years)
    if key.recipient:
        found["recipient"] = key.recipient
    return {**found, "locator": key.locator} if key.locator else found


def _changes(values: Mapping[str, Any], key: str) -> tuple[Change, ...]:
    given = values.get(key) or {}
    if not isinstance(given, dict):
        raise InvalidEntry(f"{key!r} holds fields and values, such as 'recipient: Ashford Council'", key)
    changes: list[Change] = []
    for name, value in given.items():
        field = _one_of(Field, _OTHER_WORDS.get(name, name), key)
        try:
            changes.append(change_of(field, _listed(value, key)))
        except InvalidEntry:
            raise
        except ValueError as error:
            raise InvalidEntry(f"{key}: {error}", key) from None
    return tuple(changes)


def _written(change: Change) -> str | list[str] | None:
    if len(change.values) > 1:
        return list(change.values)
    return change.values[0] if change.values else None


def _listed(value: Any, key: str) -> Sequence[str]:
    values = [] if value is None else value if isinstance(value, list) else [value]
    if not all(isinstance(each, str) for each in values):
        raise InvalidEntry(f"{key!r} holds words, or a list of words", key)
    return values


def _words(values: Mapping[str, Any], key: str) -> str:
    value = values.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InvalidEntry(f"{key!r} is one line of words", key)
    return " ".join(value.split()) if key != "document" else value


def _one_of(kinds: Any, value: Any, key: str) -> Any:
    try:
        return kinds(value)
    except ValueError:
        said = f"{value!r} is unknown" if value else "is missing"
        raise InvalidEntry(f"{key} {said}; use one of {', '.join(map(str, kinds))}", key) from None


def _yes(value: Any) -> bool:
    if value in (None, "", "no", "false", "No", "False"):
        return False
    if value in ("yes", "true", "Yes", "True"):
        return True
    raise InvalidEntry(f"{value!r} is neither yes nor no", "verified")
