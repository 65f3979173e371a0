"""`python -m tests.torture [attacks|kills|faults|fuzz]`: the full counts as a table; exit code 1 if one is wrong."""

import logging
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from tests.postgresql import running_server
from tests.torture import attacks, faults, fuzz, kills
from tests.torture.counts import Counts
from tests.torture.stores import Stores

ATTACKS = 500
KILLS = 200
FAULTS = 25
BAD_INPUTS = 20_000


def attack(folder: Path) -> Iterable[Counts]:
    """Try each kind of attack on signing in 500 times on each of the two databases."""
    logging.disable(logging.CRITICAL)  # each that is refused is logged as it must be
    yield from attacks.run(count=ATTACKS, stores=Stores(folder))
    with running_server(folder / "postgresql", lock=folder / "lock") as server:
        yield from attacks.run(count=ATTACKS, stores=Stores(folder, server))


def kill(folder: Path) -> Iterable[Counts]:
    """Kill the process 200 times on each of the two databases."""
    yield from kills.run(count=KILLS, stores=Stores(folder))
    with running_server(folder / "postgresql", lock=folder / "lock") as server:
        yield from kills.run(count=KILLS, stores=Stores(folder, server))


def go_wrong(folder: Path) -> Iterable[Counts]:
    """Let each thing around the site go wrong 25 times."""
    with running_server(folder / "postgresql", lock=folder / "lock") as server:
        yield from faults.run(count=FAULTS, stores=Stores(folder), server=server)


def feed(folder: Path) -> Iterable[Counts]:
    """Feed it 20,000 cases of bad input."""
    logging.disable(logging.CRITICAL)  # each of them is logged as it must be
    with running_server(folder / "postgresql", lock=folder / "lock") as server:
        yield from fuzz.run(count=BAD_INPUTS, folder=folder, server=server)


PARTS: Mapping[str, Callable[[Path], Iterable[Counts]]] = {
    "attacks": attack,
    "kills": kill,
    "faults": go_wrong,
    "fuzz": feed,
}


def main(names: list[str]) -> int:
    """Run the parts that are named, or all of them, and give the exit code."""
    wrong = 0
    for name in names or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            for counts in PARTS[name](Path(folder)):
                sys.stdout.write(f"{counts.line}\n")
                sys.stdout.flush()
                sys.stdout.writelines(f"    {each}\n" for each in counts.wrong)
                wrong += len(counts.wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
