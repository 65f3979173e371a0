"""Bringing made-up files of grants, for the tests of imports."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlmodel import col, select

from charter.imports.grants import GrantPlan, import_grants, preview_grants
from charter.imports.ledger import file_brought
from charter.rules.access import Viewer
from charter.sources.grants import read_grants
from db.engine import Store
from db.models import Indicator, Measurement
from tests.grant_files import as_json

TODAY = date(2026, 11, 22)


def bring(
    store: Store, viewer: Viewer, *grants: object, confirmed: Sequence[str] = (), name: str = "g.json"
) -> GrantPlan:
    """Take a file of grants in."""
    content = as_json(*grants)
    read, file = read_grants(content, today=TODAY), file_brought({name: content})
    with store.writing() as session:
        return import_grants(session, viewer=viewer, read=read, file=file, confirmed=confirmed)


def look(store: Store, viewer: Viewer, *grants: object, confirmed: Sequence[str] = ()) -> GrantPlan:
    """Say what a file of grants would do."""
    content = as_json(*grants)
    read, file = read_grants(content, today=TODAY), file_brought({"g.json": content})
    with store.reading() as session:
        return preview_grants(session, viewer=viewer, read=read, file=file, confirmed=confirmed)


def sums(store: Store) -> dict[str, dict[int, Decimal]]:
    """Give the values of the indicators that are added up from grants, by their address and the year."""
    found: dict[str, dict[int, Decimal]] = {}
    with store.reading() as session:
        rows = session.exec(
            select(Indicator.ref, Measurement)
            .join(Measurement, col(Measurement.indicator_id) == col(Indicator.id))
            .where(col(Indicator.ref).contains("360giving"))
        )
        for ref, row in rows:
            found.setdefault(ref, {})[row.starts_on.year] = row.value
    return found
