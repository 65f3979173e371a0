"""Bad input in great numbers: files, addresses and what is typed. Nothing may fail, hang, grow or write."""

import gc
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis.strategies import SearchStrategy

from charter.catalogue.reading import CatalogueError
from charter.rules.refusals import RefusedError
from tests.torture.counts import Counts

LONGEST = 5.0  # seconds that a case may take
GROWTH = 100_000_000  # bytes that the process may grow by over the cases of a part
Input = TypeVar("Input")
_SAID = (RefusedError, CatalogueError)  # what a person is told in words


@dataclass
class Cases:
    """The cases of a part: how many there were, and which went wrong, each kind of failure once."""

    tried: int = 0
    found: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def case(self, shown: str) -> Iterator[None]:
        """Try one case. What is refused in words is as it must be."""
        self.tried += 1
        began = time.monotonic()
        try:
            yield
        except _SAID:
            pass
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            self.wrong(f"{type(error).__name__}: {error}"[:160], shown)
        took = time.monotonic() - began
        if took > LONGEST:
            self.wrong(f"a case took more than {LONGEST:g} seconds", f"{took:.1f} s: {shown}")

    def counts(self, part: str) -> Counts:
        """Give the outcome."""
        wrong = tuple(f"{what} ({shown})" for what, shown in self.found.items())
        return Counts(f"bad input: {part}", self.tried, wrong, "crashes")

    def wrong(self, what: str, shown: str) -> None:
        """Note a failure, once for each kind."""
        self.found.setdefault(what, shown)


def tried(cases: Cases, inputs: SearchStrategy[Input], attempt: Callable[[Input], None], *, count: int) -> None:
    """Draw inputs by hypothesis and try each. The process must not grow by it.

    Args:
        cases: what is counted.
        inputs: what is drawn from.
        attempt: tries one.
        count: how many.
    """
    warm = count // 5  # by then what is loaded once is loaded
    held: list[int] = []

    def noted(drawn: Input) -> None:
        if cases.tried == warm and not held:
            held.append(_memory())
        attempt(drawn)

    often = settings(
        max_examples=count,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
    )
    often(given(inputs)(noted))()
    grown = _memory() - held[0] if held else 0
    if grown > GROWTH:
        cases.wrong("the process grew", f"by {grown:,} bytes over {cases.tried - warm:,} cases")


def _memory() -> int:
    """Give what the process holds, in bytes, once everything that nobody uses is gone."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()
