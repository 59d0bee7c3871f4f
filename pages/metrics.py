"""Numbers for an operator's monitoring: /metrics in Prometheus's text form, /readyz for a balancer.

Knows counts and times; knows no question. /metrics answers on this machine alone: a proxy must not
pass it on (deploy/nginx.conf does not).
"""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from fastapi import APIRouter, Request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
)
from prometheus_client import generate_latest as rendered
from starlette.responses import JSONResponse, PlainTextResponse, Response

from assistant.records import Answer

_SECONDS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30)


class Metrics:
    """The counters of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)  # memory, CPU time, open files; on Linux alone
        self._answers = Counter(
            "wengui_answers_total", "Answers given", ["outcome", "mode"], registry=self.registry
        )
        self._seconds = Histogram(
            "wengui_answer_seconds", "Time of an answer", buckets=_SECONDS, registry=self.registry
        )
        self._dropped = Counter(
            "wengui_dropped_claims_total", "Sentences left out", registry=self.registry
        )
        self._busy = Counter("wengui_busy_total", "Questions turned away", registry=self.registry)
        self._running = Gauge(
            "wengui_running", "Questions that are being answered", registry=self.registry
        )

    def answered(self, answer: Answer) -> None:
        """Counts one answer."""
        outcome = "refused" if answer.refused else answer.confidence
        mode = "model" if answer.model else "fallback" if answer.fallback else "default"
        self._answers.labels(outcome, mode).inc()
        self._seconds.observe(answer.seconds)
        self._dropped.inc(answer.dropped_claims)

    def follow(self, running: Callable[[], int]) -> None:
        """Where the number of questions that are being answered is found."""
        self._running.set_function(running)

    def turned_away(self) -> None:
        """Counts one question that came too soon."""
        self._busy.inc()


def router(metrics: Metrics, problems: Callable[[], list[str]]) -> APIRouter:
    """GET /metrics and /readyz. `problems()`: why this process should get no visitors now."""
    routes = APIRouter()

    @routes.get("/metrics", include_in_schema=False)
    def shown(request: Request) -> Response:
        if not _is_here(request.client.host if request.client else ""):
            return PlainTextResponse("只能在本机查看。", 403)
        return Response(rendered(metrics.registry), media_type=CONTENT_TYPE_LATEST)

    @routes.get("/readyz", include_in_schema=False)
    def ready() -> Response:
        found = problems()
        return JSONResponse({"ready": not found, "problems": found}, 503 if found else 200)

    return routes


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
