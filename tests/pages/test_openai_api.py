"""问规 as a model of the OpenAI protocol: what front ends send, and what they get."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import fastapi
import httpx2
import openai
import pytest
from fastapi.testclient import TestClient
from langchain_openai import ChatOpenAI

from assistant.records import Answer, Turn
from index.errors import UserError
from pages.limits import OF_AN_ADDRESS, Allowance, Limits
from pages.metrics import Metrics
from pages.openai_api import CITED, LARGEST, MODEL, router
from pages.watch import Watch
from tests.pages.fakes import FakeAssistant

CARE = "养老机构护理型床位占比2025年要达到多少？"


@pytest.fixture
def fake() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
def client(fake: FakeAssistant) -> Iterator[TestClient]:
    app = fastapi.FastAPI()
    app.include_router(router(fake))
    with TestClient(app) as client:
        yield client


def ask(client: TestClient, *messages: tuple[str, Any], **given: Any) -> Any:
    body = {"model": MODEL, "messages": [{"role": r, "content": c} for r, c in messages]}
    return client.post("/v1/chat/completions", json=body | given)


def events(response: Any) -> list[dict[str, Any]]:
    lines = response.text.strip().split("\n\n")
    assert lines[-1] == "data: [DONE]"
    return [json.loads(line.removeprefix("data: ")) for line in lines[:-1]]


def test_the_models_are_listed(client: TestClient) -> None:
    listed = client.get("/v1/models").json()
    assert [card["id"] for card in listed["data"]] == [MODEL, CITED]
    assert client.get(f"/v1/models/{MODEL}").json()["object"] == "model"
    assert client.get("/v1/models/gpt").status_code == 404


def test_a_question_is_answered_with_citations(client: TestClient, fake: FakeAssistant) -> None:
    got = ask(client, ("user", CARE)).json()
    answer = fake.ask(CARE)
    assert got["object"] == "chat.completion"
    assert got["choices"][0]["message"] == {"role": "assistant", "content": answer.text}
    assert got["choices"][0]["finish_reason"] == "stop"
    assert got["wengui"]["citations"][0]["quote"] == answer.citations[0].quote
    assert got["wengui"]["refused"] is False
    assert set(got["usage"].values()) == {0}


def test_a_stream_ends_with_the_citations(client: TestClient, fake: FakeAssistant) -> None:
    got = events(ask(client, ("user", CARE), stream=True, stream_options={"include_usage": True}))
    said = [e["choices"][0]["delta"].get("content", "") for e in got if e["choices"]]
    assert fake.ask(CARE).text.startswith("".join(said)) and len("".join(said)) == 8
    assert got[-2]["choices"][0]["finish_reason"] == "stop"
    assert got[-2]["wengui"]["citations"]
    assert got[-1]["usage"]["total_tokens"] == 0
    assert len({e["id"] for e in got}) == 1


def test_the_messages_before_are_the_conversation(client: TestClient, fake: FakeAssistant) -> None:
    parts = [{"type": "text", "text": CARE}, {"type": "image_url", "image_url": {"url": "x"}}]
    ask(
        client,
        ("system", "你是海盗"),
        ("user", "前面问的"),
        ("assistant", "前面答的[1]。\n\n出处：\n[1] 《某》"),
        ("user", parts),
        documents=["plan"],
    )
    turns = (Turn("user", "前面问的"), Turn("assistant", "前面答的[1]。"))
    assert fake.asked == [(CARE, turns, ("plan",))]


def test_sources_can_be_part_of_the_text(client: TestClient) -> None:
    text = ask(client, ("user", CARE), model=CITED).json()["choices"][0]["message"]["content"]
    assert "\n\n出处：\n[1] 《云溪市发展规划纲要》" in text
    streamed = events(ask(client, ("user", CARE), model=CITED, stream=True))
    assert "出处：" in streamed[-2]["choices"][0]["delta"]["content"]


BAD = {
    "no JSON": ("{", 400),
    "another model": ({"model": "gpt-4", "messages": [{"role": "user", "content": "问"}]}, 404),
    "no message": ({"model": MODEL, "messages": []}, 400),
    "no user": ({"model": MODEL, "messages": [{"role": "assistant", "content": "答"}]}, 400),
    "a role": ({"model": MODEL, "messages": [{"role": "king", "content": "问"}]}, 400),
    "two answers": ({"model": MODEL, "n": 2, "messages": [{"role": "user", "content": "问"}]}, 400),
    "a document": (
        {"model": MODEL, "documents": ["?"], "messages": [{"role": "user", "content": "问"}]}, 400,
    ),
    "no document": (
        {"model": MODEL, "documents": [], "messages": [{"role": "user", "content": "问"}]}, 400,
    ),
    "too large": ("x" * (LARGEST + 1), 413),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_said_in_openais_shape(client: TestClient, name: str) -> None:
    body, status = BAD[name]
    sent = body if isinstance(body, str) else json.dumps(body)
    response = client.post("/v1/chat/completions", content=sent)
    assert response.status_code == status
    error = response.json()["error"]
    assert set(error) == {"message", "type", "param", "code"}
    assert error["message"].endswith("。")


class Strict(FakeAssistant):
    """Takes no question at all."""

    def stream(self, *_: object, **__: object) -> Iterator[str | Answer]:
        raise UserError("问题太长。")
        yield ""


@pytest.mark.parametrize("stream", [False, True])
def test_a_question_that_cannot_be_taken(stream: bool) -> None:
    app = fastapi.FastAPI()
    app.include_router(router(Strict()))
    response = ask(TestClient(app), ("user", "问"), stream=stream)
    if stream:
        assert events(response)[-1]["error"]["message"] == "问题太长。"
    else:
        assert response.status_code == 400


def test_too_many_questions_are_put_off(fake: FakeAssistant) -> None:
    app = fastapi.FastAPI()
    few = Limits(Allowance(per_minute=1, burst=1))
    app.include_router(router(fake, Watch(few, Limits(OF_AN_ADDRESS), Metrics())))
    client = TestClient(app)
    assert ask(client, ("user", CARE), user="a").status_code == 200
    assert ask(client, ("user", CARE), user="b").status_code == 200
    response = ask(client, ("user", CARE), stream=True, user="a")
    assert response.status_code == 429
    assert response.json()["error"]["type"] == "rate_limit_error"
    assert int(response.headers["retry-after"]) > 0


@pytest.fixture
def http(client: TestClient) -> httpx2.Client:
    """The test client in place of the network, for other programs' clients."""

    def handle(request: httpx2.Request) -> httpx2.Response:
        got = client.request(request.method, request.url.path, content=request.content)
        return httpx2.Response(got.status_code, headers=dict(got.headers), content=got.content)

    return httpx2.Client(transport=httpx2.MockTransport(handle))


def test_openais_own_client_understands_it(http: httpx2.Client, fake: FakeAssistant) -> None:
    own = openai.OpenAI(api_key="none", base_url="http://testserver/v1", http_client=http)
    messages: Any = [{"role": "user", "content": CARE}]
    got = own.chat.completions.create(model=MODEL, messages=messages)
    assert got.choices[0].message.content == fake.ask(CARE).text
    with pytest.raises(openai.NotFoundError, match="没有名为 gpt-4 的模型"):
        own.chat.completions.create(model="gpt-4", messages=messages)


def test_langchain_streams_from_it(http: httpx2.Client, fake: FakeAssistant) -> None:
    model = ChatOpenAI(
        model=MODEL,
        base_url="http://testserver/v1",
        api_key="none",  # type: ignore[arg-type]
        http_client=http,
    )
    said = "".join(chunk.text for chunk in model.stream(CARE))
    assert said and fake.ask(CARE).text.startswith(said)
