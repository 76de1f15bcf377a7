from __future__ import annotations

import asyncio
from fractions import Fraction

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.limits import BudgetSpentError, Limits, MemoryBudgets, Taken, address_of, told

SECOND = 1_000_000_000


class Clock:
    """A clock that is set by hand, in nanoseconds."""

    def __init__(self, now: int = 10**15) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now


async def test_a_cost_is_taken_while_it_is_there_and_comes_back_with_time() -> None:
    clock = Clock()
    budgets = MemoryBudgets(100, 10, clock=clock)
    assert await budgets.take("a", 60) == Taken(40)
    assert await budgets.take("a", 60) == Taken(40, 2.0)
    assert await budgets.take("b", 100) == Taken(0)
    clock.now += 2 * SECOND - 1
    assert await budgets.take("a", 60) == Taken(59, 1e-9)
    clock.now += 1
    assert await budgets.take("a", 60) == Taken(0)
    clock.now += 3600 * SECOND
    assert await budgets.take("a", 1) == Taken(99)


takes = st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 50), st.integers(0, 3 * SECOND)), max_size=40)


@given(takes, st.integers(50, 80), st.integers(1, 30))
def test_a_bucket_is_what_a_bucket_is(steps: list[tuple[str, int, int]], capacity: int, restore: int) -> None:
    clock = Clock()
    budgets = MemoryBudgets(capacity, restore, clock=clock)
    content = dict.fromkeys("abc", Fraction(capacity))

    async def play() -> None:
        for who, cost, pause in steps:
            clock.now += pause
            for name in content:
                content[name] = min(Fraction(capacity), content[name] + Fraction(pause * restore, SECOND))
            taken = await budgets.take(who, cost)
            if content[who] >= cost:
                content[who] -= cost
                assert taken.wait_seconds is None
            else:
                assert taken.wait_seconds == float((cost - content[who]) / restore)
            assert taken.remaining == int(content[who])

    asyncio.run(play())


async def test_full_buckets_are_forgotten() -> None:
    clock = Clock()
    budgets = MemoryBudgets(100, 10, clock=clock)
    for at in range(1_000):
        clock.now += SECOND
        await budgets.take(f"address {at}", 30)
    # each is full again after three seconds
    assert len(budgets) <= 8


async def test_no_more_buckets_are_kept_than_asked_for_the_latest_among_them() -> None:
    budgets = MemoryBudgets(100, 10, clock=Clock(), most=50)
    for at in range(500):
        await budgets.take(f"address {at}", 100)
        assert len(budgets) <= 50
    assert await budgets.take("address 499", 1) == Taken(0, 0.1)


async def test_who_is_served_often_is_not_forgotten_among_many_who_come_once() -> None:
    clock = Clock()
    budgets = MemoryBudgets(100, 10, clock=clock)
    await budgets.take("often", 100)
    for at in range(200):
        clock.now += SECOND // 100
        await budgets.take(f"address {at}", 1)
    assert await budgets.take("often", 20) == Taken(0)
    assert await budgets.take("often", 20) == Taken(0, 2.0)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("not:an:address", "not:an:address"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_a_client_is_its_address_or_its_network(host: str, expected: str) -> None:
    assert address_of(host) == expected


def test_what_an_answer_says_of_its_cost() -> None:
    said = told(441, Taken(48_000), Limits())
    assert orjson.loads(said) == {
        "requested": 441,
        "limit": 20_000,
        "remaining": 48_000,
        "capacity": 200_000,
        "restorePerSecond": 10_000,
    }


@pytest.mark.parametrize(("wait", "seconds"), [(0.0, 1), (0.2, 1), (1.0, 1), (1.01, 2), (49.2, 50)])
def test_who_has_spent_theirs_is_told_how_long_to_wait(wait: float, seconds: int) -> None:
    refused = BudgetSpentError(wait)
    assert refused.retry_after == seconds
    assert refused.message == f"You asked for a lot in a short time; ask again in {seconds} s."
    assert refused.extensions == {"code": "BUDGET_SPENT"}
