"""Everything that is held about an organisation and its people, as one document, on their request."""

import json
from collections.abc import Mapping

from sqlmodel import Session

from charter import audit, clock
from charter.drafting import require_lead
from charter.own.about import entries_about
from charter.own.data_actions import actions_held
from charter.own.data_answers import answers_held
from charter.own.data_concerns import concerns_held
from charter.own.data_evidence import evidence_held
from charter.own.data_outcomes import outcomes_held
from charter.own.data_rows import audit_held, contact_held, people_held, promises_held, releases_held, signatures_held
from charter.own.organisations import find_own
from charter.rules.access import Act, Viewer, require


def data_on_request(session: Session, *, viewer: Viewer, ref: str) -> str:
    """Write everything that is held about an organisation as JSON, and write the request down in the audit log.

    Passwords, and the secret parts of links, are held as digests only, and are left out.

    Args:
        session: a writing session.
        viewer: who asks; for a public body, one of its leads.
        ref: the organisation's reference.

    Raises:
        SignedOutError: the viewer's session has ended.
        NotFoundError: the organisation is not the viewer's, or there is none of this reference.
        RefusedError: the viewer drafts a part of its answers only.
    """
    own = find_own(session, viewer=viewer, ref=ref)
    require(viewer, Act.READ_OWN, organisation_id=own.id)
    require_lead(session, viewer=viewer, organisation_id=own.id)
    audit.record(session, viewer, act="data_requested", subject=f"organisation {own.ref}")
    held = _held(session, own.id)
    return json.dumps({"made_at": clock.now(), **held}, indent=2, ensure_ascii=False, default=str)


def _held(session: Session, organisation_id: int) -> Mapping[str, object]:
    about = entries_about(session, organisation_id=organisation_id)
    return {
        **contact_held(session, organisation_id),
        "signatures": signatures_held(session, organisation_id),
        "people": people_held(session, organisation_id),
        "self_assessments": answers_held(session, organisation_id),
        **promises_held(session, organisation_id),
        "actions": actions_held(session, organisation_id),
        **outcomes_held(session, organisation_id),
        **evidence_held(session, organisation_id),
        **concerns_held(session, organisation_id),
        "counted_in_releases": releases_held(session, organisation_id),
        "audit_log": audit_held(session, organisation_id, about),
    }
