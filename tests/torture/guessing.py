"""Guessing passwords as the form for signing in lets anybody do, and the rightful person who signs in meanwhile."""

from collections.abc import Iterator

from charter.attempts import LockedError, begin_attempt, note_failure
from charter.store import writing
from tests.conftest import forget_settings
from tests.signing_in import by_password

HOME = "192.0.2.1"  # where the person has signed in before
_AWAY = "192.0.2.99"
_RESTART = 50  # guesses between two restarts of the site


class Guesser:
    """Somebody who guesses, and how many of the guesses were looked at."""

    def __init__(self, *, email: str, token: str) -> None:
        """Guess the password of a person whose own browser holds a token."""
        self._email = email
        self._token = token
        self._looked_at = 0

    def guess(self, number: int, *, limit: int, address: str, name: str = "") -> Iterator[str]:
        """Guess once, and tell whether that was one too many.

        Args:
            number: which guess this is; after some, the site is started anew.
            limit: how many may be looked at.
            address: where it comes from.
            name: whose password, if not the person's.
        """
        if number % _RESTART == _RESTART - 1:
            forget_settings()
        try:
            with writing() as session:
                begin_attempt(session, email=name or self._email, address=address, token="made up")
        except LockedError:
            return
        with writing() as session:
            note_failure(session, email=name or self._email, address=address)
        self._looked_at += 1
        if self._looked_at > limit:
            yield f"guess {self._looked_at} was looked at"

    def owner_is_kept_out(self) -> Iterator[str]:
        """Tell where the person cannot sign in: in their own browser anywhere, or in a new one where they were."""
        for address, token in ((_AWAY, self._token), (HOME, "")):
            try:
                with writing() as session:
                    begin_attempt(session, email=self._email, address=address, token=token)
                    by_password(session, email=self._email, address=address, token=token)
            except LockedError:
                yield f"the person is kept out at {address}"
