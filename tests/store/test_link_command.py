"""Personal links from the command line: given out, with a QR code, and revoked."""

from pathlib import Path

import pytest

from charter.links import find_link
from charter.viewers import Ending
from db.engine import Store
from tests import factories
from tests.store.databases import one_database
from tests.store.test_commands import Run, run

__all__ = ["run"]  # the fixture, which pytest finds by its name


@one_database
def test_a_group_gets_its_link_with_a_qr_code_and_loses_it(
    run: Run,
    site_store: Store,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("CHARTER_DATABASE_URL", str(site_store.engine.url))
    with site_store.writing() as session:
        period_id = factories.period(session, ref="2030")
        group_id = factories.organisation(session, ref="GB-CHC-1", name="Tea Club")
        factories.invitation(session, period_id=period_id, organisation_id=group_id)
    given = run("period", "link", "2030", "GB-CHC-1", "--qr", str(tmp_path / "link.svg"))
    assert given.code == 0
    token = given.out.strip().rpartition("/link/")[2]
    assert (tmp_path / "link.svg").read_text(encoding="utf-8").lstrip().startswith(("<?xml", "<svg"))
    with site_store.reading() as session:
        assert find_link(session, token=token).organisation == "Tea Club"
    assert run("period", "link", "2030", "GB-CHC-1", "--revoke").out == "Revoked: 1 links.\n"
    with site_store.reading() as session:
        assert find_link(session, token=token).ending is Ending.LINK_WITHDRAWN
    assert "not on the invitation list" in run("period", "link", "2030", "GB-CHC-2").one_line
