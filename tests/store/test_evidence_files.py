"""Files of evidence: kept as they came with their digest, within a quota, and given to those alone who may see them."""

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from charter.evidence import files
from charter.evidence.files import GivenFile, HandedOut, hand_out_file, used_bytes
from charter.evidence.items import remove_evidence
from charter.rules.access import Viewer
from charter.rules.refusals import FieldError, NotFoundError, RefusedError
from db.engine import Store
from db.models import AuditDetail, Evidence, EvidenceFile
from db.models.evidence import FILE_LIMIT
from db.types import EvidenceSeenBy
from tests.small_files import PROGRAM, SVG, pdf, picture, workbook
from tests.store.databases import one_database
from tests.store.portfolio import REPORT, Portfolio, portfolio


@pytest.fixture
def kept(store: Store) -> Portfolio:
    return portfolio(store)


def handed(kept: Portfolio, viewer: Viewer, key: int) -> HandedOut:
    with kept.store.reading() as session:
        return hand_out_file(session, viewer=viewer, ref=f"EV-{key}")


def rows(kept: Portfolio) -> list[tuple[str, str, int, str]]:
    with kept.store.reading() as session:
        found = session.exec(select(EvidenceFile).order_by(col(EvidenceFile.id)))
        return [(row.name, row.content_type, row.size, row.sha256) for row in found]


def test_a_file_is_kept_as_it_came_under_a_safe_name_with_its_kind_and_digest(kept: Portfolio) -> None:
    content = workbook()
    digest = hashlib.sha256(content).hexdigest()
    key = kept.add(file=GivenFile("../Figures.pdf.exe", content))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert rows(kept) == [("Figures.pdf.xlsx", kind, len(content), digest)]
    assert handed(kept, kept.council, key) == HandedOut("Figures.pdf.xlsx", kind, content)
    (item,) = kept.seen(kept.council)
    assert item.file is not None
    assert (item.file.name, item.file.size) == ("Figures.pdf.xlsx", len(content))
    with kept.store.reading() as session:
        assert digest in (
            session.exec(select(AuditDetail.detail).order_by(col(AuditDetail.number).desc())).first() or ""
        )


@one_database
def test_what_is_not_taken_leaves_nothing_behind(kept: Portfolio) -> None:
    for content in (b"", SVG, PROGRAM, b"<html></html>", pdf() + b"\x00" * FILE_LIMIT):
        with pytest.raises(FieldError) as refusal:
            kept.add(file=GivenFile("report.pdf", content))
        assert refusal.value.field == "file"
        assert "Nothing was lost" in str(refusal.value)
    assert (rows(kept), kept.seen(kept.council)) == ([], ())


@one_database
def test_a_file_of_exactly_five_megabytes_is_taken(kept: Portfolio) -> None:
    whole = pdf()
    # A comment in the middle makes it as long as a file may be.
    padded = whole[:9] + b"%" + b"x" * (FILE_LIMIT - len(whole) - 2) + b"\n" + whole[9:]
    assert len(padded) == FILE_LIMIT
    kept.add(file=GivenFile("long.pdf", padded))
    assert rows(kept)[0][2] == FILE_LIMIT
    with pytest.raises(FieldError, match="larger than 5 MB"):
        kept.add(file=GivenFile("longer.pdf", padded + b"\n"))


@one_database
def test_an_organisation_has_a_quota_and_another_has_its_own(kept: Portfolio, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = pdf("one"), pdf("two"), pdf("three")
    monkeypatch.setattr(files, "QUOTA", len(first) + len(second))
    key = kept.add(file=GivenFile("1.pdf", first))
    kept.add(file=GivenFile("2.pdf", second))
    with pytest.raises(FieldError, match="Take one away first"):
        kept.add(file=GivenFile("3.pdf", third))
    kept.add(of=kept.form.group_id, file=GivenFile("1.pdf", first))
    with kept.store.writing() as session:
        remove_evidence(session, viewer=kept.council, evidence_id=key)
        assert used_bytes(session, viewer=kept.council, organisation_id=kept.form.council_id) == len(second)
    kept.add(file=GivenFile("0.pdf", pdf("nil")))


def test_two_files_at_once_share_the_quota(kept: Portfolio, monkeypatch: pytest.MonkeyPatch) -> None:
    contents = [picture(size=(side, 8)) for side in range(8, 12)]
    monkeypatch.setattr(files, "QUOTA", max(map(len, contents)) * 2)

    def send(content: bytes) -> bool:
        try:
            kept.add(file=GivenFile("picture.png", content))
        except FieldError:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(send, contents)) == 2
    assert len(rows(kept)) == len(kept.seen(kept.council)) == 2


def test_the_same_file_is_not_collected_twice(kept: Portfolio) -> None:
    kept.add("The first", file=REPORT)
    with pytest.raises(FieldError, match="already, as “The first”"):
        kept.add("The second", file=GivenFile("another name.pdf", REPORT.content))
    kept.add(of=kept.form.group_id, file=REPORT)
    assert len(rows(kept)) == 2


@one_database
@pytest.mark.parametrize(
    ("seen_by", "let_in"),
    [
        (EvidenceSeenBy.PRIVATE, set()),
        (EvidenceSeenBy.MONITORING_GROUP, {"reviewer", "coordinator", "operator"}),
        (EvidenceSeenBy.PUBLIC, {"anyone", "group", "link", "reviewer", "coordinator", "administrator", "operator"}),
    ],
)
def test_the_owner_decides_who_gets_a_file(kept: Portfolio, seen_by: EvidenceSeenBy, let_in: set[str]) -> None:
    key = kept.add_for(seen_by, file=REPORT)
    assert handed(kept, kept.council, key).content == REPORT.content
    for name, viewer in kept.others().items():
        if name in let_in:
            assert handed(kept, viewer, key).content == REPORT.content
        else:
            with pytest.raises(NotFoundError):
                handed(kept, viewer, key)


def test_a_reference_that_is_none_finds_nothing(kept: Portfolio) -> None:
    kept.add(file=REPORT)
    for ref in ("", "EV-", "EV-0", "EV-01", "EV-1 ", "1", "ev-1", "EV-1'--", "EV-" + "9" * 30):
        with pytest.raises(NotFoundError), kept.store.reading() as session:
            hand_out_file(session, viewer=kept.council, ref=ref)


@one_database
def test_an_item_without_a_file_and_one_that_was_taken_away_give_none(kept: Portfolio) -> None:
    bare, gone = kept.add(link="https://example.org"), kept.add(file=REPORT)
    with kept.store.writing() as session:
        remove_evidence(session, viewer=kept.council, evidence_id=gone)
    for key in (bare, gone):
        with pytest.raises(NotFoundError):
            handed(kept, kept.council, key)
    assert rows(kept) == []
    with kept.store.reading() as session:
        assert [row.removed_at is None for row in session.exec(select(Evidence).order_by(col(Evidence.id)))] == [
            True,
            False,
        ]


def test_bytes_that_were_changed_in_the_store_are_not_handed_out(kept: Portfolio) -> None:
    key = kept.add(file=REPORT)
    with kept.store.writing() as session:
        session.execute(sa.update(EvidenceFile).values(content=pdf("Another")))
    with pytest.raises(RefusedError, match="damaged where it is kept"):
        handed(kept, kept.council, key)
