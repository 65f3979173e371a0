"""How often one network address may ask for what costs something: a limit that people do not meet, and machines do.

It is counted in memory, by each process for itself: it keeps one address from using up the server. What must not be
guessed is counted in the store (`charter/attempts.py`), or is beyond guessing.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address

from starlette.types import Scope

from charter.rules.networks import counted_as

_MINUTE = 60.0  # seconds
_MOST_ADDRESSES = 10_000  # that are remembered: about 2 MB
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
# Two hundred people in a hall share one address: each opens a link, presses a button, and fetches a cookie.
_WRITES = 300  # a minute
_LOOK_UPS = 300  # a minute: opening a link, which is looked up in the store
_FILES = 120  # a minute: files are made for whoever asks
_LOOKED_UP = ("/link/", "/preview/", "/stop/", "/new-link", "/sign-in/openid")


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


class Rates:
    """Counts the requests of each address. One that waits gets its requests back, spread over a minute."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        """Begin with nothing counted. `seconds` is a clock that is never set back."""
        self._seconds = seconds
        self._left: dict[tuple[str, int, str], _Left] = {}

    def count(self, scope: Scope) -> None:
        """Count a request.

        Raises:
            TooManyRequestsError: the address has none left.
        """
        limit = _limit(scope["method"], scope["path"])
        address = _address(scope)
        if limit is not None and address is not None:
            self._take(limit, address, self._seconds())

    def _take(self, limit: tuple[str, int], address: str, now: float) -> None:
        key = (*limit, address)
        a_minute = limit[1]
        left = self._left.get(key)
        if left is None:
            self._make_room()
            left = self._left[key] = _Left(a_minute, now)
        left.requests = min(a_minute, left.requests + (now - left.at) * a_minute / _MINUTE)
        left.at = now
        if left.requests < 1:
            raise TooManyRequestsError(math.ceil((1 - left.requests) * _MINUTE / a_minute))
        left.requests -= 1

    def _make_room(self) -> None:
        """Forget the addresses that were counted first: many addresses must not use up the memory."""
        while len(self._left) >= _MOST_ADDRESSES:
            del self._left[next(iter(self._left))]


def _limit(method: str, path: str) -> tuple[str, int] | None:
    """Give what a request counts as, with how many of these an address may send in a minute."""
    if method not in _READING:
        return "writes", _WRITES
    if path.startswith("/files/"):
        return "files", _FILES
    return ("look-ups", _LOOK_UPS) if path.startswith(_LOOKED_UP) else None


def _address(scope: Scope) -> str | None:
    """Give what a request's address is counted as; None for this machine.

    It speaks for everybody where a proxy on it does not tell who asks, and one limit for all would shut the site.
    """
    client = scope.get("client")
    address = counted_as(client[0]) if client else ""
    try:
        return None if ip_address(address).is_loopback else address
    except ValueError:  # a network, or no address at all
        return None if address == "::/64" else address
