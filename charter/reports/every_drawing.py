"""Every chart that a release has, each under a name that stands in an address and in a file's name."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from charter import clock
from charter.outcomes import overview, telling
from charter.reports.contents import Contents
from charter.reports.drawings import KINDS, Drawing
from charter.reports.outcome_drawings import curve_of, due_of, theme_lines
from charter.rules.refusals import NotFoundError

# Of a theme or a promise, and of everything: the rest of `KINDS`.
_OF_THEME = ("ranked", "spread")
_OF_SIDES = ("by_kind", "by_income", "over_periods")
_OF_ALL = tuple(kind for kind in KINDS if kind not in (*_OF_THEME, *_OF_SIDES))


@dataclass(frozen=True)
class ChartName:
    """Which chart: its kind, and the theme, promise or outcome that it is of, where it is of one."""

    kind: str
    ref: str = ""

    def __str__(self) -> str:
        """Give the name as it stands in an address: no kind has a hyphen, references may."""
        return f"{self.kind}-{self.ref}" if self.ref else self.kind


def chart_name(name: str) -> ChartName:
    """Read a chart's name as it stands in an address."""
    kind, _, ref = name.partition("-")
    return ChartName(kind, ref)


def chart_names(contents: Contents) -> Iterator[ChartName]:
    """Name the charts of a release and of its themes and outcomes; those of single promises are left to be asked for.

    Args:
        contents: the release.
    """
    themes = [theme.ref for theme in contents.figures.themes]
    yield from (ChartName(kind) for kind in _OF_ALL)
    yield from (ChartName(kind, ref) for ref in themes for kind in (*_OF_THEME, *_OF_SIDES))
    reported = overview.reported(contents.indicators)
    yield from (ChartName("outcomes", ref) for ref in dict.fromkeys(each.theme for each in reported) if ref)
    yield from (ChartName("outcome", each.ref) for each in reported)
    yield ChartName("due")


def draw_chart(contents: Contents, name: ChartName) -> Drawing:
    """Draw a chart for light paper, with what it is of named in its title.

    Args:
        contents: the release.
        name: which chart.

    Raises:
        NotFoundError: there is no such chart, or the release has nothing for it.
    """
    make = _MAKERS.get(name.kind)
    found = make(contents, name.ref) if make is not None else None
    if found is None or found.specification is None:
        raise NotFoundError(f"Release {contents.release.ref} has no chart {name}.")
    return found


def _of_all(kind: str) -> Callable[[Contents, str], Drawing | None]:
    return lambda contents, ref: None if ref else contents.drawing(kind)


def _of_theme(kind: str) -> Callable[[Contents, str], Drawing | None]:
    def make(contents: Contents, ref: str) -> Drawing | None:
        of = contents.figures.theme(ref)
        return None if of is None else _named(of.title, contents.drawing(kind, ref))

    return make


def _of_sides(kind: str) -> Callable[[Contents, str], Drawing | None]:
    def make(contents: Contents, ref: str) -> Drawing | None:
        of = contents.figures.theme(ref) or contents.figures.promise(ref)
        return None if of is None else _named(of.title, contents.drawing(kind, ref))

    return make


def _outcomes(contents: Contents, ref: str) -> Drawing | None:
    found = [each for each in overview.reported(contents.indicators) if ref and each.theme == ref]
    if not found:
        return None
    (theme,) = overview.by_theme(found)
    return _named(theme.title, theme_lines(theme, dark=False))


def _outcome(contents: Contents, ref: str) -> Drawing | None:
    found = next((each for each in contents.indicators if each.ref == ref), None)
    if found is None or not found.history or not telling.is_curve(found):
        return None
    return _named(found.title, curve_of(found, dark=False))


def _due(contents: Contents, ref: str) -> Drawing | None:
    on = clock.local(contents.release.published_at).date()
    return None if ref else due_of(contents.actions, on=on, dark=False)


def _named(of: str, found: Drawing | None) -> Drawing | None:
    return None if found is None else replace(found, title=f"{of}: {found.title}")


_MAKERS: Mapping[str, Callable[[Contents, str], Drawing | None]] = {
    **{kind: _of_all(kind) for kind in _OF_ALL},
    **{kind: _of_theme(kind) for kind in _OF_THEME},
    **{kind: _of_sides(kind) for kind in _OF_SIDES},
    "outcomes": _outcomes,
    "outcome": _outcome,
    "due": _due,
}
