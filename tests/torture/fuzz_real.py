"""Real files that were changed at random: what the public data beside the repository holds, where it is there."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from charter.sources.grants import read_grants
from charter.sources.measurement_rows import read_measurements
from charter.sources.organisations import OnTheList, read_organisations
from charter.sources.register import LookedFor, read_register
from tests.conftest import SHARED_DATA
from tests.torture import fuzz_files
from tests.torture.counts import Counts

_TODAY = date(2026, 11, 1)
_NOBODY = OnTheList(wards=(), names={}, refs={})
_GRANTS = ("abct-grants-2013-2021.xlsx", "thurrock-grants-extract.json", "360-giving-template-with-meta-2023.xlsx")
_LISTS = (
    "identifiers/mysociety-local-authorities-essex-extract.csv",
    "geography/thurrock-wards-2026-INCOMPLETE.csv",
    "geography/thurrock-imd2019-lsoa2011.csv",
)
_WANTED = LookedFor(frozenset({"GB-CHC-1000001"}), frozenset({"community gardeners"}), "thurrock")


def are_there() -> bool:
    """Tell whether the files are on this machine."""
    return SHARED_DATA.is_dir()


def run(*, count: int) -> Counts:
    """Read so many changed real files; without them none is read, and the table says so."""
    if not are_there():
        return Counts("bad input: real files, which are not here", 0, (), "crashes")
    lists = _files(_LISTS)
    register = _files(
        [f"charity-register/{path.name}" for path in sorted((SHARED_DATA / "charity-register").iterdir())]
    )
    readers: fuzz_files.Readers = {
        "grants": (lambda content: read_grants(content, today=_TODAY), _files([f"360giving/{one}" for one in _GRANTS])),
        # Each of its tables is changed beside the others as they are.
        **{f"register {place}": (_register(register, place), (changed,)) for place, changed in enumerate(register)},
        "organisations": (lambda content: read_organisations(content, known=_NOBODY), lists),
        "measurements": (read_measurements, lists),
    }
    return fuzz_files.run(count=count, readers=readers, part="real files")


def _files(names: Sequence[str]) -> tuple[bytes, ...]:
    return tuple(Path(SHARED_DATA, name).read_bytes() for name in names)


def _register(files: Sequence[bytes], place: int) -> fuzz_files.Reader:
    others = [content for number, content in enumerate(files) if number != place]
    return lambda content: read_register([content, *others], wanted=_WANTED)
