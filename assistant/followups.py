"""What a question of a conversation says itself (time, place, subject) and what it leaves out.

Rules over words and their kinds (rjieba's tags). Knows neither the conversation nor documents.
"""

from __future__ import annotations

import re
from functools import cache

import rjieba

from assistant.figures import normalise_figures
from assistant.kinship import is_name
from assistant.places import places

_CALENDAR = (
    r"(?:19|20)\d\d(?:年(?:\d{1,2}月|[一二三四五六七八九十]+月)?)?"
    r"(?:[底末初中]|上半年|下半年|前三季度|第?[一二三四]季度)?"
)
_PLAN = r"[“\"]?十[二三四五六]五[”\"]?(?:期间|时期|期末|末期?|初期?)?|[上下]一?个五年"
# Years counted from now: 未来五年, 五年来, 近三年.
_SPAN = "(?:未来|今后|接下来|往后|过去|最近|近)的?[一二两三四五十几]年|[一二两三四五十]年[来前](?!列|[十几])"
TIME = re.compile(
    rf"[到至在截]{{0,2}}(?:{_CALENDAR}|{_PLAN}|{_SPAN}|今年|去年|前年|明年|现在|目前|眼下|如今)(?:期间|时)?"
)
REGION = re.compile("全[国省市球区县](?![性面])")
PUNCT = re.compile(r"[\s，,。、；;：:？?！!“”\"'《》（）()]+")

