"""What is remembered is bounded, and whoever never asks twice drives out nobody else's."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.recent import Recent


def test_what_is_asked_for_again_outlasts_what_is_asked_for_once() -> None:
    recent: Recent[str, int] = Recent(10)
    for shared in ("a", "b", "c"):
        recent.put(shared, ord(shared))
        assert recent.get(shared) == ord(shared)
    for number in range(1000):
        assert recent.get(f"once {number}") is None
        recent.put(f"once {number}", number)
    assert [recent.get(shared) for shared in ("a", "b", "c")] == [97, 98, 99]
    assert len(recent) == 10
    assert (recent.hits, recent.misses) == (6, 1000)


def test_what_was_not_used_for_longest_makes_room() -> None:
    recent: Recent[int, int] = Recent(5)
    for number in range(6):
        recent.put(number, number)
        recent.get(number)
    assert [recent.get(number) is not None for number in range(6)] == [False, True, True, True, True, True]


def test_what_no_longer_holds_is_forgotten() -> None:
    recent: Recent[str, int] = Recent(5)
    recent.put("once", 1)
    recent.put("again", 2)
    recent.get("again")
    recent.forget("once")
    recent.forget("again")
    recent.forget("never")
    assert len(recent) == 0
    assert recent.get("again") is None


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 12)), max_size=200), st.integers(1, 30))
def test_it_never_holds_more_and_never_makes_anything_up(steps: list[tuple[bool, int]], size: int) -> None:
    recent: Recent[int, int] = Recent(size)
    last: dict[int, int] = {}
    for at, (puts, key) in enumerate(steps):
        if puts:
            recent.put(key, at, weight=1 + key % 3)
            last[key] = at
            assert recent.get(key) in {None, at}
            assert (key in recent) == (1 + key % 3 <= max(1, size // 5))
        else:
            assert recent.get(key) in {None, last.get(key)}
        kept = [known for known in last if known in recent]
        assert len(recent) == len(kept)
        assert recent.weight == sum(1 + known % 3 for known in kept) <= size


def test_what_is_heavy_leaves_less_room() -> None:
    recent: Recent[str, int] = Recent(100)
    for number in range(10):
        recent.put(f"light {number}", number)
        recent.get(f"light {number}")
    for number in range(10):
        recent.put(f"heavy {number}", number, weight=20)
    recent.put("too heavy", 1, weight=21)
    assert (len(recent), recent.weight) == (14, 90)
    assert "too heavy" not in recent
    assert all(f"light {number}" in recent for number in range(10))
