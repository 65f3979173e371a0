"""An organisation's own answers beside all groups': what counted, reckoned by hand, and what is hidden stays hidden."""

from dataclasses import dataclass

import pytest
from sqlmodel import Session

from charter.organisations.merging import merge
from charter.own import frames
from charter.own.history import (
    OwnAnswers,
    answered_promises,
    beside_promise,
    beside_theme,
    read_own_answers,
)
from charter.published.figures import Figures, Theme
from charter.published.reading import read_figures
from charter.releases import publish_period
from charter.rules.access import OPERATOR, PUBLIC, Grant, Invited, Viewer
from charter.rules.refusals import NotAllowedError
from db.engine import Store
from db.types import Measure, Role, Side
from tests import factories
from tests.store.databases import one_database
from tests.store.laid import laid
from tests.store.small_year import REFS, Elmford, closed_year, elmford

pytestmark = pytest.mark.usefixtures("settings_env")
YEAR = "2026"


@dataclass(frozen=True)
class Year:
    """A published year, and its figures."""

    where: Elmford
    figures: Figures


@pytest.fixture
def year(store: Store) -> Year:
    where, release_id = laid(store, published)
    with store.reading() as session:
        return Year(where, read_figures(session, viewer=PUBLIC, release_id=release_id))


def published(session: Session) -> tuple[Elmford, int]:
    where = elmford(session)
    closed_year(session, where, int(YEAR))
    return where, publish_period(session, viewer=OPERATOR, ref=YEAR).id


def partner(organisation_id: int) -> Viewer:
    return Viewer(account_id=1, grants=frozenset({Grant(Role.PARTNER, organisation_id)}))


def own(store: Store, organisation_id: int) -> OwnAnswers:
    with store.reading() as session:
        return read_own_answers(session, viewer=partner(organisation_id), organisation_id=organisation_id)


def theme_of(year: Year) -> Theme:
    """Give the theme of the four promises of public bodies."""
    return next(each for each in year.figures.themes if any(one.ref == REFS["A-1"] for one in each.promises))


def test_a_group_sees_its_own_score_beside_all_groups(store: Store, year: Year) -> None:
    answers = own(store, year.where.groups[9])
    theme = theme_of(year)
    (found,) = beside_theme(theme, answers, side=Side.VCFSE)
    # The tenth group gave 4, 4, 3 and 3 to the four promises of public bodies.
    assert (found.own, found.own_words) == (88, "88, from 4 of 4 answers")
    assert found.sector == theme.sector
    assert frames.periods_title([found], side=Side.VCFSE).startswith("in 2026 you gave 88, all groups")


@one_database
def test_each_own_answer_is_its_level_times_25_and_one_that_is_none_has_no_score(store: Store, year: Year) -> None:
    promise = year.figures.promise(REFS["A-1"])
    assert promise is not None
    for place, score, words in ((2, 25, "a little (1 of 4)"), (10, None, "does not apply"), (11, None, "don’t know")):
        (found,) = beside_promise(promise, own(store, year.where.groups[place]))
        assert (found.own, found.own_words) == (score, words)
        assert found.sector == promise.sector


def test_a_hidden_figure_stays_hidden_beside_ones_own(store: Store, year: Year) -> None:
    answers = own(store, year.where.groups[0])
    promises = [each for each in answered_promises(year.figures, answers) if each.ref == REFS["A-4"]]
    table = frames.promises_table(promises, answers, period_ref=YEAR)
    assert list(table["You"]) == ["75: mostly"]
    assert table["All groups"][0].startswith("[c]")
    frame = frames.promises_frame(promises, answers, period_ref=YEAR)
    assert list(frame["hidden"]) == [True]
    assert frame[["experience", "low", "high"]].isna().all(axis=None)


@one_database
def test_a_body_sees_its_own_practice_beside_what_groups_saw(store: Store, year: Year) -> None:
    answers = own(store, year.where.council)
    theme = theme_of(year)
    (found,) = beside_theme(theme, answers, side=Side.PUBLIC)
    # The council gave itself 3, 2, 4 and 1.
    assert found.own == 63
    assert found.sector.measure is Measure.EXPERIENCE
    assert found.sector.side is Side.VCFSE


def test_what_did_not_count_is_not_shown_as_if_it_had(store: Store, year: Year) -> None:
    assert own(store, year.where.groups[12]) == {}  # a draft
    assert own(store, year.where.health) == {}  # sent, and not reviewed


def test_what_a_duplicate_answered_is_in_the_history_of_the_one_that_it_was_merged_into(
    store: Store, year: Year
) -> None:
    answered, also_answered = year.where.groups[9], year.where.groups[2]
    before = {group: own(store, group) for group in (answered, also_answered)}
    with store.writing() as session:
        new, middle = factories.organisation(session), factories.organisation(session)
        for here, into in ((answered, middle), (middle, new)):
            merge(session, viewer=OPERATOR, organisation_id=here, into_id=into, reason="One under two names")
    assert own(store, new) == before[answered]
    with store.writing() as session:
        merge(session, viewer=OPERATOR, organisation_id=new, into_id=also_answered, reason="One under two names")
    assert own(store, also_answered) == before[also_answered], "its own answers go before a duplicate's"
    assert before[also_answered] != before[answered]


@one_database
def test_nobody_else_reads_a_groups_own_history(store: Store, year: Year) -> None:
    group = year.where.groups[0]
    link = Viewer(invited=Invited(link_id=1, organisation_id=group, period_id=1))
    roles = (Role.REVIEWER, Role.COORDINATOR, Role.ADMINISTRATOR)
    others = [Viewer(account_id=1, grants=frozenset({Grant(role)})) for role in roles]
    for viewer in (PUBLIC, *others, partner(year.where.groups[1]), partner(year.where.council), link, OPERATOR):
        with store.reading() as session, pytest.raises(NotAllowedError):
            read_own_answers(session, viewer=viewer, organisation_id=group)


@one_database
def test_a_review_without_an_own_answer_says_so(year: Year) -> None:
    theme = theme_of(year)
    (found,) = beside_theme(theme, {}, side=Side.VCFSE)
    assert (found.own, found.own_words) == (None, "no answer")
    assert frames.periods_title([found], side=Side.VCFSE) == "no review has both scores"
    frame = frames.periods_frame([found])
    assert list(frame["reason"])[1] == "no answer of yours"
