"""An organisation's evidence when it asks what is held, when it has personal data taken away, and when it is merged."""

import json

import pytest
from sqlmodel import col, select

from charter.evidence.citations import Citations, speak_for
from charter.evidence.fields import EvidenceFields, Tags
from charter.evidence.files import GivenFile
from charter.evidence.items import add_evidence, remove_evidence
from charter.organisations.merging import merge
from charter.own.data import data_on_request
from charter.own.erasing import erase_personal_data
from charter.own.forgetting_evidence import TITLE
from charter.rules.access import PUBLIC, Viewer
from db.engine import Store
from db.models import AuditDetail, Evidence, EvidenceFile, EvidenceTag, Indicator, Measurement, Organisation
from db.types import Characteristic, EvidenceSeenBy, Role
from tests import factories
from tests.small_files import pdf
from tests.store import reviewing
from tests.store.portfolio import Portfolio, portfolio

pytestmark = pytest.mark.usefixtures("settings_env")
NAMED = "What Ana Sample told us"


@pytest.fixture
def kept(store: Store) -> Portfolio:
    return portfolio(store)


def add(kept: Portfolio, viewer: Viewer, whose: int, title: str = NAMED) -> int:
    fields = EvidenceFields(
        title,
        "https://example.org/ana",
        seen_by=EvidenceSeenBy.PUBLIC,
        tags=Tags(characteristics=frozenset({Characteristic.AGE}), groups=("Carers",)),
    )
    with kept.store.writing() as session:
        file = GivenFile("ana.pdf", pdf(title))
        return add_evidence(session, viewer=viewer, organisation_id=whose, fields=fields, file=file)


def test_what_is_held_names_each_item_its_file_and_what_it_speaks_for(kept: Portfolio) -> None:
    key = add(kept, kept.council, kept.form.council_id)
    with kept.store.writing() as session:
        values = {"organisation_id": kept.form.council_id, "theme_id": None, "ref": "people"}
        value = factories.add(session, Measurement, {"indicator_id": factories.add(session, Indicator, values)})
        speak_for(session, viewer=kept.council, evidence_id=key, seen=Citations(), value_ids=[value], action_ids=[])
        ref = session.get_one(Organisation, kept.form.council_id).ref
        held = json.loads(data_on_request(session, viewer=kept.council, ref=ref))
    (item,) = held["evidence"]
    assert (item["title"], item["seen_by"], item["ref"]) == (NAMED, "public", f"EV-{key}")
    assert item["speaks_of"] == ["age", "Carers"]
    assert (item["file"]["name"], item["file"]["address"]) == ("ana.pdf", f"/files/evidence/EV-{key}")
    assert item["cited_by"] == ["indicator people"]
    assert "content" not in item["file"]


def test_a_groups_evidence_goes_with_its_personal_data(kept: Portfolio) -> None:
    with kept.store.writing() as session:
        factories.grant(session, account_id=kept.form.account_id, organisation_id=kept.form.group_id)
    gone = add(kept, kept.group, kept.form.group_id, "An old story of Ana")
    add(kept, kept.group, kept.form.group_id)
    with kept.store.writing() as session:
        remove_evidence(session, viewer=kept.group, evidence_id=gone)
    with kept.store.writing() as session:
        erase_personal_data(session, viewer=kept.group, organisation_id=kept.form.group_id)
    assert kept.seen(PUBLIC) == ()
    with kept.store.reading() as session:
        rows = session.exec(select(Evidence).order_by(col(Evidence.id))).all()
        assert {(row.title, row.link, row.removed_at is None) for row in rows} == {(TITLE, "", False)}
        assert session.exec(select(EvidenceFile)).all() == []
        assert session.exec(select(EvidenceTag)).all() == []
        details = " ".join(str(detail) for detail in session.exec(select(AuditDetail.detail)))
        assert "sha256" not in details


def test_a_public_bodys_evidence_stays_as_it_was_reviewed_by_it(kept: Portfolio) -> None:
    add(kept, kept.council, kept.form.council_id)
    with kept.store.writing() as session:
        erase_personal_data(session, viewer=kept.council, organisation_id=kept.form.council_id)
    (item,) = kept.seen(PUBLIC)
    assert (item.title, item.file is not None) == (NAMED, True)


def test_a_merged_organisations_evidence_moves_along_with_its_files(kept: Portfolio) -> None:
    mine = add(kept, kept.group, kept.form.group_id, "Mine")
    other = kept.form.partner_of(kept.form.other_id)
    theirs = add(kept, other, kept.form.other_id, "Theirs")
    with kept.store.writing() as session:
        coordinator = reviewing.holding(kept.form, Role.COORDINATOR)
        merge(
            session,
            viewer=coordinator,
            organisation_id=kept.form.group_id,
            into_id=kept.form.other_id,
            reason="One group",
        )
    found = {item.id: item for item in kept.seen(other)}
    assert set(found) == {mine, theirs}
    assert all(item.may_change and item.file for item in found.values())
