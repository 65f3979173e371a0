"""`/files/charts/<release>/<chart>`: single charts as pictures for everyone, and the words where there is none."""

import asyncio
import io
import json

import httpx
import pytest
from PIL import Image
from starlette.applications import Starlette

from charter.corrections import withdraw_release
from charter.reports import images
from charter.reports.contents import Contents
from charter.reports.every_drawing import ChartName, draw_chart
from charter.rules.access import OPERATOR
from charter.store import writing
from pages.routes.charts import ROUTES
from pages.routes.headers import NOTHING_RUNS

REF, EARLIER = "2025.1", "2024.1"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let each picture be a few bytes, and note which were made: what they show is held where they are made."""
    noted: list[str] = []

    def make(contents: Contents, name: ChartName, *, kind: str, size: str) -> bytes:
        draw_chart(contents, name)
        noted.append(f"{name} of {contents.release.ref} as {kind} for {size}")
        return noted[-1].encode()

    monkeypatch.setattr(images, "image_of", make)
    return noted


def got(address: str, tag: str = "") -> httpx.Response:
    """Ask the routes for a file, without a server between."""

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(Starlette(routes=ROUTES))
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as to:
            return await to.get(f"/files/charts/{address}", headers={"if-none-match": tag} if tag else {})

    return asyncio.run(ask())


@pytest.mark.usefixtures("demonstration_behind")
def test_a_chart_comes_as_what_it_is_under_a_name_that_says_so_and_nothing_in_it_runs() -> None:
    png = got(f"{REF}/bounds.png")
    assert png.status_code == 200
    assert png.headers["content-type"] == "image/png"
    assert png.headers["content-disposition"] == f'inline; filename="made-up-bounds-{REF}.png"'
    assert png.headers["content-security-policy"] == NOTHING_RUNS
    assert png.headers["cache-control"] == "public, no-cache"
    assert Image.open(io.BytesIO(png.content)).size == (1920, 1080)
    svg = got(f"{REF}/bounds.svg?size=print")
    assert svg.headers["content-type"].startswith("image/svg+xml")
    assert b"2025 review (made up)" in svg.content
    told = json.loads(got(f"{REF}/bounds.json").content)
    assert f'<title id="title">{told["title"]}</title>'.encode() in svg.content


@pytest.mark.usefixtures("demonstration_behind")
def test_each_is_made_once_and_whoever_has_it_is_told_so(made: list[str]) -> None:
    answers = [got(f"{ref}/ranked-equality.png?size=print") for ref in (REF, "latest", REF)]
    assert {answer.content for answer in answers} == {b"ranked-equality of 2025.1 as png for print"}
    assert len(made) == 1
    again = got(f"{REF}/ranked-equality.png?size=print", f'W/"x", {answers[0].headers["etag"]}')
    assert (again.status_code, again.content) == (304, b"")
    assert got(f"{REF}/ranked-equality.png", answers[0].headers["etag"]).status_code == 200
    assert made[1:] == ["ranked-equality of 2025.1 as png for slide"]


@pytest.mark.usefixtures("demonstration_behind")
@pytest.mark.parametrize(
    ("address", "words"),
    [
        (f"{REF}/nothing.png", "Release 2025.1 has no chart nothing"),
        (f"{REF}/ranked.png", "has no chart ranked"),
        (f"{REF}/ranked-x%3Cb%3E.png", "has no chart ranked-x&lt;b&gt;"),
        (f"{REF}/gaps.gif", "Charts end in .png, .svg, .json"),
        (f"{REF}/gaps", "Charts end in .png, .svg, .json"),
        (f"{REF}/gaps.png?size=huge", "the size slide or print"),
        ("1999.1/gaps.png", "There is no release 1999.1"),
    ],
)
def test_what_there_is_not_is_said_in_words(made: list[str], address: str, words: str) -> None:
    answer = got(address)
    assert answer.status_code == 404
    assert words in answer.text
    assert made == []


@pytest.mark.usefixtures("demonstration_behind")
def test_a_release_that_was_taken_back_gives_out_no_chart_any_more(made: list[str]) -> None:
    assert got(f"{EARLIER}/gaps.png").status_code == 200
    with writing() as session:
        withdraw_release(session, viewer=OPERATOR, ref=EARLIER, reason="A wrong list.")
    answer = got(f"{EARLIER}/gaps.png")
    assert answer.status_code == 410
    assert "A wrong list." in answer.text
    assert len(made) == 1


@pytest.mark.usefixtures("settings_env")
def test_before_anything_is_published_that_is_said() -> None:
    answer = got("latest/gaps.png")
    assert (answer.status_code, "Nothing is published yet." in answer.text) == (404, True)
