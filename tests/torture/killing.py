"""Killing a process in the middle of its work, as a power cut does, and learning what it had said was done."""

import gc
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable

import numpy as np

Tell = Callable[[str], None]
_READ = 65_536  # bytes at a time
_FAILED = "failed: "


class WorkFailedError(Exception):
    """The work went wrong by itself, so that killing it showed nothing."""


def killed(work: Callable[[Tell], None], *, within: float, rng: np.random.Generator) -> tuple[str, ...]:
    """Do work in a process of its own, kill that at a moment drawn at random, and give what it had told by then.

    The moment is counted from the first thing that the work tells, which is when it is in the midst of it.

    Args:
        work: does the work, and tells each thing once it is done: what is told has left the process.
        within: until when it is killed, seconds.
        rng: draws the moment.

    Raises:
        WorkFailedError: it failed before it was killed.
    """
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        _work(work, writes)
    os.close(writes)
    told = os.read(reads, _READ)
    time.sleep(rng.uniform(0, within))
    os.kill(child, signal.SIGKILL)
    while more := os.read(reads, _READ):
        told += more
    os.close(reads)
    os.waitpid(child, 0)
    lines = tuple(told.decode().splitlines())
    if lines and lines[-1].startswith(_FAILED):
        raise WorkFailedError(lines[-1])
    return lines


def _work(work: Callable[[Tell], None], writes: int) -> None:
    gc.disable()  # what belongs to the process before would be closed by it
    try:
        work(lambda line: _tell(writes, line))
    except Exception:  # noqa: BLE001 - whatever it is, the one who waits is told of it
        traceback.print_exc(file=sys.stderr)
        _tell(writes, f"{_FAILED}{sys.exc_info()[1]!r}")
    signal.pause()  # done before it was killed: it waits for that


def _tell(writes: int, line: str) -> None:
    os.write(writes, f"{line}\n".encode())
