"""At the turn of the year the grants of the year that is over are added up, by the server itself and once."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import event
from sqlmodel import col, select

from charter import worker
from charter.imports.year_end import add_up_last_year
from charter.rules.access import Viewer
from charter.worker import Worker
from db.engine import Store
from db.models import Indicator, Measurement
from db.types import Finality, Role
from tests import factories
from tests.grant_files import grant
from tests.store.bringing import bring
from tests.store.closed_reviews import person

IN_2026, IN_2027 = datetime(2026, 11, 22, 12, tzinfo=UTC), datetime(2027, 1, 1, 0, 5, tzinfo=UTC)


@pytest.fixture
def coordinator(site_store: Store) -> Iterator[Viewer]:
    """Make a coordinator and a group, and let them bring grants of three years before the third is over."""
    with time_machine.travel(IN_2026, tick=False):
        with site_store.writing() as session:
            factories.organisation(session, ref="GB-CHC-1000001", name="Elmford Gardeners")
            found = person(session, Role.COORDINATOR, name="Kim Park")
        days = ("2024-05-01", "2025-05-01", "2026-05-01")
        bring(site_store, found, *(grant(number, awardDate=day) for number, day in enumerate(days)))
        add_up_last_year()
        yield found


def years(store: Store) -> dict[int, Finality]:
    with store.reading() as session:
        rows = session.exec(select(Measurement).join(Indicator).where(col(Indicator.ref) == "360giving-all"))
        return {row.starts_on.year: row.finality for row in rows}


def test_a_year_counts_when_it_is_over_and_the_one_before_is_told_in_full(
    site_store: Store, coordinator: Viewer
) -> None:
    assert coordinator.grants
    assert years(site_store) == {2024: Finality.FINAL, 2025: Finality.PROVISIONAL}
    with time_machine.travel(IN_2027, tick=False):
        add_up_last_year()
    assert years(site_store) == {2024: Finality.FINAL, 2025: Finality.FINAL, 2026: Finality.PROVISIONAL}


def test_a_year_is_added_up_once(site_store: Store, coordinator: Viewer) -> None:
    assert coordinator.grants
    begun: list[object] = []
    with time_machine.travel(IN_2027, tick=False):
        add_up_last_year()
        event.listen(site_store.engine, "before_cursor_execute", lambda *parts: begun.append(parts[2]))
        add_up_last_year()
    assert [said for said in begun if not str(said).startswith(("SELECT", "BEGIN"))] == []


def test_the_server_does_it_by_itself(site_store: Store, coordinator: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert coordinator.grants
    monkeypatch.setattr(worker, "LOOK_SECONDS", 0.01)
    server = Worker()
    with time_machine.travel(IN_2027):
        server.start()
        looks = iter(range(200))
        while 2026 not in years(site_store) and next(looks, None) is not None:
            time.sleep(0.05)
        server.stop()
    assert 2026 in years(site_store)
