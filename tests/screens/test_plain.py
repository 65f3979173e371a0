"""Text that people typed is shown as it was typed, whatever is in it."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pages.ui.plain import plain, plain_sentence

JOINER = "\u2060"
MARKS = st.text(alphabet=st.sampled_from("*_`[]()<>#+-.!~|\\:$^={}&@/\n\t 1ab\"'"), max_size=30)
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def shown(text: str) -> str:
    """Give what a reader sees of Markdown; anything but one paragraph of text fails."""
    drawn = MARKDOWN.render(text)
    inside = re.fullmatch(r"<p>(.*)</p>\n", drawn, re.DOTALL)
    assert inside is not None or not drawn, drawn
    seen = inside[1] if inside else ""
    assert "<" not in seen, drawn
    return html.unescape(seen).replace(JOINER, "")


@given(st.one_of(st.text(), MARKS))
def test_only_the_text_itself_is_shown(typed: str) -> None:
    wanted = " ".join(typed.replace(JOINER, "").split())
    # A null character is never shown: Markdown puts a replacement sign in its place.
    assert shown(plain(typed.replace(JOINER, ""))) == wanted.replace("\x00", "\ufffd")


@given(MARKS, MARKS)
def test_nor_does_it_reach_into_what_stands_around_it(before: str, after: str) -> None:
    drawn = MARKDOWN.render(f"**{plain('x' + before + 'x')}** and *{plain('y' + after + 'y')}*")
    assert drawn.count("<strong>") == 1
    assert drawn.count("<em>") == 1
    assert len(re.findall(r"<[a-z]", drawn)) == 3


@pytest.mark.parametrize(
    "typed",
    [
        "https://x.example/y",
        "WWW.x.example",
        "a@x.example",
        ":streamlit:",
        "a -> b",
        "a <- b",
        "a <-> b",
        "a -- b",
        "a >= b",
    ],
)
def test_what_would_become_a_link_or_an_arrow_is_parted_without_a_sign(typed: str) -> None:
    parted = plain(typed).replace("\\", "")
    assert parted != typed
    assert parted.replace(JOINER, "") == typed


@pytest.mark.parametrize("typed", ["It was wrong.", "Was it?", "It was “wrong.”", " It was wrong. ", ""])
def test_a_sentence_that_ends_is_left_alone(typed: str) -> None:
    assert plain_sentence(typed) == plain(typed)


def test_what_has_no_end_gets_a_full_stop() -> None:
    assert plain_sentence("A sum was *wrong*") == plain("A sum was *wrong*.")


def test_words_are_left_alone() -> None:
    assert plain("Grays Gardeners 2026 é") == "Grays Gardeners 2026 é"
    assert plain("St Mary's (Tilbury)") == r"St Mary\'s \(Tilbury\)"
