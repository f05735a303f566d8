"""Send a question and receive its answer; an address that fails repeatedly is not asked again in the run."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from graph.chat import Address, Message, NoAnswer, answer_from

MOST_FAILURES = 3  #: in a row, after which an address is left alone
_MOST_TOKENS = 2000  #: that the model may write; one that thinks aloud needs some


class Line:
    """The connection to one address for a run; after several failures in a row nothing more is sent."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.last_fault = ""
        self._failures = 0

    @property
    def is_left_alone(self) -> bool:
        """True if the address has failed so often that it is not asked any more."""
        return self._failures >= MOST_FAILURES

    def begin(self) -> None:
        """Start a new run: the address may be asked again."""
        self._failures = 0

    def ask(self, messages: Sequence[Message]) -> str:
        """Send the messages and return the text of the answer.

        Raises:
            NoAnswer: The address has failed too often, or it gave no usable answer this time.
        """
        if self.is_left_alone:
            raise NoAnswer(f"left alone after {MOST_FAILURES} failures in a row")
        try:
            return answer_from(self.address, messages, most_tokens=_MOST_TOKENS)
        except NoAnswer as error:
            self.failed(str(error))
            raise

    def failed(self, fault: str) -> None:
        """Count a failure: no answer, or an unusable one."""
        self._failures += 1
        self.last_fault = fault

    def answered(self) -> None:
        """Note a usable answer, which ends a row of failures."""
        self._failures = 0


@cache
def line_to(address: Address) -> Line:
    """Return the connection to an address; there is one per address and process."""
    return Line(address)
