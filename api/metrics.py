"""What operators watch: how often what is remembered helped, how busy the connections are, what was answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.view import GraphQLView
    from core.recent import Recent


class Watched(Collector):
    """Reads, when it is asked, the numbers that the endpoint keeps anyway: a request pays for none of it."""

    def __init__(self, view: GraphQLView) -> None:
        """Watch one endpoint."""
        self._view = view

    def collect(self) -> Iterable[Metric]:
        """Every number, now."""
        yield from self._memories()
        yield from self._connections()
        answers = CounterMetricFamily("chapterhouse_answers", "Answers of /graphql by HTTP status.", labels=["status"])
        for status, count in list(self._view.answers.items()):
            answers.add_metric([str(status)], count)
        yield answers

    def _memories(self) -> Iterable[Metric]:
        view = self._view
        kept: Mapping[str, Recent[Any, Any]] = {
            "documents": view.plans.documents,
            "plans": view.plans.statements,
            "tokens": view.authenticator.tokens,
            "members": view.authenticator.members,
        }
        looks = CounterMetricFamily(
            "chapterhouse_cache_lookups", "Look-ups by whether they found something.", labels=["cache", "result"]
        )
        sizes = GaugeMetricFamily("chapterhouse_cache_entries", "What is kept.", labels=["cache"])
        weights = GaugeMetricFamily("chapterhouse_cache_weight", "What it weighs: characters, or 1.", labels=["cache"])
        bounds = GaugeMetricFamily("chapterhouse_cache_bound", "The most that it may weigh.", labels=["cache"])
        for name, recent in kept.items():
            looks.add_metric([name, "hit"], recent.hits)
            looks.add_metric([name, "miss"], recent.misses)
            sizes.add_metric([name], len(recent))
            weights.add_metric([name], recent.weight)
            bounds.add_metric([name], recent.size)
        pool = view.database.pool
        looks.add_metric(["prepared_statements", "hit"], pool.hits)
        looks.add_metric(["prepared_statements", "miss"], pool.misses)
        yield from (looks, sizes, weights, bounds)

    def _connections(self) -> Iterable[Metric]:
        pool = self._view.database.pool
        connections = GaugeMetricFamily("chapterhouse_read_connections", "Connections that read.", labels=["state"])
        connections.add_metric(["idle"], pool.idle)
        connections.add_metric(["lent"], pool.opened - pool.idle)
        yield connections
        yield GaugeMetricFamily("chapterhouse_readers_waiting", "Readers that wait for a connection.", pool.waiting)
        handed = CounterMetricFamily(
            "chapterhouse_actor_lookups", "Connections lent, by whether they carried the actor.", labels=["result"]
        )
        handed.add_metric(["carried"], pool.carried)
        handed.add_metric(["set"], pool.handed_over)
        yield handed


def registry_of(view: GraphQLView) -> CollectorRegistry:
    """What `/metrics` shows of one endpoint."""
    registry = CollectorRegistry()
    registry.register(Watched(view))
    return registry
