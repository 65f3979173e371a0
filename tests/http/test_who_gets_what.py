"""Every address beside the pages, for everybody: who is given what, and that a group's answers reach nobody else."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import httpx
import pytest
from sqlmodel import select
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from charter.readiness import Preparation
from charter.sessions import COOKIE
from charter.store import reading
from db.models import Evidence, Organisation
from db.types import EvidenceSeenBy
from pages.routes.outermost import OutermostMiddleware
from pages.routes.table import ROUTES
from tests.groups_secrets import COORDINATES, EVERYBODY, MAY, Secrets, demonstration_with_secrets
from tests.templates import Templates

NOBODY: frozenset[str] = frozenset()
SITE = "http://localhost:8501"  # where the site is, unless a setting says otherwise


@dataclass(frozen=True)
class Asked:
    """What is asked for, and who gets it: a page, a file, or what follows a press.

    Attributes:
        gets: who is given what they ask for.
        address: the address, made from what is in the store; None for the route's own.
        form: what is filled in.
    """

    gets: frozenset[str] | set[str]
    address: Callable[[Secrets], str] | None = None
    form: Mapping[str, str] | None = None


def _private_evidence(secrets: Secrets) -> str:
    del secrets
    with reading() as session:
        council = select(Organisation.id).where(Organisation.ref == "DEMO-COUNCIL").scalar_subquery()
        private = Evidence.seen_by == EvidenceSeenBy.PRIVATE
        found = session.exec(select(Evidence.id).where(Evidence.organisation_id == council, private)).first()
    assert found is not None
    return f"/files/evidence/EV-{found}"


# Every route, by its path and method. One that is not here is one that nobody has thought about. A token in an address
# is what decides there, whoever brings it, so that a made-up one gives nobody anything.
GIVEN_TO = {
    ("/healthz", "GET"): Asked(EVERYBODY),
    ("/assets/{name}", "GET"): Asked(EVERYBODY, lambda _: "/assets/ticket.js"),
    ("/session", "POST"): Asked(NOBODY),
    ("/sign-out", "GET"): Asked(EVERYBODY),
    ("/sign-out", "POST"): Asked(EVERYBODY),
    ("/sign-in/openid", "GET"): Asked(NOBODY),  # with no directory in the settings; else see `test_openid.py`
    ("/sign-in/openid/back", "GET"): Asked(NOBODY),
    ("/link/{token}", "GET"): Asked(NOBODY, lambda _: "/link/made-up"),
    ("/link/{token}", "POST"): Asked(NOBODY, lambda _: "/link/made-up"),
    ("/stop/{token}", "GET"): Asked(NOBODY, lambda _: "/stop/made-up"),
    ("/stop/{token}", "POST"): Asked(NOBODY, lambda _: "/stop/made-up"),
    ("/preview/{token}", "GET"): Asked(NOBODY, lambda _: "/preview/made-up"),
    ("/preview/{token}", "POST"): Asked(NOBODY, lambda _: "/preview/made-up"),
    ("/new-link", "GET"): Asked(EVERYBODY),
    ("/new-link", "POST"): Asked(EVERYBODY, form={"email": "nobody@example.org"}),
    ("/deck/{release}", "GET"): Asked(EVERYBODY, lambda _: "/deck/2025.1"),
    ("/open-data", "GET"): Asked(EVERYBODY),
    ("/open-data/{release}", "GET"): Asked(EVERYBODY, lambda _: "/open-data/2025.1"),
    ("/open-data/{release}/", "GET"): Asked(EVERYBODY, lambda _: "/open-data/2025.1/"),
    ("/open-data/{release}/{name}", "GET"): Asked(EVERYBODY, lambda _: "/open-data/2025.1/theme-scores.csv"),
    ("/open-data/{release}/{name}", "OPTIONS"): Asked(EVERYBODY, lambda _: "/open-data/2025.1/theme-scores.csv"),
    ("/files/charts/{release}/{file}", "GET"): Asked(EVERYBODY, lambda _: "/files/charts/2025.1/widest_gaps.svg"),
    ("/files/reports/{release}/{form}", "GET"): Asked(EVERYBODY, lambda _: "/files/reports/2025.1/workbook.xlsx"),
    ("/files/call-list", "GET"): Asked(COORDINATES, lambda secrets: f"/files/call-list?period={secrets.period}"),
    ("/files/form", "GET"): Asked(COORDINATES, lambda secrets: f"/files/form?period={secrets.period}"),
    ("/files/outbox.zip", "GET"): Asked(COORDINATES),
    ("/files/audit.csv", "GET"): Asked({"coordinator", "administrator"}),
    ("/files/measurements-template", "GET"): Asked(EVERYBODY),
    ("/files/evidence/{ref}", "GET"): Asked({"council"}, _private_evidence),
    ("/files/my-answers/{ref}", "GET"): Asked(
        {"the first group", "coordinator"},  # a link reaches the review that it is for, and no earlier one
        lambda secrets: f"/files/my-answers/{secrets.sent}",
    ),
    ("/files/my-data", "GET"): Asked({"the first group"}, lambda secrets: f"/files/my-data?org={secrets.organisation}"),
}


@pytest.fixture(scope="module")
def secrets(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secrets]:
    """Let the settings name a demonstration with secrets in it."""
    with (
        demonstration_with_secrets(templates, tmp_path_factory.mktemp("secrets")) as made,
        pytest.MonkeyPatch.context() as patch,
    ):
        prepared = Preparation()
        prepared.start()
        patch.setattr("pages.routes.health.PREPARATION", prepared)
        yield made


def test_every_address_is_listed() -> None:
    routes = [route for route in ROUTES if isinstance(route, Route)]
    assert len(routes) == len(ROUTES)
    named = {(route.path, method) for route in routes for method in (route.methods or ()) if method != "HEAD"}
    assert named == set(GIVEN_TO)


@pytest.mark.parametrize("asked", GIVEN_TO, ids=" ".join)
def test_those_get_it_who_may_and_nobody_learns_another_groups_answers(
    asked: tuple[str, str], secrets: Secrets
) -> None:
    path, method = asked
    given = GIVEN_TO[asked]
    address = given.address(secrets) if given.address else path
    answers = asyncio.run(_ask(method, address, given.form, secrets))
    assert {name for name, answer in answers.items() if answer.status_code < 400} == given.gets
    for name, answer in answers.items():
        assert answer.status_code < 500, name
        told = secrets.words in answer.text or any(ref in answer.text for ref in secrets.refs)
        assert name in MAY or not told, name


async def _ask(
    method: str, address: str, form: Mapping[str, str] | None, secrets: Secrets
) -> dict[str, httpx.Response]:
    """Ask as everybody. Nobody is signed out by it, as they ask again."""
    app = Starlette(routes=ROUTES, middleware=[Middleware(OutermostMiddleware)])
    answers = {}
    for number, (name, token) in enumerate(secrets.tokens.items()):
        cookies = {COOKIE: token} if token and (method, address) != ("POST", "/sign-out") else {}
        # Each from a network address of their own, as from one address only so much may be asked.
        transport = httpx.ASGITransport(app=app, client=(f"192.0.2.{number}", 1024))
        async with httpx.AsyncClient(transport=transport, base_url=SITE, cookies=cookies) as client:
            answers[name] = await client.request(method, address, data=form, headers={"origin": SITE})
    return answers
