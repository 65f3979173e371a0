"""Whatever can be typed into a field, handed to the verbs behind the forms. What is refused must change nothing."""

import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from hypothesis import strategies as st
from sqlmodel import func, select

from charter.accounts import add_account
from charter.answers import save_comment
from charter.concerns.raising import raise_concern
from charter.mail.new_links import ask_for_link
from charter.organisations.fields import Fields
from charter.organisations.keeping import add_organisation
from charter.organisations.wards import add_ward
from charter.passwords import check_password, set_password
from charter.planning import plan_period
from charter.rules.access import OPERATOR, PUBLIC
from charter.rules.refusals import RefusedError
from charter.sign_in import use_ticket
from charter.store import Session, reading, store, writing
from charter.submissions import submit
from db.models import AuditEntry
from db.types import OrganisationKind, Role
from tests.store.asked_forms import AskedForm, ask
from tests.torture.counts import Counts
from tests.torture.fuzzing import Cases, tried
from tests.torture.stores import Stores, named

_ODD = (
    *(
        "",
        " ",
        "\x00",
        "a\x00b",
        "\u202eabc",
        "\ufeff",
        "\r\n\t",
        "0",
        "=1+1",
        "@SUM(A1)",
        "<b>x</b>",
        "[a](b)",
        "%s%n",
    ),
    *("' OR 1=1 --", "a@b.org", "a@b.org\nBcc: c@d.org", "x" * 120, "x" * 121, "é" * 5_000, "😀" * 50, "A" * 100_000),
    *("Ŵyl Ddŵr", "Łódź", "ਪੰਜਾਬੀ ਸਮੂਹ", "2026", "9" * 60, "-1", "../x", "NULL", "None", "{}", "\\", '"'),
)
_TYPED = st.one_of(
    st.sampled_from(_ODD), st.text(max_size=60), st.text(alphabet="aA0 @.'\"<&=\n\x00\u200d", max_size=30)
)
_DAY = date(2027, 1, 1)
Verb = Callable[[Session, AskedForm, str, str], object]

# Each verb behind a form, with two typed words. What a person chooses from a list is not typed.
VERBS: Mapping[str, Verb] = {
    "comment": lambda session, form, one, _two: save_comment(
        session,
        viewer=form.partner,
        version_id=form.core[0],
        comment=one,
        may_be_quoted=True,
        seen_revision=0,
        organisation_id=form.group_id,
        period_id=form.period_id,
    ),
    "declaration": lambda session, form, one, _two: submit(
        session, viewer=form.partner, declared_by=one, organisation_id=form.group_id, period_id=form.period_id
    ),
    "new link": lambda session, _form, one, two: ask_for_link(session, email=one, address=two),
    "account": lambda session, _form, one, two: add_account(
        session, viewer=OPERATOR, email=one, role=Role.REVIEWER, name=two
    ),
    "password": lambda session, _form, one, two: set_password(session, token=one, password=two, address=one),
    "common password": lambda _session, _form, one, two: check_password(one, email=two),
    "ticket": lambda session, _form, one, _two: use_ticket(session, ticket=one),
    "organisation": lambda session, _form, one, two: add_organisation(
        session, viewer=OPERATOR, typed=Fields(name=one, kind=OrganisationKind.COMMUNITY, email=two)
    ),
    "ward": lambda session, _form, one, two: add_ward(session, viewer=OPERATOR, code=one, name=two, starts_on=_DAY),
    "period": lambda session, _form, one, two: plan_period(
        session,
        viewer=OPERATOR,
        ref=one,
        title=two,
        charter_ref=two,
        opens_on=_DAY,
        closes_on=_DAY,
        list_source=one,
        list_date=_DAY,
    ),
    "concern": lambda session, form, one, two: raise_concern(
        session,
        viewer=form.partner,
        organisation_id=form.group_id,
        about_id=form.council_id,
        commitment_ref=one,
        words=two,
    ),
    "somebody else's": lambda session, form, one, _two: submit(
        session, viewer=PUBLIC, declared_by=one, organisation_id=form.group_id, period_id=form.period_id
    ),
}


def run(*, count: int, stores: Stores) -> Counts:
    """Type so many odd things."""
    cases = Cases()
    with tempfile.TemporaryDirectory() as folder, named(stores.copy(), Path(folder) / "var"):
        form = ask(store())

        def attempt(drawn: tuple[str, str, str]) -> None:
            name, one, two = drawn
            shown = f"{name}: {one[:60]!r} {two[:60]!r}"
            with cases.case(shown):
                before = _written()
                try:
                    with writing() as session:
                        VERBS[name](session, form, one, two)
                except RefusedError:
                    if _written() != before:
                        cases.wrong("something was written that was refused", shown)

        tried(cases, st.tuples(st.sampled_from(sorted(VERBS)), _TYPED, _TYPED), attempt, count=count)
    return cases.counts(f"fields ({stores.kind})")


def _written() -> int:
    with reading() as session:
        return session.exec(select(func.count()).select_from(AuditEntry)).one()
