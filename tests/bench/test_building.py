"""What is measured on is a database as the services would have left it, and our own answers can be read from it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bench.building.build import fill
from bench.building.keys import orphans
from bench.building.size import Size
from bench.opening import described
from bench.peer import BROWSE, CONTRACT, NODE, SEARCH, BenchDatabase
from bench.peers import pgbench
from bench.peers.ours import Ours
from bench.place import Server
from core.connecting import connected
from tests.databases import OneDatabase

SMALL = Size(offerings=60, vendors=3, records=250, few_records=120, few_contracts=1, months=2, few_months=1)


@pytest.fixture(scope="module")
def built(database: OneDatabase, tmp_path_factory: pytest.TempPathFactory) -> BenchDatabase:
    """A small one of what is measured on."""
    server = Server(database.superuser_url, tmp_path_factory.mktemp("bench"))
    asyncio.run(fill(server, database.name, SMALL, lambda _: None))
    return described(server, database.name)


def rows(built: BenchDatabase, query: str) -> list[tuple[Any, ...]]:
    async def found() -> list[tuple[Any, ...]]:
        async with connected(built.superuser_url, variable="superuser") as superuser:
            return [tuple(row) for row in await superuser.fetch(query)]

    return asyncio.run(found())


def answers(built: BenchDatabase, work: str) -> list[Any]:
    read = Ours().works(built)[work].answer
    return [read(body) for body in pgbench.answers(built, work)]


def test_every_published_offering_is_listed_as_it_is(built: BenchDatabase) -> None:
    assert rows(built, "select count(*) from organization where name like '% %' and id::text like '017e%'") == [(3,)]
    wrong = """select * from offering o join offering_version v on v.id = o.current_version_id
        full join catalog_listing l on l.id = o.id
        where (o.status, v.id, v.title, v.languages, o.published_at)
            is distinct from ('PUBLISHED', l.version_id, l.title, l.languages, l.published_at)"""
    assert rows(built, wrong) == []
    unpublished = (
        "select from rate_card_entry where not published union all select from service_level where not published"
    )
    assert rows(built, unpublished) == []


def test_the_largest_contract_has_its_work_in_every_state(built: BenchDatabase) -> None:
    states = """select status, count(*) from work_record
        where contract_id = (select contract_id from work_record group by contract_id order by count(*) desc limit 1)
        group by status order by status"""
    assert rows(built, states) == [("ACCEPTED", 185), ("PARTIALLY_ACCEPTED", 5), ("RECORDED", 20), ("SUBMITTED", 40)]
    assert rows(built, "select count(*) from work_record") == [(250 + 120,)]


def test_lines_count_what_was_accepted_and_billed(built: BenchDatabase) -> None:
    wrong = """select l.key, l.accepted_quantity, l.billed_quantity, l.billed_minor from contract_line l
        cross join lateral (select coalesce(sum(d.accepted_quantity), 0) as quantity from decision d
            where d.contract_id = l.contract_id and d.line_id = l.id) accepted
        cross join lateral (select coalesce(sum(i.quantity), 0) as quantity, coalesce(sum(i.amount_minor), 0) as minor
            from invoice_line i where i.contract_id = l.contract_id and i.contract_line_id = l.id) billed
        where (l.accepted_quantity, l.billed_quantity, l.billed_minor)
            is distinct from (accepted.quantity, billed.quantity, billed.minor)"""
    assert rows(built, wrong) == []
    assert rows(built, "select count(*) > 0, min(subtotal_minor) > 0 from invoice") == [(True, True)]


def test_no_key_points_at_nothing_and_one_that_did_would_be_found(built: BenchDatabase) -> None:
    async def with_and_without() -> tuple[dict[str, int], dict[str, int]]:
        async with connected(built.superuser_url, variable="superuser") as superuser:
            whole = await orphans(superuser)
            broken = superuser.transaction()
            await broken.start()
            await superuser.execute("set local session_replication_role = replica")
            await superuser.execute("delete from rate_card_entry where key = 'lead' and vendor_id::text like '017e%'")
            found = await orphans(superuser)
            await broken.rollback()
            return whole, found

    assert asyncio.run(with_and_without()) == ({}, {"rate_card_cost_version_id_key_fkey": 60})


def test_a_page_of_the_catalog_has_rates_and_levels(built: BenchDatabase) -> None:
    pages = answers(built, BROWSE)
    assert sum(map(len, pages)) > 60
    for question, page in zip(built.questions[BROWSE], pages, strict=True):
        for offering in page:
            assert offering["category"] == question["category"]
            assert question["language"] in offering["languages"]
            assert len(offering["rate_card"]) >= 2
            assert offering["service_levels"]


def test_the_granted_member_reads_the_whole_page_of_a_contract(built: BenchDatabase) -> None:
    largest = answers(built, CONTRACT)[0]
    assert [line[0] for line in largest["lines"]] == [
        *("tickets", "telephone", "weekends", "articles", "translations", "lead", "roster")
    ]
    assert [record[0] for record in largest["work_records"]] == ["RECORDED"] * 20
    assert [len(record[5]) for record in largest["work_records"]] == [2] * 20
    assert largest["invoices"]
    for invoice in largest["invoices"]:
        assert None not in invoice


def test_records_are_found_by_id_and_offerings_by_misspelt_words(built: BenchDatabase) -> None:
    assert len(answers(built, NODE)) == len(built.questions[NODE]) == 100
    found = answers(built, SEARCH)
    assert len(found) == len(built.questions[SEARCH])
    assert max(page["total"] for page in found) > 0
