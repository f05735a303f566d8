"""What an answer lacks of what its question expects; data/questions/README.md says what each key means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ingest.labels.names import NameComparison, plain

_HALF = 0.5  #: of a pound: two sums as near are the same
_TENTH = 0.1  #: of a per cent

Given = Mapping[str, Any]


def misses(answer: Given, expect: Given, names: NameComparison) -> list[str]:
    """Return what an answer lacks; nothing where it is right.

    Args:
        answer: As `Answer.to_json` gives it.
        expect: What a right answer has.
        names: Says if two names are the same thing's.
    """
    status = answer.get("status")
    if status not in str(expect["status"]).split("|"):
        return [f"status {status}, wanted {expect['status']}"]
    return [*_items(answer, expect, names), *_values(answer, expect), *_words(answer, expect)]


def _items(answer: Given, expect: Given, names: NameComparison) -> list[str]:
    items: Sequence[Given] = answer.get("items") or []
    labels = [str(item.get("label") or "") for item in items]

    def same(label: str, wanted: Any) -> bool:
        return names.same(label, tuple(str(wanted or "").split("|")))

    out = []
    for key in ("items", "items_include"):
        absent = [w for w in expect.get(key, ()) if not any(same(label, w) for label in labels)]
        if absent:
            out.append(f"items lack {absent}")
    if "items" in expect:
        besides = [label for label in labels if not any(same(label, w) for w in expect["items"])]
        if besides:
            out.append(f"items have besides {besides}")
    unwanted = [w for w in expect.get("items_exclude", ()) if any(same(label, w) for label in labels)]
    if unwanted:
        out.append(f"items hold {unwanted}")
    ordered = expect.get("items_ordered") or ([expect["first"]] if "first" in expect else [])
    if len(labels) < len(ordered) or not all(map(same, labels, ordered)):
        out.append(f"first items {labels[: len(ordered)]}, wanted {ordered}")
    for wanted, amount in expect.get("item_amounts", {}).items():
        found = [item.get("amount") for item in items if same(str(item.get("label") or ""), wanted)]
        if not any(_close(each, amount, _HALF) for each in found):
            out.append(f"{wanted}: amount {found}, wanted {amount}")
    return out


def _values(answer: Given, expect: Given) -> list[str]:
    value: Given = answer.get("value") or {}
    out = [
        f"{key} {value.get(key)}, wanted {expect[key]}"
        for key, tolerance in (("amount", _HALF), ("count", 0.0), ("percent", _TENTH))
        if key in expect and not _close(value.get(key), expect[key], tolerance)
    ]
    if "date" in expect and str(value.get("date")) != str(expect["date"]):
        out.append(f"date {value.get('date')}, wanted {expect['date']}")
    return out


def _words(answer: Given, expect: Given) -> list[str]:
    citations: Sequence[Given] = answer.get("citations") or []
    said = plain(" ".join([str(answer.get("text") or ""), *(str(c.get("quote") or "") for c in citations)]))
    cited = {plain(str(c.get("decision") or "")) for c in citations}
    out = [
        f"text lacks {wanted!r}"
        for wanted in expect.get("text_contains", ())
        if not any(plain(option) in said for option in str(wanted).split("|"))
    ]
    uncited = [wanted for wanted in expect.get("decisions", ()) if plain(str(wanted)) not in cited]
    out += [f"citations lack {wanted}; they are {sorted(cited)}" for wanted in uncited]
    checks: Sequence[Given] = answer.get("checks") or []
    for pair in expect.get("checks_include", ()):
        if not any(all(any(_close(f, p, _HALF) for f in check.get("figures", ())) for p in pair) for check in checks):
            out.append(f"checks lack {pair}")
    return out


def _close(value: Any, wanted: Any, tolerance: float) -> bool:
    options = wanted if isinstance(wanted, list) else [wanted]
    return value is not None and any(abs(float(value) - float(option)) <= tolerance for option in options)
