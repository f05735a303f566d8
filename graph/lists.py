"""Records that are lists of payments or of awards: each row is money of its own."""

from __future__ import annotations

PAYMENTS = "list of payments"  #: Decision.record_type of what was paid to suppliers, row by row
AWARDS = "list of awards"  #: Decision.record_type of grants and contracts that were awarded


def is_list(record_type: str) -> bool:
    """Return True if a record of this type is a list.

    Rows that its reader kept apart are different sums, even if they look alike.
    """
    return record_type in (PAYMENTS, AWARDS)
