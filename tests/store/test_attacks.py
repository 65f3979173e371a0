"""Attacks on signing in, in a short form; `make torture` tries each kind 500 times on each database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from charter import sessions
from tests.postgresql import PostgresqlServer
from tests.store.databases import one_database
from tests.torture import attacks
from tests.torture.attacking import Target
from tests.torture.stores import Stores

SHORT = 6


@pytest.fixture
def stores(backend: str, tmp_path: Path, request: pytest.FixtureRequest) -> Stores:
    """Make stores as copies of the one that all tests of a database copy."""
    if backend == "sqlite":
        return Stores(tmp_path, migrated=f"sqlite:///{request.getfixturevalue('sqlite_template')}")
    server: PostgresqlServer = request.getfixturevalue("postgresql_server")
    return Stores(tmp_path, server, migrated=server.address(request.getfixturevalue("postgresql_template")))


def test_nobody_gets_in(stores: Stores) -> None:
    for counts in attacks.run(count=SHORT, stores=stores):
        assert counts.tried == SHORT
        assert counts.wrong == (), counts.line


def test_guesses_beyond_every_limit(stores: Stores, monkeypatch: pytest.MonkeyPatch) -> None:
    guesses = {name: attack for name, attack in attacks.ATTACKS.items() if name.startswith("guesses")}
    monkeypatch.setattr(attacks, "ATTACKS", guesses)
    for counts in attacks.run(count=70, stores=stores):
        assert counts.wrong == (), counts.line


@one_database
def test_an_attack_that_gets_in_is_counted(stores: Stores, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attacks, "ATTACKS", {"old cookies": attacks.old_cookies})
    monkeypatch.setattr(sessions, "_revoke", lambda *_: None)
    (counts,) = attacks.run(count=4, stores=stores)
    # Signing out takes the session itself, and a disabled account is asked for at each look.
    assert counts.wrong == ("old cookies 2: reset", "old cookies 3: password changed")


@one_database
def test_a_door_that_nobody_gets_through_shows_nothing(stores: Stores, monkeypatch: pytest.MonkeyPatch) -> None:
    def shut(_target: Target, _number: int) -> Iterator[str]:
        yield from attacks._must(False, "shut")  # noqa: SLF001 - what the kinds ask

    monkeypatch.setattr(attacks, "ATTACKS", {"a shut door": shut})
    (counts,) = attacks.run(count=1, stores=stores)
    assert counts.wrong == ("a shut door 0: nothing was shown: shut",)
