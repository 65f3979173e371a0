"""Where the tests keep their files, and how processes that run side by side make a thing once for all of them."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_ROOT = "PYTEST_DEBUG_TEMPROOT"  # the variable by which pytest itself is told where its temporary folders go
_MEMORY = Path("/dev/shm")  # noqa: S108 - every folder that is made in it has a name of its own
_LEAST_FREE = 3 * 1024**3  # bytes; a whole run needs about a third of it


def keep_in_memory() -> None:
    """Put the temporary folders into the machine's memory, where stores are written without waiting for a disk.

    Only where memory is surely to be had: nobody has named another folder, there is room, and programs may be run
    from it, as the tests of `make` do.
    """
    if _ROOT in os.environ or "TMPDIR" in os.environ or not os.access(_MEMORY, os.W_OK | os.X_OK):
        return
    found = os.statvfs(_MEMORY)
    may_run = not found.f_flag & os.ST_NOEXEC
    if _MEMORY.is_mount() and may_run and shutil.disk_usage(_MEMORY).free > _LEAST_FREE:
        os.environ[_ROOT] = str(_MEMORY)


def temporary_root() -> Path:
    """Give the folder that all temporary folders lie in."""
    return Path(os.environ.get(_ROOT) or tempfile.gettempdir())


@contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Keep other processes that name the same file out for as long as the scope lasts."""
    with lock.open("w", encoding="utf-8") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def made_once(folder: Path, what: str, make: Callable[[], str]) -> str:
    """Give what `make` returned to the first process that asked; the others wait until it is done.

    Args:
        folder: a folder that the processes share.
        what: a name for what is made, which can be a file's name.
        make: makes it, and returns the words by which others find it.
    """
    told = folder / f"{what}.made"
    with one_at_a_time(folder / f"{what}.lock"):
        if not told.exists():
            told.write_text(make(), encoding="utf-8")
    return told.read_text(encoding="utf-8")
