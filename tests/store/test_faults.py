"""What goes wrong around the site, each once; `make torture` lets it go wrong many times."""

from pathlib import Path

from tests.postgresql import PostgresqlServer
from tests.torture import faults
from tests.torture.stores import Stores


def test_nothing_is_lost_and_it_goes_on_by_itself(tmp_path: Path, postgresql_server: PostgresqlServer) -> None:
    for counts in faults.run(count=1, stores=Stores(tmp_path), server=postgresql_server):
        assert counts.wrong == (), counts.line
