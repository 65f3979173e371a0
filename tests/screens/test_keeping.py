"""The pages that keep organisations, accounts and the audit log: used as a person does, then the stored row is read."""

from datetime import date

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from charter import clock
from charter.organisations import keeping
from charter.organisations.fields import Fields
from charter.organisations.keeping import edit_organisation, fields_of
from charter.rules.access import OPERATOR
from charter.store import reading, writing
from db.models import (
    Account,
    AccountGrant,
    Adoption,
    Commitment,
    Mail,
    Organisation,
    OrganisationMerge,
    Signatory,
    Ward,
)
from db.types import Continuity, OrganisationKind, Role
from pages.ui import keys
from tests import factories
from tests.screens.site_under_test import opened_at, ran, session_of

PAGES = {
    "coordinate/organisations.py": {Role.COORDINATOR},
    "coordinate/accounts.py": {Role.COORDINATOR, Role.ADMINISTRATOR},
    "coordinate/audit_log.py": {Role.COORDINATOR, Role.ADMINISTRATOR},
}
ORGANISATIONS, ACCOUNTS, AUDIT = PAGES
pytestmark = pytest.mark.usefixtures("settings_env")


def opened(page: str, role: Role = Role.COORDINATOR, **query: str) -> AppTest:
    with writing() as session:
        account = factories.account(session)
        factories.grant(session, account_id=account, role=role)
    return opened_at(page, query, session_id=session_of(account))


def press(site: AppTest, label: str) -> AppTest:
    next(button for button in site.button if button.label == label).click()
    return ran(site)


def type_in(site: AppTest, label: str, words: str) -> None:
    next(field for field in site.text_input if field.label == label).set_value(words)


def choose(site: AppTest, label: str, value: object) -> None:
    next(field for field in site.selectbox if field.label == label).set_value(value)


def said(site: AppTest) -> str:
    parts = [*site.title, *site.header, *site.markdown, *site.caption, *site.error, *site.warning, *site.info]
    parts += [*site.success, *site.code]
    return "\n".join(str(part.value) for part in parts).replace("\\", "").replace("\u2060", "")


def group(name: str, *, ref: str) -> int:
    with writing() as session:
        return factories.organisation(session, name=name, kind=OrganisationKind.COMMUNITY, ref=ref)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_open_to_its_roles_alone(page: str, role: Role) -> None:
    site = opened(page, role)
    assert ("This page is not open to you" in said(site)) is (role not in PAGES[page])


def test_an_empty_list_says_what_to_do() -> None:
    assert "There is no organisation yet" in said(opened(ORGANISATIONS))
    assert "There is no ward yet" in said(opened(ORGANISATIONS, part="wards"))
    assert "No two names are nearly the same" in said(opened(ORGANISATIONS, part="alike"))


def test_one_is_added_after_it_was_said_that_another_has_nearly_its_name() -> None:
    group("Grays Gardeners", ref="G-1")
    site = opened(ORGANISATIONS, part="add")
    type_in(site, "Name", "The Grays Gardners")
    press(site, "Add this organisation")
    assert "nearly the same name on the list already: Grays Gardeners" in said(site)
    with reading() as session:
        assert len(session.exec(select(Organisation)).all()) == 1
    press(site, "Add this organisation")
    assert "The Grays Gardners is on the list now" in said(site)
    with reading() as session:
        assert len(session.exec(select(Organisation)).all()) == 2
    assert next(field for field in site.text_input if field.label == "Name").value == ""


def test_what_cannot_be_taken_is_said_and_stays_in_its_field() -> None:
    site = opened(ORGANISATIONS, part="add")
    type_in(site, "Name", "Chess Club")
    type_in(site, "E-mail address", "nobody")
    press(site, "Add this organisation")
    assert "No mail can go to this address" in said(site)
    assert next(field for field in site.text_input if field.label == "Name").value == "Chess Club"
    with reading() as session:
        assert session.exec(select(Organisation)).all() == []


