"""Invented Chinese."""

from quotes.generating.tongues.tongue import Tongue

CHINESE = Tongue(
    code="zh",
    marks=("“", "”"),
    gap="",
    said=(
        "在看到{other}之前，我们不会签署{thing}。",
        "{thing}我读了两遍，没有找到{other}。",
        "{place}没有人向我们要求{thing}。",
        "支持{thing}有{count}个理由。",
        "谁反对{thing}，谁就失去{other}。",
        "无论{place}怎么写，我国政府都支持{thing}。",
        "坦率地说，我们拒绝{thing}。",
        "我们提出了{thing}，等了{count}个星期。",
        "工程师在{count}个地点检查了{thing}。",
        "我们随时愿意在{place}讨论{thing}。",
    ),
    told=(
        "政府将在{count}周内向议会提交{thing}",
        "{place}早已了解{thing}",
        "尚未通过{thing}",
        "代表团没有带着{thing}离开{place}",
    ),
    leads=("部长表示，", "声明称，", "他在长篇答复中补充说，"),
    tails=("最糟糕的答复", "承诺而不是计划", "几个星期的事", "完全不可能的"),
    phrase="{field}{head}",
    heads=("条约", "协议", "报告", "草案", "计划", "法案", "调查", "预算", "峰会", "禁令", "宪章", "普查"),
    fields=(
        "贸易", "边境", "粮食", "能源", "住房", "学校", "水利", "铁路", "物价", "渔业", "港口", "医院", "养老", "数据",
        "钢铁", "工资", "森林", "航空", "疫苗", "冰川", "锂矿", "灯塔", "藏红花", "泥炭",
    ),
    places=("阿维利亚", "诺伦兰", "奎萨利", "坦堡", "奥斯特雷", "维德马克", "索利斯", "卡多维亚", "米兰多"),
    dates=("星期六", "星期二", "前一天", "星期四晚间"),
)  # fmt: skip
