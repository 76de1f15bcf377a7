"""A CSV file as a table: decoded, its header understood, its cells cleaned of what spreadsheets leave in them.

What hinders the whole file is refused by name. What is wrong with a row is noted, and the row is left out; whoever
reads on past a noted fault does so to name them all at once.
"""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.errors import DomainError
from services.lms_admin.plans.faults import FaultCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from services.lms_admin.plans.faults import RowFaults

MOST_ROWS: Final = 100_000
DELIMITERS: Final = ",;\t"
RUN_BY_A_SPREADSHEET: Final = frozenset("=+-@\t\r＝＋－＠")  # noqa: RUF001  (spreadsheets take the wide ones too)
JOINERS: Final = frozenset("\u200c\u200d")
"""They do not show, and names in some scripts cannot be written without them."""

SAVE_AS: Final = "save it as “CSV UTF-8”"
MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class FileEncoding(DomainError):
    """The file is neither UTF-8 nor UTF-16 with its mark at the beginning."""


class FileHeaderMissing(DomainError):
    """The file's first row names none of the columns that are read."""


class FileColumns(DomainError):
    """The file's header lacks a column, names one twice, or names one that is not known."""


class FileMalformed(DomainError):
    """The file is no CSV from some row on: a quote that is not closed, or a cell without end."""


class FileEmpty(DomainError):
    """The file has no row besides its header."""


class FileTooManyRows(DomainError):
    """The file has more than 100,000 rows."""


class FileAtFault(DomainError):
    """Rows of the file are at fault; nothing of it is planned until they are put right."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is read: the names it may have, how long its cells may be, and whether it has to be there."""

    names: Sequence[str]
    longest: int
    required: bool = True


def rows_of(content: bytes, columns: Mapping[str, Column], faults: RowFaults) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each sound row with its number, by the names of its columns; a cell that is not given is empty.

    Runs of blanks are one blank, letters are composed (NFC). Rows without any text are skipped. Refuses with
    FileEncoding, FileHeaderMissing, FileColumns, FileMalformed, FileEmpty or FileTooManyRows.
    """
    rows, number, seen = _rows(content), 0, 0
    places: list[str] = []
    try:
        for number, cells in enumerate(rows, start=1):
            if not any(cell and not cell.isspace() for cell in cells):
                continue
            if not places:
                places = _places(cells, columns)
                continue
            seen += 1
            if seen > MOST_ROWS:
                raise FileTooManyRows(f"the file has more than {MOST_ROWS:,} rows: divide it", field="file")
            if row := _row(number, cells, places, columns, faults):
                yield number, row
    except csv.Error as error:
        raise FileMalformed(f"row {number + 1} cannot be read: {error}", field="file") from None
    except UnicodeDecodeError:
        raise FileEncoding(_about_encoding(content), field="file") from None
    if not places:
        raise FileHeaderMissing(f"the file is empty: {_wanted(columns)}", field="file")
    if not seen:
        raise FileEmpty("the file has a header and no row", field="file")


def _rows(content: bytes) -> Iterator[list[str]]:
    encoding = next((encoding for mark, encoding in MARKS if content.startswith(mark)), "utf-8")
    if encoding == "utf-8" and b"\0" in content[:2]:
        raise FileEncoding(f"the file looks like UTF-16 without its mark: {SAVE_AS}", field="file")
    with io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="") as text:
        first = text.readline()
        delimiter = max(DELIMITERS, key=first.count)
        text.seek(0)
        yield from csv.reader(text, delimiter=delimiter, strict=True)


def _about_encoding(content: bytes) -> str:
    try:
        content.decode("cp1252")
    except UnicodeDecodeError:
        return f"the file is not UTF-8: {SAVE_AS}"
    return f"the file is not UTF-8; it looks like Windows-1252, as Excel writes plain CSV: {SAVE_AS}"


def _places(header: Sequence[str], columns: Mapping[str, Column]) -> list[str]:
    """The column that each cell of a row belongs to."""
    named = {_plain(name): column for column, known in columns.items() for name in (column, *known.names)}
    places = [named.get(_plain(cell), "") for cell in header]
    if not any(places):
        raise FileHeaderMissing(f"the first row names no column: {_wanted(columns)}", field="file")
    for at, place in enumerate(places):
        if not place:
            raise FileColumns(f"column {at + 1} of the header is not known: {_wanted(columns)}", field="file")
        if place in places[:at]:
            raise FileColumns(f"the header names {place} twice", field="file")
    if lacking := [name for name, column in columns.items() if column.required and name not in places]:
        raise FileColumns(f"the header lacks {', '.join(lacking)}: {_wanted(columns)}", field="file")
    return places


def _plain(name: str) -> str:
    return "_".join(name.lower().replace("_", " ").replace("-", " ").split())


def _wanted(columns: Mapping[str, Column]) -> str:
    required = ", ".join(name for name, column in columns.items() if column.required)
    optional = ", ".join(name for name, column in columns.items() if not column.required)
    return f"it should name {required}" + (f", and may name {optional}" if optional else "")


def _row(
    number: int, cells: Sequence[str], places: Sequence[str], columns: Mapping[str, Column], faults: RowFaults
) -> dict[str, str] | None:
    if len(cells) != len(places):
        message = f"the row has {len(cells)} cells and the header {len(places)}"
        faults.note(number, None, FaultCode.COLUMN_COUNT, message)
        return None
    before, row = faults.count, dict.fromkeys(columns, "")
    for place, cell in zip(places, cells, strict=True):
        row[place] = clean(cell)
        if fault := _fault_of(cell, row[place], columns[place]):
            faults.note(number, place, *fault)
    return row if faults.count == before else None


def clean(cell: str) -> str:
    """A cell without stray blanks, its letters composed."""
    text = " ".join(cell.split())
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _fault_of(cell: str, text: str, column: Column) -> tuple[FaultCode, str] | None:
    if not text:
        return (FaultCode.BLANK, "the cell is blank") if column.required else None
    if text[0] in RUN_BY_A_SPREADSHEET or cell[0] in RUN_BY_A_SPREADSHEET:
        return FaultCode.FORMULA, f"a cell that begins with {text[0]!r} is run by spreadsheets"
    if len(text) > column.longest:
        return FaultCode.TOO_LONG, f"the cell has {len(text)} characters; at most {column.longest} are taken"
    if not cell.isprintable() and any(_hidden(letter) for letter in cell.strip()):
        return FaultCode.CONTROL_CHARACTER, "the cell holds a character that does not show"
    return None


def _hidden(letter: str) -> bool:
    return not (letter.isprintable() or letter in JOINERS or unicodedata.category(letter) == "Zs")
