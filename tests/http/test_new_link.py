"""`/new-link` over HTTP: the same words whether or not the address is known, and the letter to the address held."""

import time
from email import message_from_bytes, policy
from email.message import EmailMessage

import httpx
from sqlmodel import col, select

from charter.links import find_link
from charter.mail.new_links import links_are_asked_for
from db.models import Invitation, LinkRequest, Organisation, SignInAttempt
from tests.http.conftest import Site
from tests.http.people import link_to
from tests.store.mailing import token_in

HELD = "grays@groups.example"


def ask(site: Site, email: str, **headers: str) -> httpx.Response:
    return httpx.post(f"{site.address}/new-link", data={"email": email}, headers=headers, timeout=20)


def forget_attempts_of(site: Site) -> None:
    with site.store.writing() as session:
        for row in session.exec(select(SignInAttempt)):
            session.delete(row)


def letter_to(site: Site, address: str) -> EmailMessage:
    """Wait until the server's worker has written a letter to an address: it has no mail server, and an outbox.

    A letter is handed in before the store is told, so that none is lost: its link opens a moment later.
    """
    end = time.monotonic() + 30
    while time.monotonic() < end:
        for path in (site.folder / "var" / "outbox").glob("*.eml"):
            letter = message_from_bytes(path.read_bytes(), policy=policy.default)
            if letter["To"] == address and not links_are_asked_for():
                return letter
        time.sleep(0.05)
    raise AssertionError("the worker wrote nothing")


def test_the_answer_is_the_same_and_the_worker_writes_the_letter_to_the_address_that_is_held(site: Site) -> None:
    forget_attempts_of(site)
    _, invitation_id = link_to(site.store)
    with site.store.writing() as session:
        invitation = session.get_one(Invitation, invitation_id)
        session.get_one(Organisation, invitation.organisation_id).email = HELD
    known, unknown = ask(site, HELD), ask(site, "nobody@groups.example")
    assert known.status_code == unknown.status_code == 200
    assert known.text == unknown.text
    assert "Look at your e-mails" in known.text
    timeless = [{k: v for k, v in answer.headers.items() if k != "date"} for answer in (known, unknown)]
    assert timeless[0] == timeless[1]
    letter = letter_to(site, HELD)
    with site.store.reading() as session:
        assert find_link(session, token=token_in(letter)).organisation == "Grays Gardeners"
    log = site.server.log()
    assert token_in(letter) not in log
    assert "groups.example" not in log


def test_the_form_works_without_a_script_and_keeps_what_was_typed(site: Site) -> None:
    before = _asked(site)
    form = httpx.get(f"{site.address}/new-link")
    assert form.status_code == 200
    assert '<label for="email">' in form.text
    assert "<script" not in form.text
    wrong = ask(site, 'grays"><script>')
    assert wrong.status_code == 422
    assert "That is not an e-mail address" in wrong.text
    assert 'value="grays&#34;&gt;&lt;script&gt;"' in wrong.text
    assert ask(site, "").status_code == 422
    assert _asked(site) == before


def test_looking_at_it_asks_for_nothing_and_another_sites_page_cannot_ask(site: Site) -> None:
    link_to(site.store)
    before = _asked(site)
    for _ in range(3):
        assert httpx.get(f"{site.address}/new-link?email={HELD}").status_code == 200
    assert ask(site, HELD, **{"sec-fetch-site": "cross-site"}).status_code == 403
    assert ask(site, HELD, origin="https://elsewhere.example").status_code == 403
    assert _asked(site) == before


def test_too_many_are_asked_to_wait(site: Site) -> None:
    link_to(site.store)
    forget_attempts_of(site)
    answers = [ask(site, "many@groups.example").status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def _asked(site: Site) -> list[int | None]:
    with site.store.reading() as session:
        return list(session.exec(select(col(LinkRequest.id))))
