"""What is printed of a made-up review says that it is made up: on paper no notice of the site stands above it."""

from collections.abc import Callable

import pytest
from sqlmodel import select
from starlette.requests import Request
from starlette.responses import Response

from charter.sessions import COOKIE, start_account_session
from charter.store import reading, writing
from db.models import Account
from pages.routes.call_list import show_call_list
from pages.routes.printed_form import show_form
from tests.screens.running_site import open_ref


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("route", [show_call_list, show_form])
def test_the_call_list_and_the_form_bear_the_mark(route: Callable[[Request], Response]) -> None:
    with reading() as session:
        email = "coordinator@demonstration.example"
        account_id = session.exec(select(Account.id).where(Account.email == email)).one() or 0
    with writing() as session:
        token = start_account_session(session, account_id=account_id).token
    ref = open_ref()
    cookie = (b"cookie", f"{COOKIE}={token}".encode())
    answer = route(Request({"type": "http", "headers": [cookie], "query_string": f"period={ref}".encode()}))
    assert answer.status_code == 200
    paper = bytes(answer.body).decode()
    assert f"{ref} review (made up)</h1>" in paper
    hint = "<p>Statutory bodies are public bodies, such as the council, the NHS and the police.</p>"
    assert paper.count(hint) == (2 if route is show_form else 0)
