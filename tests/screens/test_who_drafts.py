"""Who drafts which part of a public body's answers, said by those who keep its people."""

import pytest
from sqlmodel import select

from charter.sessions import start_account_session
from charter.store import reading, writing
from db.models import DraftingPart, Organisation, Strand
from db.types import Role
from pages.ui import keys
from tests import factories
from tests.screens.self_assessment_site import opened, said, signed_in
from tests.screens.site_under_test import press
from tests.store.asked_forms import AskedForm

pytestmark = pytest.mark.usefixtures("settings_env")
NASTY = "<b>*No*</b> [it](https://example.org) :material/lock: $x$"


def person(form: AskedForm, name: str) -> tuple[int, int]:
    """Add somebody of the council, and give the account and its session."""
    with writing() as session:
        account = factories.account(session, name=name)
        factories.grant(session, account_id=account, organisation_id=form.council_id)
        return account, start_account_session(session, account_id=account).session_id


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_whoever_keeps_people_says_who_drafts_and_the_drafter_sees_that_part_alone(form: AskedForm, role: Role) -> None:
    with reading() as session:
        resilience = session.exec(select(Strand.id).where(Strand.title == "Resilience")).one()
    site = opened(signed_in(form, role=role))
    site.switch_page("coordinate/accounts.py")
    site.query_params["part"] = "drafting"
    site.run()
    assert "Nobody answers for a public body yet" in said(site)
    with writing() as session:
        session.get_one(Organisation, form.council_id).name = "Riverbank Council (made up)"
    person(form, "Lea")
    assert "To share the work, invite more people" in said(site.run())
    # A list to choose from shows text as it is: marks that are escaped would be seen.
    assert site.selectbox(key=keys.DRAFTING_BODY).options == ["Riverbank Council (made up)"]
    dan, session_id = person(form, NASTY)
    site.run().selectbox(key=keys.DRAFTING_WHO).set_value(dan)
    site.multiselect(key=keys.DRAFTING_STRANDS).set_value([resilience])
    site = press(site, "assign_parts")
    assert "Not changed. Please type which part" in said(site)
    site.text_input(key=keys.DRAFTING_DIRECTORATE).set_value("Housing")
    site = press(site, "assign_parts")
    assert "Housing, drafts Resilience" in said(site)
    assert NASTY not in said(site)
    with reading() as session:
        assert [(row.account_id, row.strand_id) for row in session.exec(select(DraftingPart))] == [(dan, resilience)]
    assert "You draft for **Housing**: Resilience." in said(opened(session_id, step="list"))
    assert not opened(session_id, step="dialogue").radio
    assert len(opened(session_id, step="resilience-more").radio) == 1
