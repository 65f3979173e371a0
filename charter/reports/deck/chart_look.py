"""How PowerPoint's own charts look on our slides: colours, letters, axes, and room for the names beside bars."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from pptx.chart.axis import ValueAxis
from pptx.chart.chart import Chart
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from charter.charts.theme import LIGHT
from charter.headlines import opening
from charter.reports.deck.boxes import LINE, Box
from charter.reports.deck.slide import EditableChart, Look, Series, Shape
from charter.reports.lettering import width_of

_WIDER = 1.1  # than Source Sans
_FILLS: Mapping[Look, str] = MappingProxyType(
    {
        Look.PRACTICE: LIGHT.practice,
        Look.EXPERIENCE: LIGHT.experience,
        Look.PLAIN: LIGHT.solid,
        Look.REST: LIGHT.rest,
    }
)
_MARKERS: Mapping[Look, Any] = MappingProxyType(
    {Look.PRACTICE: XL_MARKER_STYLE.CIRCLE, Look.EXPERIENCE: XL_MARKER_STYLE.DIAMOND}
)
_STEP, _WIDE_STEP = 20.0, 50.0  # of an axis of scores; one that stands upright has room for fewer
_NAMES_MOST = 0.42  # of a chart's width, which the names beside its bars may take
_NARROW = 0.06  # of the longest bar: a part that is narrower has no room for its number, which stands in the notes


def dress(made: Chart, chart: EditableChart, names: Sequence[str], box: Box, *, sizes: tuple[int, int]) -> None:
    """Give a chart our look.

    Args:
        made: the chart as the library made it.
        chart: its figures.
        names: its categories, as they are written.
        box: where it is.
        sizes: of its names and numbers, and of its axis, in points.
    """
    size, _ = sizes
    _put_on_paper(made)
    made.font.size, made.font.color.rgb = Pt(size), _ink(LIGHT.text)
    made.has_title = False
    made.has_legend = len(chart.series) > 1
    if made.legend is not None:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        made.legend.font.size = Pt(size)
    _dress_axes(made, chart, box, sizes=sizes)
    plot = made.plots[0]
    if chart.shape is not Shape.LINES:
        plot.gap_width, plot.overlap = 60, 100 if chart.shape is Shape.STACKED else -10
    for place, series in enumerate(chart.series):
        _dress_series(plot.series[place], series, chart, size=size)
    if chart.shape is not Shape.LINES:
        _give_names_room(made, names, box, sizes=sizes, keyed=len(chart.series) > 1, axis=chart.most is not None)


def _put_on_paper(made: Chart) -> None:
    """Give the chart white paper of its own, so that its colours are right whatever a template has behind it."""
    paper = parse_xml(
        f'<c:spPr {nsdecls("c", "a")}><a:solidFill><a:srgbClr val="{_ink(LIGHT.paper)}"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></c:spPr>"
    )
    made.element.find(qn("c:chart")).addnext(paper)


def _dress_axes(made: Chart, chart: EditableChart, box: Box, *, sizes: tuple[int, int]) -> None:
    size, small = sizes
    names = made.category_axis
    names.format.line.color.rgb = _ink(LIGHT.link)
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.tick_labels.font.size = Pt(size)
    if chart.shape is not Shape.LINES:
        names.reverse_order = True  # else what comes first would stand at the bottom
        # The values then stand at the top, unless they are told to cross at the other end.
        (crosses,) = made.element.xpath("c:chart/c:plotArea/c:valAx/c:crosses")
        crosses.set("val", "max")
    made.value_axis.minimum_scale, made.value_axis.maximum_scale = 0.0, chart.most
    if chart.most is None:
        # Counts stand at the bars themselves, and an axis would have parts of one where they are few.
        made.value_axis.has_major_gridlines, made.value_axis.visible = False, False
    else:
        _dress_values(made.value_axis, small=small)
        # Beside a line the unit is written upright, which takes as much height as it has letters.
        written, left = width_of(chart.unit, size=small * _WIDER), box.height - 3 * size * LINE
        if chart.shape is not Shape.LINES or written < left:
            _name_values(made.value_axis, unit=chart.unit, small=small)
    if chart.shape is Shape.LINES:
        made.value_axis.major_unit = _WIDE_STEP


def _dress_values(values: ValueAxis, *, small: int) -> None:
    values.major_unit, values.major_tick_mark = _STEP, XL_TICK_MARK.NONE
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = "0", False
    values.tick_labels.font.size, values.tick_labels.font.color.rgb = Pt(small), _ink(LIGHT.muted)
    values.has_major_gridlines = True
    values.major_gridlines.format.line.color.rgb = _ink(LIGHT.track)
    values.format.line.fill.background()


def _name_values(values: ValueAxis, *, unit: str, small: int) -> None:
    values.has_title = True
    values.axis_title.text_frame.text = opening(unit)
    (words,) = values.axis_title.text_frame.paragraphs[0].runs
    words.font.size, words.font.bold, words.font.color.rgb = Pt(small), False, _ink(LIGHT.muted)


def _dress_series(
    drawn: Any,  # noqa: ANN401 - the library has no types here
    series: Series,
    chart: EditableChart,
    *,
    size: int,
) -> None:
    colour = _ink(_FILLS[series.look])
    labels = drawn.data_labels
    labels.show_value, labels.number_format, labels.number_format_is_linked = True, "0", False
    labels.font.size, labels.font.bold = Pt(size), True
    labels.font.color.rgb = _ink(LIGHT.text)
    if chart.shape is Shape.LINES:
        drawn.smooth = False
        drawn.format.line.color.rgb, drawn.format.line.width = colour, Pt(3)
        drawn.marker.style, drawn.marker.size = _MARKERS.get(series.look, XL_MARKER_STYLE.CIRCLE), 12
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = colour
        drawn.marker.format.line.color.rgb = colour
        labels.position = XL_LABEL_POSITION.ABOVE if _is_higher(series, chart) else XL_LABEL_POSITION.BELOW
        return
    drawn.format.fill.solid()
    drawn.format.fill.fore_color.rgb = colour
    drawn.invert_if_negative = False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    if chart.shape is Shape.STACKED:
        labels.position = XL_LABEL_POSITION.CENTER
        labels.font.color.rgb = _ink(LIGHT.text if series.look is Look.REST else LIGHT.paper)
        labels.number_format = f'[<{_longest(chart) * _NARROW:.0f}]"";0'


def _is_higher(series: Series, chart: EditableChart) -> bool:
    """Tell whether a line ends above the others, so that its numbers stand above it and those of others below."""
    last = {
        each.name: next((value for value in reversed(each.values) if value is not None), 0.0) for each in chart.series
    }
    return last[series.name] >= max(last.values())


def _longest(chart: EditableChart) -> float:
    return max(
        (sum(value or 0.0 for value in values) for values in zip(*(each.values for each in chart.series), strict=True)),
        default=0.0,
    )


def _give_names_room(
    made: Chart, names: Sequence[str], box: Box, *, sizes: tuple[int, int], keyed: bool, axis: bool
) -> None:
    """Say where the bars stand, so that the names beside them are not squeezed into many short lines."""
    size, small = sizes
    longest = max((width_of(name, size=size * _WIDER) for name in names), default=0.0)
    left = min(longest / box.width + 0.03, _NAMES_MOST)
    top = max(0.12, 2.0 * size * LINE / box.height) if keyed else 0.02
    below = min(2.8 * small * LINE / box.height, 0.4) if axis else 0.02  # two lines of small letters
    (area,) = made.element.xpath("c:chart/c:plotArea")
    for layout in area.xpath("c:layout"):
        area.remove(layout)
    area.insert(
        0,
        parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
            f'<c:yMode val="edge"/><c:x val="{left:.4f}"/><c:y val="{top:.4f}"/><c:w val="{0.96 - left:.4f}"/>'
            f'<c:h val="{1 - top - below:.4f}"/></c:manualLayout></c:layout>'
        ),
    )


def _ink(written: str) -> RGBColor:
    """Give a colour of ours as slides have it."""
    return RGBColor.from_string(written.removeprefix("#"))