def test_of_two_who_edit_the_second_is_told_what_it_says_now_and_may_save_again() -> None:
    key = group("Chess Club", ref="G-1")
    site = opened(ORGANISATIONS, ref="G-1")
    with writing() as session:
        seen = fields_of(session.get_one(Organisation, key))
        changed = Fields(**{**vars(seen), "phone": "01375 000000", "starts_on": date(2020, 5, 3)})
        edit_organisation(session, viewer=OPERATOR, organisation_id=key, seen=seen, typed=changed)
    type_in(site, "Name", "Chess and Go Club")
    press(site, "Save these changes")
    assert "Somebody else changed this organisation" in said(site)
    assert "Telephone: 01375 000000 and First day: 3 May 2020." in said(site)
    with reading() as session:
        assert session.get_one(Organisation, key).name == "Chess Club"
    type_in(site, "Telephone", "01375 000000")
    press(site, "Save these changes")
    assert "The changes are saved" in said(site)
    with reading() as session:
        row = session.get_one(Organisation, key)
        assert (row.name, row.phone) == ("Chess and Go Club", "01375 000000")


def test_an_unknown_reference_is_said() -> None:
    assert "There is no organisation NOWHERE" in said(opened(ORGANISATIONS, ref="NOWHERE"))


def test_the_list_opens_one_and_goes_back() -> None:
    group("Chess **Club**", ref="G-1")
    site = opened(ORGANISATIONS)
    press(site, r"**Chess \*\*Club\*\*** ›")
    assert "Chess **Club**" in said(site)
    press(site, "← Back to the list")
    assert [field.label for field in site.text_input] == ["Search by name, reference or e-mail"]


def test_two_are_merged_only_when_the_box_is_ticked() -> None:
    into, duplicate = group("Chess Club", ref="G-1"), group("The Chess Club", ref="G-2")
    site = opened(ORGANISATIONS, ref="G-2", part="merge")
    choose(site, "Which one stays", into)
    type_in(site, "Why the two are one", "The same people")
    press(site, "Merge the two")
    assert "tick the box" in said(site)
    site.checkbox[0].check()
    press(site, "Merge the two")
    assert "The Chess Club was merged into Chess Club" in said(site)
    with reading() as session:
        assert session.get_one(OrganisationMerge, duplicate).into_id == into


def test_a_ward_is_added_and_a_charter_signed() -> None:
    site = opened(ORGANISATIONS, part="wards")
    type_in(site, "Name of the ward", "Old Town")
    type_in(site, "Code, such as E05000001", "w1")
    press(site, "Add this ward")
    assert "Old Town is a ward from" in said(site)
    key = group("Chess Club", ref="G-1")
    with writing() as session:
        assert session.exec(select(Ward)).one().code == "W1"
        factories.charter(session, title="The Pact")
    site = opened(ORGANISATIONS, ref="G-1", part="charter")
    press(site, "Save the signature")
    assert "Chess Club is a signatory of The Pact" in said(site)
    with reading() as session:
        row = session.exec(select(Signatory)).one()
        assert (row.organisation_id, row.signed_on) == (key, clock.today())


def test_a_coordinator_invites_a_partner_and_is_shown_the_link_once_where_no_mail_goes() -> None:
    key = group("Chess Club", ref="G-1")
    site = opened(ACCOUNTS, part="invite")
    assert "What they do" not in [field.label for field in site.selectbox]
    type_in(site, "Name of the person", "Ana")
    type_in(site, "E-mail address of the person", "ana@x.example")
    choose(site, "Organisation that they answer for", key)
    press(site, "Invite this person")
    assert "/sign-in?set=" in said(site)
    assert "/sign-in?set=" not in said(ran(site))
    with reading() as session:
        account = session.exec(select(Account).where(Account.email == "ana@x.example")).one()
        grant = session.exec(select(AccountGrant).where(AccountGrant.account_id == account.id)).one()
        assert (grant.role, grant.organisation_id) == (Role.PARTNER, key)
        assert session.exec(select(Mail)).one().account_id == account.id


