"""`/open-data/…`: tables at addresses that stay, for any program of any site, and plain words where there is none."""

import shutil
from datetime import timedelta
from pathlib import Path

import anyio
import httpx
import pytest
import sqlalchemy as sa
from sqlmodel import col
from starlette.applications import Starlette

from charter import clock
from charter.reports.tables import OUTLINES
from charter.store import writing
from db.models import Release
from pages.routes import open_data
from tests.conftest import forget_settings
from tests.http.conftest import Site
from tests.templates import Templates

TABLE = "/open-data/2025.1/theme-scores.csv"


APP = Starlette(routes=open_data.ROUTES)


def ask(path: str, *, method: str = "GET", **headers: str) -> httpx.Response:
    """Ask the routes without a server: what they answer does not depend on one."""

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(APP)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.request(
                method, path, headers={name.replace("_", "-"): headers[name] for name in headers}
            )

    return anyio.run(send)


@pytest.fixture
def demonstration(templates: Templates, settings_env: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the settings name the demonstration, to be read."""
    del settings_env
    monkeypatch.setenv("CHARTER_DATABASE_URL", templates.readable(templates.demonstration("sqlite")))
    forget_settings()


@pytest.fixture
def demonstration_to_change(templates: Templates, settings_env: Path) -> None:
    """Let the settings name a copy of the demonstration."""
    forget_settings()
    shutil.copyfile(templates.demonstration("sqlite").database, settings_env / "charter.db")


@pytest.mark.usefixtures("demonstration")
def test_every_table_is_there_as_csv_and_as_json_with_its_own_kind_and_name() -> None:
    for outline in OUTLINES:
        for form, kind in (("csv", "text/csv; charset=utf-8; header=present"), ("json", "application/json")):
            answer = ask(f"/open-data/2025.1/{outline.name}.{form}")
            assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
            assert f'filename="made-up-{outline.name}-2025.1.{form}"' in answer.headers["content-disposition"]
    told = ask("/open-data/2025.1/datapackage.json").json()
    assert {resource["path"] for resource in told["resources"]} == {
        f"{outline.name}.{form}" for outline in OUTLINES for form in ("csv", "json")
    }
    assert ask("/open-data/2025.1/README.txt").headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.usefixtures("demonstration")
def test_who_has_a_table_already_is_told_so_in_place_of_being_sent_it() -> None:
    first = ask(TABLE)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "public, no-cache"
    for has in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
        again = ask(TABLE, if_none_match=has)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    changed = ask(TABLE, if_none_match='"other"')
    assert (changed.status_code, changed.content) == (200, first.content)
    assert ask("/open-data/2025.1/gaps.csv").headers["etag"] != tag
    head = ask(TABLE, method="HEAD")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", tag)


@pytest.mark.usefixtures("demonstration")
def test_a_page_of_any_site_may_read_it_and_ask_whether_it_changed() -> None:
    here = "https://elsewhere.example"
    for path in (TABLE, "/open-data/latest/gaps.json", "/open-data/none/gaps.json", "/open-data/2025.1/none.csv"):
        assert ask(path, origin=here).headers["access-control-allow-origin"] == "*"
    assert ask(TABLE, origin=here).headers["access-control-expose-headers"] == "etag"
    asked = ask(TABLE, method="OPTIONS", origin=here, access_control_request_headers="if-none-match")
    assert asked.status_code == 204
    assert "if-none-match" in asked.headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in asked.headers


@pytest.mark.usefixtures("demonstration")
def test_latest_leads_to_the_newest_release_and_a_folder_to_the_page() -> None:
    answer = ask("/open-data/latest/gaps.csv")
    assert (answer.status_code, answer.headers["location"]) == (307, "/open-data/2025.1/gaps.csv")
    for path, leads_to in (
        ("/open-data", "/data"),
        ("/open-data/latest", "/data"),
        ("/open-data/2024.1/", "/data?release=2024.1"),
    ):
        assert ask(path).headers["location"] == leads_to


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/open-data/1999.1/gaps.csv", "There is no release 1999.1."),
        ("/open-data/2025.1/none.csv", "There is no such table"),
        ("/open-data/2025.1/..%2f..%2fetc%2fpasswd", ""),
        ("/open-data/2025.1/gaps", "There is no such table"),
        ("/open-data/%3Cb%3E/gaps.csv", "There is no release &lt;b&gt;."),
    ],
)
def test_an_address_that_names_nothing_is_told_so_in_words(path: str, says: str) -> None:
    answer = ask(path)
    assert answer.status_code == 404
    assert says in answer.text


@pytest.mark.usefixtures("demonstration_to_change")
def test_a_release_that_was_taken_back_is_gone_with_its_reason_and_latest_leads_to_the_one_before() -> None:
    assert ask(TABLE).status_code == 200
    with writing() as session:
        taken_back = clock.now() - timedelta(hours=1)
        session.execute(
            sa.update(Release)
            .where(col(Release.ref) == "2025.1")
            .values(withdrawn_at=taken_back, withdrawn_reason="A sum was wrong.")
        )
    answer = ask(TABLE)
    assert answer.status_code == 410
    assert "The reason: A sum was wrong." in answer.text
    assert ask("/open-data/latest/gaps.csv").headers["location"] == "/open-data/2024.1/gaps.csv"
    # It tells of other reviews, and not of one that was taken back since.
    reviews = ask("/open-data/2024.1/scores-over-reviews.json").json()
    assert {row["review"] for row in reviews} == {"2023", "2024"}


def test_where_nothing_is_published_a_running_site_says_so_to_any_page(site: Site) -> None:
    answer = httpx.get(f"{site.address}/open-data/latest/gaps.csv")
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (404, "*")
    assert "Nothing is published yet." in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
