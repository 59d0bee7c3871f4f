"""Questions about a document's structure, answered from its headings: 第十四章讲什么, 哪一章写养老,
规划一共几章, 有哪些文件, 这份规划管哪几年, 有几张表, 附图有哪些.

Knows sections and headings; knows nothing of how passages are scored.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.figures import chinese_number, fold
from assistant.followups import names_itself
from assistant.question import Question
from assistant.scope import DocumentScope
from assistant.statements import Statement
from index.records import Passage, Section

_NUMBERED = re.compile(r"^第([零〇一二两三四五六七八九十百\d]+)([编篇章节条])")
UNITS = "编篇章节条"
COUNT = re.compile(r"(?:几|多少)个?([编篇章节条])|(?:哪几|哪些)([编篇章节条])$")
# The parts of a document whatever they are called: 分几个部分, 结构是什么, 目录.
_PARTS = re.compile(
    r"(?:几|多少|哪几|哪些)篇(?:文章|建言|稿件?|稿子|短文|报道|内容)?|(?:几|多少|哪几|哪些)个?大?(?:部分|板块|块内容|方面内容|块)(?!钱)|结构|框架|目录|大纲|提纲|章节(?:安排|设置|有哪些)"
)
# 第三部分, 第二个部分: a part by its order.
_PART = re.compile(r"(?:第([一二三四五六七八九十\d]+)|最后一?)个?大?(?:部分|板块|块)")
ABOUT_DOCUMENT = re.compile(
    r"规划|纲要|文件|“?十.五”?|整个|这[份个部]|全文|一共|总共|共|分为?|有|包[括含]|请问|[的了是都里中，,]"
)
CONTENT = re.compile(
    r"讲|说|写|谈|规定|要求|内容|叫|标题|题目|名称|关于|主题|哪几|哪些|有几|包括|包含|分|是什么|介绍|概括"
)
_WHICH_DOCS = re.compile(
    r"(?:文件|文档|材料|资料)(?:都|一共|总共)?(?:有|包括)(?:哪些|几[份个篇]|什么)(?!.{6,})|(?:查|问|看|用)(?:到|的)?(?:哪些|哪几[份个]?|几[份个])(?:文件|文档|资料|材料)|(?<![要需交供带凭备用])(?:哪些|几[份个篇]|多少[份个篇]|什么)(?:文件|文档|资料|材料|规划|文章)(?!.{6,})|(?:收录|收了|知识库|资料库)"
)
_HELD = re.compile(
    "系统|网站|平台|程序|工具|机器人|助手|文件库|数据库|总共|目前|这里|里面|回答|收录|加载|上传|导入|入库|知识"
)
# Which document somebody made or goes by is told in the text: 专门制订了什么文件.
_MADE = re.compile(
    r"(?:制[定订]|出台|印发|发布|颁布|公布|下发|编制|签[订署]|通过|执行|依据|根据|按照?|参照|遵循)(?:过|了|的是)?(?:一?[个份部]|哪|什么|几|多少)"
)
_PERIOD = re.compile(
    r"(?:规划|纲要|文件)?.{0,6}(?:规划期(?![末内间])|管(?:到)?(?:哪|几)|(?:哪|几)几?年到(?:哪|几)|期限|覆盖.{0,4}年|时间范围|哪五年|有效期)"
)
_TABLES = re.compile(r"(?:几|哪些|哪几|多少)个?张?(?:表格?|图表)|表格?有(?:几|哪些)")
_BOXES = re.compile(r"(?:几|哪些|哪几|多少)个?专栏|专栏有(?:几|哪些|多少)")
_FIGURES = re.compile(r"附图|(?:几|哪些|哪几|多少)个?[张幅]图|图在哪")


# The marks that a table's note explains, as people call them and as they are printed.
_MARKS = (
    (re.compile(r"[方中]括号|[\[［【]\s*[\]］】]"), "[［"),
    (re.compile(r"星号|[*＊]"), "*＊"),
)
_MEANS = re.compile(r"什么意思|啥意思|代表|表示|含义|意味|指的?是?(?:什么|啥|哪)|是什么|说明")


@dataclass(frozen=True, slots=True)
class Node:
    """A heading with its sections: `path` as printed, `sections` its own and those below."""

    path: tuple[str, ...]
    sections: tuple[Section, ...]


def heading_number(heading: str) -> tuple[int, str] | None:
    """(14, "章") for 第十四章 …; None for a heading numbered otherwise."""
    found = _NUMBERED.match(re.sub(r"\s+", "", heading))
    if not found:
        return None
    number = chinese_number(found[1]) if not found[1].isdigit() else int(found[1])
    return (number, found[2]) if number is not None else None


_OWN_NUMBER = re.compile(r"^(?:第?([一二三四五六七八九十]+)(?:[、章篇编部 ]|$)|(\d+)(?![\d年月]))")


def own_number(heading: str) -> int | None:
    """3 for 三、…, 第三章 …, 3 …; None for a heading without a number of its own."""
    found = _OWN_NUMBER.match(heading.strip())
    if not found:
        return None
    return chinese_number(found[1]) if found[1] else int(found[2])


# What is set before or after a text and divides nothing.
_ASIDE = re.compile(r"[【\[]?\s*(?:摘\s*要|内容提要|关键词|参考文献|致\s*谢|作者|附[图表件录])")


class Structure:
    """The headings of one document, in order."""

    def __init__(self, scope: DocumentScope, sections: Sequence[Section]) -> None:
        self.scope = scope
        self.sections = tuple(sections)
        paths: dict[tuple[str, ...], None] = {}
        for section in sections:
            for depth in range(1, len(section.heading_path) + 1):
                paths.setdefault(section.heading_path[:depth], None)
        self.paths = tuple(paths)

    def find(self, headings: Sequence[tuple[str, str]]) -> tuple[str, ...] | None:
        """The path of 第三章第五节, asked as (("三", "章"), ("五", "节")); None where there is none."""
        wanted = [(chinese_number(n) if not n.isdigit() else int(n), unit) for n, unit in headings]
        wanted.sort(key=lambda w: UNITS.index(w[1]))
        for path in self.paths:
            numbers = [heading_number(h) for h in path]
            if numbers and numbers[-1] == wanted[-1] and all(w in numbers for w in wanted):
                return path
        return None

    def parts(self) -> tuple[tuple[str, ...], ...]:
        """The headings that divide the document at its highest level.

        Its own title is no part, nor is a notice before it, an abstract or a list of references.
        """
        level: list[tuple[str, ...]] = [p for p in self.paths if len(p) == 1]
        while True:
            titled = [p for p in level if self.is_title(p[-1])]
            top = titled or (level if len(level) == 1 else [])
            below = [child for p in top for child in self.children(p)]
            if not below:
                return tuple(
                    p for p in level if not _ASIDE.match(p[-1]) and not self.is_title(p[-1])
                )
            level = below

    def is_title(self, heading: str) -> bool:
        """Whether a heading is the document's own title."""
        return fold(heading) == fold(self.scope.doc.title)

    def part(self, number: int) -> tuple[str, ...] | None:
        """The third part: the one numbered so, else the third in order; -1 is the last."""
        parts = self.parts()
        if number < 0:
            return parts[-1] if parts else None
        numbered = next((p for p in parts if own_number(p[-1]) == number), None)
        return numbered or (parts[number - 1] if 0 < number <= len(parts) else None)

    def dotted(self, number: str) -> tuple[str, ...] | None:
        """The path of the heading that begins with a dotted number; None where there is none."""
        begins = re.compile(rf"{re.escape(number)}(?![\d.])")
        return next((p for p in self.paths if begins.match(p[-1])), None)

    def boxes(self) -> tuple[Section, ...]:
        """Boxes, and tables that are called so (专栏1)."""
        return tuple(
            s
            for s in self.sections
            if s.heading_path and (s.kind == "box" or s.heading_path[-1].startswith("专栏"))
        )

    def children(self, path: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        """The headings directly under one, tables and boxes included."""
        return tuple(p for p in self.paths if len(p) == len(path) + 1 and p[: len(path)] == path)

    def count(self, unit: str) -> tuple[tuple[str, ...], ...]:
        """Paths of all headings numbered in a unit (章)."""
        return tuple(p for p in self.paths if (n := heading_number(p[-1])) and n[1] == unit)

    def under(self, path: tuple[str, ...]) -> tuple[Section, ...]:
        """Sections at and below a heading."""
        return tuple(s for s in self.sections if s.heading_path[: len(path)] == path)


def heading_statement(path: tuple[str, ...], passage: Passage, item: bool = True) -> Statement:
    """A heading said, cited by the opening sentence of the first passage under it.

    A heading that is a number alone (第十七条) is said with how its text begins.
    """
    said, begins = path[-1], opening(passage)
    if item and _NUMBER_ALONE.fullmatch(said.replace(" ", "")):
        first = re.split("[，。；：]", begins.strip())[0][:_BEGINNING]
        said = f"{said}（{first}……）"
    return Statement(said, begins, passage, item)


_NUMBER_ALONE = re.compile(r"第[零〇一二两三四五六七八九十百千\d]+[编篇章节条]")
_BEGINNING = 24  # characters of a text that tell what it is about


def opening(passage: Passage) -> str:
    """A passage's first sentence."""
    end = passage.text.find("。") + 1
    return passage.text[:end].strip() if end else passage.text.strip()


def asks_documents(question: Question) -> bool:
    """有哪些文件, 收录了什么."""
    if not _WHICH_DOCS.search(question.text) or _MADE.search(question.text) or question.headings:
        return False
    # 办理落户要交哪些材料, 出让文件里得有哪些材料 are of the thing they name.
    rest = ABOUT_DOCUMENT.sub("", _WHICH_DOCS.sub("", question.text))
    return not names_itself(_HELD.sub("", rest))


def asks_period(question: Question) -> bool:
    """这份规划管哪几年."""
    return bool(_PERIOD.search(question.text))


def _without_places(question: Question, text: str) -> str:
    """The text without the cities it names: they tell which document is meant, nothing more."""
    for place in question.places:
        text = re.sub(f"{place}市?", "", text)
    return text


def asks_count(question: Question) -> tuple[str, ...]:
    """The heading units a question counts (篇, 章), outermost first; () where it asks of a subject."""
    text = re.sub(r"[？?。！\s]", "", question.text)
    counted = {u for found in COUNT.findall(text) for u in found if u}
    rest = COUNT.sub("", ABOUT_DOCUMENT.sub("", _without_places(question, text)))
    rest = re.sub("(?:分别|各自?)?(?:叫|讲|题目|标题|名称)*(?:什么|啥)(?:名字|内容)?$", "", rest)
    # 几条 counts lines and railways as well: articles only where nothing else is named.
    room = 0 if counted == {"条"} else 2
    return tuple(u for u in UNITS if u in counted) if len(rest) <= room else ()


def asks_content(question: Question) -> bool:
    """第十四章讲什么: names a heading by number and asks what is in it, nothing more."""
    if not question.headings:
        return False
    rest = re.sub(
        r"第[零〇一二两三四五六七八九十百\d]+[编篇章节条]",
        "",
        _without_places(question, question.text),
    )
    rest = re.sub(
        r"规划|纲要|“?十.五”?|主要|请问|的|了|是|都|里|中|有|和|与|以及|分别|各自?|一下|什么|啥|哪几?[些个]?|几|[篇章节条]|[？?，。、]",
        "",
        rest,
    )
    return bool(CONTENT.search(question.text)) and len(CONTENT.sub("", rest)) <= 2


def asks_parts(question: Question) -> bool:
    """分几个部分, 结构是什么, 讲了哪几部分: nothing more than how the document is divided."""
    text = re.sub(r"[？?。！\s]", "", question.text)
    rest = ABOUT_DOCUMENT.sub("", _PARTS.sub("", _without_places(question, text)))
    rest = CONTENT.sub(
        "",
        re.sub(
            "论文|文章|报告|办法|规定|正文|组成|构成|由|篇|怎么样?|什么样?|分别|[上登刊]", "", rest
        ),
    )
    return bool(_PARTS.search(text)) and len(rest) <= 1


def asks_part(question: Question) -> int:
    """The number of the part whose content is asked for (第三部分讲什么), -1 the last; 0 for none."""
    found = _PART.search(question.text)
    if not found or not CONTENT.search(_PART.sub("", question.text)):
        return 0
    if not found[1]:
        return -1
    return (int(found[1]) if found[1].isdigit() else chinese_number(found[1])) or 0


def asks_mark(question: Question) -> str:
    """The characters of the mark whose meaning is asked for (表里方括号是什么意思); '' where none is."""
    if not _MEANS.search(question.text):
        return ""
    return next((printed for called, printed in _MARKS if called.search(question.text)), "")


def asks_boxes(question: Question) -> bool:
    """规划里有几个专栏."""
    return bool(_BOXES.search(question.text))


def asks_tables(question: Question) -> bool:
    """规划里有几张表."""
    return bool(_TABLES.search(question.text))


def asks_figures(question: Question) -> bool:
    """附图有哪些, …的图在附图几."""
    return bool(_FIGURES.search(question.text))
