"""The way of a browser to the directory and back: begun by it, ended by the same one, once, and within minutes."""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import update
from sqlmodel import Session, col

from charter import clock
from charter.rules.refusals import NotFoundError
from charter.tokens import digest, new_token
from db.models import DirectoryJourney

LASTS = timedelta(minutes=10)
FRONT = "/sign-in"
_LONGEST = 300  # characters, as in the store
# One page of ours and what its address asks for: a second slash, or a name of a host, does not fit.
_PAGE = re.compile(r"/[a-z-]*(\?[A-Za-z0-9=&%+._~-]*)?")


@dataclass(frozen=True)
class Journey:
    """A journey, by the token in its browser's cookie. What goes along with it is made from that token.

    Nobody who reads one of the three learns another, or the token: each is a digest with the secret key.
    """

    token: str

    @property
    def state(self) -> str:
        """What the directory hands back with the browser: another browser's answer does not fit this cookie."""
        return digest(f"directory state {self.token}")

    @property
    def nonce(self) -> str:
        """What the directory writes in what it signs: a statement for another journey does not fit."""
        return digest(f"directory nonce {self.token}")

    @property
    def verifier(self) -> str:
        """What this site shows to have the code taken: whoever else comes by the code cannot use it (PKCE)."""
        return digest(f"directory verifier {self.token}")

    @property
    def challenge(self) -> str:
        """What the directory is told of the verifier beforehand, in the form S256."""
        return base64.urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()


def page_of_ours(way: str) -> str:
    """Give the page that somebody came from, or the one for signing in where it is no page of this site."""
    return way if len(way) <= _LONGEST and _PAGE.fullmatch(way) else FRONT


def begin_journey(session: Session, *, way_back: str) -> Journey:
    """Note that a browser goes to the directory, and to which page it is to come back."""
    journey = Journey(new_token())
    row = DirectoryJourney(
        token_digest=digest(journey.token), way_back=page_of_ours(way_back), expires_at=clock.now() + LASTS
    )
    session.add(row)
    session.flush()
    return journey


def end_journey(session: Session, *, token: str, state: str) -> tuple[Journey, str]:
    """Take a browser that has come back, once, and give its journey and the page that it came from.

    Args:
        session: a writing session.
        token: what the browser's cookie holds.
        state: what the directory handed back with it.

    Raises:
        NotFoundError: this browser began no such journey, or it took too long, or has ended before.
    """
    journey, now = Journey(token), clock.now()
    if not token or not hmac.compare_digest(journey.state.encode(), state.encode("utf-8", "replace")):
        raise NotFoundError("This browser is on no such way.")
    way_back = session.exec(
        update(DirectoryJourney)
        .where(
            col(DirectoryJourney.token_digest) == digest(token),
            col(DirectoryJourney.used_at).is_(None),
            col(DirectoryJourney.expires_at) > now,
        )
        .values(used_at=now)
        .returning(col(DirectoryJourney.way_back))
    ).scalar_one_or_none()
    if way_back is None:
        raise NotFoundError("This browser is on no such way.")
    return journey, way_back
