"""A group with a past: people, an invitation, e-mails, answers with comments, and a charter that it signed."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from charter.rules.access import Grant, Viewer
from db import models
from db.engine import Store
from db.types import AssistedHow, MailKind, MailState, Measure, PeriodState, Role, SelfAssessmentState
from tests import factories
from tests.store.asked_forms import AskedForm, ask_in

EMAIL = "ana@teaclub.example"
OTHER_EMAIL = "bo@chessclub.example"


@dataclass(frozen=True)
class Past:
    """What was made.

    Attributes:
        form: the small period, which is open.
        ana: an account that answers for the group alone.
        both: an account that answers for the group and for the other group.
        sent_ref: the reference of what the group sent.
        other_ref: the reference of what the other group sent.
        invitation_id: the group's.
        charter_ref: the charter that the group signed.
    """

    form: AskedForm
    ana: int
    both: int
    sent_ref: str
    other_ref: str
    invitation_id: int
    charter_ref: str

    @property
    def partner(self) -> Viewer:
        """Ana, signed in."""
        grants = frozenset({Grant(Role.PARTNER, self.form.group_id)})
        return Viewer(account_id=self.ana, grants=grants, address="203.0.113.9")

    def holding(self, role: Role, organisation_id: int | None = None) -> Viewer:
        """Somebody else with one role."""
        return Viewer(account_id=self.form.account_id, grants=frozenset({Grant(role, organisation_id)}))


def past(store: Store) -> Past:
    """Make it, in a scope of its own."""
    with store.writing() as session:
        return past_in(session)


def past_in(session: Session) -> Past:
    """Make it."""
    form = ask_in(session)
    group = session.get_one(models.Organisation, form.group_id)
    group.email, group.phone = EMAIL, "01375 000111"
    ana = factories.account(session, email=EMAIL, name="Ana", password_hash="hash")
    both = factories.account(session, email="both@example.org", name="Bo Both")
    factories.grant(session, account_id=ana, organisation_id=form.group_id)
    factories.grant(session, account_id=both, organisation_id=form.group_id)
    factories.grant(session, account_id=both, organisation_id=form.other_id)
    factories.account_session(session, account_id=ana)
    sent = _sent(session, form.whose(), form.core, ref="SA-GR0VP001", said=("Ana", "=cmd() we were *heard*"))
    other = _sent(
        session, form.whose(form.other_id), form.core, ref="SA-CHESS001", said=("Bo", "A secret of the chess club")
    )
    assisted = {"self_assessment_id": sent, "account_id": form.account_id, "how": AssistedHow.TELEPHONE}
    factories.add(session, models.Assistance, {**assisted, "spoke_to": "Ana"})
    invitation = _invitation(session, form.group_id)
    _mail(session, invitation, EMAIL)
    _mail(session, _invitation(session, form.other_id), OTHER_EMAIL)
    charter = session.get_one(models.Period, form.period_id).charter_id
    signed = {"charter_id": charter, "organisation_id": form.group_id, "signed_on": date(2024, 1, 2)}
    factories.add(session, models.Signatory, signed)
    ref = session.get_one(models.Charter, charter).ref
    refs = [session.get_one(models.SelfAssessment, key).ref for key in (sent, other)]
    return Past(form, ana, both, refs[0], refs[1], invitation, ref)


def share_figures(session: Session, period_id: int) -> None:
    """Close the period and show its figures to somebody, before they are published."""
    session.get_one(models.Period, period_id).state = PeriodState.CLOSED
    factories.add(session, models.EarlyAccess, {"period_id": period_id, "name": "A councillor"})


def _sent(
    session: Session, whose: dict[str, int], versions: tuple[int, int], *, ref: str, said: tuple[str, str]
) -> int:
    """Add answers that were sent; `said` is who declared them, and the comment on the first."""
    key = factories.self_assessment(
        session,
        ref=ref,
        period_id=whose["period_id"],
        organisation_id=whose["organisation_id"],
        state=SelfAssessmentState.SUBMITTED,
        submitted_at=factories.MOMENT,
        declared_by=said[0],
    )
    for version, level, words in ((versions[0], 3, said[1]), (versions[1], 1, "")):
        factories.answer(
            session,
            self_assessment_id=key,
            version_id=version,
            measure=Measure.EXPERIENCE,
            level=level,
            comment=words,
        )
    return key


def _invitation(session: Session, organisation_id: int) -> int:
    found = session.exec(select(models.Invitation.id).where(models.Invitation.organisation_id == organisation_id)).one()
    return found or 0


def _mail(session: Session, invitation_id: int, address: str) -> None:
    for state in (MailState.SENT, MailState.WAITING):
        values = {
            "kind": MailKind.INVITATION,
            "state": state,
            "address": address,
            "invitation_id": invitation_id,
            "message_id": f"<{factories.number()}@example.org>",
        }
        factories.add(session, models.Mail, values)
