"""Questions offered are questions answered, from the place they are offered for."""

from __future__ import annotations

from dataclasses import replace

from assistant.records import Answer
from pages.bank import NEXT, OFFERED, Bank
from pages.units import units
from tests.pages.fakes import FakeAssistant


def counting() -> tuple[Bank, list[str], FakeAssistant]:
    assistant, asked = FakeAssistant(), list[str]()

    def ask(question: str) -> Answer:
        asked.append(question)
        return assistant.ask(question)

    return Bank(assistant.library, ask), asked, assistant


def test_a_section_offers_what_its_own_text_answers() -> None:
    bank, _, assistant = counting()
    care, table = units(assistant.library.sections("plan"))
    assert "到2025年，养老机构护理型床位占比要达到多少？" in bank.of_unit(care)
    assert "2025年每千人口拥有婴幼儿托位数的目标是多少？" in bank.of_unit(table)
    assert all(len(bank.of_unit(unit)) <= OFFERED for unit in (care, table))


def test_each_question_is_put_to_the_assistant_once() -> None:
    bank, asked, assistant = counting()
    unit = units(assistant.library.sections("plan"))[0]
    bank.of_unit(unit)
    bank.of_unit(unit)
    assert asked
    assert len(asked) == len(set(asked))


def test_what_is_refused_or_only_near_is_not_offered() -> None:
    assistant = FakeAssistant()
    unit = units(assistant.library.sections("plan"))[0]
    refusing = Bank(assistant.library, lambda q: replace(assistant.ask(q), refused=True))
    doubting = Bank(assistant.library, lambda q: replace(assistant.ask(q), confidence="low"))
    assert refusing.of_unit(unit) == doubting.of_unit(unit) == ()


def test_what_another_section_answers_is_not_offered() -> None:
    assistant = FakeAssistant()
    elsewhere = assistant.ask("2025年每千人口拥有婴幼儿托位数的目标是多少？")
    bank = Bank(assistant.library, lambda _: elsewhere)
    care, table = units(assistant.library.sections("plan"))
    assert bank.of_unit(care) == ()
    assert bank.of_unit(table)


def test_the_next_questions_are_new_and_from_here_and_beside() -> None:
    bank, _, _ = counting()
    first = bank.following(["plan-0"], [])
    assert 0 < len(first) <= NEXT
    again = bank.following(["plan-0"], first[:1])
    assert first[0] not in again
    assert any("托位" in q or "研发" in q for q in first)  # of the table beside it


def test_passages_of_before_a_rebuild_are_passed_over() -> None:
    bank, _, _ = counting()
    assert bank.following(["gone"], []) == ()
