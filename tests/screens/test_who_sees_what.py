"""Every page for everybody: who may open it, and that a group's answers reach that group and the coordinator alone."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.navigation import PLACES, Place
from tests.groups_secrets import COORDINATES, EVERYBODY, LINKS, MAY, PARTNERS, Secrets, demonstration_with_secrets
from tests.screens.reader import Kept, memory
from tests.screens.site_under_test import opened_at
from tests.templates import Templates

KEEPS = {"coordinator", "administrator"}
THEIRS = {"the first group", "the first group's link"}
# Who may open a page, by its address. A page that is not here is one that nobody has thought about.
OPEN_TO = {
    "": EVERYBODY,
    "engagement": EVERYBODY,
    "empowerment": EVERYBODY,
    "equality": EVERYBODY,
    "commitment": EVERYBODY,
    "outcomes": EVERYBODY,
    "indicator": EVERYBODY,
    "gap": EVERYBODY,
    "who-is-heard": EVERYBODY,
    "you-said": EVERYBODY,
    "actions": EVERYBODY,
    "evidence": EVERYBODY,
    "charter": EVERYBODY,
    "method": EVERYBODY,
    "present": EVERYBODY,
    "data": EVERYBODY,
    "sign-in": EVERYBODY,
    "self-assessment": PARTNERS | LINKS,
    "my-organisation": PARTNERS | LINKS,
    "answer-back": PARTNERS,
    "review": {"reviewer", "coordinator"},
    "concerns": PARTNERS | {"reviewer", "coordinator"},
    "imports": PARTNERS | COORDINATES,
    "this-week": COORDINATES,
    "periods": COORDINATES,
    "responses": COORDINATES,
    "assisted": COORDINATES,
    "publish": COORDINATES,
    "reports": COORDINATES,
    "organisations": COORDINATES,
    "accounts": KEEPS,
    "audit": KEEPS,
}


@pytest.fixture(scope="module")
def secrets(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secrets]:
    """Let the settings name a demonstration with secrets in it."""
    with demonstration_with_secrets(templates, tmp_path_factory.mktemp("secrets")) as made:
        yield made


@pytest.fixture(scope="module")
def kept() -> Kept:
    return {}


@pytest.fixture(autouse=True)
def nothing_kept(kept: Kept) -> Iterator[None]:
    """Let what the pages keep in memory last from one person to the next, as on a site: nothing may leak by it."""
    with memory(kept):
        yield


def everything_on(site: AppTest) -> bytes:
    """Give all that a page sends to the browser."""
    protos = (getattr(node, "proto", None) for node in site._tree)  # noqa: SLF001 - only words are to be had otherwise
    return b"\n".join(each.SerializeToString() for each in protos if each is not None)


def test_every_page_is_listed() -> None:
    assert {place.url_path for place in PLACES} == set(OPEN_TO)


@pytest.mark.parametrize("person", sorted(EVERYBODY, key=lambda name: (name not in MAY, name)))
def test_a_person_opens_what_is_theirs_and_sees_no_others_answers(person: str, secrets: Secrets) -> None:
    seen = False
    for place in PLACES:
        opens = person in OPEN_TO[place.url_path]
        for address in _addresses(place, secrets, opens=opens):
            sent = everything_on(opened_at(place.path, address, session_id=secrets.sessions[person]))
            shut = b"This page is not open to you" in sent or b"Sign in to open this page" in sent
            assert shut != opens, place.path
            told = [each for each in (secrets.words, *secrets.refs) if each.encode() in sent]
            assert person in MAY or not told, (place.path, address, told)
            seen = seen or secrets.words in told
    assert seen == (person in THEIRS)  # else nobody could have seen them, and the walk would show nothing


def _addresses(place: Place, secrets: Secrets, *, opens: bool) -> tuple[dict[str, str], ...]:
    """Give a page's address, and for one that is not for everybody those that ask for the first group's papers too."""
    if OPEN_TO[place.url_path] == EVERYBODY:
        return ({},)
    own = {"ref": secrets.refs[-1], "org": secrets.organisation, "organisation": secrets.organisation}
    if not opens:
        return (own,)
    return ({}, own, {**own, "step": "check"}, {**own, "period": secrets.period, "part": "answers"})
