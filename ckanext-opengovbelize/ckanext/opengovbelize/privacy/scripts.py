"""Names in letters that have no capitals, within a text in Latin letters: Chinese, Korean, Arabic."""

from __future__ import annotations

import re
from collections.abc import Iterator

# The family names that most people of China, Taiwan and Korea bear stand first, with one or two signs behind them.
_FAMILY_SIGNS = (
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林罗羅高郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖田董袁潘于蒋蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚"
    "陆陸汪范石廖贾賈韦韋付方白邹鄒孟熊秦邱江尹薛闫段雷侯龙龍史陶贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯"
)
_FAMILY_SYLLABLES = "김이박최정강조윤장임한오서신권황안송류홍전고문양손배백허유남심노하곽성차주우구민진지엄"
_HAN, _HANGUL, _ARABIC = r"[\u4e00-\u9fff]", r"[\uac00-\ud7a3]", r"[\u0620-\u064a]"
_NAME = re.compile(
    rf"(?<!{_HAN})[{_FAMILY_SIGNS}]{_HAN}{{1,2}}(?!{_HAN})"
    rf"|(?<!{_HANGUL} )(?<!{_HANGUL})[{_FAMILY_SYLLABLES}]{_HANGUL}{{1,2}}(?! ?{_HANGUL})"
    rf"|(?<!{_ARABIC} )(?<!{_ARABIC}){_ARABIC}{{2,12}}(?: {_ARABIC}{{2,12}}){{1,3}}(?! ?{_ARABIC})"
)


def names_without_capitals(text: str) -> Iterator[tuple[int, int]]:
    """Yield where such a name stands by itself; what is longer is a text in that language."""
    if not text.isascii():
        yield from (match.span() for match in _NAME.finditer(text))
