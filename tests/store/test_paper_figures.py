"""Every figure in a paper is the release's: each paper is made once, set as PDF and as Word, and read back.

What is expected is made here from the whole points of the release, and not with the words that the papers use.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import pypdf
import pytest

from charter.published.figures import Gap, Promise, Score, Sides
from charter.reports.contents import Contents
from charter.reports.papers import document
from charter.reports.papers.annual import annual_review
from charter.reports.papers.briefing import PAGES, briefing
from charter.reports.papers.document import MADE_UP_LINE, Document, Items
from charter.reports.papers.pdf import make_pdf
from charter.reports.papers.scrutiny import scrutiny_paper
from charter.reports.papers.word import make_word
from charter.words import DISCLOSIVE, HIDDEN_MARK, LEVELS
from db.types import Breakdown, Question
from tests.store.given_out import contents_of
from tests.store.paper_cases import WordRead, pdf_texts, said_in, small_chart, squeezed, word_read
from tests.templates import Templates

Row = tuple[str, ...]


@dataclass(frozen=True)
class Read:
    """A paper, and what stands in its PDF and in its Word file."""

    told: Document
    pages: tuple[str, ...]
    word: WordRead

    @cached_property
    def pdf(self) -> str:
        return squeezed("".join(self.pages))

    def holds(self, *rows: Row) -> None:
        """Hold both files to have rows of tables that begin with these cells."""
        assert rows
        begun = {row[:length] for row in self.word.rows() for length in {len(each) for each in rows}}
        assert [row for row in rows if row not in begun] == []
        assert [row for row in rows if squeezed("".join(row)) not in self.pdf] == []

    def says(self, *words: str) -> None:
        """Hold both files to have these words."""
        assert words
        everything = squeezed("".join(self.word.blocks))
        assert [each for each in words if squeezed(each) not in everything or squeezed(each) not in self.pdf] == []


@pytest.fixture(scope="module")
def contents(templates: Templates) -> Contents:
    return contents_of(templates)


@pytest.fixture(scope="module")
def papers(contents: Contents) -> Iterator[Mapping[str, Read]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document, "chart_svg", small_chart)
        made = {make.__name__: make(contents) for make in (briefing, scrutiny_paper, annual_review)}
        yield {
            name: Read(told, tuple(pdf_texts(make_pdf(told))), word_read(make_word(told)))
            for name, told in made.items()
        }


@pytest.fixture(scope="module")
def review(papers: Mapping[str, Read]) -> Read:
    return papers["annual_review"]


@pytest.mark.parametrize("name", ["briefing", "scrutiny_paper", "annual_review"])
def test_both_files_hold_every_word_of_a_paper_and_are_marked_on_each_page(
    papers: Mapping[str, Read], name: str
) -> None:
    paper = papers[name]
    words = said_in(paper.told)
    assert len(words) > 100
    assert list(paper.word.blocks) == words
    assert [each for each in words if squeezed(each) not in paper.pdf] == []
    assert all(MADE_UP_LINE in page for page in paper.pages)
    assert "(made up)" in paper.told.title


@pytest.mark.parametrize("name", ["briefing", "scrutiny_paper", "annual_review"])
def test_no_number_stands_in_a_pdf_that_its_paper_does_not_hold(papers: Mapping[str, Read], name: str) -> None:
    paper = papers[name]
    told = set(re.findall(r"\d+", " ".join((*said_in(paper.told), paper.told.foot))))
    pages = {str(number + 1) for number in range(len(paper.pages))}
    lists = {
        str(number + 1) for block in paper.told.blocks if isinstance(block, Items) for number in range(len(block.items))
    }
    found = set(re.findall(r"\d+", " ".join(paper.pages)))
    assert len(found) > 50
    assert found - told - pages - lists == set()


def ranged(score: Score | None) -> str:
    """Say a score of groups as it is to be printed."""
    assert score is not None
    if score.score is None:
        return HIDDEN_MARK if score.withheld in DISCLOSIVE else ""
    return f"{score.score} ({score.low} to {score.high})" + (", few answers" if score.few else "")


def gap_parts(gap: Gap) -> str:
    sign = "+" if (gap.points or 0) > 0 else "−" if (gap.points or 0) < 0 else ""
    return f"{sign}{abs(gap.points or 0)}"


def test_the_review_has_every_score_of_every_promise(contents: Contents, review: Read) -> None:
    shown = [promise for promise in contents.figures.promises if promise.score is not None]
    assert len(shown) > 30
    review.holds(*((each.title, ranged(each.sector), high(each)) for each in shown))
    review.holds(*((each.title, spread(each), f"{answered(each)} of {invited(each)}") for each in shown))


def high(found: Sides) -> str:
    assert found.sector is not None
    return f"{found.sector.share_high} of {found.sector.answered}"


def answered(found: Sides) -> int:
    assert found.sector is not None
    return found.sector.answered or 0


def invited(found: Sides) -> int:
    assert found.sector is not None
    return found.sector.invited


def spread(promise: Promise) -> str:
    assert promise.sector is not None
    assert promise.sector.levels is not None
    number = sum(promise.sector.levels)
    said = [share_words(each, number) for each in promise.sector.levels]
    return ", ".join(f"{share} {level}" for share, level in zip(said, LEVELS, strict=True))


def share_words(part: int, number: int) -> str:
    """Say a share as rule 11 of the method does: 0% is none, and 100% is all."""
    rounded = int(100 * part / number + 0.5)
    if rounded == 0 and part:
        return "under 1%"
    return "over 99%" if rounded == 100 and part < number else f"{rounded}%"


def test_the_review_has_every_gap(contents: Contents, review: Read) -> None:
    found = [each for each in (*contents.figures.themes, *contents.figures.promises) if each.gap is not None]
    shown = [(each, each.gap) for each in found if each.gap is not None and each.gap.points is not None]
    assert len(shown) > 30
    for each, gap in shown:
        groups = f"{gap.vcfse}, from {answered(each)} of {invited(each)}"
        bodies = f"{gap.public}, from {gap.bodies_answered} of {gap.bodies_asked}"
        review.holds((each.title, groups, bodies))
        (row,) = {row for row in review.word.rows() if row[:3] == (each.title, groups, bodies)}
        assert re.match(rf"{re.escape(gap_parts(gap))} \(", row[3])
        assert [abs(int(number)) for number in re.findall(r"\d+", row[3])][1:3] == [
            abs(gap.low or 0),
            abs(gap.high or 0),
        ]


def test_the_review_has_every_score_by_kind_and_by_income(contents: Contents, review: Read) -> None:
    counted = 0
    for breakdown in (Breakdown.KIND, Breakdown.INCOME):
        for each in contents.figures.promises:
            cells = [ranged(score) for score in each.groups if score.breakdown is breakdown]
            if not cells:
                continue
            rows = [row[1:] for row in review.word.rows() if row[0] == each.title and len(row) == len(cells) + 1]
            assert any(sorted(cells) == sorted(cut(cell) for cell in row) for row in rows), (each.title, cells, rows)
            counted += len(cells)
    assert counted > 200


def cut(cell: str) -> str:
    """Leave of a hidden figure its mark alone."""
    return HIDDEN_MARK if cell.startswith(HIDDEN_MARK) else cell


def test_the_review_has_every_review_of_a_theme_and_every_change(contents: Contents, review: Read) -> None:
    for theme in contents.figures.themes:
        for each in theme.history:
            assert each.score.score is not None
            said = ranged(each.score) if each.score.low is not None else str(each.score.score)
            assert any(row[0] == each.period_title and row[2] == said for row in review.word.rows() if len(row) == 3)
    changed = [each for each in contents.figures.promises if each.change is not None and each.change.points is not None]
    assert len(changed) > 10
    for promise in changed:
        change = promise.change
        assert change is not None
        (said,) = {row[1] for row in review.word.rows() if len(row) == 2 and row[0] == promise.title}
        points = abs(change.points or 0)
        since = re.findall(r"\d+", change.since)
        kept = re.findall(r"\d+", change.carried_over or "")
        expected = [points, *since, change.matched, change.before, change.after, *kept]
        if "cannot be compared" not in said:
            assert re.findall(r"\d+", said) == [str(each) for each in expected]
            assert squeezed(said) in review.pdf


def test_every_answer_of_a_public_body_is_there_by_name(contents: Contents, review: Read) -> None:
    titles = {each.ref: each.title for each in contents.figures.promises}
    given = [each for each in contents.answers if each.level is not None]
    assert len(given) > 40
    review.holds(*((titles[each.ref], each.name, f"{LEVELS[each.level or 0]} ({each.level} of 4)") for each in given))


def test_who_answered_is_told_with_its_numbers(contents: Contents, papers: Mapping[str, Read]) -> None:
    whole = contents.who.groups
    assert whole is not None
    for paper in papers.values():
        paper.says(f"{whole.submitted} of {whole.invited} groups answered ({whole.percent})")
    for name in ("scrutiny_paper", "annual_review"):
        for breakdown in (Breakdown.KIND, Breakdown.INCOME):
            rows = (re.findall(r"% \((\d+)\)", " ".join(row)) for row in papers[name].word.rows())
            numbers = {tuple(int(number) for number in row) for row in rows}
            assert {(each.invited, each.submitted) for each in contents.who.by(breakdown)} <= numbers


def test_shares_of_the_overall_question_are_the_releases(contents: Contents, review: Read) -> None:
    summed = [each for each in contents.shares if each.question is Question.INFLUENCE and each.sums_up]
    shown = [each for each in summed if each.percent is not None]
    assert len(shown) >= 3
    review.says(*(f"{each.percent} of {each.answered} ({each.low}% to {each.high}%)" for each in shown))
    levels = [each for each in contents.shares if each.question is Question.ENGAGEMENT_LEVEL and not each.contact]
    review.says(*(f"{each.percent} of {each.answered}" for each in levels if each.percent is not None))


def test_every_value_of_every_outcome_is_there(contents: Contents, review: Read) -> None:
    values = 0
    for indicator in contents.indicators:
        if indicator.on_agenda or indicator.stated:
            continue
        review.says(indicator.title)
        for each in indicator.history:
            digits = f"{each.now.value.normalize():f}".rstrip(".")
            assert any(digits in row[1].replace(",", "") for row in review.word.rows() if len(row) >= 3)
            values += 1
    assert values > 30


def test_where_an_outcomes_figures_come_from_is_said_once(contents: Contents, review: Read) -> None:
    said = [f"Who or what is counted: {each.sheets[0].sheet.coverage}" for each in contents.indicators if each.sheets]
    told = [words for words in said_in(review.told) if words.startswith("Who or what is counted: ")]
    assert len(said) > 10
    assert not set(said) & {words.partition(" · ")[0] for words in told}
    review.says(*(f"Where the figures come from: {each.sheets[0].sheet.source}" for each in contents.indicators[:3]))


def test_the_bounds_are_the_releases(contents: Contents, papers: Mapping[str, Read]) -> None:
    sectors = [(theme.title, theme.sector) for theme in contents.figures.themes if theme.sector is not None]
    rows = [(title, str(each.lowest), str(each.score), str(each.highest)) for title, each in sectors]
    for name in ("scrutiny_paper", "annual_review"):
        papers[name].holds(*rows)


def test_the_briefing_is_of_two_pages(papers: Mapping[str, Read]) -> None:
    assert len(papers["briefing"].pages) == PAGES
    assert len(pypdf.PdfReader(io.BytesIO(make_pdf(papers["briefing"].told))).pages) == PAGES
