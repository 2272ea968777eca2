"""Parallel questions and statements made from templates: how Chinese asks, beside English.

Documents and law hold hardly a question, and none with the words that newsrooms ask with.
"""

# ruff: noqa: E501
from __future__ import annotations

import random
from collections.abc import Iterator

Pair = tuple[str, str]

COMPANIES: list[Pair] = [
    ("苹果", "Apple"), ("微软", "Microsoft"), ("英伟达", "Nvidia"), ("特斯拉", "Tesla"),
    ("亚马逊", "Amazon"), ("谷歌", "Google"), ("台积电", "TSMC"), ("三星电子", "Samsung Electronics"),
    ("比亚迪", "BYD"), ("宁德时代", "CATL"), ("阿里巴巴", "Alibaba"), ("腾讯", "Tencent"),
    ("京东", "JD.com"), ("华为", "Huawei"), ("小米", "Xiaomi"), ("高盛", "Goldman Sachs"),
    ("摩根大通", "JPMorgan"), ("摩根士丹利", "Morgan Stanley"), ("贝莱德", "BlackRock"),
    ("波音", "Boeing"), ("空中客车", "Airbus"), ("丰田", "Toyota"), ("大众汽车", "Volkswagen"),
    ("英特尔", "Intel"), ("高通", "Qualcomm"), ("阿斯麦", "ASML"), ("贵州茅台", "Kweichow Moutai"),
    ("中国石油", "PetroChina"), ("工商银行", "ICBC"), ("汇丰", "HSBC"), ("辉瑞", "Pfizer"),
    ("埃克森美孚", "ExxonMobil"), ("雀巢", "Nestle"), ("联合利华", "Unilever"), ("币安", "Binance"),
    ("这家交易所", "the exchange"), ("该公司", "the company"), ("这家银行", "the bank"),
    ("这家芯片制造商", "the chipmaker"), ("这家初创企业", "the start-up"), ("该基金", "the fund"),
]  # fmt: skip
PLACES: list[Pair] = [
    ("美国", "the United States"), ("中国", "China"), ("欧元区", "the euro zone"), ("日本", "Japan"),
    ("德国", "Germany"), ("英国", "Britain"), ("法国", "France"), ("印度", "India"),
    ("巴西", "Brazil"), ("韩国", "South Korea"), ("俄罗斯", "Russia"), ("澳大利亚", "Australia"),
    ("加拿大", "Canada"), ("墨西哥", "Mexico"), ("印度尼西亚", "Indonesia"), ("越南", "Vietnam"),
    ("土耳其", "Turkey"), ("南非", "South Africa"), ("沙特阿拉伯", "Saudi Arabia"),
    ("瑞士", "Switzerland"), ("挪威", "Norway"), ("智利", "Chile"), ("秘鲁", "Peru"),
    ("广东省", "Guangdong province"), ("上海", "Shanghai"), ("深圳", "Shenzhen"),
    ("香港", "Hong Kong"), ("新加坡", "Singapore"), ("台湾", "Taiwan"), ("加利福尼亚州", "California"),
]  # fmt: skip
MEASURES: list[Pair] = [
    ("通胀率", "inflation rate"), ("失业率", "unemployment rate"), ("出口额", "exports"),
    ("进口额", "imports"), ("贸易顺差", "trade surplus"), ("经济增长率", "economic growth rate"),
    ("工业产出", "industrial output"), ("零售销售额", "retail sales"), ("房价", "home prices"),
    ("外汇储备", "foreign exchange reserves"), ("政府债务", "government debt"),
    ("财政赤字", "budget deficit"), ("基准利率", "benchmark interest rate"),
    ("采购经理人指数", "purchasing managers' index"), ("消费者信心指数", "consumer confidence index"),
    ("核心消费价格指数", "core consumer price index"), ("社会融资规模", "total social financing"),
    ("货币供应量", "money supply"), ("原油产量", "crude oil output"), ("粮食产量", "grain harvest"),
    ("新能源汽车销量", "sales of new energy vehicles"), ("人口", "population"),
    ("国债收益率", "government bond yield"), ("固定资产投资", "fixed-asset investment"),
]  # fmt: skip
ACCOUNTS: list[Pair] = [
    ("营业收入", "revenue"), ("净利润", "net profit"), ("毛利率", "gross margin"),
    ("研发支出", "research and development spending"), ("股息", "dividend"), ("市值", "market value"),
    ("现金流", "cash flow"), ("每股收益", "earnings per share"), ("员工人数", "headcount"),
    ("资产规模", "total assets"), ("不良贷款率", "non-performing loan ratio"),
    ("资本支出", "capital expenditure"), ("订单积压", "order backlog"), ("出货量", "shipments"),
    ("市场份额", "market share"), ("股价", "share price"), ("亏损", "loss"), ("负债", "liabilities"),
]  # fmt: skip
TIMES: list[Pair] = [
    ("去年", "last year"), ("今年", "this year"), ("上个月", "last month"),
    ("第一季度", "in the first quarter"), ("第二季度", "in the second quarter"),
    ("第三季度", "in the third quarter"), ("第四季度", "in the fourth quarter"),
    ("上半年", "in the first half of the year"), ("前10个月", "in the first 10 months"),
    ("2023年", "in 2023"), ("2024年", "in 2024"), ("2025年", "in 2025"), ("2026年", "in 2026"),
    ("3月", "in March"), ("8月", "in August"), ("11月", "in November"), ("12月", "in December"),
    ("到2030年", "by 2030"), ("周二", "on Tuesday"), ("周五", "on Friday"), ("上周", "last week"),
]  # fmt: skip
PEOPLE: list[Pair] = [
    ("首席执行官", "the chief executive"), ("财务总监", "the finance chief"), ("央行行长", "the central bank governor"),
    ("财政部长", "the finance minister"), ("发言人", "the spokesperson"), ("分析师", "analysts"),
    ("经济学家", "economists"), ("监管机构", "the regulator"), ("美联储主席", "the Federal Reserve chair"),
    ("总统", "the president"), ("总理", "the prime minister"), ("外交部长", "the foreign minister"),
    ("议员", "lawmakers"), ("投资者", "investors"), ("董事会", "the board"), ("工会", "the union"),
    ("法院", "the court"), ("商务部", "the commerce ministry"), ("创始人", "the founder"), ("科学家", "scientists"),
]  # fmt: skip
ACTS: list[Pair] = [
    ("加息", "raise interest rates"), ("降息", "cut interest rates"), ("裁员", "cut jobs"),
    ("增持股份", "increase the stake"), ("回购股票", "buy back shares"), ("推迟发布", "delay the launch"),
    ("提高关税", "raise tariffs"), ("暂停提币", "suspend withdrawals"), ("下架代币", "delist the token"),
    ("建设新工厂", "build a new plant"), ("收购竞争对手", "acquire a rival"), ("发行债券", "issue bonds"),
    ("上市", "go public"), ("限制出口", "restrict exports"), ("减产", "cut output"),
    ("扩大产能", "expand capacity"), ("修改法律", "amend the law"), ("举行谈判", "hold talks"),
    ("调查这起事故", "investigate the accident"), ("下调增长预期", "lower the growth forecast"),
    ("上调评级", "upgrade the rating"), ("关闭分支机构", "close branches"), ("退出市场", "leave the market"),
    ("提供补贴", "provide subsidies"), ("维持利率不变", "keep interest rates unchanged"),
]  # fmt: skip
THINGS: list[Pair] = [
    ("电动汽车", "electric cars"), ("半导体", "semiconductors"), ("锂电池", "lithium batteries"),
    ("原油", "crude oil"), ("天然气", "natural gas"), ("黄金", "gold"), ("铜", "copper"), ("大豆", "soybeans"),
    ("比特币", "bitcoin"), ("以太坊", "ether"), ("稳定币", "stablecoins"), ("美元", "the dollar"),
    ("人民币", "the yuan"), ("日元", "the yen"), ("太阳能电池板", "solar panels"), ("人工智能", "artificial intelligence"),
    ("钢铁", "steel"), ("稀土", "rare earths"), ("疫苗", "vaccines"), ("住房", "housing"), ("小麦", "wheat"),
    ("光刻机", "lithography machines"), ("数据中心", "data centres"), ("海上风电", "offshore wind power"),
    ("火山", "volcanoes"), ("章鱼", "octopuses"), ("河流", "rivers"), ("恐龙", "dinosaurs"), ("行星", "planets"),
]  # fmt: skip
_SLOTS = {
    "C": COMPANIES, "P": PLACES, "M": MEASURES, "A": ACCOUNTS, "T": TIMES, "W": PEOPLE, "V": ACTS, "S": THINGS,
}  # fmt: skip
# {X} in the Chinese side takes the first of a pair and in the English side the second.
_QUESTIONS: list[Pair] = [
    ("{C}{T}的{A}是多少?", "What was {C}'s {A} {T}?"),
    ("{C}的{A}{T}增长了多少?", "By how much did {C}'s {A} grow {T}?"),
    ("{C}的{A}{T}为何下降?", "Why did {C}'s {A} fall {T}?"),
    ("{P}{T}的{M}是多少?", "What was the {M} of {P} {T}?"),
    ("{P}的{M}{T}上升还是下降?", "Did the {M} of {P} rise or fall {T}?"),
    ("哪个国家的{M}最高?", "Which country has the highest {M}?"),
    ("哪家公司决定{V}?", "Which company decided to {V}?"),
    ("{C}为什么要{V}?", "Why does {C} want to {V}?"),
    ("{C}何时{V}?", "When will {C} {V}?"),
    ("{C}打算在哪里{V}?", "Where does {C} plan to {V}?"),
    ("{P}政府为何决定{V}?", "Why did the government of {P} decide to {V}?"),
    ("谁主张{V}?", "Who argued to {V}?"),
    ("谁反对{V}?", "Who opposed the move to {V}?"),
    ("{W}怎么看待{P}的{M}?", "What does {W} think of the {M} of {P}?"),
    ("{W}预计{P}的{M}会达到多少?", "What level does {W} expect the {M} of {P} to reach?"),
    ("{W}对{S}有什么看法?", "What is the view of {W} on {S}?"),
    ("{S}的价格为什么上涨?", "Why did the price of {S} rise?"),
    ("{S}的价格{T}跌了多少?", "How much did the price of {S} fall {T}?"),
    ("{P}生产多少{S}?", "How much does {P} produce in {S}?"),
    ("谁是最大的{S}出口国?", "Who is the largest exporter of {S}?"),
    ("{C}卖出了多少{S}?", "How many {S} did {C} sell?"),
    ("如果{C}{V},会有什么后果?", "What are the consequences if {C} were to {V}?"),
    ("用户在截止日期前需要做什么?", "What do users have to do before the deadline?"),
    ("{C}计划投资多少钱用于{S}?", "How much money does {C} plan to invest in {S}?"),
    ("{C}将创造多少个就业岗位?", "How many jobs will {C} create?"),
    ("{C}的{W}说了什么?", "What did {W} of {C} say?"),
    ("{P}从何时开始{V}?", "Since when has {P} begun to {V}?"),
    ("什么原因导致{P}的{M}创下新高?", "What caused the {M} of {P} to hit a record high?"),
    ("{S}是怎样形成的?", "How did {S} come into being?"),
    ("{S}有什么用途?", "What are {S} used for?"),
    ("{S}与{P}有什么关系?", "What is the connection between {S} and {P}?"),
    ("新规何时生效?", "When do the new rules take effect?"),
    ("投票结果如何?", "What was the result of the vote?"),
    ("哪些国家签署了关于{S}的协议?", "Which countries signed the agreement on {S}?"),
    ("{T}有多少人失业?", "How many people were unemployed {T}?"),
    ("{C}在{P}的业务表现如何?", "How did {C}'s business in {P} perform?"),
    ("{P}的{M}比预期高多少?", "How much higher than expected was the {M} of {P}?"),
    ("市场对{P}{V}作何反应?", "How did markets react to {P} moving to {V}?"),
    ("{C}收购案的金额有多大?", "How large was the acquisition by {C}?"),
    ("{W}给出的理由是什么?", "What reason did {W} give?"),
    ("{C}{T}亏损还是盈利?", "Did {C} make a loss or a profit {T}?"),
    ("事故发生在什么地方?", "Where did the accident happen?"),
    ("有多少人受到影响?", "How many people were affected?"),
    ("{P}的首都在哪里?", "Where is the capital of {P}?"),
    ("是谁发现了{S}?", "Who discovered {S}?"),
    ("{C}的{A}占总额的百分之几?", "What percentage of the total is {C}'s {A}?"),
]
_STATEMENTS: list[Pair] = [
    ("{C}公布,{T}{A}为{n}亿元,同比增长{p}%。", "{C} reported {A} of {m} billion yuan {T}, up {p}% from a year earlier."),
    ("{C}{T}{A}同比下降{p}%,低于分析师预期。", "{C}'s {A} fell {p}% from a year earlier {T}, missing analysts' forecasts."),
    ("数据显示,{P}{T}{M}为{p}%,高于市场预期。", "Data showed that the {M} of {P} was {p}% {T}, above market expectations."),
    ("{W}表示,{P}的{M}将在{T}回落至{p}%。", "{W} said the {M} of {P} would ease to {p}% {T}."),
    ("{W}周四表示,{C}不会{V}。", "{W} said on Thursday that {C} would not {V}."),
    ("{C}宣布将投资{n}亿美元{V}。", "{C} announced it would invest ${m} billion to {V}."),
    ("受{S}需求疲软拖累,{P}{M}{T}下滑{p}%。", "Dragged down by weak demand for {S}, the {M} of {P} slipped {p}% {T}."),
    ("{S}期货价格上涨{p}%,创三个月新高。", "Futures prices of {S} rose {p}% to a three-month high."),
    ("{P}议会以多数票通过了有关{S}的法案。", "The parliament of {P} passed a bill on {S} by a majority vote."),
    ("{C}与{P}政府签署协议,共同开发{S}。", "{C} signed an agreement with the government of {P} to develop {S} together."),
    ("{W}警告说,如果不{V},{M}还会恶化。", "{W} warned that the {M} would worsen further without moves to {V}."),
    ("{C}股价{T}上涨{p}%,市值突破{n}亿美元。", "Shares of {C} rose {p}% {T}, taking its market value above ${m} billion."),
]  # fmt: skip


def made_pairs(draw: random.Random, size: int = 9_000) -> Iterator[Pair]:
    """Fill templates with names, measures, times and figures.

    Args:
        draw: The source of chance.
        size: Pairs made; two in three are questions.

    Yields:
        (Chinese, English) of the same meaning, no pair twice.
    """
    seen = set()
    for number in range(size):
        zh, en = draw.choice(_STATEMENTS if number % 3 == 0 else _QUESTIONS)
        for slot, values in _SLOTS.items():
            chosen = draw.choice(values)
            zh, en = zh.replace(f"{{{slot}}}", chosen[0]), en.replace(f"{{{slot}}}", chosen[1])
        tens = draw.randint(11, 9_990)
        share = f"{draw.uniform(0.1, 60):.1f}"
        zh = zh.replace("{n}", str(tens)).replace("{p}", share)
        en = en.replace("{m}", f"{tens / 10:g}").replace("{p}", share)
        if (zh, en) not in seen:
            seen.add((zh, en))
            yield zh, en[0].upper() + en[1:]
