"""The question model, tiny and random: what training sees is what is shipped and served."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from index.embeddings import StaticEmbeddings  # noqa: E402
from index.questions import QuestionModel as Served  # noqa: E402
from training.export_questions import export, remember  # noqa: E402
from training.pretrain import batch, pretrain, rate_at, started  # noqa: E402
from training.question_model import QuestionModel  # noqa: E402
from training.questions import Asked  # noqa: E402
from training.ranked import TEXTS, WRAPPINGS, Ranked  # noqa: E402
from training.read_questions import Trainer, grouped  # noqa: E402
from training.transformer import SPECIALS, Transformer, packed, unpacked  # noqa: E402

WIDTH = 64


@pytest.fixture(scope="module")
def tiny(model: StaticEmbeddings) -> QuestionModel:
    torch.manual_seed(0)
    made = QuestionModel(Transformer(len(model.rows()) + SPECIALS, WIDTH, 1), 256)
    with torch.no_grad():
        for head in (made.whole, made.word, made.weight):
            head.weight.normal_(std=0.05)
        for own in made.parameters():
            if own.ndim == 1:
                own.add_(torch.randn(own.shape) * 0.01)  # equal ones are exported as one
    return made.eval()


def test_packed_weights_come_back_nearly_the_same(tiny: QuestionModel) -> None:
    before, after = tiny.state_dict(), unpacked(packed(tiny.state_dict()))
    assert before.keys() == after.keys()
    for name in before:
        assert torch.allclose(before[name], after[name], atol=2e-3)


def test_what_is_served_is_what_was_trained(
    model: StaticEmbeddings, tiny: QuestionModel, tmp_path: Path
) -> None:
    torch.save(packed(tiny.state_dict()), tmp_path / "kept.pt")
    export(tmp_path / "kept.pt", tmp_path / "folder")
    served = Served(model, tmp_path / "folder")
    static = torch.from_numpy(model.rows())
    for text in ("堵车", "养老院收不收失能老人？", "2025年地铁里程要达到多少公里"):
        read = served.read(text)
        ids = torch.tensor([[i for i in model.ids([text])[0] if i]])
        with torch.no_grad():
            vector, words, weights = (t[0].numpy() for t in tiny(ids, static))
        assert vector @ read.vector > 0.99
        assert (words * read.words).sum(axis=1).min() > 0.99
        assert np.abs(weights - read.weights).max() < 0.02


def test_what_is_remembered_is_what_was_answered(
    model: StaticEmbeddings, tiny: QuestionModel, tmp_path: Path
) -> None:
    torch.save(packed(tiny.state_dict()), tmp_path / "kept.pt")
    export(tmp_path / "kept.pt", tmp_path / "folder")
    assert not Served(model, tmp_path / "folder").read("堵车怎么办").remembered.any()
    answer = "实施道路微循环改造，缓解交通拥堵。"
    asked = [
        Asked("堵车怎么办", "everyday", "roads", "id", answer, answer, 0),
        Asked("娃上学难", "everyday", "education", "id", "扩大学位供给。", "扩大学位供给。", 0),
    ]
    remember(asked, tmp_path / "folder")
    remembered = Served(model, tmp_path / "folder").read("堵车怎么办").remembered
    assert remembered @ model.matrix([answer])[0] > 0.9


def test_an_exported_model_can_be_gone_on_from(
    model: StaticEmbeddings, tiny: QuestionModel, tmp_path: Path
) -> None:
    torch.save(packed(tiny.state_dict()), tmp_path / "kept.pt")
    export(tmp_path / "kept.pt", tmp_path / "folder")
    again = QuestionModel.exported(tmp_path / "folder").eval()
    static = torch.from_numpy(model.rows())
    ids = torch.tensor([[i for i in model.ids(["养老院收不收失能老人？"])[0] if i]])
    with torch.no_grad():
        for before, after in zip(tiny(ids, static), again(ids, static), strict=True):
            assert torch.allclose(before, after, atol=0.02)


def test_the_start_is_never_hidden_and_the_right_words_are_kept() -> None:
    made = started(np.random.default_rng(0).standard_normal((50, WIDTH)).astype(np.float32), 1)
    text = torch.arange(1, 2_000) % 49 + 1
    hidden, places, right = batch(text, made, 16, 160)
    assert hidden.shape == (10, 16)
    assert (hidden[:, 0] == made.start).all()
    assert (places % 16 > 0).all()
    assert ((right > 0) & (right < 50)).all()
    assert (hidden.flatten()[places] != right).float().mean() > 0.5


def test_pretraining_learns(capsys: pytest.CaptureFixture[str]) -> None:
    torch.manual_seed(0)
    made = started(np.random.default_rng(0).standard_normal((12, WIDTH)).astype(np.float32), 1)
    pretrain(made, torch.arange(600) % 10 + 1, 1, tokens=512)
    first = float(capsys.readouterr().out.split("loss")[1])
    pretrain(made, torch.arange(600) % 10 + 1, 30, tokens=512)
    last = float(capsys.readouterr().out.split("loss")[-1])
    assert last < first
    assert rate_at(0) == 0
    assert rate_at(0.05) == pytest.approx(1)


def test_learning_to_read_puts_the_right_text_first(model: StaticEmbeddings) -> None:
    from tokenizers import Tokenizer

    from index.embeddings import SHIPPED

    torch.manual_seed(0)
    tokenizer = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
    topics = ["养老", "公交", "河道", "学校", "医院", "公园", "就业", "住房"]
    ranked = [
        Ranked(f"{topic}怎么样", tuple(("", f"建设{t}项目") for t in topics[n:] + topics[:n]))
        for n, topic in enumerate(topics[1:] + topics[:1])
    ]
    group = grouped(ranked, tokenizer, torch.device("cpu"))
    assert group.texts.shape[:2] == (8, TEXTS)
    made = QuestionModel(Transformer(len(model.rows()) + SPECIALS, WIDTH, 1), 256)
    trainer = Trainer(made, torch.from_numpy(model.rows()))
    before = trainer.loss(group).item()
    names = ("report", "rc", "stard", "everyday", "ict")
    trainer.run(dict.fromkeys(names, group), 25, np.random.default_rng(0))
    assert trainer.loss(group).item() < before


def test_each_wrapping_takes_one_expression() -> None:
    assert all(wrapping.count("{}") == 1 for wrapping in WRAPPINGS)
