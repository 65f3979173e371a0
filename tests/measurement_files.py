"""Made-up spreadsheets of measurements, for the tests."""

from collections.abc import Mapping

from charter.sources.measurement_rows import COLUMNS


def cells(indicator: str = "council-staff-living-here", **more: str) -> dict[str, str]:
    """Give a row, with some cells in place of the ordinary ones."""
    ordinary = {
        "indicator": indicator,
        "first_day": "2024-04-01",
        "last_day": "31/03/2025",
        "value": "62",
        "source": "Payroll",
        "coverage": "All staff",
    }
    return ordinary | more


def as_csv(*rows: Mapping[str, str]) -> bytes:
    """Write rows as a CSV file."""
    lines = [COLUMNS, *(tuple(row.get(name, "") for name in COLUMNS) for row in rows)]
    return "\n".join(",".join(line) for line in lines).encode()
