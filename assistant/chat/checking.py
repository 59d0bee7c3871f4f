"""One sentence of the model's: passed, put right once, or dropped and counted.

Knows the check and the repair prompt; the stream goes on beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.chat.client import Client
from assistant.chat.failures import ModelFailed
from assistant.chat.material import Material
from assistant.chat.prompts import prompt
from assistant.chat.released import Released
from assistant.chat.spending import Spending
from assistant.claims import Checked, Held, Problem, hint, pointed
from assistant.figures import squeeze

# Repairs of one answer; one that needs more is not worth its time.
_REPAIRS = 4
# Passages shown for a repair: those cited, filled up with the best.
_PASSAGES = 4
# So many characters in common with the rules the model was given are no accident.
_LEAK = 8
# What is not even sent back for repair.
_WITHHELD = Checked("", (), (Problem("unsupported", ""),))
_NOTHING = re.compile(r"^[“\"]?无[”\"]?[。.]?$")


@dataclass
class Checking:
    """Checks the sentences of one answer against its material."""

    client: Client
    spending: Spending
    material: Material
    released: Released
    repairs: int = _REPAIRS
    _rules: str = field(
        default_factory=lambda: squeeze(prompt("answer").system + prompt("repair").system)
    )

    def passed(self, sentence: str) -> str:
        """The piece to show; '' where the sentence was dropped."""
        checked = self._checked(sentence)
        if not checked.ok:
            checked = self._repaired(checked) or checked
        if not checked.ok:
            self.released.dropped += 1
            return ""
        return self.released.add(checked)

    def _checked(self, sentence: str) -> Checked:
        """The check; a sentence the default mode says itself stands as that mode has it."""
        checked = pointed(sentence, self.material.sources, self.material.question)
        if self._leaks(squeeze(checked.text)):
            return _WITHHELD
        return self.released.own(checked.text) or checked

    def _leaks(self, said: str) -> bool:
        """Whether a sentence gives away the key, a seal or a stretch of the rules."""
        key = self.client.settings.api_key.reveal()
        if (key and key in said) or self.material.seal in said:
            return True
        stretches = (said[i : i + _LEAK] for i in range(len(said) - _LEAK + 1))
        return any(stretch in self._rules for stretch in stretches)

    def _repaired(self, checked: Checked) -> Checked | None:
        """The sentence as the model puts it right, where that passes; None where it does not."""
        if self.repairs <= 0 or not checked.text:
            return None
        self.repairs -= 1
        material = self.material
        asked = prompt("repair").messages(
            example=f"[{next(iter(material.tokens))}]",
            seal=material.seal,
            material=material.only(checked.markers, _PASSAGES),
            question=material.sealed(material.question),
            sentence=material.in_tokens(checked.text),
            hints="\n".join(f"- {material.sealed(hint(p))}" for p in checked.problems),
        )
        try:
            reply = self.client.complete(asked, self.spending, self.spending.left())
        except ModelFailed:
            self.repairs = 0
            return None
        held = Held(material.tokens)
        found = [*held.feed(reply), *held.close()]
        if len(found) != 1 or _NOTHING.match(found[0]):
            return None
        again = self._checked(found[0])
        return again if again.ok else None
