"""What a correction would change in public, in words: which figures, whose answers, and which words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from charter.correction_preview import CorrectionPreview, Words
from charter.published.answers import Body, BodyAnswer
from charter.published.figures import Figures, Score, Sides
from charter.published.tables import NONE, score_words, with_range
from charter.words import HIDDEN_MARK, group_label, level_name, signed
from db.types import RecordKind

_NOT_SHOWN = "not shown"
_RECORDS = {
    RecordKind.INDICATOR: ("outcome", "outcomes"),
    RecordKind.ACTION: ("action", "actions"),
    RecordKind.RECOMMENDATION: ("recommendation of a committee", "recommendations of committees"),
    RecordKind.CONCERNS: ("yearly total of concerns", "yearly totals of concerns"),
}
_Shown = dict[tuple[str, str], str]


def figures_table(preview: CorrectionPreview) -> pd.DataFrame:
    """Tabulate every public figure that would change: which, as it is now, and as it would be."""
    before, after = _shown(preview.before), _shown(preview.after)
    titles = {each.ref: each.title for found in (preview.before, preview.after) for each in _all(found)}
    rows = [
        (f"{titles[ref]}: {figure}", before.get((ref, figure), NONE), after.get((ref, figure), NONE))
        for ref, figure in dict.fromkeys([*before, *after])
        if before.get((ref, figure)) != after.get((ref, figure))
    ]
    return pd.DataFrame(rows, columns=["Figure", "Now", "After"], dtype=str)


def figures_sentences(table: pd.DataFrame) -> tuple[str, ...]:
    """Say how many public figures would be hidden, shown, or changed.

    Args:
        table: what `figures_table` gave.
    """
    pairs = list(zip(table["Now"], table["After"], strict=True))
    hidden = sum(_is_hidden(after) and not _is_hidden(now) for now, after in pairs)
    if not pairs:
        return ("No public figure changes.",)
    changed = len(pairs) - hidden
    said = []
    if hidden:
        said.append(
            f"{'1 figure is' if hidden == 1 else f'{hidden} figures are'} hidden from now on, and in later corrections "
            "too. So few groups’ answers change that whoever has both releases could work out what one group said."
        )
    if changed:
        said.append("1 figure changes." if changed == 1 else f"{changed} figures change.")
    return tuple(said)


def body_sentences(preview: CorrectionPreview) -> tuple[str, ...]:
    """Say for each public body what would change: whether it counts, its answers, and the level that it claims."""
    before, after = _given(preview.bodies_before), _given(preview.bodies_after)
    changed = Counter(key[0] for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    then, now = ({body.name: body for body in found} for found in (preview.asked_before, preview.asked_after))
    said = []
    for name in sorted({*then, *now}):
        said += _counting(name, then.get(name), now.get(name))
        if (number := changed[name]) > 0:
            said.append(f"{name}: {number} {'answer changes' if number == 1 else 'answers change'}.")
        said += _claiming(name, then.get(name), now.get(name))
    return tuple(said)


def _counting(name: str, then: Body | None, now: Body | None) -> list[str]:
    if then is None or now is None:
        return [f"{name}: it is {'among' if then is None else 'no longer among'} the public bodies that were asked."]
    if then.answered is now.answered:
        return []
    return [f"{name}: its answers {'count now: they have been accepted' if now.answered else 'count no more'}."]


def _claiming(name: str, then: Body | None, now: Body | None) -> list[str]:
    """Say that the level of engagement changes that a body claims."""
    before, after = (body.engagement_level if body is not None else None for body in (then, now))
    if before is after:
        return []
    words = [f"“{level_name(level)}”" if level is not None else "none" for level in (before, after)]
    return [f"{name}: the level of engagement that it claims changes from {words[0]} to {words[1]}."]


def words_sentences(preview: CorrectionPreview) -> tuple[str, ...]:
    """Say which words would change: the coordinator's, what public bodies promised and did, and what came of it."""
    before, after = preview.words_before, preview.words_after
    said = []
    if before.texts != after.texts:
        said.append("The words beside the figures change.")
    changed = {
        organisation
        for organisation, theme, period in before.promises.keys() | after.promises.keys()
        if before.promises.get((organisation, theme, period)) != after.promises.get((organisation, theme, period))
    }
    said += [f"{name}: what it promised, or where its actions stand, changes." for name in sorted(changed)]
    return (*said, *_records_sentences(before, after))


def _records_sentences(before: Words, after: Words) -> Iterator[str]:
    """Say of how many outcomes, actions and recommendations something else would be told."""
    keys = before.records.keys() | after.records.keys()
    changed = Counter(kind for kind, ref in keys if before.records.get((kind, ref)) != after.records.get((kind, ref)))
    for kind, (one, many) in _RECORDS.items():
        if changed[kind]:
            yield f"1 {one} changes." if changed[kind] == 1 else f"{changed[kind]} {many} change."


def _shown(figures: Figures) -> _Shown:
    """Give every public figure of a release as it is printed, by the reference of what it is of and which it is."""
    return {(each.ref, figure): words for each in _all(figures) for figure, words in _figures_of(each)}


def _all(figures: Figures) -> tuple[Sides, ...]:
    return (*figures.themes, *figures.promises)


def _figures_of(each: Sides) -> Iterator[tuple[str, str]]:
    for score in (each.sector, *each.groups):
        if score is not None:
            label = group_label(score.breakdown, score.group)
            yield label[:1].lower() + label[1:], _score(score)
    if each.public is not None:
        yield "public bodies", score_words(each.public)
    if each.gap is not None:
        yield "gap", _points(each.gap.points, each.gap.low, each.gap.high)
    if each.change is not None:
        moved = each.change
        scores = "" if moved.points is None else f", from {moved.before} to {moved.after}"
        yield "change", f"{_points(moved.points, moved.low, moved.high)}{scores}"


def _score(score: Score) -> str:
    """Print a score with everything that stands beside it, as any of it may change alone.

    Why it is hidden is not told: of a figure that is not stored yet it is not known that an earlier release shows it.
    """
    answered = "" if score.score is None or score.answered is None else f", from {score.answered}"
    return f"{with_range(replace(score, held_back=False))}{answered}"


def _points(points: int | None, low: int | None, high: int | None) -> str:
    """Print points with their likely range, which may change alone."""
    if points is None:
        return _NOT_SHOWN
    chance = "" if low is None or high is None else f" ({signed(low)} to {signed(high)})"
    return f"{signed(points)}{chance}"


def _is_hidden(words: str) -> bool:
    return HIDDEN_MARK in words or words == _NOT_SHOWN


def _given(answers: Sequence[BodyAnswer]) -> dict[tuple[str, str, str], tuple[object, object]]:
    return {(one.name, one.ref, one.measure.value): (one.level, one.no_level) for one in answers}
