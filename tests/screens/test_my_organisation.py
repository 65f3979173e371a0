"""The page about one's own organisation: who it is open to, what it shows, and what its buttons do to the store."""

from pathlib import Path

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from charter import clock
from charter.store import reading, writing
from db.models import Account, Organisation, Signatory
from db.types import Role
from pages.ui import keys
from tests import factories
from tests.screens.made_stores import MadeStores
from tests.screens.self_assessment_site import by_link, said
from tests.screens.site_under_test import opened_at, press, session_of
from tests.store.own_rows import EMAIL, Past, past_in

PAGE = "partner/my_organisation.py"


@pytest.fixture
def made(made_stores: MadeStores, settings_env: Path) -> Past:
    return made_stores.lay(past_in, settings_env / "charter.db")


def opened(session_id: int | None, **query: str) -> AppTest:
    """Open the page as the session's person, at an address."""
    return opened_at(PAGE, query, session_id=session_id)


def words(site: AppTest) -> str:
    """Give all words of the page, those in tables among them, the escaping of marks taken out."""
    cells = [str(cell) for table in site.table for cell in table.value.to_numpy().ravel()]
    subheaders = [str(part.value) for part in site.subheader]
    return "\n".join([said(site), *subheaders, *cells]).replace("\\", "").replace("\u2060", "")


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_the_page_is_not_open_to_other_roles(made: Past, role: Role) -> None:  # noqa: ARG001 - the store
    with writing() as session:
        account_id = factories.account(session)
        factories.grant(session, account_id=account_id, role=role)
    site = opened(session_of(account_id), org="GROUP-1")
    assert "This page is not open to you" in words(site)
    assert "Tea Club" not in words(site)


def test_who_is_not_signed_in_is_asked_to(made: Past) -> None:  # noqa: ARG001 - the store
    site = opened(None, org="GROUP-1")
    assert "Sign in to open this page" in words(site)
    assert "Tea Club" not in words(site)


def test_another_organisations_reference_in_the_address_is_not_yours(made: Past) -> None:
    for ref in ("GROUP-2", "NOT-THERE"):
        site = opened(session_of(made.ana), org=ref, part="sent")
        assert "This organisation is not yours, or is not there. Nothing was changed." in words(site)
        assert "Chess Club" not in words(site)
        assert made.other_ref not in words(site)


def test_somebody_of_two_organisations_chooses_by_the_address(made: Past) -> None:
    site = opened(session_of(made.both), org="GROUP-2", part="sent")
    assert site.title[0].value == "Chess Club"
    assert made.other_ref in words(site)
    assert made.sent_ref not in words(site)
    site.selectbox(key=f"{keys.OWN_ORGANISATION}_GROUP-2").set_value("GROUP-1").run()
    assert site.title[0].value == "Tea Club"
    assert made.sent_ref in words(site)


def test_a_partner_reads_the_reference_numbers_and_a_copy_of_what_was_sent(made: Past) -> None:
    site = opened(session_of(made.ana), part="sent")
    text = words(site)
    assert "Your organisation’s number is **GROUP-1**" in text
    assert made.sent_ref in text
    assert "How far did you see them listen?\nmostly (3 of 4)\n=cmd() we were *heard* (may not be quoted)" in text
    links = [element.proto.url for element in site.get("link_button")]
    assert links == [f"/files/my-answers/{made.sent_ref}", f"/files/my-answers/{made.sent_ref}?as=csv"]


def test_by_link_there_is_the_copy_of_its_own_review_and_nothing_else(made: Past) -> None:
    site = opened(by_link(made.form), part="people")
    text = words(site)
    assert made.sent_ref in text
    assert "mostly (3 of 4)" in text
    assert EMAIL not in text
    assert "Your people" not in text
    assert [element.key for element in site.button] == []


def test_before_anything_is_published_the_history_says_what_will_be_there(made: Past) -> None:
    text = words(opened(session_of(made.ana)))
    assert "Here you will see what you answered in each review" in text
    assert "No review is published yet" in text


