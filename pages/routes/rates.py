"""How much one network address may ask of what costs something: limits that people do not meet, and machines do.

They are counted in memory, by each process for itself: they keep one address from using up the server. What must not be
guessed is counted in the store (`charter/attempts.py`), or is beyond guessing.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address

from starlette.types import Scope

from charter.rules.networks import counted_as
from pages.routes.buckets import Buckets, TooManyRequestsError

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
# Three hundred people in a hall share one address: each opens a link, presses a button, and fetches a cookie; looks at
# the slides and takes a file home; and has a page or two open, each of which is a socket. When the server starts anew,
# all of these are opened again at once.
_WRITES = 600  # a minute
_LOOK_UPS = 600  # a minute: opening a link, which is looked up in the store
_UPLOADS = 300  # a minute: files of up to 5 MB, which are held in memory
_FILES = 120  # a minute: files are made for whoever asks
_PUBLISHED = 900  # a minute: files that are made once for all
_SOCKETS = 1_200  # a minute
_SOCKETS_OPEN = 1_000  # at once: each holds a page in the server's memory, of 50 to 100 KiB
_LOOKED_UP = ("/link/", "/preview/", "/stop/", "/new-link", "/sign-in/openid")
_MADE_ONCE = ("/files/reports/", "/files/charts/", "/deck/", "/open-data/")
_WAIT = 30  # seconds, until somebody may have left who has a page open


class Rates:
    """Counts the requests of each address, and the pages that it has open."""

    def __init__(self, buckets: Buckets) -> None:
        """Begin with no page open."""
        self._buckets = buckets
        self._open: Counter[str] = Counter()

    def count(self, scope: Scope) -> None:
        """Count a request, or a socket that is to be opened.

        Raises:
            TooManyRequestsError: the address has none left.
        """
        limit, address = _limit(scope), _address(scope)
        if limit is not None and address is not None:
            self._buckets.take(limit[0], address, a_minute=limit[1])

    @contextmanager
    def open_socket(self, scope: Scope) -> Iterator[None]:
        """Count a socket for as long as it is open.

        Raises:
            TooManyRequestsError: the address has too many open, or opened too many in a minute.
        """
        self.count(scope)
        address = _address(scope)
        if address is None:
            yield
            return
        if self._open[address] >= _SOCKETS_OPEN:
            raise TooManyRequestsError(_WAIT)
        self._open[address] += 1
        try:
            yield
        finally:
            self._open[address] -= 1
            if not self._open[address]:
                del self._open[address]


def _limit(scope: Scope) -> tuple[str, int] | None:
    """Give what a request counts as, with how many of these an address may send in a minute."""
    path: str = scope["path"]
    if scope["type"] == "websocket":
        return "sockets", _SOCKETS
    if scope["method"] not in _READING:
        return ("uploads", _UPLOADS) if path.startswith("/_stcore/") else ("writes", _WRITES)
    if path.startswith(_MADE_ONCE):
        return "published", _PUBLISHED
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
