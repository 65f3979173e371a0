"""How wide the columns of a sheet are, and how high its rows: not every program makes room for words by itself."""

from collections.abc import Collection, Sequence
from functools import lru_cache

from xlsxwriter.worksheet import Worksheet

from charter.reports.fonts import Weight
from charter.reports.lettering import width_of, wrapped

_NARROWEST, _WIDE, _WIDEST = 11, 50, 160  # widths of a digit, as spreadsheet programs measure columns
_DIGIT = 5.25  # points: the width of a digit in the programs' own font
_SIZE = 12  # points: of the letters
_WIDER, _WIDER_BOLD = 1.1, 1.14  # how much wider Arial is than the font that letters are measured in
_BESIDE = 1.5  # widths of a digit: what a column has more than its longest words need
_INDENT = 1.4  # widths of a digit: how far the words of some columns are moved in
_SPARE = 0.4  # widths of a digit: no two programs break lines alike
_LINE, _MARGIN = 15.75, 3.0  # points
_HIGHEST = 409.0  # points: no program makes a row higher
_MOST_LINES = int((_HIGHEST - _MARGIN) // _LINE)
_MEASURED = 20_000  # texts that are remembered: each is measured for its column and for its row


def column_width(title: str, words: Sequence[str]) -> int:
    """Give how wide a column has to be: longer words go on to the next line of their cell.

    Very long ones widen it, so that no cell needs a higher row than there can be.

    Args:
        title: what stands above it.
        words: what stands in its cells.
    """
    longest = max((_width(line) for each in words for line in each.split("\n")), default=0.0)
    title_word = max((_width(each, bold=True) for each in title.split()), default=0.0)
    wanted = max(title_word + _BESIDE, min(longest + _BESIDE, _WIDE), _NARROWEST, longest / (_MOST_LINES - 4))
    return min(int(wanted) + 1, _WIDEST)


def row_height(cells: Sequence[tuple[str, float]], *, bold: bool = False) -> float:
    """Give how high a row has to be, in points.

    Args:
        cells: the words of each cell with the width that they have room in.
        bold: whether they are in bold.
    """
    lines = max((_lines(words, width - _SPARE, bold=bold) for words, width in cells), default=1)
    return min(lines * _LINE + _MARGIN, _HIGHEST)


def set_sizes(
    sheet: Worksheet,
    *,
    first_row: int,
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
    indented: Collection[int] = (),
) -> None:
    """Set the widths of a table's columns and the heights of its rows.

    Args:
        sheet: the sheet.
        first_row: the row of the table's headings, counted from 0.
        rows: the words of each row, the headings first.
        widths: the width of each column.
        indented: the numbers of the columns whose words are moved in.
    """
    rooms = [width - _INDENT if number in indented else width for number, width in enumerate(widths)]
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width)
    for number, row in enumerate(rows):
        height = row_height(list(zip(row, rooms, strict=True)), bold=number == 0)
        sheet.set_row(first_row + number, height)


@lru_cache(maxsize=_MEASURED)
def _width(line: str, *, bold: bool = False) -> float:
    """Give how wide a line is, in widths of a digit."""
    weight, wider = _font(bold=bold)
    return width_of(line, size=_SIZE, weight=weight) * wider / _DIGIT


def _lines(words: str, width: float, *, bold: bool) -> int:
    weight, wider = _font(bold=bold)
    room = width * _DIGIT / wider
    return sum(
        1 if _width(line, bold=bold) <= width else len(wrapped(line, size=_SIZE, width=room, weight=weight))
        for line in words.split("\n")
    )


def _font(*, bold: bool) -> tuple[Weight, float]:
    return (600, _WIDER_BOLD) if bold else (400, _WIDER)
