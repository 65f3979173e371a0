"""The page on the charters: from the Compact of 2006 to today, part by part, with what is our reading said to be so."""

import pytest

from charter.catalogue.lineage import shipped_lineage
from charter.lineage_words import list_titles
from tests.screens.public_site import opened, texts

FILE = shipped_lineage()


@pytest.mark.usefixtures("demo_to_read")
def test_it_walks_from_the_compact_to_today_with_every_part_in_reach() -> None:
    site = opened("charter")
    headers = [str(header.value).replace("\\", "") for header in site.header]
    order = [headers.index(name) for name in ("The Thurrock Compact", "Resilience Charter 2025")]
    assert order == sorted(order)
    words = texts(site)
    assert "Of its 78 parts, 61 live on in a later promise" in words
    (held,) = [table.value for table in site.table if "What it held" in table.value.columns]
    assert held["How many"].tolist() == ["18", "10", "41", "4", "5"]
    assert "are our reading" in words
    seen = set()
    for key in list_titles(FILE):
        site.selectbox(key="lineage_list").set_value(key).run()
        assert not site.exception
        words = texts(site)
        for part in (part for part in FILE.parts if part.part_of == key):
            assert part.summary in words
            assert f"Section {part.source.section.removeprefix('Section ')}, item {part.position}" in words
            seen.add(part.ref)
    assert len(seen) == 78
    assert "Which of its promises carry on a part of “The Thurrock Compact”" in "".join(
        str(expander.label).replace("\\", "") for expander in site.expander
    )


@pytest.mark.usefixtures("empty")
def test_without_a_charter_there_is_no_lineage_either() -> None:
    site = opened("charter")
    assert "No charter is loaded yet" in texts(site)
    assert len(site.selectbox) == 0
