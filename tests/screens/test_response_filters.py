"""What the list of responses shows, by what the address asks for."""

import pytest
from sqlmodel import col, select

from charter.store import reading
from db.models import Invitation, Organisation, Period
from db.types import IncomeBand
from tests.screens.running_site import open_ref, opened, said


@pytest.mark.usefixtures("demo")
def test_the_list_is_filtered_by_yearly_income() -> None:
    with reading() as session:
        invited = session.exec(
            select(Invitation.id)
            .join(Period)
            .join(Organisation)
            .where(
                Period.ref == open_ref(),
                col(Invitation.removed_at).is_(None),
                Organisation.income_band == IncomeBand.OVER_100K,
            )
        ).all()
    site = opened("responses", part="list", side="vcfse", income="over_100k")
    assert f" of {len(invited)} organisations" in said(site)
    assert [box.value for box in site.selectbox if box.label == "Yearly income"] == ["over_100k"]
    assert all("Council" not in name for name in site.table[0].value["Name"])
