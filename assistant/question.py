"""What a question asks for. Rules over the question's own words; knows no documents.

The kinds follow the usual answer types of open-domain question answering (figure, time, person or
body, list, definition, manner, reason, yes/no, comparison), plus `where` for a place in a document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

import rjieba

from assistant.figures import Quantity, normalise_figures, quantities, years
from assistant.measures import asked_amounts
from assistant.places import places

Ask = Literal[
    "figure", "time", "who", "name", "list", "count", "definition", "measures",
    "yesno", "compare", "why", "where", "rank",
]  # fmt: skip

# Order matters only for reading; a question may be of several kinds.
_PATTERNS: tuple[tuple[Ask, str], ...] = (
    ("definition", r"什么是|是什么意思|啥意思|指(的是|的)?(什么|啥)|什么叫|何谓|含义|定义"
     r"|怎么理解|如何理解|是个?(啥|什么)[？?]?$|是什么(概念|东西)|是一?个(?:什么|啥)(?:样的)?[\u4e00-\u9fff]{1,4}[？?]?$|怎么解释|解释一下"),
    ("where", r"哪一?[篇章节]|哪一?条(?:规定|条款|写|讲|说|提)|哪[几些][篇章节].{0,2}(写|讲|说|谈|提)|应该?看哪|看哪[里儿](?=[？?。]|$)|列在哪|查哪|第几[篇章节条]|哪一?个?(部分|章节|地方)[^，。]{0,4}(写|讲|说|提|谈|规定|介绍|论述)"
     r"|(?:讲|写|提|谈)[^，。？?]{1,16}的?(?:是|在)哪一?个?(?:部分|地方|板块|段)"
     r"|在哪里?(写|讲|说|提|能查|可以查|查)|出自哪|(写|放)在哪(?!些|几|[里儿]?[搞做建办开种]|个?[^，。]{0,2}(?:领域|方面|行业|地区|城市))|出处"
     r"|(规划|纲要|文件|材料|文档|资料|论文|报告|办法)[里中的]{0,2}哪[里儿个].{0,3}(找|查|看|写)|翻到?哪|哪一?页|第几页"),
    ("time", r"哪一?年|什么时候|何时|哪天|几月|啥时候|到哪年|多久|期限|几几年"),
    ("who", r"谁|哪个?(部门|单位|机构|组织|公司|企业|学校|局|集团)|由哪|哪些(部门|单位|机构)|牵头|(?:作者|课题组)(?![给提建认说讲写出在对想觉]|的)"),
    ("count", r"(几|多少)(个|家|项|条|种|类|大|座|处|所|章|节|篇|方面|步|只|份|行|件|项指标|号线|艘|人)"
     r"|一共有?(几|多少)|总共"),
    ("figure", r"多少|几成|比例|比重|占比|百分之几|率是|率达|数量|规模|多大|多高|多长|多远|多快|多重"
     r"|几(个|家|项|条|公里|亿|万|[十百千](?=[？?。]|$)|张|天|倍|分)|目标值?(是|为)|数值|指标值|增速|增幅|降幅|达到几|到几|排第几|排名"
     r"|定(在|为)多|上限|下限|总值|总量|总额|金额|收入|人数|面积|里程|预期值|实际值|完成值|完成情况|完成得"
     r"|第几(?![篇章节条])|名次|位次"),
    ("list", r"哪些|分别(是|为|指|叫做?)(什么|哪|啥)|各是(什么|哪)|都在哪|都是哪|都在什么|哪几|有什么|有啥|包括什么|包含什么|包括哪|分别(有|指|叫)|都有|列出|列举|列一下|一一"
     r"|哪一些|哪(?:[二两三四五六七八九十]|\d)"
     r"|由.{0,4}组成|构成"
     r"|什么(?=领域|方面|产业|行业|项目|企业|赛事|活动|工程|地区|区域|政策|措施|问题|任务|指标|专业|课程|设施|服务|人群|部门|技术|产品|短板|优势)"),
    ("measures", r"怎么(?!样)|如何|怎样|咋(?!样)|举措|措施|办法|做什么|做些什么|干什么|打算|安排|管不管|有没有(政策|办法|措施|说法)"
     r"|政策|对策|建议|路径|任务|要求|做法|支持|谁管|管吗|规划了什么|提出(了)?(什么|哪些)|能不能|会不会|有没有"),
    ("yesno", r"吗[？?]?$|(?<!么)不[？?]?$|没[有得]?[？?]?$|是不是|是否|有没有|能不能|会不会|对吗|属于.{0,6}还是|可不可以|([\u4e00-\u9fff])不\1"),
    ("compare", r"相比|比较|对比|哪个更|哪一?个(更|最|多|高|大)|高于|低于|差多少|差距|差额|增长了多少|提高了多少|增加了?多少"
     r"|变化|变动|多了多少|少了多少|几倍|倍数|与.{2,12}(相比|比)|比.{1,14}(多|少|高|低|快|慢|大|小|早|晚)|区别|不同|异同|差异"),
    ("why", r"为什么|为何|原因|为啥|怎么会|凭什么|依据是|理由"),
    ("rank", r"第几(?![篇章节条])|排几|排名|名次|位次"),
    ("name", r"什么|哪个|哪一?(座|条|处|所|家|项|种|支|位)|哪里|哪儿|叫啥|名称|名字|何处"),
)  # fmt: skip
# What asks for a name asks for no explanation, though it ends in 是什么: 品牌的口号是什么.
_NAMED = re.compile(
    "(?:叫做?|名称|名字|全名|全称|简称|口号|品牌名?)(?:是|为)?个?(?:什么|啥)[？?]?$"
)
# Which they are, and not only how many: 有几条，都是什么.
_COUNTED_LIST = re.compile(
    "几[个条项种类大点方][^，。？]{0,6}[，、；？]?(?:都|分别|各|各自)(?:是|为|叫|指)(?:什么|哪|啥)"
)
# What a question ends in where it leaves 多少 out: 2025年高新技术企业目标, 6月末的不良贷款率.
_FIGURE_LEFT_OUT = re.compile(
    r"(?:目标|指标|[^效]率|额|值|寿命|面积|增速|里程|产量|强度|密度|指数)[？?。]?$"
)
_COMPILED = tuple((ask, re.compile(pattern)) for ask, pattern in _PATTERNS)

# Words that say how a question is put, not what it is about.
_EMPTY = frozenset(
    "的 了 是 在 有 和 与 及 或 对 为 以 将 要 会 能 可 可以 应 应该 被 把 从 到 由 向 于 中 里 上 下 内 后 前 个 这 那 "
    "这个 那个 这些 那些 其 它 他们 我 我们 你 您 咱 咱们 请 请问 问 问下 问一下 想 想问 想知道 知道 告诉 一下 帮 帮我 说 说说 讲 讲讲 "
    "什么 啥 哪 哪些 哪个 哪里 哪儿 哪几 谁 几 几个 多少 怎么 怎么样 怎样 如何 咋 咋样 为什么 为啥 为何 吗 呢 吧 啊 呀 嘛 么 "
    "有没有 是不是 是否 能不能 会不会 没有 不 也 都 还 还有 就 才 又 再 很 更 最 只 已经 现在 目前 时候 方面 内容 情况 "
    "关于 根据 按照 通过 进行 一个 一些 哪一 分别 具体 主要 一共 总共 一般 多 大 做 干 用 让 给 看 去 来 得 地 着 过 等 之 所 "
    "意思 含义 是什么 问题 提到 写 写到 提出 规定 表示 认为 介绍 指 指的是 叫 叫做 属于 达到 达 计划 打算 准备 文件 文中 "
    "定 定在 算 家 项 条 种 类 年 年的 目标 数 值 时 该 此 本 每 谈 列 列出 包括 包含 "
    "哪章 哪节 第几 章 节 篇 一章 一节 哪一章 哪一节 哪一年 哪年 几家 几项 几条 几种 几类 几大 什么样 多大 多高 多长 二 三 一".split()
)
_WORD = re.compile(r"[\u4e00-\u9fff]|[A-Za-z0-9]")
_QUOTED = re.compile(r"[“\"「『《]([^”\"」』》]{2,40})[”\"」』》]")
_MEASURE = re.compile(
    r"(?:几|多少)(?:个)?(亿美元|亿元|万元|美元|元|万人次|人次|万人|人|公里|平方公里|平方米|公顷|亩|吨|张|岁|天|小时|分钟"
    r"|家|座|所|处|名|位(?!子)|件|条|项|种|类|辆|艘|号线|块|批次|度|%|个百分点)"
)
# What an answer must hold where a question asks for money, a date, a time of day, a number to call.
_FAMILIES = (
    (
        re.compile(
            "多少钱|(?:多少|几)[万亿]*美?元|几块钱?|块钱|(?:票价|房价|均价|月薪|收费标准)(?:[是为有？?]|多少|大概|一般|$)|投资多少|花多少"
        ),
        re.compile(r"(?:\d[\d.]*|[一二两三四五六七八九十百千]+)\s*[万亿]*(?:美)?元"),
    ),
    # What somebody pays or is paid (it may be nothing), and the share of it that is paid back.
    (
        re.compile(
            "(?:收费|费用|补贴|津贴|补助|补偿|赔偿|工资|月薪|薪水|奖金|养老金|低保|保障金|租金)[^，。？?人家户个次项%岁成的]{0,5}(?:多少|几[十百千万])(?![人家户个次项%岁成倍种类])"
            "|(?:多少|几[十百千万])(?:块|安家费|补贴|津贴|补助|工资|奖金|学费|费用)"
        ),
        re.compile(
            r"\d[\d.]*\s*[多余]?[万亿千百]*(?:美)?元|[一二三四五六七八九十百千]+元|免费|全额"
        ),
    ),
    (
        re.compile("(?<![涨增升降减高快低长了])百分之(?:几|多少)|报销?几成|打几折"),
        re.compile("[%％‰成倍折]|百分(?!点)|过半|一半|全额|免费"),
    ),
    (re.compile("几月几|几号(?!线)|哪一?天"), re.compile(r"\d+\s*[月日]")),
    (
        re.compile(
            "(?<![哪这那成为出了有])几点(?!建议|意见|要求|原因|问题|不足|措施|举措)|开放时间|营业时间|(?:什么时候|啥时候|何时|几时).{0,2}[开关]门|上不上班|(?:周|星期|礼拜)[一二三四五六日天末].{0,4}班"
        ),
        re.compile(r"\d+\s*(?:[:：点时]|小时)|(?:周|星期)[一二三四五六日末]|工作日"),
    ),
    (
        re.compile(
            "(?:哪个|什么|多少|几).{0,3}(?:电话|号码)|(?:电话|号码|手机号).{0,2}(?:是|多少)|手机号$"
        ),
        re.compile(r"\d{4,}"),
    ),
    (
        re.compile("哪一?条[路街巷]上|在哪一?条[路街巷]|门牌号"),
        re.compile("[\u4e00-\u9fff](?:路|街|巷|大道)"),
    ),
    (re.compile("多长(?!时间)|全长"), re.compile(r"\d[\d.]*\s*(?:公里|千米|米|年|个?月|天)")),
)
# Who holds an office: an answer names the office.
_OFFICE = re.compile(
    "([校市区县省处局院部行站所馆镇乡村团队班机舰]长|主任|书记|主席|总统|秘书长|董事长|总经理|负责人|法人代表"
    "|指挥|教练|设计师|建筑师|导演|创始人|代言人)"
    ".{0,2}(?:谁|哪一?[位个]|叫什么|姓什么|姓甚)"
)
_CHAPTER = re.compile(r"第([零〇一二两三四五六七八九十百\d]+)([编篇章节条])")


@dataclass(frozen=True, slots=True)
class Question:
    """A standalone question with what can be read off its own words."""

    text: str  # simplified characters, figures normalised
    asks: frozenset[Ask]
    words: tuple[str, ...]  # content words in order, each once
    years: frozenset[int]
    places: tuple[str, ...]
    quoted: tuple[str, ...]  # names in quotation marks or 《》
    claims: tuple[Quantity, ...]  # figures the asker states
    measure: str  # the measure word of 几座, 多少亿元; '' where none
    headings: tuple[tuple[str, str], ...]  # (("十四", "章"), ("六", "节")) as asked

    def asks_any(self, *kinds: Ask) -> bool:
        """True where the question is of one of these kinds."""
        return not self.asks.isdisjoint(kinds)


@cache
def content_words(text: str) -> tuple[str, ...]:
    """The words that carry meaning, in order, each once: rjieba words less question words."""
    found = (w for w in rjieba.cut(text) if _WORD.search(w) and w not in _EMPTY)
    return tuple(dict.fromkeys(found))


def lacks_asked_kind(question: str, text: str) -> bool:
    """Whether a question asks for money, a date, an office and a text holds nothing of the kind."""
    office = _OFFICE.search(question)
    if office and office[1] not in text:
        return True
    return any(q.search(question) and not held.search(text) for q, held in _FAMILIES)


def local_places(text: str) -> tuple[str, ...]:
    """Districts, counties, towns and the like that a text names, besides cities known by name."""
    words = [(_MODAL.sub("", word), tag) for word, tag in rjieba.tag(text) if len(word) > 1]
    found = [w for w, tag in words if tag == "ns" or (len(w) == 3 and w[-1] in "区县镇")]
    found = [w for w in found if not _KIND_OF_AREA.fullmatch(w) and not _LANDSCAPE.fullmatch(w)]
    found = [w for w in found if not _PART_OF_WORLD.fullmatch(w) and _is_word(w)]
    return tuple(dict.fromkeys(w for w in found if w not in _NO_PLACE))


# What the tagger takes into a place's name: 苏锡要.
_MODAL = re.compile("(?<=..)[要会想]$")


def _is_word(name: str) -> bool:
    """Whether the dictionary has a name, or it ends as places do: 托班加 the tagger only guesses."""
    return name[-1] in "区县镇乡市村" or list(rjieba.cut(name, hmm=False)) == [name]


# Parts of the world, and of a province by its one character: a text says which lands or towns are meant.
_PART_OF_WORLD = re.compile(
    "[东西南北中]?[欧亚非美]洲?|[东西南北]*(?:欧洲|亚洲|非洲|美洲|中东|东盟|欧亚)|[欧日韩俄蒙美澳拉]{2}"
    "|[皖陕苏豫川粤浙赣湘鄂鲁晋冀滇黔桂闽疆][东西南北中]"
)
# Areas of a kind, as every city has them: 自贸区 names no district.
_KIND_OF_AREA = re.compile(
    "(?:自贸|保税|综保|开发|高新|经开|示范|试验|实验|工业|商务|住宅|居住|度假|风景|保护|核心|功能|都市)区|新区"
)
# What the land is made of and where one goes in it: 山沟, 河水, 上山, 屯里, 六楼.
_LANDSCAPE = re.compile(
    "[上下入出进成治开老大小新旧黑白满高深远平河湖江海山井水盐冰两几一二三四五六七八九十庙屯村淀石黄]+和?"
    "[山河湖海江沙水楼店林滩坡沟里家国原川岸边面底田泊流路城]"
)
# Words that the tagger takes for places and that name none.
_NO_PLACE = frozenset(
    "城市 友城 全市 中国 全国 本市 我国 市区 地区 城区 全区 园区 社区 郊区 小区 街区 景区 辖区 城镇 乡镇 国家 街道 "
    "农村 乡村 城乡 哪个区 市县 全省 本地 外地 当地 长三角 长江 世界 国内 国外 省里 市里 区里 县里 "
    "太阳 普及 美丽 滑坡 台风 中风 治安 治沙 关联 深度 长度 中度 长大 扎堆 拉闸 满意度 普通高中 城中村 海鲜 新闻 河湖 "
    "东西 外国 上门 中考 高考 上市 新建 新城 新区 老区 山区 库区 林区 牧区 灾区 矿区 港区 校区 院区 片区 特区 "
    "度假区 自治区 保税区 示范区 工业区 开发区 高新区 经开区 功能区 哪些区 几个区 各个区 每个区".split()
)


def analyse(text: str) -> Question:
    """The question's kinds, words, years, places, names and claims; never raises."""
    text = normalise_figures(text.strip())
    asked = asked_amounts(text)
    asks = frozenset(ask for ask, pattern in _COMPILED if pattern.search(asked))
    if _NAMED.search(text):
        asks -= {"definition"}
    if _COUNTED_LIST.search(text):
        asks = asks - {"count", "figure", "definition", "name"} | {"list"}
    if _FIGURE_LEFT_OUT.search(text) and "yesno" not in asks:
        asks |= {"figure"}
    return Question(
        text=text,
        asks=asks,
        words=content_words(text),
        years=years(text),
        places=places(text),
        quoted=tuple(_QUOTED.findall(text)),
        claims=tuple(quantities(text)),
        measure=measured[1] if (measured := _MEASURE.search(asked)) else "",
        headings=tuple(_CHAPTER.findall(text)),
    )