def test_a_public_body_is_told_what_leaving_ends(made: Past) -> None:
    with writing() as session:
        council = made.form.council_id
        charter = session.exec(select(Signatory.charter_id)).one()
        signed = {"charter_id": charter, "organisation_id": council, "signed_on": clock.today()}
        factories.add(session, Signatory, signed)
        factories.grant(session, account_id=made.form.account_id, organisation_id=council)
        ref = session.get_one(Organisation, council).ref
    text = words(opened(session_of(made.form.account_id), org=ref, part="charter"))
    assert "no new review about it asks you. One that has opened already still does." in text
    assert "You stay on the invitation list" not in text


def test_leaving_asks_first_and_then_leaves(made: Past) -> None:
    site = opened(session_of(made.ana), part="charter")
    assert "You stay on the invitation list, with or without a signature" in words(site)
    name = f"leave_{made.form.group_id}_{made.charter_ref}"
    reason = f"{keys.OWN_LEAVING_REASON}_{made.form.group_id}_{made.charter_ref}"
    site.text_area(key=reason).set_value("x" * 301)
    press(site, f"ask_{name}")
    press(site, f"yes_{name}")
    assert "A reason can have up to 300 letters" in words(site)
    assert site.text_area(key=reason).value == "x" * 301
    site.text_area(key=reason).set_value("No *time*")
    press(site, f"ask_{name}")
    press(site, f"no_{name}")
    with reading() as session:
        assert session.exec(select(Signatory)).one().left_on is None
    press(site, f"ask_{name}")
    press(site, f"yes_{name}")
    assert "Your organisation left the charter on" in words(site)
    assert "The reason: No *time*. To sign again, ask the coordinator." in words(site)
    with reading() as session:
        row = session.exec(select(Signatory)).one()
        assert (row.left_on, row.left_reason) == (clock.today(), "No *time*")


def test_removing_a_person_asks_first_and_says_what_stays(made: Past) -> None:
    site = opened(session_of(made.both), org="GROUP-1", part="people")
    assert EMAIL in words(site)
    name = f"remove_{made.form.group_id}_{made.ana}"
    press(site, f"ask_{name}")
    assert "everything that is published, stay. This cannot be undone." in words(site)
    press(site, f"yes_{name}")
    assert "their personal data is gone" in words(site)
    assert EMAIL not in words(site)
    with reading() as session:
        assert session.get_one(Account, made.ana).name == "(name removed)"


def test_removing_personal_data_asks_first(made: Past) -> None:
    site = opened(session_of(made.ana), part="people")
    assert [element.proto.url for element in site.get("link_button")] == ["/files/my-data?org=GROUP-1"]
    press(site, f"ask_erase_{made.form.group_id}")
    assert "Your people can still sign in. This cannot be undone." in words(site)
    with reading() as session:
        assert session.get_one(Organisation, made.form.group_id).email == EMAIL
    press(site, f"yes_erase_{made.form.group_id}")
    assert "The personal data is gone. What was published stays." in words(site)
    with reading() as session:
        assert session.get_one(Organisation, made.form.group_id).email is None


@pytest.mark.usefixtures("demo_to_read")
@pytest.mark.parametrize("name", ["group", "council"])
def test_in_the_demonstration_the_history_is_full(name: str) -> None:
    with reading() as session:
        account_id = session.exec(select(Account.id).where(Account.email == f"{name}@demonstration.example")).one() or 0
    site = opened(session_of(account_id))
    text = words(site)
    year = clock.today().year
    assert len(site.get("vega_lite_chart") or site.get("arrow_vega_lite_chart")) == 4
    for one in range(year - 3, year):
        assert f"{one} review" in text
    assert f"in {year - 1} you gave" in text
    site.selectbox(key=keys.OWN_REVIEW).set_value(str(year - 3)).run()
    assert not site.exception
    assert f"Scores out of 100, {year - 3} review" in words(site)
