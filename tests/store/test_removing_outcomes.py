"""The demonstration takes its outcomes along, and leaves those that are real."""

import pytest
import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from charter.demonstration.removing import remove_demonstration
from charter.rules.access import OPERATOR
from db.engine import Store
from db.models import Account, Champion, Mail, Measurement, Organisation, ReplacedMeasurement
from db.types import MailKind
from tests import factories
from tests.store.outcome_rows import OUTCOME_ROWS, measurement

pytestmark = pytest.mark.usefixtures("settings_env")
TABLES = SQLModel.metadata.tables
REAL = "real@club.example"


def _counts(session: Session) -> dict[str, int]:
    return {
        name: session.execute(sa.select(sa.func.count()).select_from(TABLES[name])).scalar_one()
        for name in OUTCOME_ROWS
    }


def _fill(session: Session) -> None:
    for make in OUTCOME_ROWS.values():
        make(session)


def test_made_up_outcomes_go_with_everything_that_hangs_on_them(store: Store) -> None:
    with store.writing() as session:
        _fill(session)
        assert min(_counts(session).values()) > 0
        session.execute(sa.update(Organisation).values(made_up=True))
        for name in ("action", "indicator", "recommendation", "file_import"):
            session.execute(TABLES[name].update().values(made_up=True))
    with store.writing() as session:
        remove_demonstration(session, viewer=OPERATOR)
        assert set(_counts(session).values()) == {0}


def test_letters_about_made_up_concerns_go_and_others_stay(store: Store) -> None:
    with store.writing() as session:
        factories.organisation(session, made_up=True, email="Tea@club.example")
        body = factories.organisation(session, made_up=True)
        named = {"organisation_id": body, "name": "Carla", "email": "carla@council.example"}
        factories.add(session, Champion, named)
        factories.organisation(session, email=REAL)
        about, other = MailKind.CONCERN, MailKind.REMINDER
        for number, (kind, address) in enumerate(
            ((about, "tea@club.example"), (about, "carla@council.example"), (about, REAL), (other, "tea@club.example"))
        ):
            factories.add(session, Mail, {"kind": kind, "address": address, "message_id": f"<{number}@charter>"})
    with store.writing() as session:
        remove_demonstration(session, viewer=OPERATOR)
        stay = session.exec(select(Mail.kind, Mail.address).order_by(col(Mail.id))).all()
        assert stay == [(about, REAL), (other, "tea@club.example")]


def test_real_outcomes_stay_and_forget_who_was_made_up(store: Store) -> None:
    with store.writing() as session:
        _fill(session)
        person = factories.account(session)
        session.execute(sa.update(Account).where(col(Account.id) == person).values(made_up=True))
        key = measurement(session)
        session.get_one(Measurement, key).account_id = person
        old = factories.add(session, ReplacedMeasurement, {"measurement_id": key, "revision": 7, "account_id": person})
        before = _counts(session)
    with store.writing() as session:
        remove_demonstration(session, viewer=OPERATOR)
        assert _counts(session) == before
        assert session.get_one(Measurement, key).account_id is None
        assert session.get_one(ReplacedMeasurement, old).account_id is None
