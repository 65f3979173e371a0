"""What the address asks for, and how it comes along through the menu."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import keys


def page() -> AppTest:
    """Give a page that writes what it was asked for."""

    def script() -> None:
        import streamlit as st  # noqa: PLC0415

        from pages.ui import addresses  # noqa: PLC0415

        asked = addresses.asked()
        st.text(f"{asked.period} {asked.release} {asked.ref}")
        st.text(",".join(asked.unknown))
        st.button("latest", on_click=addresses.choose)

    return AppTest.from_function(script)


def test_an_address_that_asks_for_nothing() -> None:
    site = page().run()
    assert [text.value for text in site.text] == ["None None None", ""]
    assert not site.query_params


def test_what_is_asked_for_is_read() -> None:
    site = page()
    site.query_params.update({"period": "2025", "release": "2025.1", "ref": "ENG-DIA-1"})
    site.run()
    assert site.text[0].value == "2025 2025.1 ENG-DIA-1"


@pytest.mark.parametrize("odd", ["../../etc", "<b>", "x" * 61, "20 25", "'; DROP TABLE", "-1", "é"])
@pytest.mark.parametrize("name", ["period", "release", "ref"])
def test_what_no_reference_looks_like_is_left_out_and_named(name: str, odd: str) -> None:
    site = page()
    site.query_params[name] = odd
    site.run()
    assert not site.exception
    assert [text.value for text in site.text] == ["None None None", name]


def test_the_period_is_written_back_after_a_menu_link_dropped_it_and_the_ref_is_not() -> None:
    site = page()
    site.query_params.update({"period": "2025", "ref": "ENG-DIA-1"})
    site.run()
    site.query_params.clear()
    site.session_state[keys.TURNED] = True
    site.run()
    assert site.text[0].value == "2025 None None"
    assert list(site.query_params) == ["period"]
    assert site.query_params["period"] in ("2025", ["2025"])


def test_the_way_back_on_one_page_leads_to_the_latest_where_the_address_asked_for_nothing() -> None:
    site = page()
    site.query_params["period"] = "2025"
    site.run()
    site.query_params.clear()
    site.run()
    assert site.text[0].value == "None None None"
    assert not site.query_params
    site.session_state[keys.TURNED] = True
    site.run()
    assert site.text[0].value == "None None None"


def test_a_new_choice_replaces_the_remembered_one() -> None:
    site = page()
    site.query_params["period"] = "2025"
    site.run()
    site.query_params.clear()
    site.query_params["release"] = "2024.1"
    site.run()
    assert site.text[0].value == "None 2024.1 None"


def test_the_latest_can_be_chosen_again() -> None:
    site = page()
    site.query_params["period"] = "2025"
    site.run()
    site.button[0].click()
    site.run()
    assert site.text[0].value == "None None None"
    assert not site.query_params
