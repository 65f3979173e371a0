"""`/files/evidence/…` over HTTP: to be saved under its name and kind, and for those alone who may see it."""

from dataclasses import dataclass

import httpx
import pytest
import sqlalchemy as sa

from charter.evidence.fields import EvidenceFields
from charter.evidence.files import GivenFile
from charter.evidence.items import add_evidence
from charter.rules.access import Grant, Viewer
from charter.sessions import COOKIE, start_account_session
from db.models import EvidenceFile
from db.types import EvidenceSeenBy, OrganisationKind, Role
from tests import factories
from tests.http.conftest import Site
from tests.http.people import person, session_of
from tests.small_files import pdf

CONTENT = pdf("Sent as it came")
NAME = "Été “café”.html"  # its ending and its marks are made safe


@dataclass(frozen=True)
class Made:
    """A council's items by who sees them, and the account of its person."""

    keys: dict[EvidenceSeenBy, int]
    account: int

    def token(self, site: Site) -> str:
        """Begin a session of its person."""
        with site.store.writing() as session:
            return start_account_session(session, account_id=self.account).token


@pytest.fixture(scope="module")
def made(running_site: Site) -> Made:
    """Make a council with a file of each sort."""
    with running_site.store.writing() as session:
        council = factories.organisation(session, kind=OrganisationKind.COUNCIL)
        account = factories.account(session)
        factories.grant(session, account_id=account, organisation_id=council)
        viewer = Viewer(account_id=account, grants=frozenset({Grant(Role.PARTNER, council)}))
        keys = {}
        for number, seen_by in enumerate(EvidenceSeenBy):
            fields = EvidenceFields(seen_by.value, seen_by=seen_by)
            file = GivenFile(NAME, CONTENT + b"\n" * number)
            keys[seen_by] = add_evidence(session, viewer=viewer, organisation_id=council, fields=fields, file=file)
        return Made(keys, account)


def got(site: Site, key: int | str, token: str = "") -> httpx.Response:
    return httpx.get(f"{site.address}/files/evidence/EV-{key}", cookies={COOKIE: token} if token else {})


def test_it_comes_to_be_saved_as_what_it_is_and_nothing_in_it_runs(site: Site, made: Made) -> None:
    answer = got(site, made.keys[EvidenceSeenBy.PRIVATE], made.token(site))
    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == (
        "attachment; filename=\"-t-caf-.pdf\"; filename*=UTF-8''%C3%89t%C3%A9%20%E2%80%9Ccaf%C3%A9%E2%80%9D.pdf"
    )
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert "script-src 'self'" in httpx.get(site.address).headers["content-security-policy"]


@pytest.mark.parametrize(
    ("role", "let_in"),
    [
        (None, {EvidenceSeenBy.PUBLIC}),
        (Role.PARTNER, {EvidenceSeenBy.PUBLIC}),
        (Role.ADMINISTRATOR, {EvidenceSeenBy.PUBLIC}),
        (Role.REVIEWER, {EvidenceSeenBy.PUBLIC, EvidenceSeenBy.MONITORING_GROUP}),
        (Role.COORDINATOR, {EvidenceSeenBy.PUBLIC, EvidenceSeenBy.MONITORING_GROUP}),
    ],
)
def test_others_get_what_is_shown_to_them_and_the_same_words_for_the_rest(
    site: Site,
    made: Made,
    role: Role | None,
    let_in: set[EvidenceSeenBy],
) -> None:
    token = session_of(site.store, person(site.store, role=role)).token if role else ""
    nothing = got(site, 99_999, token)
    assert (nothing.status_code, "There is no such file" in nothing.text) == (404, True)
    for seen_by, key in made.keys.items():
        answer = got(site, key, token)
        if seen_by in let_in:
            assert answer.content.startswith(CONTENT)
        else:
            assert (answer.status_code, answer.text) == (404, nothing.text)


@pytest.mark.parametrize("key", ["", "0", "1%00", "..%2f..%2fetc%2fpasswd", "1;drop", "9" * 40])
def test_an_address_that_names_nothing_gives_nothing(site: Site, made: Made, key: str) -> None:
    answer = got(site, key, made.token(site))
    assert answer.status_code in {400, 404}
    assert b"%PDF" not in answer.content


def test_a_file_that_was_damaged_is_not_given_out_and_the_operator_is_told(site: Site, made: Made) -> None:
    with site.store.writing() as session:
        council = factories.organisation(session, kind=OrganisationKind.COUNCIL)
        viewer = Viewer(grants=frozenset({Grant(Role.PARTNER, council)}))
        fields = EvidenceFields("Damaged", seen_by=EvidenceSeenBy.PUBLIC)
        key = add_evidence(
            session, viewer=viewer, organisation_id=council, fields=fields, file=GivenFile(NAME, CONTENT)
        )
        of_it = EvidenceFile.evidence_id == key
        session.execute(sa.update(EvidenceFile).where(of_it).values(content=pdf("Another")))  # type: ignore[arg-type]
    answer = got(site, key)
    assert answer.status_code == 410
    assert "This file is damaged" in answer.text
    assert "Nothing more was lost." in answer.text
    assert "give the file again" in answer.text
    assert b"%PDF" not in answer.content
    assert f"damaged: the file of EV-{key} is not as it was taken in; a backup may hold it" in site.server.log()
    assert NAME not in site.server.log()
    assert got(site, made.keys[EvidenceSeenBy.PUBLIC]).status_code == 200
