"""The demonstration takes along what was made from its releases, and leaves a place's own look for slides."""

import sqlalchemy as sa
from sqlmodel import Session, col, select

from charter.demonstration.removing import remove_demonstration
from charter.rules.access import OPERATOR
from db.engine import Store
from db.models import Account, Deck, DeckSlide, Period, ReleasePack, SlideTemplate
from tests.store.report_rows import REPORT_ROWS

MADE_FROM_RELEASES = (Deck, DeckSlide, ReleasePack)


def filled(session: Session, *, made_up: bool) -> None:
    for make in REPORT_ROWS.values():
        make(session)
    session.execute(sa.update(Period).values(made_up=made_up))
    session.execute(sa.update(Account).values(made_up=True))


def left(session: Session) -> list[int]:
    return [len(session.exec(select(col(table.id))).all()) for table in MADE_FROM_RELEASES]


def test_decks_and_packs_of_made_up_releases_go(store: Store) -> None:
    with store.writing() as session:
        filled(session, made_up=True)
        assert min(left(session)) > 0
    with store.writing() as session:
        remove_demonstration(session, viewer=OPERATOR)
        assert left(session) == [0, 0, 0]


def test_what_a_made_up_person_made_for_real_stays_and_is_nobodys(store: Store) -> None:
    with store.writing() as session:
        filled(session, made_up=False)
        kept = left(session)
    with store.writing() as session:
        remove_demonstration(session, viewer=OPERATOR)
        assert left(session) == kept
        whose = [*session.exec(select(Deck.account_id)), *session.exec(select(SlideTemplate.account_id))]
        assert len(whose) > 1
        assert set(whose) == {None}