_MEASURES = "个张种类岁座处所章节号倍位名件]|家(?!庭)|项(?!目)|条(?!件)|人(?![口才员次均])"
ASKING = re.compile(
    r"(?:请问|我想问|想问|想知道|告诉我|帮我查|查一下|说说|介绍一下)"
    r"|(?:一共|总共|各|分别|都)?(?:是|有|为|达到|达|要|定在|在|叫|占)*"
    r"(?:多少|几)个?(?:工作日|小时|分钟|[天日月年])(?:之内|以内|内)?"
    r"|(?:一共|总共|各|分别|都)?(?:是|有|为|达到|达|要|定在|存在|面临|在|叫|占)*"
    rf"(?:多少(?:[{_MEASURES}|公里|亿元|元)?|第几[位名]?|几(?:号线|成|[{_MEASURES})"
    r"|哪些|哪几\S?|哪一\S?|哪[个家位座条项本篇种类份款]|哪[里儿]|哪(?=[？?。，]|$)|什么(?:样|时候)?|多长时间|多[久长大高远](?:之内|以内|内)?|谁|怎么样?|怎样|如何|为什么|为何|啥|咋)"
    r"|(?:也|都)?是[\u4e00-\u9fff]{1,4}还是[\u4e00-\u9fff]{1,4}(?=[？?。]|$)"
    r"|(\S)不\1|(?:吗|呢|吧|么|不)?[？?。！!]*$"
)
_SELF_ASKING = re.compile(
    r"多[少久长大高远]|几|哪|什么|谁|怎|如何|为何|啥|咋|吗|干嘛|干吗|是否|有没有|还是|(\S)不\1"
)
_GENERIC = re.compile(
    r"目标值?|指标|数值|数据|数字|情况|属性|约束性|预期性|原因|单位|进展|任务|措施|举措|比例|比重|具体|建议|作用|意义|内容|定位|"
    r"属于|发表|发布|印发|出版|开始|启动|成立|建成|完工|开工|出台|提出|地方|结果|时间|年份|地点|名称|负责|牵头|部门|实施|落实|做法|来源|依据|"
    r"原文|出处|文件|规划|方面|问题|重点|主要|要求|标准|现状|基数|完成|实际|预期|增长|提高|变化|下降|规模|数量|总量|"
    r"最多|最少|最高|最低|第一|硬性|硬任务|达到|多|少|高|低|快|慢|大|小|新|老|还|也|都|要|会|能|可以|应该|算|说|讲|写|提|"
    r"有|是|的|了|在|和|与|对|为|把|被|从|到|由|向|比|就|又|再|以后|今后|将来|做|干|章|节|篇|条|哪|几|何"
)
# Words that say something of a thing and need one to say it of: relational nouns, a closed class.
_RELATIONAL = re.compile(
    "目标|目标值|指标|数值|数据|数字|情况|属性|约束性|预期性|原因|单位|进展|任务|措施|"
    "举措|比例|比重|具体|建议|作用|意义|内容|定位|地方|结果|时间|年份|地点|名称|名字|"
    "部门|做法|来源|依据|原文|出处|规划|方面|问题|重点|主要|要求|标准|现状|基数|规模|"
    "数量|总量|总额|总数|总共|一共|合计|共计|累计|沿线|增速|增幅|增长率|增长速度|降幅|占比|面积|人口|长度|全长|总投资|投资额|投资|"
    "票价|价格|名次|排名|位置|地址|特色|优势|短板|亮点|背景|目的|期限|资金|对象|范围|"
    "步骤|阶段|成员|必须|必要|那种|这种|硬性|硬任务|路上|意思|含义|定义|展开|详细|"
    "讲讲|说说|水平|理由|好处|区别|办法|对策|不足|提法|说法|表述|政策|责任|月份|个数|人数|程度|类型|种类|部分|"
    "东西|整体|总体|全部|每年|时候|东边|西边|平均|同类|同期|上年|年初|年末|上期|去年|"
    "省里|市里|国家|国内|各自|其中|最后|对应|相应|相关|条件|符合|满足|花钱|收费|免费|年均|人均|户均|年均增长|解决|改进|应对|补齐|同比|环比|同年|当年|材料|手续|流程|程序|资料|费用|资格|年限|次数|时限|证明|证件|渠道|方式|额度|口径|"
    # Who belongs to a thing, and how it is reached.
    "起点|总长|总里程|配套|沿岸|周边|两岸|附近|负责人|领导|领导人|校长|院长|馆长|所长|主任|经理|老板|法人|创始人|电话|电话号码|邮箱|网址|联系方式|联系人"
)
# What may be done (能走船不) is no attribute of a thing.
_DONE = re.compile(
    "(?<=..)的?(?:(?<!功|性|产|动|势|职|效|智|节|核|热|电)能(?!源|力|耗|级|量|效|否)|可以|有没有|是不是)"
)
# The document that is asked, as far as its name is no part of what is asked about.
_ASKED_OF = re.compile(
    "^[^，。？?：]{0,10}?(?:论文|文章|报告|建言|专版|规划|纲要|办法|细则)"
    "(?:(?:里面?|中|上)(?:的|对|关于|说|提到?|讲)?|关于|对(?![标外策比接称口])|[说提写讲](?:到|了|出)*)"
)
# What a thing is measured against or ranked in is no subject: 比上年增长多少, 在省里排第几.
_FRAME = re.compile(
    r"^(?:打算|准备|计划|预计|有没有|会不会|能不能)|^最[^，的]{1,3}的"
    r"|[比跟与和同较]?(?:[上前头]一年末?|上年末?|去年|上期|年初|年末|上?年?同期|同比|环比)(?:相比)?"
    r"|在?(?:[国省市区县][里内]|世界)上?"
    r"|(?:哪\S?|什么)(?:路|街道?|区|镇|地方|位置|部门|单位|企业|公司|城市|方面|领域|行业|地区)上?里?"
)
# A predicate with nothing before it: 是哪年开始的, 建在哪, 属于约束性指标吗.
_PREDICATE = re.compile(
    r"(?:是(?!否|不是)|离|距离?|毗邻|靠近|属于|排[名第在]|位[列居于]|达[到成]|占|由|建在|设在|(?:有|包括|包含)(?:哪些|哪几\S?|几\S|多少\S?).{0,4}$)"
)
# Attribute words at the end of a subject: the thing itself stands before them.
_ATTRIBUTE = re.compile(
    r"(?:(?:建设|发展|运行|完成|总体)?(?:情况|进展|现状|水平)|发展定位|目标值?|指标|规模|定位|数量|任务|措施|举措|要求|"
    r"重点发展|重点|主要|内容|方面|在|由|具体)+$"
)
_SAID = re.compile(
    r"(?<=..)(?:[要将会拟应]\w{0,2}|一共|总共|大概|大约|(?:能够?|可以)(?:享受|获得|得到|领取)|(?:涉及|需要?|拥有|覆盖|包括|包含|控制|新增|增加|培育|建成|建设|新建)+)$"
)
_OWN_LENGTH = 2  # characters a subject has at least


def core(question: str) -> str:
    """What a question is about: its longest stretch once time, place and asking words are out."""
    return max(parts(question), key=len, default="")


def parts(question: str) -> list[str]:
    """The stretches of a question between time, place, asking words and punctuation, in order."""
    text = ASKING.sub("|", TIME.sub("|", normalise_figures(question)))
    for place in places(text):
        text = re.sub(f"{place}市?", "|", text)
    text = PUNCT.sub("|", REGION.sub("|", text))
    return [p.strip("的之是有在里中到要会达为占和与各被") for p in text.split("|")]


def _document_out(question: str) -> str:
    """A question without the document it is asked of, where it names a thing besides."""
    rest = _ASKED_OF.sub("", question)
    return rest if rest != question and any(has_subject(p) for p in parts(rest)) else question


