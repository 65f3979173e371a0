"""The demonstration's file of grants, as a made-up funder might publish it: with some rows that have to be left out."""

import json
from collections.abc import Iterator
from typing import Any

from sqlmodel import Session, col, select

from charter import clock
from charter.demonstration.people import COORDINATOR_EMAIL
from charter.imports.grants import import_grants
from charter.imports.ledger import file_brought
from charter.rules.access import Grant, Viewer
from charter.sources.grants import read_grants
from charter.words import MADE_UP_MARK
from db.models import Account, Organisation
from db.types import VCFSE_KINDS, Role

_FILE = "riverbank-fund-grants.json"
_FUNDER = {"id": "DEMO-FUND", "name": f"The Riverbank Fund {MADE_UP_MARK}"}
_YEARS = 4  # that are over
_EVERY = 6  # one in so many groups was given a grant
_STEP, _LEAST, _STEPS = 750, 500, 23  # pounds, and how many different amounts there are


def add_import(session: Session) -> None:
    """Take in a made-up funder's grants, as the made-up coordinator would."""
    coordinator = session.exec(select(Account).where(Account.email == COORDINATOR_EMAIL)).one()
    viewer = Viewer(coordinator.id, coordinator.name, frozenset({Grant(Role.COORDINATOR)}))
    content = json.dumps({"grants": [*_grants(session), *_others()]}).encode()
    read = read_grants(content, today=clock.today())
    import_grants(session, viewer=viewer, read=read, file=file_brought({_FILE: content}))


def _grants(session: Session) -> Iterator[dict[str, Any]]:
    """Give a grant to some groups for each year that is over: other groups in each year, and a little more money."""
    groups = session.exec(
        select(Organisation.ref, Organisation.name)
        .where(Organisation.made_up, col(Organisation.kind).in_(VCFSE_KINDS))
        .order_by(col(Organisation.id))
    ).all()
    for back in range(_YEARS, 0, -1):
        for number, (ref, name) in enumerate(groups[back::_EVERY]):
            amount = _LEAST + _STEP * (number * 7 % _STEPS) + 100 * (_YEARS - back)
            yield _grant(f"{back}-{number}", back, {"id": ref, "name": name}, amount)


def _others() -> Iterator[dict[str, Any]]:
    """Give rows as real files have them: to somebody else, to a person, money that went back, and another currency."""
    elsewhere = {"id": "DEMO-ELSEWHERE", "name": f"Hilltop Singers {MADE_UP_MARK}"}
    yield _grant("other", 1, elsewhere, 4000)
    yield _grant("back", 1, elsewhere, -1500)
    yield _grant("euros", 1, elsewhere, 2000) | {"currency": "EUR"}
    person = {"recipientIndividual": {"id": "DEMO-PERSON", "name": "A person"}, "recipientOrganization": []}
    yield _grant("person", 1, elsewhere, 300) | person


def _grant(identifier: str, back: int, recipient: dict[str, str], amount: int) -> dict[str, Any]:
    return {
        "id": f"DEMO-GRANT-{identifier}",
        "title": "Running costs",
        "description": "Towards the running costs of the group.",
        "currency": "GBP",
        "amountAwarded": amount,
        "awardDate": f"{clock.today().year - back}-06-15",
        "recipientOrganization": [recipient],
        "fundingOrganization": [_FUNDER],
    }
