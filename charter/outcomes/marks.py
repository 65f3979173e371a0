"""What stands on the curve of an indicator."""

from enum import StrEnum


class CurveMark(StrEnum):
    """What one mark of the curve is."""

    MEASURED = "measured"
    TARGET = "target"
    FORECAST = "forecast"
    EXPECTED = "expected"
    FLOOR = "floor"
    BREAK = "break"