def topic(question: str) -> str:
    """What is asked about a thing, said as a noun: 云溪镇的人口 of 云溪镇有多少人口."""
    question = _document_out(question)
    named = [_said_out(p) for p in parts(first_asked(question)) if has_subject(_said_out(p))]
    return "的".join(_DONE.split(n)[0] for n in named[:2]) or core(first_asked(question))


def entity(question: str) -> str:
    """The thing a question is about without what is asked of it: 云溪镇 of 云溪镇的人口有多少."""
    question = _document_out(question)
    for part in parts(first_asked(question)):
        owner, _, head = _said_out(part).partition("的")
        if is_name(owner) and "的" not in head and _names_thing(head):
            return f"{owner}的{head}"
        for piece in re.split(
            r"的|(?<=.)[要将](?=.)|打算|计划(?=.)|已经|能够|(?<=..)(?:可以|能(?=[^源力级耗效量]))",
            _said_out(part),
        ):
            name = bare(piece)
            if has_subject(name):
                return name
    found = where(question)
    return found[0] if found else core(question)


def _names_thing(head: str) -> bool:
    """Whether what an owner has is a thing itself: 江阴的过江通道, but not 石桥镇的发展定位."""
    return names_itself(head) and not _ATTRIBUTE.search(head)


def _said_out(part: str) -> str:
    """A stretch without the verb at its end that what is asked belongs to: 企业要培育 -> 企业."""
    words = rjieba.tag(_SAID.sub("", part))
    while len(words) > 1 and (words[-1][1][0] == "u" or _is_bare_verb(*words[-1])):
        words.pop()
    return "".join(word for word, _ in words)


def _is_bare_verb(word: str, tag: str) -> bool:
    """Whether a word is a verb of one character (保障房建, 核电放): no noun ends in it but a rate's."""
    return tag == "v" and len(word) == 1 and word != "率"


def bare(subject: str) -> str:
    """A subject without the attribute words at its end: 托位数 of 托位数目标."""
    return _ATTRIBUTE.sub("", subject).strip("的在和与由") or subject


def first_asked(question: str) -> str:
    """A question up to the end of its first clause that asks: later clauses lean on that one."""
    taken = ""
    for clause in re.findall(r"[^，,；;？?。]+[，,；;？?。]*", question):
        taken += clause
        if asks_itself(clause):
            break
    return taken or question


def has_subject(text: str) -> bool:
    """Whether a question says itself what it is about."""
    rest = ASKING.sub("", TIME.sub("", text))
    rest = _GENERIC.sub("", PUNCT.sub("", rest))
    return len(rest) >= _OWN_LENGTH


@cache
def names_itself(text: str) -> bool:
    """Whether a follow-up has a subject of its own besides time, place and what is said of it.

    Stricter than `has_subject`: 在省里排第几 and 什么时候通车 name none.
    """
    if _PREDICATE.match(text):
        return False
    rest = TIME.sub("|", normalise_figures(text))
    for place in where(rest):
        rest = re.sub(f"{place}市?", "|", rest)
    rest = ASKING.sub("|", _FRAME.sub("|", rest))
    tokens = rjieba.tag(PUNCT.sub("|", rest).strip("|"))
    return any(_names(tokens, i) for i in range(len(tokens)))


def _names(tokens: list[tuple[str, str]], i: int) -> bool:
    word, tag = tokens[i]
    if len(word) < _OWN_LENGTH or tag[0] in "dpcurmqye" and tag != "eng":
        return False
    if tag == "f" and word[0] != "沿":  # 内部 and 周围 lie in something, 沿海 is a region
        return False
    if _RELATIONAL.fullmatch(word) or _GENERIC.sub("", word) == "":
        return False
    # A verb is a subject only in front of another word that is not what is asked or done:
    # 养老服务怎么办, but 培育多少家, 开通了吗.
    following = tokens[i + 1][0] if i + 1 < len(tokens) else "|"
    return tag not in ("v", "vn", "vd") or following not in "|了到过完成为出好起"


def says_of(word: str) -> bool:
    """Whether a word says something of a thing and names none: 目标, 完成."""
    return bool(_RELATIONAL.fullmatch(word)) or _GENERIC.sub("", word) == ""


def where(text: str) -> tuple[str, ...]:
    """The cities, provinces and whole regions (全省) a text names, in order of kind."""
    return places(text) + tuple(dict.fromkeys(REGION.findall(text)))


def context(question: str, time: bool = True, place: bool = True) -> str:
    """The place and the time a question is about, to be put before another one."""
    named = TIME.search(normalise_figures(question)) if time else None
    found = where(question) if place else ()
    return (found[0] if found else "") + (named[0] if named else "")


def asks_itself(text: str) -> bool:
    """Whether a text holds a question word, so that it is a question without 呢."""
    return _SELF_ASKING.search(text) is not None
