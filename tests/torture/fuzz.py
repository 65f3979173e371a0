"""Bad input in great numbers: files, addresses, pages and what is typed."""

from pathlib import Path

from tests.postgresql import PostgresqlServer
from tests.torture import fuzz_addresses, fuzz_fields, fuzz_files, fuzz_real, fuzz_stores
from tests.torture.counts import Counts
from tests.torture.stores import Stores


def run(*, count: int, folder: Path, server: PostgresqlServer) -> tuple[Counts, ...]:
    """Try so many cases: two in five are files, as many are addresses and pages, and the rest are typed.

    Of the files, an eighth are real ones, and a sixteenth are backups and stores.
    """
    here = Stores(folder)
    return (
        fuzz_files.run(count=count * 2 // 5 - count // 20 - count // 40),
        fuzz_real.run(count=count // 20),
        fuzz_stores.run(count=count // 40, stores=here, folder=folder),
        *fuzz_addresses.run(count=count * 2 // 5, stores=here),
        fuzz_fields.run(count=count // 10, stores=here),
        fuzz_fields.run(count=count // 10, stores=Stores(folder, server)),
    )
