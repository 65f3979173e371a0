"""Killing the process while it saves, sends, publishes, imports, migrates and backs up.

Whatever it had said was done must be there, nothing may be half done, and the next start must go on by itself.
"""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from tests.torture.counts import Counts
from tests.torture.interrupted import Saves, Submissions, Work
from tests.torture.interrupted_whole import Backups, Imports, Migrations, Publishing
from tests.torture.killing import killed
from tests.torture.stores import Stores, is_sound, left_alone, named

_SHARES: tuple[tuple[Callable[[Stores], Work], int], ...] = (
    (Saves, 6),
    (Submissions, 4),
    (Imports, 3),
    (Publishing, 3),
    (Backups, 2),
    (Migrations, 2),
)
_WHOLE = sum(share for _, share in _SHARES)


def run(*, count: int, stores: Stores, seed: int = 1) -> tuple[Counts, ...]:
    """Kill the process so many times, each kind of work its share.

    Args:
        count: how often; each kind of work is killed once at the least.
        stores: where the stores are made.
        seed: decides at which moments.
    """
    rng = np.random.default_rng(seed)
    return tuple(kill(make(stores), max(1, count * share // _WHOLE), stores, rng) for make, share in _SHARES)


def kill(work: Work, count: int, stores: Stores, rng: np.random.Generator) -> Counts:
    """Kill one kind of work so many times, and look at the store after each."""
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            url = work.begin(number)
            with named(url, Path(folder) / "var"):
                work.ready()
                left_alone()
                told = killed(work.do, within=work.longest, rng=rng)
                wrong += [f"{work.name} {number}: {found}" for found in _found(work, told)]
    return Counts(f"kills: {work.name} ({stores.kind})", count, tuple(wrong), "lost or half done")


def _found(work: Work, told: tuple[str, ...]) -> Iterator[str]:
    if broken := is_sound():
        yield f"the store is damaged: {broken}"
    yield from work.wrong(told)
