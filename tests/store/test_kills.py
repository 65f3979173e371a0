"""Killing the process in the midst of its work, in a short form; `make torture` does so 200 times on each database."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from charter.store import writing
from tests import factories
from tests.conftest import BACKENDS
from tests.torture import kills
from tests.torture.interrupted import Saves, Submissions, Work
from tests.torture.interrupted_whole import Imports
from tests.torture.killing import Tell, WorkFailedError, killed
from tests.torture.stores import Stores

SHORT = 8


@pytest.fixture
def stores(tmp_path: Path) -> Stores:
    return Stores(tmp_path)


@pytest.mark.parametrize("backend", BACKENDS, indirect=True)
def test_nothing_is_lost_or_half_done_whenever_the_process_is_killed(
    backend: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    server = request.getfixturevalue("postgresql_server") if backend == "postgresql" else None
    for counts in kills.run(count=SHORT, stores=Stores(tmp_path, server)):
        assert counts.tried >= 1
        assert counts.wrong == (), counts.line


class SaysSoTooEarly(Saves):
    """Says that it saved before the store has it."""

    def do(self, tell: Tell) -> None:
        version = self._form.core[0]
        tell(f"{version} 1000")


class SavesInParts(Imports):
    """Writes half a file by itself."""

    def do(self, tell: Tell) -> None:
        with writing() as session:
            for _ in range(50):
                factories.organisation(session)
        tell("begun")


class SendsWithoutTheLog(Submissions):
    """Sends, and what it wrote into the log is taken out again."""

    def wrong(self, told: Sequence[str]) -> list[str]:  # type: ignore[override]
        return [*super().wrong([*told, "SA-NEVERSENT"])]


@pytest.mark.parametrize("broken", [SaysSoTooEarly, SavesInParts, SendsWithoutTheLog], ids=lambda kind: kind.__name__)
def test_what_is_lost_or_half_done_is_found(broken: type[Work], stores: Stores) -> None:
    counts = kills.kill(broken(stores), 1, stores, np.random.default_rng(1))
    assert len(counts.wrong) >= 1


def test_work_that_fails_by_itself_shows_nothing() -> None:
    def fails(_tell: Tell) -> None:
        raise ValueError("no such thing")

    with pytest.raises(WorkFailedError, match="no such thing"):
        killed(fails, within=0.2, rng=np.random.default_rng(1))
