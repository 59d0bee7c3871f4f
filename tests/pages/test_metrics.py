"""What monitoring sees, and from where."""

from __future__ import annotations

from dataclasses import replace

from fastapi import FastAPI
from fastapi.testclient import TestClient

from pages.metrics import Metrics, router
from tests.pages.test_logbook import ANSWER


def served(metrics: Metrics, problems: list[str], host: str = "127.0.0.1") -> TestClient:
    app = FastAPI()
    app.include_router(router(metrics, lambda: problems))
    return TestClient(app, client=(host, 50_000))


def test_answers_are_counted_by_how_they_ended() -> None:
    metrics = Metrics()
    metrics.answered(ANSWER)
    metrics.answered(replace(ANSWER, refused=True))
    metrics.answered(replace(ANSWER, model="m", dropped_claims=2))
    metrics.turned_away()
    text = served(metrics, []).get("/metrics").text
    assert 'wengui_answers_total{mode="default",outcome="high"} 1.0' in text
    assert 'wengui_answers_total{mode="default",outcome="refused"} 1.0' in text
    assert 'wengui_answers_total{mode="model",outcome="high"} 1.0' in text
    assert "wengui_dropped_claims_total 2.0" in text
    assert "wengui_busy_total 1.0" in text
    assert 'wengui_answer_seconds_bucket{le="0.02"} 3.0' in text
    assert "公园" not in text


def test_the_numbers_stay_on_this_machine() -> None:
    assert served(Metrics(), [], "10.0.0.9").get("/metrics").status_code == 403
    assert served(Metrics(), [], "::1").get("/metrics").status_code == 200


def test_readiness_names_what_is_wrong() -> None:
    assert served(Metrics(), []).get("/readyz").json() == {"ready": True, "problems": []}
    wrong = served(Metrics(), ["审计记录没有写入"]).get("/readyz")
    assert (wrong.status_code, wrong.json()["problems"]) == (503, ["审计记录没有写入"])
