"""What the sources state is loaded with its date, coverage and source, once, and never over what somebody reported."""

from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from charter.outcomes.now import stated_indicators
from charter.outcomes.recorded import RecordedIndicator
from charter.outcomes_data.indicators import shipped_indicators
from charter.outcomes_data.loading import load_indicators
from charter.rules.access import OPERATOR, PUBLIC
from charter.rules.refusals import NotAllowedError
from charter.startup import initialise
from db.engine import Store
from db.models import Action, Indicator, Measurement
from db.types import Qualifier
from tests.store.contents import contents
from tests.store.databases import one_database

pytestmark = pytest.mark.usefixtures("settings_env")


def load(session: Session) -> int:
    return load_indicators(session, viewer=OPERATOR, file=shipped_indicators(), charter_ref="framework-2021")


@pytest.fixture
def loaded(charters_store: Store) -> Store:
    """Give a store with the charters and what the sources state."""
    file = shipped_indicators()
    with charters_store.writing() as session:
        assert load(session) == len(file.indicators) + len(file.agenda) + len(file.figures)
    return charters_store


@pytest.fixture
def stated(loaded: Store) -> dict[str, RecordedIndicator]:
    """Give what the sources state, by reference, as everybody reads it."""
    with loaded.reading() as session:
        return {each.ref: each for each in stated_indicators(session, viewer=PUBLIC)}


@one_database
def test_every_figure_of_the_file_is_there_with_what_the_file_says_of_it(
    stated: dict[str, RecordedIndicator],
) -> None:
    file = shipped_indicators()
    assert {entry.key for entry in (*file.indicators, *file.agenda)} == set(stated)
    for figure in file.figures:
        found = next(each for each in stated[figure.indicator].history if each.span.starts_on == figure.starts_on)
        said = found.now
        assert (said.value, said.qualifier, said.coverage) == (figure.value, figure.qualifier, figure.coverage)
        assert said.source.startswith(file.document(figure.source.document).title)
        assert figure.source.section in said.source
    assert sum(len(each.history) for each in stated.values()) == len(file.figures)


@one_database
def test_what_is_on_the_agenda_has_no_figure_and_says_why_it_is_worth_having(
    stated: dict[str, RecordedIndicator],
) -> None:
    for entry in shipped_indicators().agenda:
        found = stated[entry.key]
        assert (found.on_agenda, found.history) == (True, ())
        assert found.sheets[0].sheet.why.startswith(entry.why)
        assert found.sheets[0].sheet.source == entry.could_come_from


@one_database
def test_figures_of_other_coverage_or_after_a_break_are_not_joined(stated: dict[str, RecordedIndicator]) -> None:
    england = stated["formal-volunteering-england"]
    assert [each.now.value for each in england.history] == [Decimal(each) for each in (22, 23, 17, 16)]
    joined = [span for line in england.stands.lines for span in line]
    assert joined == [each.span for each in england.history]
    groups = stated["sector-organisations"]
    assert (groups.history[0].now.qualifier, groups.theme) == (Qualifier.ABOUT, "empowerment")


def test_loading_again_changes_nothing_and_what_the_store_holds_stays(loaded: Store) -> None:
    with loaded.writing() as session:
        row = session.exec(select(Measurement).join(Indicator).where(Indicator.ref == "sector-organisations")).one()
        row.value = Decimal(360)
    before = contents(loaded)
    with loaded.writing() as session:
        assert load(session) == 0
    assert contents(loaded) == before


def test_what_a_store_lacks_is_added(loaded: Store) -> None:
    with loaded.writing() as session:
        key = session.exec(select(Indicator.id).where(Indicator.ref == "formal-volunteering-england")).one()
        last = (col(Measurement.indicator_id) == key) & (col(Measurement.starts_on) == date(2021, 10, 1))
        session.execute(sa.delete(Measurement).where(last))
    with loaded.writing() as session:
        # The break that came with it is marked already, and stays.
        assert load(session) == 1
        assert session.exec(select(Measurement).where(last)).one().value == Decimal(16)


@one_database
def test_only_those_who_load_charters_load_what_sources_state(loaded: Store) -> None:
    with pytest.raises(NotAllowedError), loaded.writing() as session:
        load_indicators(session, viewer=PUBLIC, file=shipped_indicators(), charter_ref="framework-2021")


@one_database
def test_a_start_loads_the_figures_of_the_sources_and_the_actions_of_2006_once(demo_store: Store) -> None:
    with demo_store.reading() as session:
        assert len(stated_indicators(session, viewer=PUBLIC)) > 40
        assert session.exec(select(func.count(col(Action.id))).where(col(Action.history).is_(True))).one() == 31
    before = contents(demo_store)
    initialise()
    assert contents(demo_store) == before
