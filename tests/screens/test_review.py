"""The review's page: who may open it and see what, and the queue."""

import pytest

from charter.answers import save_comment, save_level
from charter.review_queue import read_paper, review_queue
from charter.rules.access import OPERATOR, PUBLIC
from charter.rules.refusals import NotAllowedError, NotFoundError, RefusedError
from charter.store import reading, store, writing
from charter.submissions import submit
from db.types import Role
from tests import factories
from tests.screens.review_site import SECRET, opened, reviewer, sent
from tests.screens.self_assessment_site import newest_account, said, signed_in
from tests.screens.site_under_test import press
from tests.store import reviewing
from tests.store.asked_forms import AskedForm

pytestmark = pytest.mark.usefixtures("settings_env")


# Who may open it.


@pytest.mark.parametrize("role", [Role.PARTNER, Role.ADMINISTRATOR])
def test_it_is_open_to_nobody_else(form: AskedForm, role: Role) -> None:
    ref = sent(form)
    site = opened(signed_in(form, form.council_id, role=role), ref)
    assert "This page is not open to you" in said(site)
    assert "Riverbank Council" not in said(site)


def test_without_signing_in_it_asks_for_that(form: AskedForm) -> None:
    assert "Sign in to open this page" in said(opened(None, sent(form)))


def test_the_verbs_ask_again(form: AskedForm) -> None:
    ref = sent(form)
    with reading() as session:
        for viewer in (PUBLIC, form.partner, form.by_link, form.partner_of(form.council_id)):
            with pytest.raises(NotAllowedError):
                review_queue(session, viewer=viewer)
            with pytest.raises(NotAllowedError):
                read_paper(session, viewer=viewer, ref=ref)


def test_the_coordinator_looks_and_does_not_decide(form: AskedForm) -> None:
    ref = sent(form)
    site = opened(signed_in(form, role=Role.COORDINATOR), ref)
    assert "The monitoring group decides" in said(site)
    assert {button.key for button in site.main.button} == {"to_queue"}
    assert not site.text_area


def test_a_reviewer_of_their_own_body_looks_and_does_not_decide(form: AskedForm) -> None:
    ref, session_id = sent(form), reviewer(form)
    account_id = newest_account()
    with writing() as session:
        factories.grant(session, account_id=account_id, organisation_id=form.council_id)
    site = opened(session_id, ref)
    assert "somebody else must review" in said(site)
    assert not site.text_area
    assert "accept" not in {button.key for button in site.main.button}


def test_a_reviewer_sees_no_groups_answer_anywhere(form: AskedForm) -> None:
    with writing() as session:
        whose = form.whose()
        save_level(session, viewer=form.partner, version_id=form.core[0], choice=1, seen_revision=0, **whose)
        save_comment(
            session,
            viewer=form.partner,
            version_id=form.core[0],
            comment=SECRET,
            may_be_quoted=True,
            seen_revision=1,
            **whose,
        )
        group_ref = submit(session, viewer=form.partner, declared_by="Ana", **whose).ref
    ref, session_id = sent(form), reviewer(form)
    for site in (opened(session_id), opened(session_id, ref), opened(session_id, group_ref)):
        assert "Tea Club" not in said(site)
        assert SECRET not in said(site)
        assert group_ref not in {str(button.key) for button in site.main.button}
    assert "There is no public body" in said(opened(session_id, group_ref))
    with reading() as session, pytest.raises(NotFoundError):
        read_paper(session, viewer=OPERATOR, ref=group_ref)


@pytest.mark.parametrize("ref", ["SA-00000000", "no such", "'; DROP TABLE review; --", "\x00"])
def test_an_address_of_nothing_says_so(form: AskedForm, ref: str) -> None:
    site = opened(reviewer(form), ref)
    assert "There is no public body" in said(site)
    assert "Nothing waits for review" in said(press(site, "to_queue"))


def test_an_address_that_names_something_else_cannot_put_a_link_on_the_page(form: AskedForm) -> None:
    site = opened(reviewer(form), "[Sign in here](https://evil.example)")
    (warning,) = site.warning
    assert "](" not in warning.value
    assert "://" not in warning.value
    assert "evil" in warning.value


def test_a_draft_is_read_by_nobody_else(form: AskedForm) -> None:
    reviewing.choose(store(), form, 4)
    ref = reviewing.row(store()).ref
    site = opened(reviewer(form), ref)
    assert "has not sent these answers yet" in said(site)
    assert "Fully" not in said(site)
    with reading() as session, pytest.raises(RefusedError):
        read_paper(session, viewer=OPERATOR, ref=ref)


# The queue.


def test_an_empty_queue_says_what_will_be_here(form: AskedForm) -> None:
    words = said(opened(reviewer(form)))
    assert "Nothing waits for review" in words
    assert "They appear here when a public body sends them" in words
    assert "Review: Riverbank Council." in words  # it has not sent yet


def test_the_queue_tells_what_waits_and_what_is_with_the_body_and_what_was_accepted(form: AskedForm) -> None:
    ref, session_id = sent(form), reviewer(form)
    assert "1 public body waits for review" in said(opened(session_id))
    reviewing.send_back(store(), form, ref)
    words = said(opened(session_id))
    assert "With the body (1)" in words
    assert "Nothing waits" in words
    reviewing.send(store(), form)
    reviewing.take(store(), form, ref)
    site = opened(session_id)
    assert "Accepted (1)" in {expander.label for expander in site.expander}
