"""The groups on the list, as files find them: by org-id, and by name as names are compared."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from charter.organisations.names import normal_name
from charter.sources.org_ids import org_id
from db.models import Organisation, OrganisationMerge
from db.types import VCFSE_KINDS, IncomeBand


@dataclass(frozen=True)
class KnownGroup:
    """A group on the list."""

    id: int
    ref: str
    name: str
    income_band: IncomeBand


@dataclass(frozen=True)
class KnownGroups:
    """The groups on the list: each by its org-id, and the first of each name. Duplicates lead to what they are."""

    by_ref: Mapping[str, KnownGroup]
    by_name: Mapping[str, KnownGroup]


def known_groups(session: Session, *, made_up: bool) -> KnownGroups:
    """Read the groups on the list, those that have ended too: what files tell is often of years past.

    Args:
        session: a session.
        made_up: whether those of the demonstration are wanted, or the real ones; never both.
    """
    rows = session.exec(
        select(Organisation)
        .where(col(Organisation.kind).in_(VCFSE_KINDS), Organisation.made_up == made_up)
        .order_by(col(Organisation.id))
    ).all()
    into = dict(session.exec(select(OrganisationMerge.organisation_id, OrganisationMerge.into_id)).all())
    groups = {row.id: KnownGroup(row.id or 0, row.ref, row.name, row.income_band) for row in rows}
    by_ref: dict[str, KnownGroup] = {}
    named: dict[str, list[KnownGroup]] = defaultdict(list)
    for row in rows:
        key = row.id
        while key in into:
            key = into[key]
        group = groups.get(key)
        if group is not None:
            by_ref[org_id(row.ref).ref] = group
            named[normal_name(row.name)].append(group)
    return KnownGroups(by_ref, {name: found[0] for name, found in named.items()})
