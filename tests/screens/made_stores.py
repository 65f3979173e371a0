"""Stores that many tests begin with: each is made once by this process, and copied for every test."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from sqlmodel import Session

from db.engine import Store, open_engine

Made = TypeVar("Made")


class MadeStores:
    """Makes each store when the first test asks for it."""

    def __init__(self, empty: Path, folder: Path) -> None:
        """Begin each with a copy of `empty`, a migrated SQLite file, and keep it in `folder`."""
        self._empty = empty
        self._folder = folder
        self._made: dict[Callable[[Session], Any], tuple[Path, Any]] = {}

    def lay(self, fill: Callable[[Session], Made], at: Path) -> Made:
        """Lay a copy of the store that `fill` has filled at a path, and give what it returned: keys and names."""
        if fill not in self._made:
            self._made[fill] = self._make(fill)
        path, made = self._made[fill]
        shutil.copyfile(path, at)
        return made  # type: ignore[no-any-return]

    def _make(self, fill: Callable[[Session], Made]) -> tuple[Path, Made]:
        path = self._folder / f"{len(self._made)}.db"
        shutil.copyfile(self._empty, path)
        store = Store(open_engine(f"sqlite:///{path}"))
        with store.writing() as session:
            made = fill(session)
        store.engine.dispose()
        return path, made
