"""One question sent and its answer taken back; an address that fails is left alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from graph.chat import Address, Message, NoAnswer, answer_from

MOST_FAILURES = 3  #: in a row, after which an address is left alone
_MOST_TOKENS = 2000  #: that the model may write; one that thinks aloud needs some


class Line:
    """The line to one address for a run; after some failures in a row nothing more is sent on it."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.last_fault = ""
        self._failures = 0

    @property
    def is_left_alone(self) -> bool:
        """Return True once the address has failed so often that it is not asked any more."""
        return self._failures >= MOST_FAILURES

    def begin(self) -> None:
        """Begin a new run: the address may be asked again."""
        self._failures = 0

    def ask(self, messages: Sequence[Message]) -> str:
        """Return the text of the answer.

        Raises:
            NoAnswer: The address is left alone, or this time no usable answer came.
        """
        if self.is_left_alone:
            raise NoAnswer(f"left alone after {MOST_FAILURES} failures in a row")
        try:
            return answer_from(self.address, messages, most_tokens=_MOST_TOKENS)
        except NoAnswer as error:
            self.failed(str(error))
            raise

    def failed(self, fault: str) -> None:
        """Count a failure: no answer, or one that nothing can be made of."""
        self._failures += 1
        self.last_fault = fault

    def answered(self) -> None:
        """Note a usable answer: failures before it are no failures in a row."""
        self._failures = 0


@cache
def line_to(address: Address) -> Line:
    """Return the line to an address, one in a process."""
    return Line(address)
