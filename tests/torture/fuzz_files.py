"""Files that were changed at random, for everything that reads a file that somebody sends."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from hypothesis import strategies as st

from charter.catalogue import ASSESSED
from charter.catalogue.reading import parse_catalogue, read_catalogue
from charter.evidence.content import recognise
from charter.outcomes_data import INDICATORS
from charter.outcomes_data.indicators import parse_indicators
from charter.reports.deck.template_files import check_template
from charter.sources.grants import read_grants
from charter.sources.measurement_rows import read_measurements, template
from charter.sources.organisations import OnTheList, read_organisations
from charter.sources.register import LookedFor, read_register
from tests import grant_files, measurement_files, register_files, small_files
from tests.store import slide_files
from tests.torture.counts import Counts
from tests.torture.fuzzing import Cases, tried

_TODAY = date(2026, 11, 1)
_NOBODY = OnTheList(wards=(), names={}, refs={})
_WANTED = LookedFor(frozenset({"GB-CHC-1000001"}), frozenset({"elmford gardeners"}), "elmford")
_ORGANISATIONS = (("name", "kind", "income"), ("Tea Club", "community", "under_10k"), ("Chess", "voluntary", ""))
_HELD = read_catalogue(ASSESSED)
_TOKENS = (
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\r", b"\n" * 99, b",", b'"', b"'", b"{", b"}", b"]", b"null"),
    *(b"[" * 500, b"=1+1", b"-1", b"1e999", b"NaN", b"9" * 400, b"A" * 5_000, b"31/02/2025", b"#REF!", b"../../"),
    *(
        b"<!--",
        b"&amp;",
        b"&#0;",
        b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>",
    ),
    *(b"%PDF-1.4", b"PK\x03\x04", "é\u202e\U0001f600".encode()),
)


def _workbook_of(rows: Sequence[Sequence[object]]) -> bytes:
    return small_files.workbook(*rows)


def _csv_of(rows: Sequence[Sequence[object]]) -> bytes:
    return "\n".join(",".join(map(str, row)) for row in rows).encode()


Reader = Callable[[bytes], object]
Readers = Mapping[str, tuple[Reader, tuple[bytes, ...]]]
# Everything that reads a file, and files that it takes, each of which is changed.
READERS: Readers = {
    "organisations": (
        lambda content: read_organisations(content, known=_NOBODY),
        (_csv_of(_ORGANISATIONS), _workbook_of(_ORGANISATIONS)),
    ),
    "measurements": (read_measurements, (measurement_files.as_csv(measurement_files.cells()), template())),
    "grants": (
        lambda content: read_grants(content, today=_TODAY),
        (
            grant_files.as_json(grant_files.grant(), grant_files.grant(2)),
            grant_files.as_workbook(grant_files.row()),
            grant_files.as_csv(grant_files.row()),
        ),
    ),
    "register": (
        lambda content: read_register([content], wanted=_WANTED),
        (
            register_files.table(register_files.charity()),
            small_files.packed(("publicextract.charity.txt", register_files.table(register_files.charity()))),
        ),
    ),
    "charter": (lambda content: parse_catalogue(content, name="a.toml"), (ASSESSED.read_bytes(),)),
    "indicators": (
        lambda content: parse_indicators(content, name="a.toml", charter=_HELD),
        (INDICATORS.read_bytes(),),
    ),
    "look for slides": (check_template, (slide_files.template(),)),
    "evidence": (
        recognise,
        (small_files.pdf(), small_files.picture(), small_files.document(), small_files.open_document()),
    ),
}

_PLACES = st.floats(0, 1, exclude_max=True)
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("flip"), _PLACES, st.integers(1, 255)),
        st.tuples(st.just("put"), _PLACES, st.sampled_from(range(len(_TOKENS)))),
        st.tuples(st.just("cut"), _PLACES, st.integers(1, 400)),
        st.tuples(st.just("end"), _PLACES, st.just(0)),
        st.tuples(st.just("again"), _PLACES, st.integers(1, 2_000)),
    ),
    min_size=1,
    max_size=6,
)
Change = tuple[str, float, int]


def run(*, count: int, readers: Readers = READERS, part: str = "files") -> Counts:
    """Read so many changed files.

    Args:
        count: how many.
        readers: what reads them, with the files that are changed.
        part: what these files are, for the table.
    """
    cases = Cases()
    which = [(name, number) for name, (_, samples) in readers.items() for number in range(len(samples))]
    inputs = st.tuples(st.sampled_from(which), st.booleans(), _PLACES, CHANGES)

    def attempt(drawn: tuple[tuple[str, int], bool, float, list[Change]]) -> None:
        (name, number), inside, member, changes = drawn
        read, samples = readers[name]
        content = samples[number]
        if inside and zipfile.is_zipfile(io.BytesIO(content)):
            content = _changed_inside(content, member, changes)
        else:
            content = changed(content, changes)
        with cases.case(f"{name} {number} {changes}"):
            if content:
                read(content)

    tried(cases, inputs, attempt, count=count)
    return cases.counts(part)


def changed(content: bytes, changes: Sequence[Change]) -> bytes:
    """Change a file's bytes."""
    made = bytearray(content)
    for kind, place, how in changes:
        at = int(place * max(1, len(made)))
        if kind == "flip" and made:
            made[at] ^= how
        elif kind == "put":
            made[at:at] = _TOKENS[how]
        elif kind == "cut":
            del made[at : at + how]
        elif kind == "end":
            del made[at:]
        elif kind == "again":
            made += made[at : at + how]
    return bytes(made)


def _changed_inside(content: bytes, member: float, changes: Sequence[Change]) -> bytes:
    """Change what is packed in a file, and pack it again: else nothing gets past its checksum."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as whole, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as again:
        names = whole.namelist()
        chosen = names[int(member * len(names))]
        for name in names:
            inside = whole.read(name)
            again.writestr(name, changed(inside, changes) if name == chosen else inside)
    return packed.getvalue()
