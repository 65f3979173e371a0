"""The page of open data: every table with its files, and code that reads the one that a person chooses."""

import pytest
import sqlalchemy as sa
from sqlmodel import col
from streamlit.testing.v1 import AppTest

from charter import clock
from charter.reports.tables import OUTLINES
from charter.store import writing
from db.models import Release
from pages.ui import keys
from tests.screens.public_site import opened, texts

SITE = "http://localhost:8501"


def code(site: AppTest) -> list[str]:
    return [str(found.value) for found in site.code]


@pytest.mark.usefixtures("demo_to_read")
def test_it_lists_every_table_with_its_files_and_all_of_them_together() -> None:
    site = opened("data")
    said = texts(site)
    for outline in OUTLINES:
        assert f"**{outline.title}.** {outline.means}" in said
        assert f"](/open-data/2025.1/{outline.name}.csv)" in said
        assert f"](/open-data/2025.1/{outline.name}.json)" in said
    links = [link.proto.url for link in site.get("link_button")]
    assert links == [
        "/files/reports/2025.1/open-data.zip",
        "/files/reports/2025.1/workbook.xlsx",
        "/open-data/2025.1/datapackage.json",
        "/open-data/2025.1/README.txt",
    ]
    assert "[c] means that a figure is hidden." in said
    assert "Open Government Licence" in said


@pytest.mark.usefixtures("demo_to_read")
def test_it_gives_code_for_pandas_and_for_excel_of_the_table_and_the_release_that_are_chosen() -> None:
    site = opened("data")
    in_pandas, address, in_excel = code(site)
    assert f'"{SITE}/open-data/2025.1/theme-scores.csv"' in in_pandas
    assert address == f"{SITE}/open-data/2025.1/theme-scores.csv"
    assert f'Web.Contents("{address}")' in in_excel
    site.selectbox(key=keys.DATA_TABLE).set_value("gaps").run()
    site.radio(key=keys.DATA_RELEASE).set_value("latest").run()
    assert all(f"{SITE}/open-data/latest/gaps.csv" in each for each in code(site))
    columns = site.table[0].value["Column"].tolist()
    assert columns[:3] == ["release", r"made\_up", "scope"]
    assert "public\\_bodies" in columns
    assert not site.exception


@pytest.mark.usefixtures("demo_to_read")
def test_an_earlier_release_has_its_own_addresses() -> None:
    site = opened("data", release="2024.1")
    assert all("/open-data/2024.1/" in each for each in code(site))
    assert "](/open-data/2024.1/gaps.csv)" in texts(site)


@pytest.mark.usefixtures("demo")
def test_a_release_that_was_taken_back_has_no_files() -> None:
    with writing() as session:
        session.execute(sa.update(Release).where(col(Release.ref) == "2025.1").values(withdrawn_at=clock.now()))
    site = opened("data", release="2025.1")
    assert [found.value for found in site.info] == [
        "This release was taken back, so its tables are no longer given out."
    ]
    assert not code(site)
