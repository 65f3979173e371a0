"""The page of imports, used as a person does: a file is looked at, taken in, found again and taken back."""

from decimal import Decimal

import pytest
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from charter.store import reading, writing
from db.models import AwardedGrant, FileImport, Measurement, Organisation, RegisterEntry
from db.types import IncomeBand, OrganisationKind, Role
from pages.ui import keys
from tests import factories
from tests.grant_files import as_json, grant
from tests.measurement_files import as_csv, cells
from tests.register_files import area, charity, employees, table, volunteers
from tests.screens.site_under_test import opened_at, ran, session_of
from tests.store.outcome_people import REF, define, owners

PAGE = "coordinate/imports.py"
CARERS = {"id": "360G-elm-org-7", "name": "The Elmford Carers"}
pytestmark = pytest.mark.usefixtures("settings_env")


def opened(role: Role = Role.COORDINATOR, organisation_id: int | None = None, **query: str) -> AppTest:
    with writing() as session:
        account = factories.account(session)
        factories.grant(session, account_id=account, role=role, organisation_id=organisation_id)
    return opened_at(PAGE, query, session_id=session_of(account))


def press(site: AppTest, label: str) -> AppTest:
    next(button for button in site.button if button.label == label).click()
    return ran(site)


def give(site: AppTest, name: str, content: bytes, kind: str = "application/json") -> AppTest:
    site.file_uploader[0].set_value((name, content, kind))
    return ran(site)


def said(site: AppTest) -> str:
    parts = [*site.title, *site.header, *site.markdown, *site.caption, *site.error, *site.warning, *site.info]
    return "\n".join(str(part.value) for part in [*parts, *site.success]).replace("\\", "").replace("\u2060", "")


def cells_shown(site: AppTest) -> str:
    return "\n".join(str(each.value.to_dict("list")) for each in site.table).replace("\\", "").replace("\u2060", "")


def test_grants_are_looked_at_taken_in_found_again_and_taken_back() -> None:
    with writing() as session:
        factories.organisation(session, ref="GB-CHC-1000001", name="Elmford Gardeners")
        factories.organisation(session, ref="OWN-CARERS", name="Elmford Carers")
    site = opened(part="grants")
    content = as_json(
        grant(1, fromOpenCall="Y"), grant(2, recipient=CARERS), grant(3, recipient={"id": "x", "name": "Others"})
    )
    give(site, "grants.json", content)
    assert "Of 3 rows: 1 grant of £1,000 in all is new and 2 rows are left out." in said(site)
    assert [each.label for each in site.expander] == ["2 rows left out, and why", "1 thing to know"]
    assert "“Others” is not on the list of groups." in cells_shown(site)
    assert "From An Open Call? says “Y”, where Yes or No is asked." in cells_shown(site)
    site.multiselect[0].set_value([site.multiselect[0].options[0]])
    with reading() as session:
        assert session.exec(select(AwardedGrant.id)).all() == []
    press(ran(site), "Take in 2 grants")
    assert "Of 3 rows: 2 grants of £2,000 in all are new and 1 row is left out. The file was taken in as IM-" in said(
        site
    )
    assert keys.KEPT_IMPORT not in site.session_state
    with reading() as session:
        assert sorted(session.exec(select(AwardedGrant.recipient_name))) == ["Elmford Gardeners", "The Elmford Carers"]
        values = session.exec(select(col(Measurement.value)).distinct()).all()
        assert values == [Decimal(2000)]
    give(site, "again.json", content)
    assert "All that this file could bring is here already." in said(site)

    site = opened(part="taken")
    assert "2 rows taken, 1 row left out." in said(site)
    site.text_input[0].set_value("It was the wrong year")
    press(site, "Take it back")
    assert "grants.json was taken back." in said(site)
    assert "what it brought is gone" in said(site)
    with reading() as session:
        assert session.exec(select(AwardedGrant.id)).all() == []
        assert session.exec(select(Measurement.id)).all() == []
        assert session.exec(select(FileImport.taken_back_at)).one() is not None


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("grants.json", b"MZ\x90\x00\x03\x00", "This is not a workbook or a CSV file that we can read."),
        ("grants.csv", b"<svg><script/></svg>", "This is no file of grants in the 360Giving standard."),
        ("grants.json", b'{"grants": [', "it breaks off or has a mistake in it"),
    ],
)
def test_what_is_no_file_of_grants_is_said_and_changes_nothing(name: str, content: bytes, why: str) -> None:
    site = give(opened(part="grants"), name, content)
    assert why in said(site)
    assert "Nothing was taken in." in said(site)
    assert not site.button


