"""Requests that are left to an address: each uses one up, and they come back by themselves, spread over a minute."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

_MINUTE = 60.0  # seconds
_MOST_ADDRESSES = 10_000  # that are remembered: about 2 MB


class TooManyRequestsError(Exception):
    """An address asked too often. `seconds` is how long it should wait, a whole number of at least 1."""

    def __init__(self, seconds: int) -> None:
        super().__init__("too many requests")
        self.seconds = seconds


@dataclass
class _Left:
    """How many requests an address has left, and when that was counted."""

    requests: float
    at: float


class Buckets:
    """What every address has left, of each kind of request."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        """Begin with nothing counted. `seconds` is a clock that is never set back."""
        self._seconds = seconds
        self._left: dict[tuple[str, str], _Left] = {}

    def take(self, kind: str, address: str, *, a_minute: int) -> None:
        """Use one request up.

        Args:
            kind: what is asked for; each kind has a limit of its own.
            address: who asks.
            a_minute: how many of this kind an address may ask in a minute.

        Raises:
            TooManyRequestsError: the address has none left.
        """
        now = self._seconds()
        left = self._left.get((kind, address))
        if left is None:
            self._make_room()
            left = self._left[kind, address] = _Left(a_minute, now)
        left.requests = min(a_minute, left.requests + (now - left.at) * a_minute / _MINUTE)
        left.at = now
        if left.requests < 1:
            raise TooManyRequestsError(math.ceil((1 - left.requests) * _MINUTE / a_minute))
        left.requests -= 1

    def __len__(self) -> int:
        """Give how many addresses are remembered, each once for every kind."""
        return len(self._left)

    def _make_room(self) -> None:
        """Forget the addresses that were counted first: many addresses must not use up the memory."""
        while len(self._left) >= _MOST_ADDRESSES:
            del self._left[next(iter(self._left))]
