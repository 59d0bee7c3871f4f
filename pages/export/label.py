"""The implicit label of generated content, which every exported file carries in its metadata.

《人工智能生成合成内容标识办法》(in force since 2025-09-01) asks for an explicit label in the text
(pages.citing.label) and for metadata; the field's name and keys are those of GB 45438-2025.
"""

from __future__ import annotations

import hashlib
import json

FIELD = "AIGC"
_GENERATED = "1"  # 1: is generated, 2: may be, 3: is suspected to be


def implicit(producer: str, content: str) -> str:
    """The value of the AIGC field: who made it, and a number of its own for this content."""
    number = hashlib.sha256(content.encode()).hexdigest()[:32]
    return json.dumps(
        {
            "Label": _GENERATED,
            "ContentProducer": producer,
            "ProduceID": number,
            "ReservedCode1": "",
            "ContentPropagator": "",
            "PropagateID": "",
            "ReservedCode2": "",
        },
        ensure_ascii=False,
    )
