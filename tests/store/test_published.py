"""What leaves the store: whole points, nothing hidden, every review of the charter, in few queries."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlmodel import Session, SQLModel

from charter.charters import list_charters, list_milestones, list_signatories, list_statements
from charter.commitments import find_commitment, list_commitments
from charter.published import frames, tables
from charter.published.answers import read_body_answers, read_shares, read_who_answered
from charter.published.figures import Figures, Score
from charter.published.reading import read_figures
from charter.releases import list_releases
from charter.rules.access import PUBLIC
from charter.rules.shares import percent_words, whole
from db.engine import Store
from db.models import ReleaseChange, ReleaseGap, ReleaseInput, ReleaseResponse, ReleaseScore
from db.types import Breakdown, Measure, Question, Scope, Side

Row = TypeVar("Row", bound=SQLModel)
NUMBERS = ("score", "low", "high", "lowest", "highest")


@contextmanager
def queries(store: Store) -> Iterator[list[str]]:
    """Write down the queries that are asked in this scope."""
    asked: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            asked.append(statement)

    event.listen(store.engine, "before_cursor_execute", hear)
    yield asked
    event.remove(store.engine, "before_cursor_execute", hear)


def latest(session: Session) -> int:
    return list_releases(session, viewer=PUBLIC)[0].id


def rows_of(session: Session, table: type[Row], release_id: int) -> list[Row]:
    """Give a release's stored rows, fit to be looked at after the session."""
    found = list(session.scalars(sa.select(table).where(sa.column("release_id") == release_id)))
    session.expunge_all()
    return found


def all_scores(figures: Figures) -> list[Score]:
    found = (*figures.themes, *figures.promises)
    each = [score for sides in found for score in (sides.sector, sides.public, *sides.groups) if score is not None]
    return each + [found.score for sides in found for found in sides.history]


def test_every_figure_is_a_stored_one_in_whole_points(demo_read: Store) -> None:
    with demo_read.reading() as session:
        release_id = latest(session)
        figures = read_figures(session, viewer=PUBLIC, release_id=release_id)
        stored = {
            (row.scope, row.ref, row.side, row.measure, row.breakdown, row.group_code): row
            for row in rows_of(session, ReleaseScore, release_id)
        }
    found = (*figures.themes, *figures.promises)
    read = [score for sides in found for score in (sides.sector, sides.public, *sides.groups) if score is not None]
    assert len(read) == len(stored) > 300
    for score in read:
        row = stored[score.scope, score.ref, score.side, score.measure, score.breakdown, score.group]
        for name in NUMBERS:
            value = getattr(row, name)
            assert getattr(score, name) == (None if value is None else whole(value))
        assert score.share_high == (None if row.share_high is None else percent_words(row.share_high))
        assert (score.invited, score.answered, score.withheld) == (row.invited, row.answered, row.withheld)


def test_nothing_that_leaves_the_store_has_a_fraction(demo_read: Store) -> None:
    with demo_read.reading() as session:
        release_id = latest(session)
        figures = read_figures(session, viewer=PUBLIC, release_id=release_id)
        shares = read_shares(session, viewer=PUBLIC, release_id=release_id)
    assert not [value for value in _values(asdict(figures)) if isinstance(value, float)]
    assert not [value for share in shares for value in _values(asdict(share)) if isinstance(value, float)]


def test_a_hidden_figure_has_no_number_but_how_many_were_asked(demo_read: Store) -> None:
    with demo_read.reading() as session:
        figures = read_figures(session, viewer=PUBLIC, release_id=latest(session))
    hidden = [score for score in all_scores(figures) if score.hidden]
    assert len(hidden) >= figures.hidden > 50
    for score in hidden:
        assert (score.score, score.answered, score.levels, score.share_high, score.low, score.lowest) == (None,) * 6
        assert tables.score_words(score).startswith("[c] ")
        assert tables.range_words(score) == "–"


def test_charts_and_tables_carry_no_number_of_a_hidden_figure(demo_read: Store) -> None:
    with demo_read.reading() as session:
        figures = read_figures(session, viewer=PUBLIC, release_id=latest(session))
    for sides in (*figures.themes, *figures.promises):
        for breakdown in (Breakdown.KIND, Breakdown.INCOME):
            frame = frames.breakdown_frame(sides.groups, breakdown)
            if not frame.empty:
                assert frame.loc[frame["hidden"], ["score", "low", "high", "n"]].isna().all(axis=None)


def test_gaps_and_changes_are_the_stored_ones(demo_read: Store) -> None:
    with demo_read.reading() as session:
        release_id = latest(session)
        figures = read_figures(session, viewer=PUBLIC, release_id=release_id)
        gaps = rows_of(session, ReleaseGap, release_id)
        changes = rows_of(session, ReleaseChange, release_id)
    found = {(Scope.THEME, each.ref): each for each in figures.themes}
    every = found | {(Scope.COMMITMENT, each.ref): each for each in figures.promises}
    assert len(gaps) == sum(sides.gap is not None for sides in every.values())
    for row in gaps:
        gap = every[row.scope, row.ref].gap
        assert gap is not None
        assert gap.points == (None if row.gap is None else whole(row.gap))
        assert (gap.public, gap.vcfse) == tuple(
            None if value is None else whole(value) for value in (row.public_score, row.vcfse_score)
        )
    assert len(changes) == sum(sides.change is not None for sides in every.values())
    for stored in changes:
        change = every[stored.scope, stored.ref].change
        assert change is not None
        assert change.since == "2024 review"
        assert (change.direction, change.matched) == (stored.direction, stored.matched)


