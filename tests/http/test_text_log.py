"""The log of a real server, as text: it says no more of people than the one that is written as JSON."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.engine import Store
from tests.http.people import link_to, person, session_of
from tests.http.serving import Server, serving, wait_for
from tests.http.test_logs import SECRETS, opened, store, typed

__all__ = ["store"]  # a fixture


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a server that writes its log as text."""
    with serving(tmp_path_factory.mktemp("text"), {}) as running:
        wait_for(f"{running.address}/healthz", 200)
        yield running


def test_everything_that_happens_is_in_it_without_a_secret(server: Server, store: Store) -> None:
    email = person(store, name=SECRETS["name"], password="three random words")
    cookie, (token, _) = session_of(store, email).token, link_to(store, organisation=SECRETS["group"])
    theirs = opened(server, cookie=cookie, token=token)
    typed(server, store)
    log = server.log()
    assert "incident" in log
    assert "sqlalchemy.exc.OperationalError" in log
    key = (Path(server.log_path.parent) / "var" / "secret-key").read_text(encoding="utf-8")
    for secret in (*SECRETS.values(), token, cookie, theirs, key, email, "three random words"):
        assert secret not in log
