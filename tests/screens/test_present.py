"""`/present`: everybody opens and saves the show; those with an account pick, order and annotate slides."""

import pytest
from streamlit.testing.v1 import AppTest

from charter.corrections import withdraw_release
from charter.reports.deck.arranging import DeckFound, list_decks, read_deck
from charter.reports.deck.changing import save_notes
from charter.reports.deck.keeping import make_deck
from charter.rules.access import OPERATOR, PUBLIC, Viewer
from charter.store import reading, writing
from db.types import Role, SlideKey
from tests.screens.publishing_site import box_of, links, made, opened, said
from tests.screens.site_under_test import press, ran
from tests.store.closed_reviews import YEAR, Closed, person

__all__ = ["made"]  # a fixture
pytestmark = pytest.mark.usefixtures("settings_env")
PRESENT = "public/present.py"
REF = f"{YEAR}.1"


def frame(site: AppTest) -> str:
    """Give the address that the page shows within it."""
    (found,) = site.get("iframe")
    return str(found.proto.src)


def deck_of(site: AppTest) -> DeckFound:
    """Read the deck that the page's address names."""
    with reading() as session:
        return read_deck(session, viewer=PUBLIC, ref="".join(site.query_params["ref"]))


def after(_given: object, site: AppTest) -> AppTest:
    """Run the page once something was given to it."""
    return ran(site)


def own_deck(who: Viewer) -> str:
    with writing() as session:
        return make_deck(session, viewer=who, release_ref=REF).ref


def keys(site: AppTest) -> list[SlideKey]:
    return [each.key for each in deck_of(site).slides]


def test_everybody_opens_the_show_saves_it_and_sees_it_on_the_page(made: Closed) -> None:
    del made
    site = opened(None, PRESENT)
    assert site.title[0].value == "Show it to a hall"
    assert links(site) == {
        "Open the show": f"/deck/{REF}",
        "Save it on a stick": f"/deck/{REF}?download=1",
        "Slides (PowerPoint)": f"/files/reports/{REF}/slides.pptx",
    }
    assert frame(site) == f"/deck/{REF}#1"
    assert site.code[0].value.endswith(f"/deck/{REF}")
    assert "Sign in to pick and order the slides" in said(site)
    assert not site.checkbox


def test_before_anything_is_published_it_says_what_will_be_here() -> None:
    site = opened(None, PRESENT)
    assert "This page will have the slides of the latest review" in said(site)
    assert not site.get("iframe")


def test_of_what_was_taken_back_nothing_is_shown(made: Closed) -> None:
    del made
    with writing() as session:
        withdraw_release(session, viewer=OPERATOR, ref=REF, reason="A wrong list.")
    site = opened(None, PRESENT, release=REF)
    assert "no slides of it are shown" in said(site)
    assert not site.get("iframe")
    assert not links(site)


@pytest.mark.parametrize("role", Role)
def test_whoever_has_an_account_makes_a_deck_of_their_own(made: Closed, role: Role) -> None:
    with writing() as session:
        who = person(session, role, made.where.council if role is Role.PARTNER else None)
    site = press(opened(who, PRESENT), "make_deck")
    assert keys(site) == [key for key in SlideKey if key is not SlideKey.ASK], "this review asks nothing of anybody"
    ref = deck_of(site).ref
    assert frame(site) == f"/deck/{REF}?deck={ref}&revision=1#1"
    assert links(site)["Open the show"] == f"/deck/{REF}?deck={ref}"
    assert links(site)["Slides (PowerPoint)"] == f"/files/reports/{REF}/slides.pptx?deck={ref}"
    assert site.code[0].value.endswith(f"/deck/{REF}?deck={ref}")
    assert "Anybody who has this address can open the show, and read its notes" in said(site)
    with reading() as session:
        assert [deck.ref for deck in list_decks(session, viewer=who)] == [ref]


def test_slides_are_picked_and_ordered_and_each_change_is_saved_at_once(made: Closed) -> None:
    site = press(opened(made.coordinator, PRESENT), "make_deck")
    ref = deck_of(site).ref
    press(site, f"later_{ref}_themes")
    press(site, f"earlier_{ref}_gap")
    box = next(each for each in site.checkbox if "shown" in str(each.key) and "answered" in str(each.key))
    after(box.uncheck(), site)
    assert keys(site)[:4] == [SlideKey.TITLE, SlideKey.CHANGED, SlideKey.GAP, SlideKey.THEMES]
    assert SlideKey.ANSWERED not in keys(site)
    assert "revision=4" in frame(site)
    assert "Left out" in said(site)
    again = next(each for each in site.checkbox if "answered" in str(each.key))
    assert again.value is False
    after(again.check(), site)
    assert keys(site)[4] is SlideKey.ANSWERED


