"""The turn of the year: the grants of a year count once it is over, without anybody bringing a file on that day."""

from sqlmodel import col, select

from charter import clock
from charter.imports.grant_sums import keep_sums
from charter.imports.ledger import LOCK
from charter.rules.access import OPERATOR
from charter.store import reading, writing
from db.locks import take_turns
from db.models import AwardedGrant, StoreFact

FACT = "grants_added_up_to"


def add_up_last_year() -> None:
    """Add up the grants that are held to the end of last year, once a year. The server asks for it each hour."""
    last = f"{clock.today().year - 1}"
    with reading() as session:
        fact = session.get(StoreFact, FACT)
        none_held = session.exec(select(col(AwardedGrant.id)).limit(1)).first() is None
        if none_held or (fact is not None and fact.value == last):
            return
    with writing() as session:
        take_turns(session, LOCK)
        for made_up in (False, True):
            keep_sums(session, viewer=OPERATOR, made_up=made_up, file_import_id=None)
        session.merge(StoreFact(name=FACT, value=last, set_at=clock.now()))
