"""Publishing: once, of what counts, and for good."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from charter.catalogue.loading import load_catalogue
from charter.figures.all_figures import FIGURE_TABLES
from charter.releases import choose_release, find_release, list_releases, publish_period
from charter.rules.access import OPERATOR, PUBLIC
from charter.rules.refusals import NotAllowedError, NotFoundError, RefusedError
from charter.verify import verify
from db.engine import Store
from db.models import (
    Adoption,
    Answer,
    Organisation,
    Period,
    Release,
    ReleaseChange,
    ReleaseGap,
    ReleaseScore,
    SelfAssessment,
    Ward,
)
from db.types import (
    Breakdown,
    GapKind,
    IncomeBand,
    OrganisationKind,
    PeriodState,
    Scope,
    SelfAssessmentState,
    Side,
    Withheld,
)
from tests import factories
from tests.charter_files import borough, commitment
from tests.store.contents import LOG, contents, counts
from tests.store.databases import one_database
from tests.store.laid import laid
from tests.store.published_years import publishing
from tests.store.small_year import closed_year, elmford

pytestmark = pytest.mark.usefixtures("settings_env")
FROZEN = {"release", "release_input", "release_answer", *(str(table.__tablename__) for table in FIGURE_TABLES)}


def publish(session: Session, year: int) -> None:
    publish_period(session, viewer=OPERATOR, ref=str(year))


def published(store: Store, *years: int) -> None:
    """Publish the years one after the other, as they would be."""
    laid(store, publishing(*years))


def a_closed_year(session: Session) -> None:
    closed_year(session, elmford(session), 2027)


def frozen_tables(store: Store) -> dict[str, str]:
    return {table: digest for table, digest in contents(store).items() if table in FROZEN}


def test_a_release_holds_the_figures_of_what_counted(store: Store) -> None:
    published(store, 2027)
    with store.reading() as session:
        release = find_release(session, viewer=PUBLIC, ref="2027.1")
        assert (release.number, release.period_ref, release.threshold, release.made_up) == (1, "2027", 10, False)
        assert (release.period_title, release.charter_title) == ("2027 review", "Elmford together")
        assert session.exec(select(Period.state)).all() == [PeriodState.PUBLISHED]
        statement = select(ReleaseScore).where(
            ReleaseScore.ref == "ELM-1", ReleaseScore.breakdown == Breakdown.WHOLE, ReleaseScore.side == Side.VCFSE
        )
        score = session.exec(statement).one()
        found = (score.invited, score.answered, score.does_not_apply, score.dont_know, score.no_answer, score.score)
        assert found == (14, 10, 1, 1, 2, 52.5)
        gap = session.exec(select(ReleaseGap).where(ReleaseGap.ref == "ELM-1")).one()
        assert (gap.gap, gap.bodies_answered, gap.bodies_asked) == (22.5, 1, 2)
        both = session.exec(select(ReleaseGap).where(ReleaseGap.ref == "ELM-5")).one()
        assert both.kind is GapKind.DIFFERENCE_BETWEEN_SIDES
        hidden = session.exec(select(ReleaseScore).where(ReleaseScore.ref == "ELM-4", ReleaseScore.side == Side.VCFSE))
        assert {(row.withheld, row.score, row.answered, row.level_3) for row in hidden} == {
            (Withheld.FEW_OR_UNIFORM, None, None, None)
        }
        theme = select(ReleaseScore).where(ReleaseScore.scope == Scope.THEME, ReleaseScore.side == Side.VCFSE)
        assert {row.ref: row.score for row in session.exec(theme) if row.breakdown is Breakdown.WHOLE} == {
            "voice": pytest.approx((52.5 + 25 * 33 / 12 + 25 * 18 / 11) / 3),
            "money": None,
        }


def test_what_happens_later_changes_nothing_that_was_published(store: Store) -> None:
    published(store, 2027)
    before = frozen_tables(store)
    with store.writing() as session:
        session.execute(sa.update(Answer).values(level=0, no_level=None))
        session.execute(sa.delete(Answer).where(col(Answer.measure) == "practice"))
        session.execute(sa.update(SelfAssessment).values(state=SelfAssessmentState.DRAFT, influence=None))
        session.execute(sa.update(Organisation).values(income_band=IncomeBand.OVER_100K, kind=OrganisationKind.FAITH))
        session.execute(sa.update(Ward).values(name="New Town"))
        session.execute(sa.delete(Adoption))
        promises = [commitment(f"ELM-{number}", position=number) for number in range(1, 5)]
        promises += [
            commitment("ELM-5", position=1, theme="money", strand="grants", owed_by="all_partners"),
            commitment("ELM-6", position=2, theme="money", strand="grants", owed_by="vcfse"),
            commitment("ELM-7", position=3, theme="money", strand="grants"),
        ]
        load_catalogue(session, viewer=OPERATOR, file=borough(*promises), name="elmford.toml")
    assert frozen_tables(store) == before
    with store.reading() as session:
        compared, differences = verify(session, viewer=OPERATOR)
    assert compared > 50
    assert differences == ()


def test_a_period_is_published_once(store: Store) -> None:
    published(store, 2027)
    before = contents(store)
    with pytest.raises(RefusedError, match="is published"), store.writing() as session:
        publish(session, 2027)
    assert contents(store) == before


@one_database
def test_only_a_closed_period_is_published_and_only_by_those_who_may(store: Store) -> None:
    laid(store, a_closed_year)
    with store.writing() as session:
        period = session.exec(select(Period)).one()
        for state in (PeriodState.PLANNED, PeriodState.OPEN):
            period.state = state
            session.flush()
            with pytest.raises(RefusedError, match=f"is {state.value}"):
                publish(session, 2027)
        with pytest.raises(NotAllowedError):
            publish_period(session, viewer=PUBLIC, ref="2027")
        with pytest.raises(NotFoundError, match="no period 1066"):
            publish(session, 1066)


def test_nothing_is_published_and_nothing_is_left_where_nobody_counts(store: Store) -> None:
    laid(store, a_closed_year)
    with store.writing() as session:
        session.execute(sa.update(SelfAssessment).values(state=SelfAssessmentState.DRAFT))
    before = contents(store)
    with pytest.raises(RefusedError, match="nothing to publish"), store.writing() as session:
        publish(session, 2027)
    assert contents(store, without=LOG) == {table: row for table, row in before.items() if table not in LOG}
    assert counts(store)["release"] == counts(store)["release_input"] == 0


def test_a_release_is_compared_with_the_one_before_that_stands(store: Store) -> None:
    with store.writing() as session:
        where = elmford(session)
        for year in (2027, 2028, 2029):
            closed_year(session, where, year)
            publish(session, year)
            if year == 2028:
                session.exec(select(Release).where(Release.ref == "2028.1")).one().withdrawn_at = factories.MOMENT
    with store.reading() as session:
        refs = {row.id: row.ref for row in session.exec(select(Release))}
        before = {row.ref: refs.get(row.previous_id or 0) for row in session.exec(select(Release))}
        assert before == {"2027.1": None, "2028.1": "2027.1", "2029.1": "2027.1"}
        compared = session.exec(select(ReleaseChange.release_id, ReleaseChange.before_release_id).distinct()).all()
        assert {(refs[release], refs[earlier]) for release, earlier in compared} == {
            ("2028.1", "2027.1"),
            ("2029.1", "2027.1"),
        }
        assert verify(session, viewer=OPERATOR)[1] == ()


def chosen(store: Store, *, ref: str | None = None, period_ref: str | None = None) -> str | None:
    """Give the reference of the release that is shown, found as the pages find it."""
    with store.reading() as session:
        found = choose_release(list_releases(session, viewer=PUBLIC), ref=ref, period_ref=period_ref)
    return None if found is None else found.ref


@one_database
def test_the_latest_release_that_stands_is_shown(store: Store) -> None:
    assert chosen(store) is None
    published(store, 2027, 2028)
    with store.reading() as session:
        assert [release.ref for release in list_releases(session, viewer=PUBLIC)] == ["2028.1", "2027.1"]
    assert chosen(store) == "2028.1"
    with store.writing() as session:
        withdrawn = session.exec(select(Release).where(Release.ref == "2028.1")).one()
        withdrawn.withdrawn_at, withdrawn.withdrawn_reason = datetime(2028, 6, 1, tzinfo=UTC), "A wrong list"
    assert chosen(store) == "2027.1"
    assert chosen(store, period_ref="2028") is None
    assert chosen(store, period_ref="2027") == "2027.1"
    assert chosen(store, ref="2028.1") == "2028.1"
    with store.reading() as session:
        assert find_release(session, viewer=PUBLIC, ref="2028.1").withdrawn_reason == "A wrong list"


@one_database
def test_a_period_or_a_release_that_is_asked_for_is_shown_and_no_other(store: Store) -> None:
    published(store, 2027, 2028)
    assert chosen(store, period_ref="2027") == "2027.1"
    assert chosen(store, ref="2027.1") == chosen(store, ref="2027.1", period_ref="2028") == "2027.1"
    assert chosen(store, ref="2027.9") is chosen(store, ref="2027.9", period_ref="2027") is None
    assert chosen(store, period_ref="1066") is None


@one_database
def test_a_correction_takes_the_place_of_what_it_corrects(store: Store) -> None:
    published(store, 2027)
    with store.writing() as session:
        period = session.exec(select(Period.id)).one()
        factories.release(session, period_id=period, ref="2027.2", number=2, reason="A list was wrong")
    assert chosen(store) == chosen(store, period_ref="2027") == "2027.2"
    assert chosen(store, ref="2027.1") == "2027.1"


def test_a_real_release_is_shown_before_a_made_up_one_of_a_later_period(store: Store) -> None:
    with store.writing() as session:
        for year, made_up in ((2028, True), (2026, False), (2027, False), (2029, True)):
            first, last = date(year, 9, 1), date(year, 10, 31)
            period = factories.period(session, ref=str(year), made_up=made_up, opens_on=first, closes_on=last)
            factories.release(session, period_id=period, ref=f"{year}.1", made_up=made_up)
    assert chosen(store) == "2027.1"
    assert chosen(store, period_ref="2029") == "2029.1"
    with store.writing() as session:
        session.execute(sa.update(Release).where(~col(Release.made_up)).values(withdrawn_at=factories.MOMENT))
    assert chosen(store) == "2029.1"


@one_database
def test_an_unknown_release(store: Store) -> None:
    with store.reading() as session:
        with pytest.raises(NotFoundError, match=r"There is no release 1066\.1"):
            find_release(session, viewer=PUBLIC, ref="1066.1")
        with pytest.raises(NotFoundError, match=r"There is no release 1066\.1"):
            verify(session, viewer=OPERATOR, ref="1066.1")
