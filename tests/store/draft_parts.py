"""A council's people, and which parts of its self-assessment each drafts."""

from collections.abc import Collection

from sqlmodel import select

from charter.drafting import assign_parts
from charter.rules.access import Grant, Viewer
from db.engine import Store
from db.models import Commitment, CommitmentVersion, DraftingPart
from db.types import Role
from tests import factories
from tests.store.asked_forms import AskedForm

HOUSING = "Housing"


def person(store: Store, form: AskedForm, name: str, organisation_id: int | None = None) -> Viewer:
    """Add somebody who answers for the council, or for another organisation."""
    whose = organisation_id or form.council_id
    with store.writing() as session:
        account = factories.account(session, name=name)
        factories.grant(session, account_id=account, organisation_id=whose)
    return Viewer(account_id=account, name=name, grants=frozenset({Grant(Role.PARTNER, whose)}))


def strand_of(store: Store, version_id: int) -> int:
    with store.reading() as session:
        return session.exec(
            select(Commitment.strand_id).join(CommitmentVersion).where(CommitmentVersion.id == version_id)
        ).one()


def assign(
    store: Store,
    form: AskedForm,
    viewer: Viewer,
    drafter: Viewer,
    strands: Collection[int],
    *,
    directorate: str = HOUSING,
) -> None:
    with store.writing() as session:
        assign_parts(
            session,
            viewer=viewer,
            organisation_id=form.council_id,
            account_id=drafter.account_id or 0,
            directorate=directorate,
            strand_ids=strands,
        )


def parts(store: Store) -> list[tuple[int, int, str]]:
    with store.reading() as session:
        return sorted((row.account_id, row.strand_id, row.directorate) for row in session.exec(select(DraftingPart)))
