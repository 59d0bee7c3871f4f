"""Follow-ups and the questions that they stand for, over invented towns and figures."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.records import Turn
from assistant.soft import WordVectors
from assistant.standalone import core, has_subject, standalone_question

# rewrite(question, *earlier questions, answer=the answer to each)
Rewrite = Callable[..., str]

LINES = (
    "“三园”即茶园、花园、果园[1]：\n- 茶园：采茶体验[2]\n- 花园：花卉展销[3]\n- 果园：鲜果加工[4]"
)
INLINE = "云溪镇要建数字园、花卉园和研学园三个园区[1]。"
STEPS = "一是降低税费[1]；二是简化审批[2]；三是减免租金[3]。"
SENTENCES = "扩建码头泊位，添置岸吊[1]。疏浚北侧航道[2]。"


@pytest.fixture(scope="module")
def rewrite(words: WordVectors) -> Rewrite:
    def of(question: str, *asked: str, answer: str = "已作答[1]。") -> str:
        turns = [t for a in asked for t in (Turn("user", a), Turn("assistant", answer))]
        return standalone_question(question, turns, words.similar)

    return of


@pytest.mark.parametrize(
    "question",
    [
        "2020年6月末南京的财政收入情况如何？",
        "无锡的民宿有几家，南京呢？",
        "扬州的轮渡航线怎么样？",
        "2024年绿道里程呢",
        "高铁有几条",
        "茶叶产量是多少",
        "养老怎么办",
        "今天天气怎么样",
        "这份规划提出了哪些战略",
        "这个五年要修多少公里绿道",
        "你是谁",
    ],
)
def test_a_complete_question_stays(rewrite: Rewrite, question: str) -> None:
    assert rewrite(question, "2035年每千人口药师多少名，目标多少，是硬任务吗") == question


def test_without_history_or_after_courtesies_alone_nothing_is_put_in(rewrite: Rewrite) -> None:
    assert rewrite("2025年呢") == "2025年呢"
    assert rewrite("2025年呢", "你好", "谢谢") == "2025年呢"


@pytest.mark.parametrize(
    ("asked", "question", "expected"),
    [
        # what is done about it stays, and so does the frame
        ("5G怎么布局", "物联网产业呢", "物联网产业怎么布局"),
        ("人工智能如何布局", "量子科技呢", "量子科技如何布局"),
        ("规划怎么发展集成电路", "生物医药呢", "规划怎么发展生物医药"),
        ("规划怎么支持养老", "托育呢", "规划怎么支持托育"),
        ("养老方面有哪些措施？", "托育呢", "托育方面有哪些措施？"),
        # a year, a city, a region
        ("2020年末无锡有多少家茶馆？", "那2025年呢", "2025年无锡有多少家茶馆？"),
        ("2020年末无锡有多少家茶馆？", "25年呢", "2025年无锡有多少家茶馆？"),
        ("2020年末无锡有多少家茶馆？", "换成南京呢", "2020年末南京有多少家茶馆？"),
        ("2020年末无锡有多少家茶馆？", "全省呢", "2020年末全省有多少家茶馆？"),
        ("2020年末无锡有多少家茶馆？", "2023年是多少", "2023年无锡有多少家茶馆？"),
        ("“十四五”要修缮多少座古桥？", "“十三五”呢", "“十三五”要修缮多少座古桥？"),
        # a subject of the same make, or what is most like it
        ("沿山重点发展什么？", "沿海的呢", "沿海重点发展什么？"),
        ("“双星”中江阴要建成什么？", "宜兴呢", "“双星”中宜兴要建成什么？"),
        ("里面沿山发展什么", "那沿海的", "里面沿海发展什么"),
        ("古镇的“两高”是哪两条", "两快呢", "古镇的“两快”是哪两条"),
        ("湿地的两岛是哪两岛", "还有三洲", "湿地的三洲是哪三洲"),
        ("市级示范茶园要建多少个", "省级的呢", "省级示范茶园要建多少个"),
        ("国家级示范茶园要建多少个", "市级的呢", "市级示范茶园要建多少个"),
        ("2025年白鹭企业要培育多少家", "苍鹰企业呢", "2025年苍鹰企业要培育多少家"),
        ("城镇居民2019年收入多少", "农村的呢", "农村居民2019年收入多少"),
        ("城镇居民2019年收入多少", "2020年农村的是多少", "农村居民2020年收入多少"),
        ("茶树虫害怎么治", "要是买不起药的呢", "买不起药的茶树虫害怎么治"),
        # what frames the subject stays
        ("每千人口药师多少人", "床位呢", "每千人口床位多少人"),
        ("云溪在古桥修缮上怎么布局", "民宿改造呢", "云溪在民宿改造上怎么布局"),
        ("云溪港2025年旅客目标多少", "集装箱呢", "云溪港2025年集装箱多少"),
        # classes that letters or numbers tell apart, opposites, what goes before a subject
        ("云溪医保A档每年缴多少", "B档呢", "云溪医保B档每年缴多少"),
        ("入户18至35岁得几分", "36到45岁呢", "入户36到45岁得几分"),
        ("云溪三级医院报销多少", "那一级医院", "云溪一级医院报销多少"),
        ("退休缴费年限男的要满多少年", "女的呢", "退休缴费年限女的要满多少年"),
        ("婴儿出生后多久内要登记", "那死亡呢", "婴儿死亡后多久内要登记"),
        ("无锡2020年茶叶产值是多少", "那人均呢", "无锡2020年人均茶叶产值是多少"),
        ("“一核十园”的一核是哪里", "十园呢", "“一核十园”的十园是哪里"),
        ("民营企业利润下降多少", "国有控股企业呢", "国有控股企业利润下降多少"),
        ("达沃斯靠什么提升影响力", "京都呢", "京都靠什么提升影响力"),
        # years counted from the last one's, spans of years
        ("无锡2020年茶叶产值是多少", "前一年呢", "无锡2019年茶叶产值是多少"),
        ("无锡2020年茶叶产值是多少", "两年后呢", "无锡2022年茶叶产值是多少"),
        ("“十三五”新增就业多少", "未来五年的目标呢", "未来五年新增就业的目标是多少？"),
        # another document
        ("规划对住房怎么说", "论文呢", "论文对住房怎么说"),
        ("产业论文是谁写的", "那篇国际化的呢", "国际化论文是谁写的"),
        ("规划对住房怎么说", "那教育方面", "规划对教育方面怎么说"),
        # a target after what was reached is of another year, an area goes before what has it
        ("无锡2020年茶叶产值是多少", "目标呢", "无锡茶叶产值的目标是多少？"),
        ("居民热水率目标是多少", "农村那头呢", "农村居民热水率目标是多少"),
        ("无锡2025年养老床位多少张", "其中护理型的呢", "无锡2025年护理型的养老床位多少张"),
        ("无锡2025年茶叶产值多少", "上一期规划呢", "无锡十三五茶叶产值多少"),
        ("轮渡6号线什么时候开工", "5号线呢，也是那时候？", "轮渡5号线什么时候开工"),
        ("无锡市区有哪些人能落户", "江阴宜兴呢", "江阴宜兴有哪些人能落户"),
        # said in other words than 呢
        ("城镇居民2019年收入多少", "只说农村的", "农村居民2019年收入多少"),
        ("无锡2019年茶叶产值多少", "南京的也报一下", "南京2019年茶叶产值多少"),
        ("“一核十园”的一核是哪里", "那十园呢，都列出来", "“一核十园”的十园是哪里"),
        ("石桥镇2025年要有多少茶馆", "人均茶叶产值呢？翻几番", "2025年人均茶叶产值翻几番？"),
        ("2025年茶园面积多少", "2020年实际完成呢", "2020年茶园面积多少"),
        ("“十四五”要修多少座古桥", "上一个五年呢", "十三五要修多少座古桥"),
        # a question's second half is not asked again
        ("无锡的民宿有几家，南京呢？", "扬州呢", "扬州的民宿有几家？"),
        # an attribute of what was asked about
        ("石桥镇有多少人口", "面积呢", "石桥镇的面积是多少？"),
        ("2021年茶叶产值多少", "增速呢", "2021年茶叶产值的增速是多少？"),
    ],
)
def test_what_is_named_takes_the_place_of_its_counterpart(
    rewrite: Rewrite, asked: str, question: str, expected: str
) -> None:
    assert rewrite(question, asked) == expected


@pytest.mark.parametrize(
    ("asked", "question", "expected"),
    [
        ("2022年南京茶叶产值多少", "在省里排第几", "南京2022年茶叶产值在省里排第几"),
        ("无锡的“古桥计划”发展情况如何？", "那是哪年开始的", "无锡古桥计划是哪年开始的"),
        ("云溪体育馆要建吗？", "建在哪条路上", "云溪体育馆建在哪条路上"),
        ("云溪体育馆要建吗？", "什么时候建成", "云溪体育馆什么时候建成"),
        ("云溪体育馆要建吗？", "由谁负责", "云溪体育馆由谁负责"),
        ("茶叶综合产能目标多少？", "是必须完成的那种吗", "茶叶综合产能目标是必须完成的那种吗"),
        ("石桥镇有多少人口", "比上年增长多少", "石桥镇的人口比上年增长多少"),
        # a verb at the end of what was asked about is no part of it
        ("石桥镇茶摊放哪儿", "以哪种为主", "石桥镇茶摊以哪种为主"),
        # 那 after a noun shows it
        ("石桥镇怎么治理虫害", "茶农那个协会叫什么", "茶农协会叫什么"),
        ("石桥镇怎么治理虫害", "码头那条打算怎么改", "码头打算怎么改"),
        ("南京2020年茶叶产值多少", "无锡现在几个亿", "无锡现在茶叶产值几个亿"),
        ("轮渡码头能停船不", "总共要花多少钱", "轮渡码头总共要花多少钱"),
        ("无锡2025年茶叶产值目标多少", "去年到多少了", "无锡去年茶叶产值到多少了"),
        ("轮渡码头在哪", "打算怎么扩建", "轮渡码头打算怎么扩建"),
        ("茶业有哪些问题", "最严重的是哪个", "茶业最严重的是哪个"),
        ("茶园有哪些", "它的定位", "茶园的定位"),
        ("无锡茶园有多大", "比南京呢", "无锡和南京茶园有多大"),
        ("论文说茶业有哪些问题", "规划有没有回应", "规划说茶业有哪些问题"),
        # the document that is asked is not what is asked about
        ("建言里“双核”是哪两个", "它们怎么分工", "双核怎么分工"),
        # pronouns
        ("石桥镇的发展定位？", "它的三大园区叫什么", "石桥镇的三大园区叫什么"),
        ("南京茶叶产值多少", "这座城市有多少家茶馆", "南京有多少家茶馆"),
        ("石桥镇要建什么", "那儿的服务品牌叫什么", "石桥镇的服务品牌叫什么"),
        ("到2025年要建成几个精品水果产业园？", "这些水果园都在哪", "精品水果产业园都在哪"),
        ("石桥镇有哪些特色茶园", "它们都在哪", "石桥镇的特色茶园都在哪"),
        ("老船工能不能免费体检？", "他们还能在哪体检", "老船工还能在哪体检"),
        ("茶园面积目标多少", "这个目标是约束性的吗", "茶园面积目标是约束性的吗"),
        ("茶馆和书场哪个先建", "后者什么时候开工", "书场什么时候开工"),
        ("云溪港2025年要运多少旅客", "它的货呢", "云溪港2025年要运多少货"),
        ("轮渡码头要多久", "为此要修哪些路", "轮渡码头要修哪些路"),
        ("无锡茶叶产值2020年多少", "它占全省多少", "无锡2020年茶叶产值占全省多少"),
        ("南京有哪些书场", "无锡有没有", "无锡有哪些书场"),
        ("石桥镇的目标是什么", "人才方面怎么做", "石桥镇人才方面怎么做"),
        # comparisons
        ("无锡2020年茶叶产值是多少", "和南京比哪个高", "无锡和南京2020年茶叶产值是多少，哪个高？"),
        ("无锡2025年茶园面积多少", "跟南京比呢", "无锡和南京2025年茶园面积多少"),
        ("2025年茶园面积多少", "跟2020年比呢", "2025年茶园面积与2020年相比变化多少？"),
        ("对标新加坡，南京差在哪", "跟达沃斯比呢", "对标达沃斯，南京差在哪"),
    ],
)
def test_what_is_left_out_is_the_last_subject(
    rewrite: Rewrite, asked: str, question: str, expected: str
) -> None:
    assert rewrite(question, asked) == expected


@pytest.mark.parametrize(
    ("answer", "question", "expected"),
    [
        (LINES, "第二个", "石桥镇的花园的具体内容是什么？"),
        (LINES, "上面第三条讲的是什么", "石桥镇的果园讲的是什么"),
        (LINES, "最后一个要做什么", "石桥镇的果园要做什么"),
        (INLINE, "第三个园区什么时候建成", "石桥镇的研学园什么时候建成"),
        (INLINE, "第一个展开讲讲", "石桥镇的数字园的具体内容是什么？"),
        (STEPS, "第二条具体说说", "简化审批的具体内容是什么？"),
        (STEPS, "倒数第二个具体说说", "简化审批的具体内容是什么？"),
        (STEPS, "最后那个怎么办理", "减免租金怎么办理"),
        (SENTENCES, "上面第二条", "疏浚北侧航道的具体内容是什么？"),
    ],
)
def test_an_item_of_the_last_answer_is_named(
    rewrite: Rewrite, answer: str, question: str, expected: str
) -> None:
    assert rewrite(question, "石桥镇怎么做", answer=answer) == expected


def test_a_list_is_counted_in_until_there_is_another(words: WordVectors) -> None:
    turns = [
        Turn("user", "石桥镇的三大园区是哪些"),
        Turn("assistant", "1. 青石数字茶园\n2. 临水花卉公园\n3. 山地研学果园"),
        Turn("user", "第二个要做什么"),
        Turn("assistant", "办好花卉展、苗木展和盆景展。"),
        Turn("user", "能接待多少人？"),
        Turn("assistant", "一年可接待3万人。"),
    ]
    asked = standalone_question("第三个到2025年接待多少游客", turns, words.similar)
    assert asked == "山地研学果园到2025年接待多少游客"
    assert standalone_question("第一片主打什么", turns, words.similar) == "青石数字茶园主打什么"
    assert standalone_question("第二条高铁在哪", turns, words.similar) == "第二条高铁在哪"


def test_an_item_that_the_answer_does_not_hold(rewrite: Rewrite) -> None:
    assert rewrite("第九条呢", "古桥计划有哪些", answer=LINES).startswith("古桥计划的第九条")
    own = "扬州第一条轮渡航线什么时候开通"
    assert rewrite(own, "三园有哪些", answer=LINES) == own


def test_a_number_takes_the_place_of_a_number(rewrite: Rewrite) -> None:
    assert rewrite("第三节讲什么", "第七章讲什么") == "第七章第三节讲什么"
    assert rewrite("第五章呢", "第七章讲什么") == "第五章讲什么"
    assert rewrite("第二条呢", "茶农的第一条建议是什么") == "茶农的第二条建议是什么"


def test_a_heading_beside_the_last_one(rewrite: Rewrite) -> None:
    assert rewrite("那下一章呢", "规划第七章讲什么") == "规划第七章的下一章讲什么"
    assert rewrite("再往后一节呢", "第三章第五节讲什么") == "第三章第五节的后一节讲什么"
    assert rewrite("最后一章呢", "规划第七章第二节讲什么") == "规划最后一章讲什么"


def test_turns_are_resolved_one_after_another(rewrite: Rewrite) -> None:
    first = "2025年白鹭企业要培育多少家"
    assert rewrite("苍鹰企业呢", first, "2020年呢", "2022年呢") == "2022年苍鹰企业要培育多少家"
    assert rewrite("2019年呢", first, "南京呢", "谢谢") == "2019年南京白鹭企业要培育多少家"
    grown = rewrite("换成2021年", "2022年南京茶叶产值多少", "比上年增长多少")
    assert grown == "南京2021年茶叶产值比上年增长多少"


def test_which_is_more_asks_about_the_last_two_places(rewrite: Rewrite) -> None:
    both = "南京和无锡的茶馆有多少，哪个多？"
    assert rewrite("哪个多", "南京的茶馆有多少", "无锡呢") == both
    assert rewrite("那它们两个哪个更多呢？", "南京的茶馆有多少", "无锡呢").startswith("南京和无锡")
    assert "南京" not in rewrite("哪个多", "无锡的茶馆有多少")
    # In an earlier turn it stands for the same.
    later = rewrite("2020年呢", "南京的茶馆有多少", "无锡呢", "哪个多")
    assert "南京和无锡的茶馆" in later and "2020年" in later


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("那多出来多少家？", "2020年无锡有多少家茶馆，2025年无锡有多少家茶馆，相差多少？"),
        ("也就是五年要多多少家", "2020年无锡有多少家茶馆，2025年无锡有多少家茶馆，相差多少？"),
        ("差多少", "2020年无锡有多少家茶馆，2025年无锡有多少家茶馆，相差多少？"),
        ("和之前比呢", "无锡茶馆的现状和目标分别是多少？"),
        ("跟2015年比多了多少家", "无锡茶馆2025年与2015年相比变化多少？"),
        ("比现在多多少", "无锡茶馆的现状和目标分别是多少？"),
        ("南京比无锡多多少", "南京和无锡2025年茶馆分别是多少，相差多少？"),
        ("民宿比茶馆多多少家", "民宿比茶馆多多少家"),
    ],
)
def test_how_far_the_last_two_figures_lie_apart(
    rewrite: Rewrite, question: str, expected: str
) -> None:
    assert rewrite(question, "2020年无锡有多少家茶馆", "2025年呢") == expected
    # A doubt in between leaves both where they were.
    doubted = "不对吧，我听同事说目标是8000家"
    assert rewrite(question, "2020年无锡有多少家茶馆", "2025年呢", doubted) == expected


def test_the_end_of_a_plan_is_a_year_and_two_plans_are_set_side_by_side(rewrite: Rewrite) -> None:
    asked = rewrite("那多出来多少家", "十三五末无锡有多少家茶馆", "2025年呢")
    assert asked == "2020年无锡有多少家茶馆，2025年无锡有多少家茶馆，相差多少？"
    plans = rewrite("少了多少家", "十四五要开多少家茶馆", "十三五呢")
    assert plans == "茶馆十三五与十四五相比变化多少？"


def test_how_far_the_last_two_places_lie_apart(rewrite: Rewrite) -> None:
    asked = rewrite("少了多少家", "南京有多少家茶馆", "无锡呢")
    assert asked == "南京和无锡有多少家茶馆，相差多少？"
    two = rewrite("两个城市差多少家", "南京有多少家茶馆", "无锡呢")
    assert two == "南京和无锡有多少家茶馆，相差多少？"


@pytest.mark.parametrize(
    "question", ["这话在哪儿看到的", "你这是从哪看到的？哪份报告哪一块", "出处呢", "这在哪一章？"]
)
def test_where_the_last_answer_is_written(rewrite: Rewrite, question: str) -> None:
    turns = [
        Turn("user", "茶馆要修吗"),
        Turn("assistant", "推动老茶馆修缮[1]。补贴另定[2]。"),
        Turn("user", "一家补多少钱"),
        Turn("assistant", "文件没有写补贴标准。"),
    ]
    asked = standalone_question(question, turns, lambda word, others: [0.0] * len(others))
    assert asked == "推动老茶馆修缮，写在哪一章？"
    own = "茶叶产值写在哪一章"
    assert standalone_question(own, turns, lambda word, others: [0.0] * len(others)) == own


def test_a_subject_named_before_what_is_asked(rewrite: Rewrite) -> None:
    assert rewrite("再说回茶叶，每年办什么会", "南京有多少茶馆") == "茶叶，每年办什么会"
    assert rewrite("好的谢谢。南京的茶馆呢", "无锡有多少茶馆") == "南京有多少茶馆"


def test_more_of_the_same(rewrite: Rewrite) -> None:
    assert rewrite("还有呢？", "六大行动有哪些") == "除了上面说的，六大行动还有哪些？"
    assert rewrite("其他措施呢", "养蚕有哪些措施") == "养蚕还有哪些措施？"
    asked = rewrite("除此之外还有哪些养蚕的办法", "建言里桑树怎么种")
    assert asked == "除了上面说的，建言里还有哪些养蚕的办法？"
    assert rewrite("还有别的目标吗", "2025年茶园面积多少") == "2025年茶园面积还有哪些目标？"


@pytest.mark.parametrize("opening", ["换个话题，", "另外问一下，", "对了，", "不说这个了，"])
def test_another_topic_leans_on_nothing(rewrite: Rewrite, opening: str) -> None:
    assert rewrite(f"{opening}轮渡票价是多少元", "无锡2021年茶叶产值多少") == "轮渡票价是多少元"
    assert rewrite(f"{opening}2022年呢", "2021年茶叶产值多少") == "2022年茶叶产值多少"


def test_time_and_place_are_inherited_only_with_the_subject(rewrite: Rewrite) -> None:
    asked = "无锡2025年茶园面积目标多少"
    assert rewrite("这个数字2020年是多少", asked) == "无锡茶园面积目标2020年是多少"
    assert rewrite("民宿床位有多少张", asked) == "民宿床位有多少张"
    # When a thing happens is not asked of the year the last question was about.
    assert "2025年" not in rewrite("它什么时候建成", "2025年云溪体育馆投资多少")


def test_core_and_subject() -> None:
    assert core("到2025年，南京茶园面积目标是多少？") == "茶园面积目标"
    assert has_subject("茶园面积多少")
    assert not has_subject("2025年的目标是多少")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text("那它第二个条的呢是有哪些多少2025年南京茶园和、，？在跟比还换成“”", max_size=14),
        min_size=1,
        max_size=4,
    )
)
def test_any_words_give_a_question(words: WordVectors, asked: list[str]) -> None:
    *earlier, question = asked
    turns = [Turn("user", a) for a in earlier] + [Turn("assistant", LINES)]
    assert standalone_question(question, turns, words.similar) or not question.strip()


@pytest.mark.parametrize(
    "insisted",
    ["你记错了吧，是15%", "不可能，肯定是15%，你再看看", "不对，我看到的是15%", "其实就是15%！"],
)
def test_whoever_insists_on_a_figure_asks_whether_it_is_so(insisted: str) -> None:
    turns = [
        Turn("user", "2025年研发经费投入占GDP比重要达到多少？"),
        Turn("assistant", "4.0%[1]。"),
    ]
    asked = standalone_question(insisted, turns, lambda word, others: [0.0] * len(others))
    assert asked == "2025年研发经费投入占GDP比重是15%吗？"


@pytest.mark.parametrize(
    ("asked", "answer", "question", "expected"),
    [
        (
            "镇上的头号工程是什么",
            "建设石桥水上公园[1]。",
            "它什么时候建成",
            "石桥水上公园什么时候建成",
        ),
        (
            "镇上要设立什么论坛",
            "办好茶市，设立石桥茶叶论坛[1]。",
            "设在哪里",
            "石桥茶叶论坛设在哪里",
        ),
        (
            "茶业的目标是什么",
            "茶业龙头企业收入达到5亿元[1]。",
            "龙头企业的收入多少",
            "茶业的龙头企业的收入多少",
        ),
    ],
)
def test_what_the_last_answer_named_or_spoke_of(
    rewrite: Rewrite, asked: str, answer: str, question: str, expected: str
) -> None:
    assert rewrite(question, asked, answer=answer) == expected


def test_unlike_another_thing_both_are_asked_about(rewrite: Rewrite) -> None:
    asked = rewrite("跟沿江有什么不同", "沿路的重点产业有哪些")
    assert asked == "沿路和沿江的重点产业分别有哪些"


@pytest.mark.parametrize(
    ("asked", "then", "expected"),
    [
        # a place and a time in front stay in front of the subject
        ("无锡2030年研发投入强度多少", "南京现在几个点", "南京现在研发投入强度几个点"),
        ("石桥镇的运河修到哪儿了", "总共要花多少个亿", "石桥镇的运河总共要花多少个亿"),
        ("无锡茶叶产量现在全国第几", "五年前排第几", "无锡五年前茶叶产量排第几"),
        # what is said of another document points to nothing in the last question
        ("规划对茶馆是怎么说的", "花园在另外那份十二五里有没有", "花园在另外那份十二五里有没有"),
    ],
)
def test_what_is_named_in_front(rewrite: Rewrite, asked: str, then: str, expected: str) -> None:
    assert rewrite(then, asked) == expected
