"""A roster's file, as people really save it: every row is sound, or its fault is named by row and field."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DomainError
from services.lms_admin.plans.faults import RowFaults
from services.lms_admin.plans.roster_csv import Member, members_of
from services.lms_admin.plans.table import MOST_ROWS

HEADER = "member_number,email,given_name,family_name\n"
SOUND = "M-1,ada@guild.example,Ada,Byron\n"


def read(content: str | bytes) -> tuple[list[Member], list[tuple[int, str | None, str]]]:
    faults = RowFaults()
    members = list(members_of(content.encode() if isinstance(content, str) else content, faults))
    assert faults.count == len(faults.kept)
    return members, [(fault.row, fault.field, fault.code.value) for fault in faults.kept]


def refusal(content: str | bytes) -> tuple[str, str]:
    with pytest.raises(DomainError) as refused:
        read(content)
    return refused.value.code(), refused.value.message


def test_stray_capitals_and_blanks_are_put_right() -> None:
    content = (
        " Member Number ; E-Mail ;FIRST_NAME;Last Name;Status;Username\n"
        "\n"
        " M-1 ; Ada@Guild.Example ;  Ada   Augusta ; Lovelace\u00a0 King ; Active ;ADA\n"
        ";;;;;\n"
        'M-2;zoe@guild.example;Zoe\u0308;"O""Neill; Jr";suspended;\n'
    )
    assert read(content) == (
        [
            Member(3, "M-1", "ada@guild.example", "Ada Augusta", "Lovelace King", "ada", False),
            Member(5, "M-2", "zoe@guild.example", "Zo\u00eb", 'O"Neill; Jr', None, True),
        ],
        [],
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_encoding_that_says_what_it_is(encoding: str, newline: str) -> None:
    text = f"{HEADER}M-1,ada@guild.example,Ágnes,Żak\n".replace("\n", newline)
    assert read(text.encode(encoding)) == ([Member(2, "M-1", "ada@guild.example", "Ágnes", "Żak")], [])


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        ("M-1,ada@guild.example,Ada", None, "COLUMN_COUNT"),
        ("M-1,ada@guild.example,Ada,Byron,x", None, "COLUMN_COUNT"),
        (",ada@guild.example,Ada,Byron", "member_number", "BLANK"),
        ("M-1, ,Ada,Byron", "email", "BLANK"),
        ("M 1,ada@guild.example,Ada,Byron", "member_number", "MALFORMED"),
        ("M-1,ada@guild,Ada,Byron", "email", "MALFORMED"),
        ("M-1,ada.guild.example,Ada,Byron", "email", "MALFORMED"),
        (f"M-1,ada@guild.example,{'A' * 101},Byron", "given_name", "TOO_LONG"),
        ("M-1,ada@guild.example,A\0da,Byron", "given_name", "CONTROL_CHARACTER"),
        ("M-1,ada@guild.example,A\u202eda,Byron", "given_name", "CONTROL_CHARACTER"),
        ('M-1,ada@guild.example,"A\nda",Byron', "given_name", "CONTROL_CHARACTER"),
        ("M-1,ada@guild.example,=1+1,Byron", "given_name", "FORMULA"),
        ("M-1,ada@guild.example, +1,Byron", "given_name", "FORMULA"),
        ("M-1,ada@guild.example,\tAda,Byron", "given_name", "FORMULA"),
        ("-1,ada@guild.example,Ada,Byron", "member_number", "FORMULA"),
        ("M-1,ada@guild.example,Ada,＝1", "family_name", "FORMULA"),  # noqa: RUF001
    ],
)
def test_a_fault_names_its_row_and_field(row: str, field: str | None, code: str) -> None:
    other = "M-2,bo@guild.example,Bo,Li\n"
    assert read(f"{HEADER}{other}{row}\n") == (
        [Member(2, "M-2", "bo@guild.example", "Bo", "Li")],
        [(3, field, code)],
    )


def test_a_status_is_one_of_two() -> None:
    header = "member_number,email,given_name,family_name,status\n"
    assert read(f"{header}M-1,ada@guild.example,Ada,Byron,gone\n") == ([], [(2, "status", "MALFORMED")])


def test_nobody_is_listed_twice_in_whatever_capitals() -> None:
    rows = "m-1,bo@guild.example,Bo,Li\nM-3,ADA@guild.example,Cy,Ode\n"
    _, faults = read(HEADER + SOUND + rows)
    assert faults == [(3, "member_number", "DUPLICATE"), (4, "email", "DUPLICATE")]


def test_no_more_faults_are_kept_than_anybody_reads() -> None:
    faults = RowFaults()
    assert list(members_of((HEADER + ",,,\n" + "x,y\n" * 1500).encode(), faults)) == []
    assert (len(faults.kept), faults.count) == (1000, 1500)


def test_a_file_that_cannot_be_read_is_refused_by_name() -> None:
    cp1252 = (HEADER + "M-1,ada@guild.example,Zoë,Byron\n").encode("cp1252")
    code, message = refusal(cp1252)
    assert code == "FILE_ENCODING"
    assert "Windows-1252" in message
    assert refusal((HEADER + SOUND).encode("utf-16-le"))[0] == "FILE_ENCODING"
    assert refusal("")[0] == "FILE_HEADER_MISSING"
    assert refusal(SOUND)[0] == "FILE_HEADER_MISSING"
    assert refusal(HEADER)[0] == "FILE_EMPTY"
    assert refusal("member_number,email\nM-1,a@b.example\n") == (
        "FILE_COLUMNS",
        (
            "the header lacks given_name, family_name: it should name member_number, email, given_name, family_name, "
            "and may name username, status"
        ),
    )
    assert refusal(f"stauts,{HEADER}")[0] == "FILE_COLUMNS"
    assert refusal(f"first_name,{HEADER}") == ("FILE_COLUMNS", "the header names given_name twice")
    assert refusal(HEADER + 'M-1,ada@guild.example,"Ada,Byron\n')[0] == "FILE_MALFORMED"
    assert refusal(HEADER + f"M-1,{'a' * 200_000},Ada,Byron\n")[0] == "FILE_MALFORMED"


def test_two_hundred_thousand_rows_are_not_read_to_the_end() -> None:
    content = HEADER + "".join(f"M-{at},m{at}@guild.example,Ada,Byron\n" for at in range(2 * MOST_ROWS))
    assert refusal(content) == ("FILE_TOO_MANY_ROWS", "the file has more than 100,000 rows: divide it")


CELLS = st.text(max_size=12) | st.sampled_from(["M-1", "a@b.example", "=1", "active", "\0", "\ufeff", '"', "\r", "é"])
TABLES = st.lists(st.lists(CELLS, min_size=3, max_size=7), max_size=8)


def written(table: list[list[str]]) -> bytes:
    file = io.StringIO(newline="")
    file.write(HEADER)
    csv.writer(file).writerows(table)
    return file.getvalue().encode(errors="replace")


@given(
    st.binary(max_size=300)
    | TABLES.map(written)
    | st.binary(max_size=60).map(lambda end: (HEADER + SOUND).encode() + end)
)
def test_whatever_the_bytes_there_are_members_named_faults_or_a_named_refusal(content: bytes) -> None:
    faults = RowFaults()
    try:
        members = list(members_of(content, faults))
    except DomainError as refused:
        assert refused.code().startswith("FILE_")  # noqa: PT017
        return
    assert members or faults.count
    rows = [member.row for member in members]
    assert rows == sorted(set(rows))
    assert not {fault.row for fault in faults.kept} & set(rows)
    for member in members:
        texts = [member.member_number, member.email, member.given_name, member.family_name]
        assert all(text and text == " ".join(text.split()) and text[0] not in "=+-@" for text in texts)
