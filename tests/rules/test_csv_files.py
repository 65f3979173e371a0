"""Files of rows: what people typed comes out as words, whatever it begins with."""

import csv
import io

import pytest

from charter.csv_files import csv_file


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_cell_that_a_spreadsheet_would_reckon_with_is_words(start: str) -> None:
    written = csv_file([(f"{start}1+1", f"1{start}1", "plain", "")])
    (row,) = csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline=""))
    assert row == [f"'{start}1+1", f"1{start}1", "plain", ""]


def test_a_file_of_rows_says_that_it_is_utf_8_and_keeps_quotes_commas_and_empty_rows() -> None:
    written = csv_file([("Tŷ", "a “b”, c"), (), ('say "no"', "two\nlines")])
    assert written == '\ufeffTŷ,"a “b”, c"\r\n\r\n"say ""no""","two\nlines"\r\n'
