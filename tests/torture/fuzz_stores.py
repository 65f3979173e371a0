"""Backups and stores that were changed at random, for `restore` and `move`. What is refused leaves all as it was."""

import contextlib
import hashlib
import io
import json
import math
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from charter.backup.making import back_up
from charter.backup.moving import move
from charter.backup.restoring import opened_backup, restore
from charter.commands.speaking import errors_in_one_line
from charter.rules.access import OPERATOR
from charter.store import store
from db.engine import Store, open_engine
from tests.store.backing_up import fill_every_table
from tests.store.contents import contents
from tests.torture import fuzz_files
from tests.torture.counts import Counts
from tests.torture.fuzzing import Cases, tried
from tests.torture.stores import Stores, left_alone, named

_DIGEST_LENGTH, _MANIFEST = 64, "manifest.json"
_STRANGE: tuple[object, ...] = (
    *(None, True, -1, 2**70, 1.5, math.inf, math.nan, "", "x", "\ud800", "\0", [], {}, "NaN", "1e999999", "-0001"),
    *("2026-01-01", "2026-01-01T00:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "9" * 5_000),
)
_PLACES = st.floats(0, 1, exclude_max=True)
_OTHERWISE = st.tuples(_PLACES, _PLACES, st.sampled_from(_STRANGE))
_INPUTS = st.one_of(
    st.tuples(st.sampled_from(["value", "value", "told"]), _PLACES, _OTHERWISE),
    st.tuples(st.sampled_from(["bytes", "table", "source", "source"]), _PLACES, fuzz_files.CHANGES),
)
Members = dict[str, bytes]


def run(*, count: int, stores: Stores, folder: Path) -> Counts:
    """Restore from so many changed backups, and move from changed stores, all of them SQLite's."""
    cases, url, there = Cases(), stores.copy(), folder / "moved"
    there.mkdir()
    with named(url, folder / "backups"):
        with store().writing() as session:
            fill_every_table(session)
        file = folder / "whole.backup"
        back_up(file, viewer=OPERATOR)
        left_alone()
        whole, source = file.read_bytes(), Path(url.removeprefix("sqlite:///")).read_bytes()

        def attempt(drawn: tuple[str, float, Any]) -> None:
            how, place, change = drawn
            shown = f"{how} {place} {change}"[:300]
            if how == "source":
                stores.copy(into=there)
                _try_move(cases, fuzz_files.changed(source, change), there, shown=shown)
                return
            made = fuzz_files.changed(whole, change) if how == "bytes" else _sealed(whole, how, place, change)
            file.write_bytes(made)
            _try_restore(cases, file, shown=shown)

        tried(cases, _INPUTS, attempt, count=count)
    return cases.counts("backups and stores")


def _sealed(whole: bytes, how: str, place: float, change: Any) -> bytes:  # noqa: ANN401 - as it was drawn
    """Change what is in a backup, and make every digest anew: else nothing gets past them."""
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    _CHANGED[how](found, place, change)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as again:
        for name, content in found.items():
            again.writestr(name, content)
        again.comment = b"0" * _DIGEST_LENGTH
    body = made.getvalue()[:-_DIGEST_LENGTH]
    return body + hashlib.sha256(body).hexdigest().encode()


def _change_table(found: Members, place: float, changes: list[fuzz_files.Change]) -> None:
    name = _one(_tables(found), place)
    found[name] = fuzz_files.changed(found[name], changes)
    _tell_anew(found)


def _change_value(found: Members, place: float, change: tuple[float, float, object]) -> None:
    row, column, value = change
    name = _one(_tables(found), place)
    lines = [json.loads(line) for line in found[name].splitlines()]
    chosen = _one(lines, row)
    chosen[int(column * len(chosen))] = value
    found[name] = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    _tell_anew(found)


def _change_told(found: Members, place: float, change: tuple[float, float, object]) -> None:
    told = json.loads(found[_MANIFEST])
    table = _one(told["tables"], change[0])
    parts = (told, told, table, table["shape"], _one(table["shape"]["columns"], change[1]))
    part = _one(parts, place)
    part[_one(sorted(part), change[1])] = change[2]
    found[_MANIFEST] = json.dumps(told).encode()


_CHANGED: Mapping[str, Callable[[Members, float, Any], None]] = {
    "table": _change_table,
    "value": _change_value,
    "told": _change_told,
}


def _tell_anew(found: Members) -> None:
    told = json.loads(found[_MANIFEST])
    for table in told["tables"]:
        inside = found[f"tables/{table['shape']['name']}.jsonl"]
        table |= {"sha256": hashlib.sha256(inside).hexdigest(), "rows": inside.count(b"\n")}
    found[_MANIFEST] = json.dumps(told).encode()


def _tables(found: Members) -> list[str]:
    return [name for name, content in found.items() if content and name != _MANIFEST]


def _one(of: Sequence[Any], place: float) -> Any:  # noqa: ANN401 - whatever JSON holds
    return of[int(place * len(of))]


def _try_restore(cases: Cases, file: Path, *, shown: str) -> None:
    before = contents(store())

    def put_back() -> None:
        with opened_backup(file, viewer=OPERATOR) as archive:
            restore(archive, viewer=OPERATOR)

    if not _done(cases, put_back, shown=shown) and contents(store()) != before:
        cases.wrong("a restore that was refused changed the store", shown)


def _try_move(cases: Cases, source: bytes, folder: Path, *, shown: str) -> None:
    here, there = folder / "source.db", folder / "charter.db"
    for path in (*folder.glob("source.db*"), *folder.glob("charter.db-*")):
        path.unlink()
    here.write_bytes(source)
    empty = _rows(there)
    with named(f"sqlite:///{here}", folder / "var"):
        done = _done(cases, lambda: move(to=f"sqlite:///{there}", viewer=OPERATOR, told=lambda _: None), shown=shown)
    if not done and _rows(there) != empty:
        cases.wrong("a move that was refused left something", shown)


def _rows(file: Path) -> dict[str, str]:
    engine = open_engine(f"sqlite:///{file}")
    try:
        return contents(Store(engine))
    finally:
        engine.dispose()


def _done(cases: Cases, act: Callable[[], object], *, shown: str) -> bool:
    """Tell whether something was done, and not refused in one line."""
    done: list[object] = []
    with cases.case(shown), _in_one_line():
        done.append(act())
    return bool(done)


@contextlib.contextmanager
def _in_one_line() -> Iterator[None]:
    with contextlib.suppress(SystemExit), contextlib.redirect_stderr(io.StringIO()), errors_in_one_line():
        yield
