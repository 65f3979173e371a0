"""What the tables of a file of indicators must be together: each figure of one indicator, none joined to another.

These run on the tables as the file has them, so that they report beside the mistakes of shape, not after them.
"""

from collections.abc import Iterator, Mapping

from charter.catalogue.checks import astray, repeated, unknown_documents
from charter.catalogue.findings import Finding, named, tables, valid, word
from charter.catalogue.schema import CharterFile
from charter.outcomes_data.schema import Figure
from db.types import Frequency, IndicatorKind, UnitKind

Raw = Mapping[str, object]

_ONCE = (
    ("documents", ("key",)),
    ("indicators", ("key",)),
    ("agenda", ("key",)),
    ("figures", ("indicator", "when")),
)
_MEASURED = ("indicators", "agenda")
_WHOLE = 100


def twice(raw: Raw) -> Iterator[Finding]:
    """Find keys that are used twice, two figures for one time, and what is on the agenda though it has figures."""
    yield from repeated(raw, _ONCE)
    measured = named(raw, "indicators")
    for index, row in tables(raw, "agenda"):
        if word(row, "key") in measured:
            yield Finding(("agenda", index, "key"), "is an indicator with figures; take it out of one of the two")


def pointing_nowhere(raw: Raw) -> Iterator[Finding]:
    """Find figures of no indicator, indicators without a figure, and sources in no document of the file."""
    yield from astray(raw, (("figures", "indicator", "indicators"),))
    yield from unknown_documents(raw, ("figures", "agenda"))
    measured = named(raw, "figures", "indicator")
    for index, row in tables(raw, "indicators"):
        if word(row, "key") and word(row, "key") not in measured:
            yield Finding(("indicators", index), "has no figure; write one, or move it to the agenda")


def unfit_for_kind(raw: Raw) -> Iterator[Finding]:
    """Find a performance measure that does not say which question it answers, and the reverse."""
    for section in _MEASURED:
        for index, row in tables(raw, section):
            asked = word(row, "kind") == IndicatorKind.PERFORMANCE
            if asked and "performance_kind" not in row:
                reason = "is missing; a performance measure answers how much, how well, or who is better off"
                yield Finding((section, index, "performance_kind"), reason)
            if not asked and "performance_kind" in row:
                yield Finding(
                    (section, index, "performance_kind"), "may not be here; only a performance measure has it"
                )


def impossible_values(raw: Raw) -> Iterator[Finding]:
    """Find values that their unit cannot have, and spans of time that end before they begin."""
    units = {word(row, "key"): word(row, "unit_kind") for _, row in tables(raw, "indicators")}
    for index, figure in valid(raw, "figures", Figure):
        if figure.value < 0:
            yield Finding(("figures", index, "value"), "is negative, and nothing that is counted here can be")
        if units.get(figure.indicator) == UnitKind.PERCENT and figure.value > _WHOLE:
            yield Finding(("figures", index, "value"), "is more than 100%")
        if figure.until is not None and len(figure.until) != len(figure.when):
            yield Finding(("figures", index, "until"), "must be as exact as the beginning: two years, months or days")
        elif figure.until is not None and figure.until <= figure.when:
            yield Finding(("figures", index, "until"), "is not after the time begins; leave it out if it is the same")


def joined(raw: Raw) -> Iterator[Finding]:
    """Find figures of one indicator that may not stand in one row: of another coverage, or measured only once."""
    once = {word(row, "key") for _, row in tables(raw, "indicators") if word(row, "frequency") == Frequency.ONCE}
    last: dict[str, Figure] = {}
    for index, figure in valid(raw, "figures", Figure):
        if (figure.break_kind is None) != (figure.break_reason is None):
            yield Finding(("figures", index, "break_reason"), "must stand beside break_kind, and only there")
        before = last.get(figure.indicator)
        last[figure.indicator] = figure
        if before is None:
            if figure.break_kind is not None:
                yield Finding(("figures", index, "break_kind"), "may not be here; nothing stands before this figure")
            continue
        if figure.indicator in once:
            yield Finding(("figures", index, "indicator"), "is measured once, and has a figure already")
        if figure.when < before.when:
            yield Finding(("figures", index, "when"), "is before the figure above it; put the oldest first")
        if figure.coverage != before.coverage and figure.break_kind is None:
            reason = "differs from the figure before; say what broke in break_kind, or make another indicator"
            yield Finding(("figures", index, "coverage"), reason)


def speaking_of_nothing(raw: Raw, *, charter: CharterFile) -> Iterator[Finding]:
    """Find indicators whose theme or commitments the charter does not have.

    Args:
        raw: the file's tables.
        charter: the charter that the indicators speak to.
    """
    themes = {theme.key for theme in charter.themes if theme.scored}
    promises = {entry.ref for entry in charter.commitments}
    for section in _MEASURED:
        for index, row in tables(raw, section):
            if word(row, "theme") and word(row, "theme") not in themes:
                yield Finding((section, index, "theme"), "must be one of the scored themes")
            refs = row.get("commitments")
            for ref in refs if isinstance(refs, list) else []:
                if isinstance(ref, str) and ref not in promises:
                    reason = f"names a commitment that {charter.charter.key} does not have"
                    yield Finding((section, index, "commitments"), reason)


CHECKS = (twice, pointing_nowhere, unfit_for_kind, impossible_values, joined)