def test_an_administrator_shuts_an_account_and_opens_it_after_being_asked() -> None:
    with writing() as session:
        number = factories.account(session, email="rev@x.example", name="Rev")
        factories.grant(session, account_id=number, role=Role.REVIEWER)
    site = opened(ACCOUNTS, Role.ADMINISTRATOR, person=str(number))
    for label, yes, shut in (
        ("Shut this account…", "Yes, shut it", True),
        ("Open this account again…", "Yes, open it", False),
    ):
        press(site, label)
        press(site, yes)
        with reading() as session:
            assert (session.get_one(Account, number).disabled_at is not None) is shut
        press(site, "Send a new link…")
        assert ("The account opens again." in "".join(each.value for each in site.warning)) is shut
        press(site, next(button.label for button in site.button if button.label.startswith("No")))


@pytest.mark.parametrize("asked", ["999999", "x", "1" * 40, "²"])
def test_an_account_that_is_not_there_is_said(asked: str) -> None:
    assert "There is no such account" in said(opened(ACCOUNTS, person=asked))


def test_the_log_is_searched_and_says_what_is_left_out_for_an_administrator() -> None:
    group("Chess Club", ref="G-1")
    site = opened(ORGANISATIONS, part="add")
    type_in(site, "Name", "Tea Club")
    press(site, "Add this organisation")
    site = opened(AUDIT, Role.ADMINISTRATOR)
    assert "**Organisation added** · organisation OWN-" in said(site)
    assert "only the coordinator sees which group has answered" in said(site)
    type_in(site, "To what", "nowhere")
    assert "Nothing like that was done" in said(ran(site))


def test_a_file_is_looked_at_first_and_then_brought_in() -> None:
    group("Grays Gardeners", ref="G-1")
    site = opened(ORGANISATIONS, part="bring")
    lines = ("name,kind", "Grays Gardners,community", "Tea Club,community", "Chess Club,chess")
    site.file_uploader[0].set_value(("list.csv", "\n".join(lines).encode(), "text/csv"))
    assert "1 thing to put right in the file" in said(ran(site))
    assert "is not one of council" in str(site.table[0].value)
    site.file_uploader[0].set_value(("list.csv", "\n".join(lines[:3]).encode(), "text/csv"))
    ran(site)
    assert "Nearly the name of another" in site.expander[0].label
    press(site, "Add 1 organisation")
    assert "1 organisation was added" in said(site)
    with reading() as session:
        assert set(session.exec(select(Organisation.name))) == {"Grays Gardeners", "Tea Club"}
    assert keys.KEPT_LIST not in site.session_state


def test_of_two_who_add_one_with_the_same_reference_the_second_is_told_and_keeps_what_was_typed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first is added between the look at the list and the write: only the store's own rule is left to refuse."""
    group("Grays Gardeners", ref="GB-CHC-1000000")
    monkeypatch.setattr(keeping, "_require_possible", lambda *_, **__: None)
    site = opened(ORGANISATIONS, part="add")
    type_in(site, "Name", "Chess Club")
    type_in(site, "Reference", "GB-CHC-1000000")
    press(site, "Add this organisation")
    assert "Somebody else has just used this reference" in said(site)
    assert "What you typed is still here" in said(site)
    assert next(field for field in site.text_input if field.label == "Name").value == "Chess Club"


def test_a_body_adopts_promises_on_its_page_and_one_that_is_done_once_is_done() -> None:
    with writing() as session:
        body = factories.organisation(session, name="Elmford NHS", kind=OrganisationKind.NHS, ref="NHS-1")
        once = factories.commitment(session, ref="ONCE-1", continuity=Continuity.ONE_OFF, title="Review it")
    site = opened(ORGANISATIONS, ref="NHS-1", part="charter")
    assert "It has adopted none. What all public bodies owe, it owes all the same." in said(site)
    next(field for field in site.multiselect if field.label == "Promises").set_value(["ONCE-1"])
    press(site, "Save what it adopted")
    assert f"Elmford NHS owes what it adopted from {clock.day_in_words(clock.today())} on." in said(site)
    press(site, "Save that it is done")
    assert "ONCE-1 is done." in said(site)
    with reading() as session:
        row = session.exec(select(Adoption)).one()
        assert (row.organisation_id, row.commitment_id, row.adopted_on) == (body, once.id, clock.today())
        assert session.get_one(Commitment, once.id).done_on == clock.today()
