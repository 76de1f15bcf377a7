"""Tables for spreadsheets: what they say, to whom, and that a spreadsheet runs nothing of them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from decimal import Decimal

import pytest

from api.lms_results import line
from core.actor import ANONYMOUS, Actor
from core.ids import encode
from services.billing.papers import exporting
from tests.billing.desk import Desk
from tests.billing.market import Market
from tests.billing.papers.test_papers import issued


async def rows_of(desk: Desk, actor: Actor, path: str) -> list[list[str]]:
    """The rows of a table as CSV, with its head."""
    answer = await desk.get(actor, f"/exports/{path}")
    assert answer.status_code == 200, answer.text
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


async def test_tables_say_what_was_billed(market: Market, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    agreement, _ = await issued(market, desk)
    monkeypatch.setattr(exporting, "ROWS_A_PAGE", 1)
    head, *invoices = await rows_of(desk, market.finance, "invoices.csv")
    assert head[-4:] == ["paid", "credited", "retained", "amount_due"]
    (invoice,) = (dict(zip(head, row, strict=True)) for row in invoices)
    assert (invoice["status"], invoice["total"], invoice["amount_due"]) == ("ISSUED", "1650.05", "1650.05")
    head, *lines = await rows_of(desk, market.finance, "invoice-lines.csv")
    told = [dict(zip(head, row, strict=True)) for row in lines]
    assert sorted((one["description"], one["unit_price"], one["amount"]) for one in told) == [
        ("Admin", "52.000000", "650.00"),
        ("Hosting", "250.012500", "1000.05"),
    ]
    contract = encode("con", agreement.id)
    assert len(await rows_of(desk, market.finance, f"invoices.csv?contractId={contract}&status=ISSUED")) == 2
    assert len(await rows_of(desk, market.finance, f"invoices.csv?contractId={contract}&to=2020-01-01")) == 1
    head, *postings = await rows_of(desk, market.billing_admin, f"journal.csv?contractId={contract}")
    accounts = {row[head.index("account")]: row[head.index("amount")] for row in postings}
    assert accounts["ASSOCIATION_RECEIVABLE"] == "1650.05"
    assert sum(Decimal(one) for one in accounts.values()) == 0


async def test_a_workbook_holds_the_same(market: Market, desk: Desk) -> None:
    await issued(market, desk)
    answer = await desk.get(market.finance, "/exports/invoices.xlsx")
    assert answer.headers["content-disposition"] == 'attachment; filename="invoices.xlsx"'
    sheet = zipfile.ZipFile(io.BytesIO(answer.content)).read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row ") == 2
    assert re.findall(r"<v>([\d.]+)</v>", sheet)[:3] == ["1650.05", "0.00", "1650.05"]
    assert "<f>" not in sheet


async def test_nobody_reads_what_is_not_theirs(market: Market, desk: Desk) -> None:
    await issued(market, desk)
    for nobody in (ANONYMOUS, market.stranger):
        for table in ("invoices", "invoice-lines", "journal"):
            assert len(await rows_of(desk, nobody, f"{table}.csv")) == 1
    for wrong in ("invoices.pdf", "costs.csv"):
        assert (await desk.get(market.finance, f"/exports/{wrong}")).status_code == 404
    for wrong in ("from=yesterday", "contractId=con_nothing"):
        assert (await desk.get(market.finance, f"/exports/invoices.csv?{wrong}")).status_code == 400


def test_a_spreadsheet_runs_nothing() -> None:
    assert line(["=1+1", "+a", "-a", "@a", "ok", None]) == "'=1+1,'+a,'-a,'@a,ok,\r\n"
