"""What can happen to a copy of a text between its publisher and a reader: a generator of attacks.

An attack takes the sentences of a text and gives back a copy and, for each sentence, where it now
stands in the copy's units, or None if it was deleted. Used on texts that the repository owns, and
by authors on the originals.
"""

import html
import random

from workedarguments.texts import anchors

TO_TRADITIONAL = {new: old for old, new in reversed(list(anchors._table().items()))}
REGIONAL = {  # mainland word -> Taiwan word, as converters with regional vocabulary change them
    "软件": "軟體", "信息": "資訊", "网络": "網路", "项目": "專案", "视频": "影片", "数据": "資料", "程序员": "程式設計師",
    "程序": "程式", "默认": "預設", "质量": "品質", "用户": "使用者", "优化": "最佳化", "服务器": "伺服器", "互联网": "網際網路",
    "支持": "支援", "发布": "釋出", "通过": "透過", "代码": "程式碼", "屏幕": "螢幕", "人工智能": "人工智慧", "内存": "記憶體",
}
WIDE = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}


def traditional(text):
    """Character by character into Traditional script."""
    return "".join(TO_TRADITIONAL.get(c, c) for c in text)


def simplified(text):
    """Character by character into Simplified script."""
    return "".join(anchors._table().get(c, c) for c in text)


def other_script(text):
    """The script that the text is not in."""
    return traditional(text) if simplified(text) == text else simplified(text)


def regional(text):
    """The other script, with regional vocabulary."""
    if simplified(text) == text:
        for mainland, taiwan in REGIONAL.items():
            text = text.replace(mainland, taiwan)
        return traditional(text)
    for mainland, taiwan in REGIONAL.items():
        text = text.replace(taiwan, mainland)
    return simplified(text)


def width(text):
    """Punctuation, letters and digits in the other width."""
    back = {wide: narrow for narrow, wide in WIDE.items()}
    return "".join(back.get(c, WIDE.get(c, c)) for c in text)


def edited(text, share, chance):
    """Some characters replaced, dropped or doubled, anywhere alike."""
    pool, out = [c for c in text if anchors.CJK.match(c)] or list("的一是"), []
    for c in text:
        if chance.random() >= share:
            out.append(c)
        else:
            out.append({0: chance.choice(pool), 1: "", 2: c + chance.choice(pool)}[chance.randrange(3)])
    return "".join(out)


def rewrapped(text, chance):
    """Line breaks every few dozen characters, as from a narrow e-mail; never inside a word."""
    out, column, limit = [], 0, 38
    for c in text:
        out.append(c)
        column = 0 if c == "\n" else column + 1
        if column >= limit + chance.randrange(5) and anchors.CJK.match(c):
            out.append("\n")
            column = 0
    return "".join(out)


BOILER = "点击上方蓝字关注我们，更多精彩内容请持续关注。转载请联系授权。\n"


def make(sentences, attack, seed=0):
    """A copy of a text under an attack, and each sentence's span in the units of the clean copy text.

    `sentences` are raw strings in order. Returns (copy, spans): the copy may be HTML; a span is
    (first unit, one past the last) in anchors.fold(readable.plain(copy)), None where deleted.
    """
    chance = random.Random(f"{attack} {seed}")
    kept = [True] * len(sentences)
    parts = list(sentences)
    if attack in ("delete", "combined"):
        kept = [chance.random() >= 0.15 for _ in sentences]
    change = {
        "script": other_script,
        "regional": regional,
        "width": width,
        "edit 5": lambda s: edited(s, 0.05, chance),
        "edit 10": lambda s: edited(s, 0.10, chance),
        "edit 20": lambda s: edited(s, 0.20, chance),
        "combined": lambda s: edited(width(regional(s)), 0.03, chance),
    }.get(attack, str)
    parts = [change(part) for part in parts]
    order = list(range(len(parts)))
    if attack == "shuffle":
        blocks = [order[k : k + 12] for k in range(0, len(order), 12)]
        chance.shuffle(blocks)
        order = [k for block in blocks for k in block]
    pieces, spans, count = [], [None] * len(parts), 0
    for position, k in enumerate(order):
        if attack in ("boilerplate", "combined") and position % 17 == 5:
            pieces.append(BOILER)
            count += len(anchors.fold(BOILER).units)
        if kept[k]:
            units = len(anchors.fold(parts[k]).units)
            spans[k] = (count, count + units)
            count += units
            pieces.append(parts[k] + ("" if parts[k].endswith("\n") else "\n" if attack == "html" else " "))
    text = "".join(pieces)
    if attack in ("rewrap", "combined"):
        text = rewrapped(text, chance)
    if attack == "html":
        body = "".join(f"<p>{html.escape(piece)}</p>" for piece in pieces)
        text = f"<!doctype html><html><head><script>var x = '{'垃圾' * 20}';</script></head><body><nav>首页 关于</nav><article>{body}</article></body></html>"
    return text, spans


ATTACKS = ("identity", "script", "regional", "width", "rewrap", "boilerplate", "html", "shuffle", "delete", "edit 5",
           "edit 10", "edit 20", "combined")


def score(spans, found, folded):
    """Counts of one attack: right and wrong finds (all, and automatic ones alone), ghosts, exact ones."""
    tally = dict.fromkeys(("there", "gone", "right", "wrong", "auto_right", "auto_wrong", "ghost", "auto_ghost", "exact"), 0)
    for span, one in zip(spans, found, strict=True):
        auto = one.status in ("exact", "exact-repeat", "strong")
        hit = one.start is not None
        tally["gone" if span is None else "there"] += 1
        tally["exact"] += one.status in ("exact", "exact-repeat")
        if span is None:
            tally["ghost"] += hit
            tally["auto_ghost"] += auto
            tally["wrong"] += hit
            tally["auto_wrong"] += auto
        elif hit:
            first, last = (folded.start.searchsorted(edge) for edge in (one.start, one.end))
            overlap = max(0, min(last, span[1]) - max(first, span[0]))
            right = overlap >= 0.5 * (span[1] - span[0])
            tally["right" if right else "wrong"] += 1
            if auto:
                tally["auto_right" if right else "auto_wrong"] += 1
    return tally
