from __future__ import annotations

import pytest

from tests.bad_input.clerk import Clerk

pytestmark = pytest.mark.asyncio(loop_scope="session")

JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"query { viewer { roles } }",
        b"null",
        b'"{ __typename }"',
        b"1",
        b"true",
        b"[]",
        b'[{"query": "{ __typename }"}]',
        b"{",
        b'{"query": "{ __typename }"',
        b"[" * 100_000 + b"]" * 100_000,
        b'{"query": "{ __typename }", "variables": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_001,
        b'{"query": "\xff\xfe"}',
        b'{"query": "{ __typename }", "variables": {"n": NaN}}',
        b"{}",
        b'{"query": null}',
        b'{"query": 1}',
        b'{"query": {"a": 1}}',
        b'{"query": "{ __typename }", "variables": []}',
        b'{"query": "{ __typename }", "variables": "x"}',
        b'{"query": "{ __typename }", "operationName": 1}',
        b'{"query": "{ __typename }", "extensions": 1}',
    ],
    ids=lambda body: body[:40].decode(errors="replace"),
)
async def test_a_body_that_is_no_request(clerk: Clerk, body: bytes) -> None:
    assert await clerk.errors(await clerk.post("vendor.owner", body, JSON), 400) == ["BAD_REQUEST"]


async def test_an_integer_of_5000_digits(clerk: Clerk) -> None:
    body = b'{"query": "query($first: Int) { contracts(first: $first) { totalCount } }", "variables": {"first": %s}}'
    answer = await clerk.post("vendor.owner", body % (b"9" * 5000), JSON)
    assert await clerk.errors(answer, 400) == ["BAD_REQUEST"]
    assert "number is infinity" in answer.text


@pytest.mark.parametrize("digits", ["9" * 5000, "99999999999", "1.5"])
async def test_an_integer_in_the_query_that_is_none(clerk: Clerk, digits: str) -> None:
    answer = await clerk.send("vendor.owner", f"{{ contracts(first: {digits}) {{ totalCount }} }}")
    assert await clerk.errors(answer) == ["GRAPHQL_VALIDATION_FAILED"]


async def test_a_body_over_the_limit(clerk: Clerk) -> None:
    body = b'{"query": "{ __typename }", "variables": {"a": "' + b"x" * (4 * 1024 * 1024) + b'"}}'
    assert await clerk.errors(await clerk.post("nobody", body, JSON), 413) == ["BODY_TOO_LARGE"]


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "", "multipart/form-data; boundary=x"])
async def test_a_content_type_that_is_none(clerk: Clerk, content_type: str) -> None:
    answer = await clerk.post("vendor.owner", b'{"query": "{ __typename }"}', {"content-type": content_type})
    assert answer.status_code in {400, 415}
    await clerk.errors(answer, answer.status_code)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{" * 20_000, "GRAPHQL_PARSE_FAILED"),
        ("{ a " * 5_000 + "}" * 5_000, "GRAPHQL_PARSE_FAILED"),
        ("{ viewer", "GRAPHQL_PARSE_FAILED"),
        ("mutation", "GRAPHQL_PARSE_FAILED"),
        ("\0", "GRAPHQL_PARSE_FAILED"),
        (" ", "GRAPHQL_PARSE_FAILED"),
        ("fragment A on Query { __typename }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("query A { __typename } query B { __typename }", "BAD_REQUEST"),
        ("query A { viewer { roles } } mutation B { __typename }", "BAD_REQUEST"),
    ],
    ids=lambda value: value[:20],
)
async def test_a_query_that_is_none(clerk: Clerk, query: str, code: str) -> None:
    answer = await clerk.send("vendor.owner", query)
    assert answer.status_code in {200, 400}
    assert await clerk.errors(answer, answer.status_code) == [code]
