"""Choose the format of an answer from a request's Accept header (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence


def preferred(accept: str, offered: Sequence[str]) -> str | None:
    """Return the offered media type with the highest weight, the first of equals; None if none is accepted.

    Args:
        accept: The header; "" accepts anything.
        offered: Media types in our order of preference.
    """
    wishes = [_wish(part) for part in accept.split(",") if part.strip()]
    if not wishes:
        return offered[0]
    liked = {each: _liking(each, wishes) for each in offered}
    best = max(offered, key=lambda each: liked[each])
    return best if liked[best] > 0 else None


def _wish(part: str) -> tuple[str, float]:
    range, *parameters = [each.strip().lower() for each in part.split(";")]
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return range, min(max(float(value), 0.0), 1.0)
            except ValueError:
                return range, 0.0
    return range, 1.0


def _liking(offered: str, wishes: Sequence[tuple[str, float]]) -> float:
    """Return the weight that the most specific matching range gives to a media type."""
    for range in (offered, f"{offered.partition('/')[0]}/*", "*/*"):
        found = [weight for said, weight in wishes if said == range]
        if found:
            return max(found)
    return 0.0
