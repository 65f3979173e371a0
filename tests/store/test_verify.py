"""Verifying: figures are made again from frozen inputs, and each that differs is named with table and column."""

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from charter.rules.access import OPERATOR, PUBLIC
from charter.rules.refusals import NotAllowedError
from charter.verify import Difference, verify
from db.engine import Store
from tests.store.databases import one_database
from tests.store.laid import laid
from tests.store.published_years import publishing

pytestmark = pytest.mark.usefixtures("settings_env")

# One figure of each table: what to alter, and what must be named.
ALTERED = {
    "UPDATE release_score SET score = score + 1 WHERE ref = 'ELM-1' AND side = 'vcfse' AND breakdown = 'whole'": (
        "release_score commitment ELM-1 vcfse experience whole",
        "score",
        53.5,
        52.5,
    ),
    "UPDATE release_score SET level_4 = 2 WHERE ref = 'ELM-1' AND breakdown = 'kind'": (
        "release_score commitment ELM-1 vcfse experience kind voluntary",
        "level_4",
        2,
        1,
    ),
    "UPDATE release_score SET withheld = NULL WHERE ref = 'ELM-4' AND side = 'vcfse' AND breakdown = 'whole'": (
        "release_score commitment ELM-4 vcfse experience whole",
        "withheld",
        None,
        "few_or_uniform",
    ),
    "UPDATE release_gap SET agreement = 'mixed' WHERE ref = 'ELM-1'": (
        "release_gap commitment ELM-1 public perception_gap",
        "agreement",
        "mixed",
        "disagree",
    ),
    "UPDATE release_change SET direction = 'better' WHERE ref = 'ELM-2'": (
        "release_change commitment ELM-2 vcfse",
        "direction",
        "better",
        "few_answers",
    ),
    "UPDATE release_response SET submitted = 13 WHERE breakdown = 'whole' AND side = 'vcfse'": (
        "release_response vcfse whole",
        "submitted",
        13,
        12,
    ),
    "UPDATE release_body_answer SET level = 4 WHERE ref = 'ELM-1' AND name = 'Elmford Council'": (
        "release_body_answer ELM-1",
        "level",
        4,
        3,
    ),
    "UPDATE release_share SET chose = 0 WHERE question = 'influence' AND contact_code = '' AND option = 'neither'": (
        "release_share influence neither",
        "chose",
        0,
        3,
    ),
}


@pytest.fixture
def published(store: Store) -> Store:
    """Give a store with two releases, the second compared with the first."""
    laid(store, publishing(2027, 2028))
    return store


def alter(store: Store, *statements: str) -> tuple[Difference, ...]:
    """Alter the last release behind the product's back, and verify it."""
    with store.writing() as session:
        ids = session.execute(sa.text("SELECT id FROM release WHERE ref = '2028.1'")).scalar_one()
        for statement in statements:
            done: sa.CursorResult[tuple[object]] = session.connection().execute(
                sa.text(f"{statement} AND release_id = {ids}")
            )
            assert done.rowcount == 1
    with store.reading() as session:
        return verify(session, viewer=OPERATOR, ref="2028.1")[1]


def test_a_release_that_nobody_altered_has_no_difference(published: Store) -> None:
    with published.reading() as session:
        compared, differences = verify(session, viewer=OPERATOR)
        assert compared == sum(figures(session))
        assert differences == ()
        assert verify(session, viewer=OPERATOR, ref="2027.1")[0] < compared


def figures(session: Session) -> list[int]:
    tables = ("score", "gap", "change", "response", "body_answer", "share")
    found = [session.execute(sa.text(f"SELECT count(*) FROM release_{table}")).scalar_one() for table in tables]  # noqa: S608 - our own names
    assert all(found)
    return found


@one_database
def test_each_altered_figure_is_named(published: Store) -> None:
    differences = alter(published, *ALTERED)
    assert len(differences) == len(ALTERED)
    for figure, column, stored, recomputed in ALTERED.values():
        (found,) = [each for each in differences if each.figure.startswith(figure) and each.column == column]
        assert (found.release, found.stored, found.recomputed) == ("2028.1", stored, recomputed)
        assert str(found).startswith(f"release 2028.1: {figure}")
        assert f": {column} is stored as " in str(found)
        assert "\n" not in str(found)


def test_an_altered_figure_is_named_on_both_databases(published: Store) -> None:
    (found,) = alter(published, "UPDATE release_gap SET gap = gap - 0.5 WHERE ref = 'ELM-3'")
    assert (found.figure, found.column) == ("release_gap commitment ELM-3 public perception_gap", "gap")


@one_database
@pytest.mark.parametrize(("by", "named"), [("1e-10", 0), ("1e-8", 1)])
def test_doubles_are_compared_within_a_hair(published: Store, by: str, named: int) -> None:
    where = "ref = 'ELM-2' AND side = 'vcfse' AND breakdown = 'whole'"
    statement = f"UPDATE release_score SET low = low + {by} WHERE {where}"  # noqa: S608 - our own words
    assert len(alter(published, statement)) == named


@one_database
def test_a_figure_that_was_removed_is_named(published: Store) -> None:
    (found,) = alter(published, "DELETE FROM release_gap WHERE ref = 'ELM-2'")
    assert (found.figure, found.column, found.stored, found.recomputed) == (
        "release_gap commitment ELM-2 public perception_gap",
        "the whole figure",
        None,
        "there",
    )


@one_database
def test_a_figure_that_was_added_is_named(published: Store) -> None:
    columns = "side, breakdown, group_code, invited, submitted"
    (found,) = alter(
        published,
        f"INSERT INTO release_response (release_id, {columns}) SELECT release_id, side, breakdown, 'Nowhere', 1, 1 "  # noqa: S608 - our own names
        "FROM release_response WHERE side = 'vcfse' AND breakdown = 'whole'",
    )
    assert (found.figure, found.stored, found.recomputed) == ("release_response vcfse whole Nowhere", "there", None)


@one_database
def test_an_altered_input_is_noticed(published: Store) -> None:
    with published.writing() as session:
        session.execute(
            sa.text(
                "UPDATE release_answer SET level = 0 WHERE id = (SELECT min(id) FROM release_answer WHERE level = 4 "
                "AND measure = 'experience')"
            )
        )
    with published.reading() as session:
        named = {difference.figure.split()[0] for difference in verify(session, viewer=OPERATOR)[1]}
    assert "release_score" in named


@one_database
def test_only_those_who_may_verify(published: Store) -> None:
    with published.reading() as session, pytest.raises(NotAllowedError):
        verify(session, viewer=PUBLIC)


@one_database
def test_the_demonstration_has_no_difference(demo_read: Store) -> None:
    with demo_read.reading() as session:
        compared, differences = verify(session, viewer=OPERATOR)
    assert differences == ()
    assert compared > 1_500