def test_a_theme_tells_every_review_of_its_charter_the_oldest_first(demo_read: Store) -> None:
    with demo_read.reading() as session:
        releases = list_releases(session, viewer=PUBLIC)
        figures = read_figures(session, viewer=PUBLIC, release_id=releases[0].id)
        first = read_figures(session, viewer=PUBLIC, release_id=releases[-1].id)
    theme = figures.theme("engagement")
    assert theme is not None
    assert (
        figures.periods == first.periods == (("2023", "2023 review"), ("2024", "2024 review"), ("2025", "2025 review"))
    )
    experience = [each for each in theme.history if each.score.side is Side.VCFSE]
    assert [each.period_ref for each in experience] == ["2023", "2024", "2025"]
    assert {each.segment for each in theme.history} == {0}
    assert experience[-1].score.score == theme.score
    assert first.theme("engagement").score == experience[0].score.score  # type: ignore[union-attr]
    assert all(promise.change is None for promise in first.promises)


def test_few_answers_are_marked_by_the_rule(demo_read: Store) -> None:
    with demo_read.reading() as session:
        figures = read_figures(session, viewer=PUBLIC, release_id=latest(session))
    shown = [score for score in all_scores(figures) if score.answered is not None and score.side is Side.VCFSE]
    assert all(score.few for score in shown if score.answered < 30)  # type: ignore[operator]
    assert any(score.few for score in shown)
    assert not any(score.few for score in all_scores(figures) if score.side is Side.PUBLIC)


def test_who_answered_names_public_bodies_and_no_group(demo_read: Store) -> None:
    with demo_read.reading() as session:
        release_id = latest(session)
        found = read_who_answered(session, viewer=PUBLIC, release_id=release_id)
        stored = rows_of(session, ReleaseResponse, release_id)
        bodies = [row for row in rows_of(session, ReleaseInput, release_id) if row.side is Side.PUBLIC]
    assert len(found.responses) == len(stored)
    assert {body.name: body.answered for body in found.bodies} == {row.name: row.counted for row in bodies}
    whole_sector = next(row for row in stored if row.side is Side.VCFSE and row.breakdown is Breakdown.WHOLE)
    assert found.groups is not None
    assert (found.groups.submitted, found.groups.invited) == (whole_sector.submitted, whole_sector.invited)
    assert found.groups.percent == percent_words(whole_sector.submitted / whole_sector.invited)


def test_what_public_bodies_answered_by_name(demo_read: Store) -> None:
    with demo_read.reading() as session:
        answers = read_body_answers(session, viewer=PUBLIC, release_id=latest(session))
    mine = [answer for answer in answers if answer.ref == "ENG-DIA-1"]
    assert [answer.name for answer in mine] == sorted(answer.name for answer in mine)
    assert {answer.measure for answer in mine} == {Measure.PRACTICE}
    assert all(answer.level in range(5) for answer in mine)


def test_shares_are_whole_per_cent_and_hidden_ones_have_none(demo_read: Store) -> None:
    with demo_read.reading() as session:
        shares = read_shares(session, viewer=PUBLIC, release_id=latest(session))
    total = [share for share in shares if share.question is Question.INFLUENCE and not share.contact]
    assert sum(share.sums_up for share in total) == 1
    assert all(share.percent is not None and "." not in share.percent for share in total)
    hidden = [share for share in shares if share.hidden]
    assert all((share.percent, share.chose, share.answered, share.low) == (None,) * 4 for share in hidden)


def test_figures_take_two_queries_and_each_other_read_one(demo_read: Store) -> None:
    with demo_read.reading() as session:
        release_id = latest(session)
        for read, most in (
            (lambda: read_figures(session, viewer=PUBLIC, release_id=release_id), 2),
            (lambda: read_who_answered(session, viewer=PUBLIC, release_id=release_id), 1),
            (lambda: read_body_answers(session, viewer=PUBLIC, release_id=release_id), 1),
            (lambda: read_shares(session, viewer=PUBLIC, release_id=release_id), 1),
            (lambda: find_commitment(session, viewer=PUBLIC, ref="ENG-DIA-1"), 1),
            (lambda: list_commitments(session, viewer=PUBLIC), 1),
            (lambda: list_charters(session, viewer=PUBLIC), 1),
            (lambda: list_milestones(session, viewer=PUBLIC), 1),
            (lambda: list_statements(session, viewer=PUBLIC), 1),
            (lambda: list_signatories(session, viewer=PUBLIC), 1),
        ):
            session.expire_all()
            with queries(demo_read) as asked:
                read()
            assert len(asked) == most, asked


def _values(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _values(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _values(inner)
    else:
        yield value