def test_the_register_fills_income_in_and_adds_charities_of_the_area() -> None:
    with writing() as session:
        factories.organisation(session, ref="GB-CHC-1000001", name="Elmford Gardeners")
    site = opened(part="register")
    site.text_input[0].set_value("Elmford")
    files = {
        "charity.zip": table(charity(), charity("1000004", "Elmford Swimmers", latest_income="120")),
        "parta.zip": table(volunteers("1000001", "25")),
        "partb.zip": table(employees("1000001", "4")),
        "area.zip": table(area("1000004")),
    }
    site.file_uploader[0].set_value([(name, content, "application/zip") for name, content in files.items()])
    ran(site)
    assert "The register as of 7 September 2026. Of 2 charities, the files tell something new of 1 group" in said(site)
    assert "£54,321" in cells_shown(site)
    assert "Elmford Swimmers" in cells_shown(site)
    site.checkbox[0].check()
    press(ran(site), "Take this in")
    assert "What the register says of 1 group was taken in as IM-" in said(site)
    assert "1 charity came on the list." in said(site)
    with reading() as session:
        bands = dict(session.exec(select(Organisation.name, Organisation.income_band)).all())
        assert bands == {
            "Elmford Gardeners": IncomeBand.FROM_10K_TO_100K,
            "Elmford Swimmers": IncomeBand.UNDER_10K,
        }
        assert sorted(session.exec(select(RegisterEntry.volunteers)), key=str) == [25, None]
    site = opened_at("coordinate/organisations.py", {"ref": "GB-CHC-1000001"}, session_id=session_of(1))
    assert (
        "The charity register on 7 September 2026: Elmford Gardeners, 1000001, £54,321 in the year to 31 March 2026, "
        "4 paid staff, 25 volunteers." in said(site)
    )


def test_a_partner_brings_measurements_of_its_own_and_nothing_else() -> None:
    with writing() as session:
        who = owners(session)
        define(session, who)
        define(session, who, ref="shared", shared=True)
    site = opened(Role.PARTNER, who.council)
    assert [each.proto.url for each in site.get("link_button")] == ["/files/measurements-template"]
    assert "shared" not in cells_shown(site)
    assert REF in cells_shown(site)
    give(site, "figures.csv", as_csv(cells(value="140"), cells("shared")), "text/csv")
    assert "2 things to put right in the file. Nothing was taken in." in said(site)
    assert "A percentage lies between 0 and 100." in cells_shown(site)
    assert "You report for no indicator of this address." in cells_shown(site)
    give(site, "figures.csv", as_csv(cells()), "text/csv")
    assert "1 value is new." in said(site)
    press(site, "Report 1 value")
    assert "1 value was reported." in said(site)
    give(site, "later.csv", as_csv(cells(value="63")), "text/csv")
    assert "1 value differs from what is here." in said(site)
    site.checkbox[0].check()
    press(ran(site), "Report 1 value")
    with reading() as session:
        assert session.exec(select(col(Measurement.value))).one() == Decimal(63)
    control = next(each for each in site.get("button_group") if "Measurements" in str(each.proto))
    assert "Grants" not in str(control.proto)


def test_a_page_without_anything_says_what_will_be_there() -> None:
    site = opened(part="taken")
    assert "No file has come in yet." in said(site)
    with writing() as session:
        group = factories.organisation(session, kind=OrganisationKind.COMMUNITY)
    site = opened(Role.PARTNER, group)
    assert "Your organisation has no outcome to report on yet." in said(site)
    site = opened(Role.PARTNER, group, part="taken")
    assert "No file has come in yet." in said(site)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADMINISTRATOR])
def test_nobody_else_may_open_it(role: Role) -> None:
    site = opened(role)
    assert "Bring in a file" not in said(site)
    assert not site.file_uploader
