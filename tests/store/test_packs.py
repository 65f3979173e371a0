"""The review pack as it is kept: made once, had by everyone, made anew after a publication, and gone once withdrawn."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from charter import clock
from charter.corrections import correct_release, withdraw_release
from charter.job_steps import Task
from charter.jobs import HANDLERS, job_state
from charter.releases import publish_period
from charter.reports import pack as pack_module
from charter.reports.contents import Contents
from charter.reports.forms import Form
from charter.reports.pack import STEPS
from charter.reports.pack_kept import find_pack, keep_pack, read_pack
from charter.reports.packing import PACK, start_packing
from charter.rules.access import OPERATOR, PUBLIC, Grant, Viewer
from charter.rules.refusals import DamagedError, NotAllowedError, NotFoundError, RefusedError
from charter.store import reading, writing
from charter.worker import run_waiting
from db.engine import Store
from db.models import AuditEntry, Release, ReleasePack
from db.types import JobState, Role
from tests.store.closed_reviews import YEAR, Closed, closed

REF = f"{YEAR}.1"
CONTENT = b"PK\x03\x04 a pack with \x00 bytes in it"
one_database = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


@pytest.fixture
def made(site_store: Store) -> Closed:
    """Give a store with one release."""
    with site_store.writing() as session:
        made = closed(session)
        publish_period(session, viewer=OPERATOR, ref=YEAR)
    return made


def keep(
    session: Session, *, viewer: Viewer = OPERATOR, content: bytes = CONTENT, read_at: datetime | None = None
) -> None:
    keep_pack(session, viewer=viewer, ref=REF, content=content, read_at=read_at or clock.now())


def test_a_pack_is_kept_as_it_was_made_and_everyone_may_have_it(made: Closed) -> None:
    with writing() as session:
        keep(session, viewer=made.coordinator)
    with reading() as session:
        found, content = read_pack(session, viewer=PUBLIC, ref=REF)
        assert content == CONTENT
        assert (found.size, found.sha256) == (len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
        assert find_pack(session, viewer=PUBLIC, ref="latest") == found
        entry = session.exec(select(AuditEntry).where(AuditEntry.act == "pack_made")).one()
        assert entry.subject == f"release {REF}"


def test_a_pack_takes_the_place_of_the_one_before(made: Closed) -> None:
    del made
    for content in (b"first", b"second"):
        with writing() as session:
            keep(session, content=content)
    with reading() as session:
        assert session.exec(select(ReleasePack.content)).all() == [b"second"]


def test_a_pack_is_not_given_out_once_its_release_is_taken_back(made: Closed) -> None:
    del made
    with writing() as session:
        keep(session)
        withdraw_release(session, viewer=OPERATOR, ref=REF, reason="A wrong list.")
    with reading() as session:
        for read in (find_pack, read_pack):
            with pytest.raises(RefusedError, match=r"was withdrawn.*A wrong list"):
                read(session, viewer=PUBLIC, ref=REF)
    with pytest.raises(RefusedError, match="was withdrawn"), writing() as session:
        keep(session)
    with pytest.raises(RefusedError, match="was withdrawn"), writing() as session:
        start_packing(session, viewer=OPERATOR, ref=REF)
    with reading() as session:
        assert job_state(session, viewer=OPERATOR, kind=PACK, subject=REF) is None


def test_a_pack_from_before_a_publication_has_to_be_made_anew(made: Closed) -> None:
    """An older release tells of the later reviews, and of corrections of the earlier ones."""
    del made
    before = clock.now()
    with writing() as session:
        keep(session)
        correct_release(session, viewer=OPERATOR, ref=REF, reason="A body’s answer was wrong.")
    with reading() as session:
        assert find_pack(session, viewer=PUBLIC, ref=REF) is None
        with pytest.raises(NotFoundError, match="not made yet"):
            read_pack(session, viewer=PUBLIC, ref=REF)
    with pytest.raises(RefusedError, match="published meanwhile"), writing() as session:
        keep(session, read_at=before)
    with writing() as session:
        keep(session)
        assert find_pack(session, viewer=PUBLIC, ref=REF) is not None


@one_database
def test_a_pack_that_was_damaged_where_it_is_kept_is_not_given_out_and_the_operator_is_told(
    made: Closed, caplog: pytest.LogCaptureFixture
) -> None:
    del made
    with writing() as session:
        keep(session)
        session.exec(select(ReleasePack)).one().content = b"something else"
    with reading() as session, pytest.raises(DamagedError, match="damaged"):
        read_pack(session, viewer=PUBLIC, ref=REF)
    assert caplog.messages[-1].startswith(f"damaged: the review pack of {REF} is not as it was taken in")


@one_database
@pytest.mark.parametrize(
    "viewer",
    [PUBLIC, *(Viewer(account_id=1, grants=frozenset({Grant(r)})) for r in Role if r is not Role.COORDINATOR)],
)
def test_only_those_who_run_the_review_have_packs_made(made: Closed, viewer: Viewer) -> None:
    del made
    with pytest.raises(NotAllowedError), writing() as session:
        keep(session, viewer=viewer)
    with pytest.raises(NotAllowedError), writing() as session:
        start_packing(session, viewer=viewer, ref=REF)


@one_database
def test_there_is_no_pack_of_an_unknown_release(made: Closed) -> None:
    del made
    with reading() as session, pytest.raises(NotFoundError, match=r"no release 1999\.1"):
        find_pack(session, viewer=PUBLIC, ref="1999.1")
    with pytest.raises(NotFoundError), writing() as session:
        start_packing(session, viewer=OPERATOR, ref="1999.1")


def quickly(form: Form, contents: Contents, *, address: str) -> dict[str, bytes]:
    """Stand in for what makes a form, with a few bytes: what the forms are is held where they are made."""
    return {form.value: f"{form} of {contents.release.ref} at {address}".encode()}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[Form]:
    """Let each form be a few bytes, and note which were made."""
    made: list[Form] = []

    def files(form: Form, contents: Contents, *, address: str) -> dict[str, bytes]:
        made.append(form)
        return quickly(form, contents, address=address)

    monkeypatch.setattr(pack_module, "make_files", files)
    return made


def pressed(viewer: Viewer) -> JobState:
    """Press, let the worker work, and give how it ended."""
    with writing() as session:
        start_packing(session, viewer=viewer, ref=REF)
    run_waiting()
    with reading() as session:
        job = job_state(session, viewer=viewer, kind=PACK, subject=REF)
    assert job is not None
    return job.state


def test_one_press_has_it_made_step_by_step_and_a_second_makes_nothing_anew(made: Closed, quick: list[Form]) -> None:
    assert pressed(made.coordinator) is JobState.DONE
    assert quick == list(Form), "every form is in it"
    with reading() as session:
        job = job_state(session, viewer=made.coordinator, kind=PACK, subject=REF)
        first = session.exec(select(ReleasePack.sha256)).one()
    assert job is not None
    assert (job.done, job.total, job.message) == (STEPS, STEPS, f"The review pack of release {REF} is ready.")
    assert pressed(made.coordinator) is JobState.DONE
    assert quick == list(Form)
    with writing() as session:
        session.delete(session.exec(select(ReleasePack)).one())
    assert pressed(made.coordinator) is JobState.DONE
    with reading() as session:
        assert session.exec(select(ReleasePack.sha256)).one() == first, "the same release gives the same bytes"


@one_database
def test_work_that_is_broken_off_keeps_nothing_and_is_done_again(made: Closed, quick: list[Form]) -> None:
    with writing() as session:
        job = start_packing(session, viewer=made.coordinator, ref=REF)
    task = Task(job.id, REF, made.coordinator)
    task._stop.set()  # noqa: SLF001 - what the worker sets when the server is stopped
    HANDLERS[PACK].work(task)
    assert quick == []
    with reading() as session:
        assert session.exec(select(col(ReleasePack.id))).all() == []
    assert HANDLERS[PACK].resumes
    run_waiting()
    with reading() as session:
        assert find_pack(session, viewer=PUBLIC, ref=REF) is not None


@one_database
def test_a_release_that_is_taken_back_while_its_pack_is_made_gets_none(
    made: Closed, quick: list[Form], monkeypatch: pytest.MonkeyPatch
) -> None:
    del quick

    def meanwhile(form: Form, contents: Contents, *, address: str) -> dict[str, bytes]:
        if form is Form.WORKBOOK:
            with writing() as session:
                withdraw_release(session, viewer=OPERATOR, ref=REF, reason="A wrong list.")
        return quickly(form, contents, address=address)

    monkeypatch.setattr(pack_module, "make_files", meanwhile)
    assert pressed(made.coordinator) is JobState.FAILED
    with reading() as session:
        assert session.exec(select(col(ReleasePack.id))).all() == []


@one_database
def test_a_pack_is_as_old_as_what_it_tells_and_not_as_its_last_step(made: Closed) -> None:
    del made
    with reading() as session:
        published = session.exec(select(Release.published_at)).one().replace(tzinfo=UTC)
    with writing() as session:
        keep(session, read_at=published)
        assert find_pack(session, viewer=PUBLIC, ref=REF) is not None
    with pytest.raises(RefusedError, match="published meanwhile"), writing() as session:
        keep(session, read_at=published - timedelta(seconds=1))
