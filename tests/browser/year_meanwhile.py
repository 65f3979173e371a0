"""What happens in the year without a browser: weeks pass, and a dozen more groups answer by the product’s own verbs."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from charter.answers import save_level
from charter.forms import read_form
from charter.rules.access import Grant, Viewer
from charter.submissions import submit
from db.engine import Store, open_engine
from db.models import Organisation, Period
from db.types import Role
from tests.running import RunningSite

# What is said of most promises, and of the one that is to be the lowest of its theme. Groups differ: where nearly all
# say the same, nothing is shown.
_LEVELS = (2, 3, 4)
_LOW_LEVELS = (0, 1, 2)
_WEEKS = timedelta(weeks=6)
_NAMED = """name,kind,income,email,phone
Riverside Food Club,community,under_10k,riverside@example.org,
Elm Street Youth,voluntary,under_10k,elm@example.org,
Harbour Elders,community,under_10k,harbour@example.org,01375 000000
Quiet Corner,voluntary,under_10k,quiet@example.org,
Sparrow Trust,voluntary,under_10k,sparrow@example.org,
"""
_FURTHER = (
    "Anchor Bluebell Cathedral Dolphin Ember Fountain Garnet Horizon Ivory Juniper Kestrel Lantern Meadow Nightingale "
    "Orchard Pelican Quarry Rainbow Thistle Umbrella Velvet Windmill Yellowhammer Zebra Buttercup Driftwood Gooseberry "
    "Marigold Snowdrop"
)
TRUSTS = 1 + len(_FURTHER.split())
GROUPS = 4 + TRUSTS


def list_of_groups(folder: Path) -> Path:
    """Write the list of groups that the coordinator brings: five with an e-mail address, and more without."""
    file = folder / "groups.csv"
    rows = "".join(f"{name} Trust,voluntary,under_10k,,\n" for name in _FURTHER.split())
    file.write_text(_NAMED + rows, encoding="utf-8")
    return file


def weeks_pass(site: RunningSite) -> None:
    """Have every period opened six weeks earlier, as if its last day had come nearer since."""
    with _writing(site) as session:
        for period in session.exec(select(Period)):
            assert period.opened_at is not None
            period.opens_on, period.opened_at = period.opens_on - _WEEKS, period.opened_at - _WEEKS
            session.add(period)


def others_answer(site: RunningSite, *, ending: str) -> int:
    """Have every group whose name ends so answer all main questions and send; give how many they are."""
    with _writing(site) as session:
        period_id = session.exec(select(Period.id)).one() or 0
        named = col(Organisation.name).endswith(ending)
        keys = [key or 0 for key in session.exec(select(Organisation.id).where(named))]
        for place, key in enumerate(keys):
            _answer(session, key, period_id, place)
    return len(keys)


def theme_scores(site: RunningSite) -> list[int]:
    """Work the three themes' scores out: the mean of each core promise's mean level, in whole points out of 100."""
    rows = _read(
        site,
        """SELECT t.position, c.ref, avg(a.level) FROM answer a
        JOIN self_assessment sa ON sa.id = a.self_assessment_id
        JOIN commitment_version v ON v.id = a.commitment_version_id JOIN commitment c ON c.id = v.commitment_id
        JOIN strand s ON s.id = c.strand_id JOIN theme t ON t.id = s.theme_id
        WHERE sa.state = 'submitted' AND v.core AND a.measure = 'experience' AND t.scored
        GROUP BY t.position, c.ref""",
    )
    means: dict[int, list[float]] = defaultdict(list)
    for theme, _, mean in rows:
        means[int(theme)].append(float(mean))
    return [int(25 * sum(found) / len(found) + 0.5) for _, found in sorted(means.items())]


def _read(site: RunningSite, query: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(f"file:{site.data_dir / 'charter.db'}?mode=ro", uri=True)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def _answer(session: Session, organisation_id: int, period_id: int, place: int) -> None:
    viewer = Viewer(grants=frozenset({Grant(Role.PARTNER, organisation_id)}))
    form = read_form(session, viewer=viewer, organisation_id=organisation_id, period_id=period_id)
    last = {question.version.theme_ref: question.version.ref for question in form.core}
    for question in form.core:
        levels = _LOW_LEVELS if question.version.ref in last.values() else _LEVELS
        save_level(
            session,
            viewer=viewer,
            organisation_id=organisation_id,
            period_id=period_id,
            version_id=question.version.version_id,
            choice=levels[place % len(levels)],
            seen_revision=0,
        )
    submit(
        session,
        viewer=viewer,
        organisation_id=organisation_id,
        period_id=period_id,
        declared_by="Terry Trustee",
    )


@contextmanager
def _writing(site: RunningSite) -> Iterator[Session]:
    store = Store(open_engine(f"sqlite:///{site.data_dir / 'charter.db'}"))
    try:
        with store.writing() as session:
            yield session
    finally:
        store.engine.dispose()