def test_a_slide_can_be_seen_where_it_stands(made: Closed) -> None:
    site = press(opened(made.coordinator, PRESENT), "make_deck")
    ref = deck_of(site).ref
    press(site, f"see_{ref}_gap")
    assert frame(site).endswith("#4")
    press(site, "leave_deck")
    assert frame(site) == f"/deck/{REF}#1", "the show of every slide begins with the first"


def test_the_second_press_of_a_double_click_makes_no_second_deck(made: Closed) -> None:
    site = press(opened(made.coordinator, PRESENT), "make_deck")
    ref = deck_of(site).ref
    press(site, "make_deck")
    assert deck_of(site).ref == ref
    with reading() as session:
        assert [deck.ref for deck in list_decks(session, viewer=made.coordinator)] == [ref]


def test_title_notes_and_ending_are_typed_and_saved(made: Closed) -> None:
    site = press(opened(made.coordinator, PRESENT), "make_deck")
    after(site.text_input[0].input("Ein blwyddyn <b>ni</b>"), site)
    ref = deck_of(site).ref
    after(box_of(site, f"deck_notes_{ref}_gap").input("Pause *here*.\nThen go on."), site)
    after(box_of(site, f"deck_closing_{ref}").input("Diolch!"), site)
    deck = deck_of(site)
    assert (deck.title, deck.closing) == ("Ein blwyddyn <b>ni</b>", "Diolch!")
    assert next(each.notes for each in deck.slides if each.key is SlideKey.GAP) == "Pause *here*.\nThen go on."
    assert "1. Ein blwyddyn <b>ni</b>" in [box.label.replace("\\", "") for box in site.checkbox]
    assert r"Ein blwyddyn \<b\>ni\<\/b\>" in site.checkbox[0].label


def test_what_cannot_be_saved_says_why_and_what_was_typed_stays(made: Closed) -> None:
    site = press(opened(made.coordinator, PRESENT), "make_deck")
    after(site.text_input[0].input("  "), site)
    assert "Please give your talk a title." in said(site)
    for _ in site.checkbox:
        shown = [box for box in site.checkbox if box.value]
        after(shown[-1].uncheck(), site)
    assert "A deck needs one slide at least." in said(site)
    assert keys(site) == [SlideKey.TITLE]
    assert [box.value for box in site.checkbox].count(True) == 1


def test_a_note_that_somebody_else_changed_meanwhile_is_kept_and_ones_own_can_be_copied(made: Closed) -> None:
    site = press(opened(made.coordinator, PRESENT), "make_deck")
    ref = deck_of(site).ref
    with writing() as session:
        save_notes(session, viewer=made.coordinator, ref=ref, key=SlideKey.GAP, notes="Theirs", seen="")
    after(box_of(site, f"deck_notes_{ref}_gap").input("Mine"), site)
    assert "changed in another window" in said(site)
    assert box_of(site, f"deck_notes_{ref}_gap").value == "Theirs"
    assert "Mine" in [code.value for code in site.code]


def test_ones_deck_of_what_was_taken_back_can_still_be_removed(made: Closed) -> None:
    ref = own_deck(made.coordinator)
    with writing() as session:
        withdraw_release(session, viewer=OPERATOR, ref=REF, reason="A wrong list.")
    site = press(opened(made.coordinator, PRESENT, ref=ref), f"ask_remove_{ref}")
    press(site, f"yes_remove_{ref}")
    with reading() as session:
        assert list_decks(session, viewer=made.coordinator) == ()


def test_anothers_deck_is_shown_and_not_changed(made: Closed) -> None:
    ref = own_deck(made.coordinator)
    with writing() as session:
        other = person(session, Role.REVIEWER, None)
    for who in (None, other):
        site = opened(who, PRESENT, ref=ref)
        assert frame(site) == f"/deck/{REF}?deck={ref}&revision=1#1"
        assert not site.checkbox
        assert not site.text_area


def test_an_unknown_deck_is_said_and_the_show_of_every_slide_is_there(made: Closed) -> None:
    del made
    site = opened(None, PRESENT, ref="DK-NONE")
    assert "There is no such deck. It may have been removed. This is the show of every slide." in said(site)
    assert frame(site) == f"/deck/{REF}#1"


def test_a_deck_is_removed_after_a_question_and_one_leaves_it_for_every_slide(made: Closed) -> None:
    ref = own_deck(made.coordinator)
    site = press(opened(made.coordinator, PRESENT, ref=ref), "leave_deck")
    assert frame(site) == f"/deck/{REF}#1"
    site = press(opened(made.coordinator, PRESENT, ref=ref), f"ask_remove_{ref}")
    press(site, f"yes_remove_{ref}")
    assert "The deck is removed." in said(site)
    assert "ref" not in site.query_params
    with reading() as session:
        assert list_decks(session, viewer=made.coordinator) == ()
