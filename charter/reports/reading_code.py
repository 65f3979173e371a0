"""Lines of code with which a table of open data is read: for pandas, and for Excel's Power Query."""

from charter.reports.columns import Kind, Outline
from charter.reports.open_data import columns_of

LATEST = "latest"


def address_of(outline: Outline, *, address: str, ref: str, form: str = "csv") -> str:
    """Give the address of a table.

    Args:
        outline: the table.
        address: where people reach the site; empty for an address that begins at the site's own root.
        ref: the release, or `LATEST`.
        form: `csv` or `json`.
    """
    return f"{address}/open-data/{ref}/{outline.name}.{form}"


def for_pandas(outline: Outline, *, url: str) -> str:
    """Write the code that reads a table with pandas.

    Args:
        outline: the table.
        url: its address, of the CSV file.
    """
    days = [column.name for column in columns_of(outline) if column.kind is Kind.DAY]
    dated = f"    parse_dates={days},\n".replace("'", '"') if days else ""
    return (
        "import pandas as pd\n\n"
        "table = pd.read_csv(\n"
        f'    "{url}",\n'
        # Without it, figures of a column that has an empty cell come as 66.0, and release 2025.10 as 2025.1.
        '    dtype={"release": "string"},\n'
        '    dtype_backend="numpy_nullable",\n'
        f"{dated}"
        ")\n"
    )


def for_excel(*, url: str) -> str:
    """Write the query that reads a table into Excel, for the advanced editor of Power Query.

    Args:
        url: the table's address, of the CSV file.
    """
    return (
        "let\n"
        f'    File = Web.Contents("{url}"),\n'
        '    Rows = Csv.Document(File, [Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]),\n'
        "    WithNames = Table.PromoteHeaders(Rows, [PromoteAllScalars = true])\n"
        "in\n"
        "    WithNames\n"
    )
