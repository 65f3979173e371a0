"""Bad input in great numbers: files, addresses, pages and what is typed."""

from pathlib import Path

from tests.postgresql import PostgresqlServer
from tests.torture import fuzz_addresses, fuzz_fields, fuzz_files
from tests.torture.counts import Counts
from tests.torture.stores import Stores


def run(*, count: int, folder: Path, server: PostgresqlServer) -> tuple[Counts, ...]:
    """Try so many cases: two in five are files, as many are addresses and pages, and the rest are typed."""
    here = Stores(folder)
    return (
        fuzz_files.run(count=count * 2 // 5),
        *fuzz_addresses.run(count=count * 2 // 5, stores=here),
        fuzz_fields.run(count=count // 10, stores=here),
        fuzz_fields.run(count=count // 10, stores=Stores(folder, server)),
    )
