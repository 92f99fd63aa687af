"""CSV in any of the shapes it comes in: `;`, `,` or tab, UTF-8, UTF-16 or Windows, with titles above the table."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv

from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.sources.headers import HEADER_ROWS, above, header_row, unique
from wwz.sources.limits import LONGEST_HEADER, MEGABYTE, check_size
from wwz.sources.postcodes import columns_of, per_buurt
from wwz.sources.reading import Report, Table, clean

DELIMITERS = ";,\t|"
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
SOURCE_LINE = re.compile(r"""^\ufeff?["']?\s*(bron\b|©)""", re.IGNORECASE)
WINDOWS_GAPS = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


def read_delimited(path: Path, report: Report) -> Iterator[Table]:
    """Read a text file with columns; every cell stays text.

    Raises
    ------
    Fout
        When there is no row with column names, or the table is too large.
    """
    encoding = _encoding(path)
    if encoding not in ("utf-8", "utf-16"):
        report.warn(path.name, "De tekens zijn niet in UTF-8; gelezen als Windows-1252.")
    delimiter, names, lines, kop = _header(path, encoding)
    check_size(0, len(names))
    bad: list[pacsv.InvalidRow] = []

    def keep_bad(row: pacsv.InvalidRow) -> str:
        # The line below a table that names its source is no row that went wrong.
        if not SOURCE_LINE.match(row.text or ""):
            bad.append(row)
        return "skip"

    table = _read(path, encoding, delimiter, names, lines, keep_bad)
    if bad:
        report.reject(
            path.name,
            counted(
                "{n} [regel heeft|regels hebben] niet het goede aantal kolommen (bijvoorbeeld {er} in plaats van {hoort}).",
                len(bad),
                er=bad[0].actual_columns,
                hoort=bad[0].expected_columns,
            ),
            len(bad),
        )
    yield Table(clean(path.name), "", table.to_pandas(), kop)


def _read(path: Path, encoding: str, delimiter: str, names: list[str], lines: int, keep_bad) -> pa.Table:
    types = {name: pa.string() for name in names}
    try:
        reader = pacsv.open_csv(
            path,
            read_options=pacsv.ReadOptions(
                encoding=encoding,
                column_names=names,
                skip_rows=lines,
                use_threads=False,
                block_size=4 * MEGABYTE,
            ),
            parse_options=pacsv.ParseOptions(
                delimiter=delimiter, invalid_row_handler=keep_bad, newlines_in_values=True
            ),
            convert_options=pacsv.ConvertOptions(column_types=types, strings_can_be_null=False),
        )
    except pa.ArrowInvalid as error:
        if "Empty CSV" in str(error):
            raise Fout("Er staan geen rijen in.") from error
        raise
    batches, rows, link = [], 0, columns_of(names, path.name)
    for batch in reader:
        part = pa.Table.from_batches([batch])
        # The postcodes of the country are counted while they are read: too many rows to keep, and few that differ.
        batches.append(per_buurt(part, link) if link else part)
        rows += batches[-1].num_rows
        check_size(rows, len(names))
    return pa.concat_tables(batches) if batches else pa.schema(list(types.items())).empty_table()


def _encoding(path: Path) -> str:
    with path.open("rb") as handle:
        head = handle.read(LONGEST_HEADER)
        if found := next((name for bom, name in BOMS if head.startswith(bom)), None):
            return found
        if len(re.split(rb"[\r\n]", head, maxsplit=1)[0]) >= LONGEST_HEADER:
            raise Fout("De eerste regel is langer dan 1 MB. Dit is geen tabel met kolomnamen.")
        if b"\0" in head:
            raise Fout("Het bestand bevat geen leesbare tekst. Bewaar het als csv in UTF-8.")
        handle.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            for block in iter(lambda: handle.read(MEGABYTE), b""):
                decoder.decode(block)
            decoder.decode(b"", final=True)
            return "utf-8"
        except UnicodeDecodeError:
            return "latin-1" if WINDOWS_GAPS.search(head) else "windows-1252"


def _header(path: Path, encoding: str) -> tuple[str, list[str], int, tuple[str, ...]]:
    """Delimiter, column names, the number of lines up to and including the names, and what stands above them."""
    with path.open(
        encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="", errors="replace"
    ) as handle:
        text = handle.read(LONGEST_HEADER)
    options = [(found, delimiter) for delimiter in DELIMITERS if (found := _parse_header(text, delimiter))]
    if not options:
        raise Fout("Er is geen rij met kolomnamen te vinden. Begin het bestand met de namen van de kolommen.")
    (names, lines, kop), delimiter = max(options, key=lambda option: (len(option[0][0]), -option[0][1]))
    return delimiter, unique(names), lines, kop


def _parse_header(text: str, delimiter: str) -> tuple[list[str], int, tuple[str, ...]] | None:
    rows, ends = [], []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            rows.append(row)
            ends.append(reader.line_num)
            if len(rows) == HEADER_ROWS:
                break
    except csv.Error:
        # A cell without end, or longer than a cell can be: what came before it may still be a header.
        pass
    found = header_row(rows)
    if found is None:
        return None
    return [name.strip() for name in rows[found]], ends[found], above(rows, found)
