"""`/files/outbox.zip` over HTTP: the letters, for those who run the review alone."""

import io
import zipfile

import httpx
import pytest

from charter.mail.outbox import outbox_holds
from charter.mail.sending import post
from charter.rules.access import OPERATOR
from charter.sessions import COOKIE
from db.types import MailKind, Role
from tests.http.conftest import Site
from tests.http.people import person, session_of


def write(site: Site, address: str) -> int:
    with site.store.writing() as session:
        return post(
            session, viewer=OPERATOR, kind=MailKind.PREVIEW, address=address, subject="Hello", text="A secret link"
        )


def download(site: Site, role: Role | None, query: str = "") -> httpx.Response:
    cookies = {COOKIE: session_of(site.store, person(site.store, role=role)).token} if role else {}
    return httpx.get(f"{site.address}/files/outbox.zip{query}", cookies=cookies, timeout=20)


def test_the_coordinator_downloads_the_letters_and_they_stay_until_they_are_deleted(site: Site) -> None:
    write(site, "one@groups.example")
    last = write(site, "two@groups.example")
    write(site, "three@groups.example")
    for _ in range(2):
        answer = download(site, Role.COORDINATOR, f"?up_to={last}")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/zip"
        assert answer.headers["content-disposition"] == 'attachment; filename="outbox.zip"'
        assert answer.headers["cache-control"] == "no-store"
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            letters = [archive.read(name) for name in archive.namelist()]
        assert any(b"To: two@groups.example" in letter for letter in letters)
        assert not any(b"To: three@groups.example" in letter for letter in letters)
    with site.store.reading() as session:
        assert outbox_holds(session, viewer=OPERATOR).letters >= 3


@pytest.mark.parametrize("query", ["", "?up_to=", "?up_to=-1", "?up_to=x", "?up_to=99999999999999999999"])
def test_a_number_that_is_none_is_passed_over(site: Site, query: str) -> None:
    write(site, "one@groups.example")
    assert download(site, Role.COORDINATOR, query).status_code == 200


@pytest.mark.parametrize("role", [None, Role.PARTNER, Role.REVIEWER, Role.ADMINISTRATOR])
def test_nobody_else_does(site: Site, role: Role | None) -> None:
    write(site, "one@groups.example")
    answer = download(site, role)
    assert answer.status_code == 403
    assert "not open to you" in answer.text
    assert b"secret" not in answer.content
