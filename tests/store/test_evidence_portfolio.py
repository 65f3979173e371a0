"""The portfolio: who sees an item, what it speaks of, changing it, searching it, and what it is evidence for."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from sqlmodel import col, select

from charter.evidence.fields import EvidenceFields, Tags, read_names
from charter.evidence.files import GivenFile
from charter.evidence.items import change_evidence, remove_evidence
from charter.evidence.reading import EvidenceWanted, search_evidence
from charter.rules.access import PUBLIC, Viewer
from charter.rules.refusals import (
    EditedElsewhereError,
    FieldError,
    NotFoundError,
    RefusedError,
    SignedOutError,
)
from db.engine import Store
from db.models import (
    AuditEntry,
    Commitment,
    CommitmentVersion,
    DraftingPart,
    EvidenceTag,
)
from db.types import Characteristic, EvidenceKind, EvidenceSeenBy
from tests import factories
from tests.small_files import pdf, picture
from tests.store import reviewing
from tests.store.databases import one_database
from tests.store.portfolio import REPORT, Portfolio, portfolio
from tests.store.test_evidence import cite

MONITORS = EvidenceSeenBy.MONITORING_GROUP
ASSESSMENT = EvidenceKind.EQUALITY_IMPACT_ASSESSMENT


@pytest.fixture
def kept(store: Store) -> Portfolio:
    return portfolio(store)


def change(kept: Portfolio, key: int, *, file: GivenFile | None = None, **more: object) -> EvidenceFields:
    """Change some fields of an item as the council, and give what is stored then."""
    seen = kept.item(key).fields
    with kept.store.writing() as session:
        wanted = replace(seen, **more)  # type: ignore[arg-type]
        change_evidence(session, viewer=kept.council, evidence_id=key, seen=seen, fields=wanted, file=file)
    return kept.item(key).fields


def commitment_refs(kept: Portfolio) -> tuple[str, str]:
    with kept.store.reading() as session:
        rows = session.exec(
            select(Commitment.ref)
            .join(CommitmentVersion, col(CommitmentVersion.commitment_id) == col(Commitment.id))
            .where(col(CommitmentVersion.id).in_(kept.form.core))
            .order_by(col(CommitmentVersion.id))
        ).all()
        return rows[0], rows[1]


SEES = {
    "anyone": {"public"},
    "group": {"public"},
    "link": {"public"},
    "administrator": {"public"},
    "reviewer": {"public", "monitoring_group"},
    "coordinator": {"public", "monitoring_group"},
}


def test_the_owner_decides_whether_an_item_is_private_the_monitoring_groups_or_public(kept: Portfolio) -> None:
    keys = {each.value: kept.add_for(each) for each in EvidenceSeenBy}
    assert kept.titles(kept.council) == set(keys)
    for name, sees in SEES.items():
        viewer = kept.others()[name]
        assert kept.titles(viewer) == sees, name
        assert not any(item.may_change for item in kept.seen(viewer))
        for title, key in keys.items():
            if title in sees:
                assert kept.item(key, viewer).title == title
            else:
                with pytest.raises(NotFoundError):
                    kept.item(key, viewer)


def test_what_was_public_and_is_private_again_is_gone_at_once(kept: Portfolio) -> None:
    key = kept.add_for(EvidenceSeenBy.PUBLIC)
    assert len(kept.seen(PUBLIC)) == 1
    change(kept, key, seen_by=EvidenceSeenBy.PRIVATE)
    assert kept.seen(PUBLIC) == ()


@one_database
def test_what_answers_point_to_cannot_be_hidden_from_the_monitoring_group(kept: Portfolio) -> None:
    private, shown = kept.add_for(EvidenceSeenBy.PRIVATE), kept.add_for(EvidenceSeenBy.PUBLIC)
    with pytest.raises(RefusedError, match="Only your organisation sees this item"):
        cite(kept.store, kept.form, private)
    cite(kept.store, kept.form, shown)
    with pytest.raises(RefusedError, match="must be able to see it"):
        change(kept, shown, seen_by=EvidenceSeenBy.PRIVATE)
    assert change(kept, shown, seen_by=EvidenceSeenBy.MONITORING_GROUP).seen_by is EvidenceSeenBy.MONITORING_GROUP


def test_an_item_keeps_its_kind_its_day_and_what_it_speaks_of(kept: Portfolio) -> None:
    first, second = commitment_refs(kept)
    tags = Tags(
        frozenset({first, second}),
        frozenset({Characteristic.AGE, Characteristic.SOCIO_ECONOMIC_STATUS, Characteristic.NAMED_GROUP}),
        (" Young  carers", "young carers", "Boat people"),
    )
    key = kept.add("Assessment", kind=ASSESSMENT, dated_on=date(2026, 3, 1), tags=tags)
    fields = kept.item(key).fields
    assert (fields.kind, fields.dated_on) == (ASSESSMENT, date(2026, 3, 1))
    spoken_of = frozenset({Characteristic.AGE, Characteristic.SOCIO_ECONOMIC_STATUS})
    assert fields.tags == Tags(frozenset({first, second}), spoken_of, ("Boat people", "young carers"))
    assert change(kept, key, tags=Tags(frozenset({second}))).tags == Tags(frozenset({second}))
    with kept.store.reading() as session:
        assert len(session.exec(select(EvidenceTag)).all()) == 1


@one_database
def test_every_characteristic_can_be_spoken_of(kept: Portfolio) -> None:
    listed = frozenset(Characteristic) - {Characteristic.NAMED_GROUP}
    assert len(listed) == 10  # the nine protected ones and socio-economic status
    key = kept.add(tags=Tags(characteristics=listed))
    assert kept.item(key).fields.tags.characteristics == listed


@one_database
def test_tags_without_bounds_are_refused(kept: Portfolio) -> None:
    for tags, field in (
        (Tags(frozenset(f"ENG-DIA-{number}" for number in range(41))), "commitments"),
        (Tags(groups=tuple(f"Group {number}" for number in range(11))), "groups"),
        (Tags(groups=("x" * 121,)), "groups"),
    ):
        with pytest.raises(FieldError) as refusal:
            kept.add(tags=tags)
        assert refusal.value.field == field
    with pytest.raises(NotFoundError, match="no such promise"):
        kept.add(tags=Tags(frozenset({"NOT-THERE-1"})))
    assert kept.seen(kept.council) == ()


def test_names_of_groups_are_read_as_people_type_them() -> None:
    assert [name.strip() for name in read_names("Carers, boat people;\n , Veterans")] == [
        "Carers",
        "boat people",
        "Veterans",
    ]


@one_database
def test_an_item_gets_a_file_later_and_another_in_its_place(kept: Portfolio) -> None:
    key = kept.add("Minutes")
    change(kept, key, file=REPORT)
    change(kept, key, title="Minutes of March", file=GivenFile("scan.png", picture()))
    item = kept.item(key)
    assert item.title == "Minutes of March"
    assert item.file is not None
    assert item.file.name == "scan.png"


def test_what_was_sent_keeps_the_item_that_it_points_to(kept: Portfolio) -> None:
    key = kept.add("Minutes", file=REPORT)
    cite(kept.store, kept.form, key)
    change(kept, key, title="Minutes of March")  # a draft may still be put right
    ref = reviewing.send_with(kept.store, kept.form, seen=1)
    for more in ({"title": "Another"}, {"link": "https://example.org"}, {"dated_on": date(2026, 1, 1)}):
        with pytest.raises(RefusedError, match="what it is stays as it was"):
            change(kept, key, **more)
    with pytest.raises(RefusedError, match="what it is stays as it was"):
        change(kept, key, file=GivenFile("other.pdf", pdf("Other")))
    assert change(kept, key, kind=EvidenceKind.MINUTES, seen_by=EvidenceSeenBy.PUBLIC).kind is EvidenceKind.MINUTES
    reviewing.send_back(kept.store, kept.form, ref)
    assert change(kept, key, title="Another").title == "Another"


def test_a_change_of_what_the_page_did_not_show_is_refused(kept: Portfolio) -> None:
    key = kept.add("First")
    old = kept.item(key).fields
    change(kept, key, title="Second")
    with pytest.raises(EditedElsewhereError), kept.store.writing() as session:
        change_evidence(session, viewer=kept.council, evidence_id=key, seen=old, fields=replace(old, title="Third"))
    with kept.store.writing() as session:  # the same again is no change
        change_evidence(session, viewer=kept.council, evidence_id=key, seen=old, fields=replace(old, title="Second"))
    assert kept.item(key).title == "Second"
    with kept.store.reading() as session:
        acts = session.exec(select(AuditEntry.act).order_by(col(AuditEntry.number))).all()
    assert acts == ["evidence_added", "evidence_changed"]


@one_database
def test_nobody_changes_or_takes_away_anothers_item(kept: Portfolio) -> None:
    key = kept.add_for(EvidenceSeenBy.PUBLIC)
    fields = kept.item(key).fields
    for viewer in kept.others().values():
        with pytest.raises(NotFoundError), kept.store.writing() as session:
            change_evidence(session, viewer=viewer, evidence_id=key, seen=fields, fields=replace(fields, title="Eve"))
        with pytest.raises(NotFoundError), kept.store.writing() as session:
            remove_evidence(session, viewer=viewer, evidence_id=key)
    with pytest.raises(SignedOutError), kept.store.writing() as session:
        remove_evidence(session, viewer=Viewer(ended=True), evidence_id=key)
    assert kept.item(key).fields == fields


@one_database
def test_who_drafts_a_part_adds_items_and_leaves_what_everyone_sees_alone(kept: Portfolio) -> None:
    shown = kept.add_for(EvidenceSeenBy.PUBLIC, file=REPORT)
    with kept.store.writing() as session:
        strand = factories.strand(session)
        values = {
            "account_id": kept.form.account_id,
            "organisation_id": kept.form.council_id,
            "strand_id": strand,
            "directorate": "Housing",
        }
        factories.add(session, DraftingPart, values)
    key = kept.add("A drafter’s")
    with pytest.raises(RefusedError, match="Only the lead"):
        change(kept, key, seen_by=EvidenceSeenBy.PUBLIC)
    with pytest.raises(RefusedError, match="Only the lead"):
        kept.add("Public", seen_by=EvidenceSeenBy.PUBLIC)
    for more in ({"title": "Another"}, {"file": GivenFile("other.pdf", pdf("Other"))}, {"seen_by": MONITORS}):
        with pytest.raises(RefusedError, match="Only the lead"):
            change(kept, shown, **more)
    with pytest.raises(RefusedError, match="Only the lead"), kept.store.writing() as session:
        remove_evidence(session, viewer=kept.council, evidence_id=shown)
    assert [item.id for item in kept.seen(PUBLIC)] == [shown]
    assert change(kept, key, title="Still mine").title == "Still mine"
    with kept.store.writing() as session:
        remove_evidence(session, viewer=kept.council, evidence_id=key)


def test_it_is_searched_by_words_kind_promise_people_and_organisation(kept: Portfolio) -> None:
    first, second = commitment_refs(kept)
    kept.add("Survey of 50% of groups", kind=EvidenceKind.SURVEY, tags=Tags(frozenset({first})))
    kept.add("Access audit", file=GivenFile("ramps.pdf", pdf()), tags=Tags(groups=("Young carers", "Boat people")))
    kept.add("Plan for age", tags=Tags(frozenset({first, second}), frozenset({Characteristic.AGE})))
    kept.add("The club’s story", of=kept.form.group_id, seen_by=EvidenceSeenBy.PRIVATE)

    def find(**wanted: object) -> set[str]:
        return kept.titles(kept.council, **wanted)

    assert find(words="50% GROUPS") == {"Survey of 50% of groups"}
    assert find(words="ramps") == find(words="young carers") == find(words="boat people") == {"Access audit"}
    assert find(words="riverbank plan") == {"Plan for age"}
    assert find(words="5_%") == find(words="club") == set()
    assert find(kind=EvidenceKind.SURVEY) == {"Survey of 50% of groups"}
    assert find(commitment_ref=first) == {"Survey of 50% of groups", "Plan for age"}
    assert find(commitment_ref=second, characteristic=Characteristic.AGE) == {"Plan for age"}
    assert find(characteristic=Characteristic.NAMED_GROUP) == {"Access audit"}
    assert len(find(organisation_id=kept.form.council_id)) == 3
    assert kept.titles(kept.group, organisation_id=kept.form.group_id) == {"The club’s story"}


def test_a_long_list_comes_a_page_at_a_time_the_newest_first(kept: Portfolio) -> None:
    for number in range(5):
        kept.add(f"Item {number}")
    with kept.store.reading() as session:
        page = search_evidence(session, viewer=kept.council, wanted=EvidenceWanted(), page=2, size=2)
    assert [item.title for item in page.rows] == ["Item 2", "Item 1"]
    assert (page.total, page.pages) == (5, 3)


def test_an_item_is_never_hidden_while_an_answer_comes_to_point_to_it(kept: Portfolio) -> None:
    key = kept.add()

    def press(act: Callable[[], object]) -> bool:
        try:
            act()
        except RefusedError:
            return False
        return True

    hide = partial(change, kept, key, seen_by=EvidenceSeenBy.PRIVATE)
    with ThreadPoolExecutor(2) as threads:
        done = list(threads.map(press, [hide, partial(cite, kept.store, kept.form, key)]))
    assert sorted(done) == [False, True]
