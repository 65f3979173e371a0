"""Whoever waits for a file that is being made keeps nobody else waiting."""

import asyncio
import threading

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from pages.routes import charts, deck, open_data, reports
from pages.routes.apart import apart

MANY = 60  # more than there are threads for all handlers together
SECONDS = 20


def test_many_who_wait_for_a_file_leave_the_other_addresses_to_the_rest() -> None:
    made = threading.Event()

    def file(_request: Request) -> Response:
        assert made.wait(SECONDS)
        return PlainTextResponse("the file")

    def form(_request: Request) -> Response:
        return PlainTextResponse("the form")

    app = Starlette(routes=[Route("/file", apart(file)), Route("/form", form)])

    async def ask() -> tuple[str, list[str]]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x") as to:
            waiting = [asyncio.ensure_future(to.get("/file")) for _ in range(MANY)]
            try:
                await asyncio.sleep(0)
                answer = await asyncio.wait_for(to.get("/form"), SECONDS / 4)
            finally:
                made.set()
            return answer.text, [each.text for each in await asyncio.gather(*waiting)]

    assert asyncio.run(ask()) == ("the form", ["the file"] * MANY)


def test_every_address_at_which_files_are_made_is_such_a_one() -> None:
    making = [reports.ROUTES[0], charts.ROUTES[0], deck.ROUTES[0], open_data.ROUTES[-2]]
    assert [route.path.split("/")[1] for route in making] == ["files", "files", "deck", "open-data"]
    assert all(asyncio.iscoroutinefunction(route.endpoint) for route in making)
