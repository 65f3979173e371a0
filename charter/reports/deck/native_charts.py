"""Charts that a colleague can edit in PowerPoint: drawn by it, with their figures in a sheet behind them."""

import io
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import xlsxwriter
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide as PowerPointSlide

from charter.reports.deck.boxes import Box
from charter.reports.deck.chart_look import dress
from charter.reports.deck.slide import EditableChart, Shape

_KINDS: Mapping[Shape, Any] = MappingProxyType(
    {
        Shape.BARS: XL_CHART_TYPE.BAR_CLUSTERED,
        Shape.STACKED: XL_CHART_TYPE.BAR_STACKED,
        Shape.LINES: XL_CHART_TYPE.LINE_MARKERS,
    }
)
_NOT_SHOWN = "not shown"


def add_chart(
    slide: PowerPointSlide, chart: EditableChart, box: Box, *, words: str, source: str, sizes: tuple[int, int]
) -> GraphicFrame:
    """Add a chart to a slide.

    Args:
        slide: the slide.
        chart: its figures.
        box: where it goes.
        words: the text alternative.
        source: where the figures are from; it stands in the corner of the sheet behind the chart.
        sizes: of its names and numbers, and of its axis, in points.
    """
    names = written_names(chart)
    data = CategoryChartData(number_format="0")
    data.categories = names
    for series in chart.series:
        data.add_series(series.name, series.values)
    left, top, width, height = box.units()
    frame: GraphicFrame = slide.shapes.add_chart(_KINDS[chart.shape], left, top, width, height, data)
    made = frame.chart
    # The library's own sheet would take a name that begins with "=" for a formula.
    made.part.chart_workbook.update_from_xlsx_blob(_sheet(chart, names, source))
    _describe(frame, words)
    dress(made, chart, names, box, sizes=sizes)
    return frame


def written_names(chart: EditableChart) -> list[str]:
    """Name the categories; where nothing of one is shown, say so: a bar that is missing would look like nought."""
    shown = [any(series.values[place] is not None for series in chart.series) for place in range(len(chart.categories))]
    return [
        name if is_shown else f"{name}: {_NOT_SHOWN}" for name, is_shown in zip(chart.categories, shown, strict=True)
    ]


def _sheet(chart: EditableChart, names: list[str], source: str) -> bytes:
    """Write the sheet that opens when a colleague edits the chart's figures. Nothing in it is a formula or a link."""
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(written, options) as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.write_string(0, 0, source)
        for row, name in enumerate(names, start=1):
            sheet.write_string(row, 0, name)
        for column, series in enumerate(chart.series, start=1):
            sheet.write_string(0, column, series.name)
            for row, value in enumerate(series.values, start=1):
                if value is not None:
                    sheet.write_number(row, column, value)
    return written.getvalue()


def _describe(frame: GraphicFrame, words: str) -> None:
    (properties,) = frame.element.xpath("p:nvGraphicFramePr/p:cNvPr")
    properties.set("descr", words)
