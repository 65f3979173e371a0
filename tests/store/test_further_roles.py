"""A person of an organisation is given a further role: what a coordinator may know of their password opens it not."""

import json

import pytest
from sqlmodel import Session, desc, select

from charter.accounts import add_account, put_account
from charter.passwords import issue_password_link, set_password
from charter.rules.access import OPERATOR, Grant, Viewer
from charter.rules.refusals import NotFoundError
from charter.sessions import start_account_session
from charter.viewers import Ending, see
from db.engine import Store
from db.models import Account, AuditDetail
from db.types import Role
from tests import factories
from tests.store.databases import one_database

COORDINATOR = Viewer(grants=frozenset({Grant(Role.COORDINATOR)}))
EMAIL, GOOD = "person@example.org", "three random words"


def invited(session: Session) -> str:
    """Have the coordinator add somebody of an organisation, and give the link's token, which they may read."""
    factories.organisation(session, ref="group")
    return add_account(session, viewer=COORDINATOR, email=EMAIL, role=Role.PARTNER, organisation_ref="group")


@one_database
@pytest.mark.parametrize("role", [Role.REVIEWER, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_a_first_role_beyond_an_organisations_ends_the_password_that_a_coordinator_may_know(
    site_store: Store, role: Role
) -> None:
    with site_store.writing() as session:
        token = invited(session)
        set_password(session, token=token, password=GOOD, address="")
        account_id = session.exec(select(Account.id)).one() or 0
        started = start_account_session(session, account_id=account_id)
    with site_store.writing() as session:
        account = put_account(session, viewer=OPERATOR, email=EMAIL, role=role)
        assert account.password_hash is None
        assert json.loads(session.exec(select(AuditDetail.detail).order_by(desc("number"))).first() or "") == {
            "address": "",
            "password": "ended",
            "roles": [["partner group"], sorted(["partner group", role.value])],
        }
    assert see(token=started.token).ending is Ending.OVER
    with site_store.writing() as session:
        token = issue_password_link(session, account=session.get_one(Account, account_id))
        set_password(session, token=token, password=GOOD, address="")
    with site_store.writing() as session:
        account = put_account(session, viewer=OPERATOR, email=EMAIL, role=Role.REVIEWER)
        assert account.password_hash is not None, "from then on nobody but an administrator makes a link for them"


@one_database
def test_a_link_that_a_coordinator_made_sets_no_password_after_a_further_role(site_store: Store) -> None:
    with site_store.writing() as session:
        token = invited(session)
        put_account(session, viewer=OPERATOR, email=EMAIL, role=Role.ADMINISTRATOR)
    with pytest.raises(NotFoundError), site_store.writing() as session:
        set_password(session, token=token, password=GOOD, address="")
