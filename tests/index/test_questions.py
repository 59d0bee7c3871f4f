from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from index.embeddings import StaticEmbeddings
from index.errors import SettingError
from index.questions import (
    LAYERS,
    LONGEST,
    MADE_FOR,
    REMEMBERED,
    ROWS,
    SHIPPED,
    Memory,
    QuestionModel,
)

MOST_BYTES = 40_000_000


@pytest.fixture(scope="module")
def questions(model: StaticEmbeddings) -> QuestionModel:
    return QuestionModel(model)


def test_the_shipped_folder_is_small() -> None:
    assert sum(file.stat().st_size for file in SHIPPED.iterdir()) <= MOST_BYTES


def test_a_question_gives_a_vector_and_weighted_words(questions: QuestionModel) -> None:
    read = questions.read("老人看病难怎么办？")
    assert np.linalg.norm(read.vector) == pytest.approx(1, abs=1e-5)
    assert np.linalg.norm(read.words, axis=1) == pytest.approx(1, abs=1e-5)
    assert len(read.words) == len(read.weights) > 2
    assert read.weights.sum() == pytest.approx(1, abs=1e-5)
    assert (read.weights >= 0).all()


def test_a_word_is_read_in_its_context(questions: QuestionModel) -> None:
    one, other = questions.read("学位够不够"), questions.read("学位要读几年")
    assert not np.allclose(one.words[0], other.words[0], atol=1e-3)


def test_the_vector_stays_near_the_static_one(
    model: StaticEmbeddings, questions: QuestionModel
) -> None:
    text = "全市养老机构护理型床位占比是多少"
    assert questions.read(text).vector @ model.matrix([text])[0] > 0.5


@pytest.mark.parametrize("text", ["", "？！。"])
def test_a_question_without_words_is_zero(questions: QuestionModel, text: str) -> None:
    read = questions.read(text)
    assert not read.vector.any()
    assert read.words.shape == (0, len(read.vector))
    assert read.weights.shape == (0,)


def test_what_follows_the_longest_question_is_not_read(questions: QuestionModel) -> None:
    assert len(questions.read("养老服务学位" * LONGEST).weights) == LONGEST


def test_the_same_question_is_read_the_same(questions: QuestionModel) -> None:
    one, other = questions.read("堵车怎么办"), questions.read("堵车怎么办")
    assert np.array_equal(one.words, other.words)
    assert np.array_equal(one.vector, other.vector)


@pytest.mark.parametrize("torn", [LAYERS, ROWS])
def test_a_torn_folder_says_so(model: StaticEmbeddings, torn: str, tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "copy")
    (tmp_path / "copy" / torn).write_bytes(b"{")
    with pytest.raises(SettingError, match="不完整"):
        QuestionModel(model, tmp_path / "copy")


def test_other_vectors_are_refused(model: StaticEmbeddings, tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "copy")
    (tmp_path / "copy" / MADE_FOR).write_text("0123456789abcdef\n")
    with pytest.raises(SettingError, match="不配套"):
        QuestionModel(model, tmp_path / "copy")


def _memory(tmp_path: Path, questions: list[list[float]], answers: list[list[float]]) -> Memory:
    rows = {"question": np.array(questions, np.float32), "answer": np.array(answers, np.float32)}
    tensors = {}
    for name, values in rows.items():
        tensors[f"{name}s"] = np.round(values * 127).astype(np.int8)
        tensors[f"{name}_scale"] = np.full((len(values), 1), 1 / 127, np.float32)
    save_file(tensors, tmp_path / REMEMBERED)
    return Memory(tmp_path / REMEMBERED)


def test_what_answered_the_nearest_question_is_remembered(tmp_path: Path) -> None:
    half = float(np.sqrt(0.5))
    memory = _memory(tmp_path, [[half, 0, half, 0], [0, half, 0, half]], [[0, 1], [1, 0]])
    found, near = memory.of(np.array([1, 0], np.float32), np.array([1, 0], np.float32))
    assert found == pytest.approx([0, 1], abs=1e-3)
    assert near == pytest.approx(1, abs=1e-2)


def test_answers_that_differ_count_less(tmp_path: Path) -> None:
    same = [[0.5, 0.5, 0.5, 0.5]] * 2
    memory = _memory(tmp_path, same, [[0, 1], [1, 0]])
    found, _ = memory.of(np.array([1, 0], np.float32), np.array([1, 0], np.float32))
    assert found == pytest.approx([0.5, 0.5], abs=1e-3)


def test_nothing_is_remembered_of_nothing(tmp_path: Path) -> None:
    empty = np.zeros((0, 4), np.float32).tolist()
    memory = _memory(tmp_path, np.zeros((0, 4)).tolist(), empty)
    found, near = memory.of(np.ones(2, np.float32), np.ones(2, np.float32))
    assert not found.any() and near == 0


def test_everyday_words_bring_official_ones_to_mind(
    model: StaticEmbeddings, questions: QuestionModel
) -> None:
    remembered = questions.read("当官的捞钱有没有人查").remembered
    near, far = model.matrix(["深入推进党风廉政建设和反腐败斗争", "加快发展现代物流业"])
    assert near @ remembered > far @ remembered + 0.1


def test_what_plans_speak_of_is_more_familiar(questions: QuestionModel) -> None:
    asked = ("老旧小区加装电梯有没有补助", "推荐几部悬疑小说", "用Python写个冒泡排序")
    known, *others = (questions.read(text).familiar for text in asked)
    assert known > max(others) + 0.1
