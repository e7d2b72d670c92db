"""Pages of different make, written for these tests."""

from __future__ import annotations

PARAGRAPHS = (
    "The last ferry left on Tuesday evening, before the strait froze over from shore to shore.",
    "Operators expect that the northern route stays closed for at least two weeks, they said.",
    "Three thousand commuters now travel by bus across the long bridge, which adds two hours.",
    "The ministry has promised a discount on tickets, but it has not said how large it will be.",
)

_ARTICLE = "".join(f"<p>{paragraph}</p>\n" for paragraph in PARAGRAPHS)
_NAVIGATION = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(12))
_FOOTER = "<p>Copyright of this newspaper. All rights reserved. Terms of use and privacy.</p>"

ARTICLE_TAGS = f"""<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8">
<title>Ice closes the route | The Strait Times</title>
<meta property="og:title" content="Ice closes the route">
<meta property="og:site_name" content="The Strait Times">
<meta property="article:published_time" content="2026-01-20T06:30:00+01:00">
<meta name="author" content="Ann Writer">
<link rel="canonical" href="https://strait.example/ice?utm_source=mail&amp;id=7">
<style>p {{ color: red }}</style><script>var hidden = "<p>not text</p>";</script></head>
<body><nav><ul>{_NAVIGATION}</ul></nav>
<main><article><h1>Ice closes the route</h1>
<p>By Ann Writer</p>
{_ARTICLE}
<h2>What comes <em>next</em></h2>
<p>An <b>ice breaker</b> is on its <a href="/way?utm_medium=x">way from the north</a>,
officials said today.</p>
<ul><li>First, the harbour is opened.</li><li>Then <i>one lane</i> of the strait.
<ol><li>Westbound traffic comes first.</li></ol></li></ul>
<blockquote><p>We have not seen ice like this since the winter of 1987,
the harbour master said.</p></blockquote>
<figure><img src="ice.jpg" width="640" height="400" alt="A ferry in the ice">
<figcaption>The ferry Aurora
in the harbour on Tuesday.</figcaption></figure>
<table><tr><th>Route</th><th>State</th></tr><tr><td>North</td><td>closed</td></tr>
<tr><td>South</td><td>open</td></tr></table>
<p>The next report on the state of the ice is due on Friday morning, the office announced.</p>
</article></main>
<aside><h3>Most read</h3><ul>{_NAVIGATION}</ul></aside><footer>{_FOOTER}</footer>
<div style="display:none"><p>This text is hidden from the reader of the page and must
not come.</p></div>
</body></html>"""

DIV_SOUP = f"""<html><head><title>Ice closes the route</title></head><body>
<div><div class="menu"><div><a href="/a">Home</a>
<a href="/b">World</a> <a href="/c">Sport</a></div></div>
<div><div><div><span><font size="5">Ice closes the route</font></span></div>
<div>{PARAGRAPHS[0]}<br><br>{PARAGRAPHS[1]}<br><br>{PARAGRAPHS[2]}<br>
<br>{PARAGRAPHS[3]}</div></div></div>
<div class="foot">{_FOOTER}</div></div></body></html>"""

UKRAINIAN = """<html lang="uk"><head>
<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">
<title>Сторони домовилися про другий раунд</title></head><body>
<div id="menu"><a href="/">Головна</a></div>
<article><h1>Сторони домовилися про другий раунд</h1>
<p>Сторони домовилися про другий раунд переговорів, який має відбутися наступного тижня в столиці.</p>
<p>Міністри закордонних справ зустрічалися чотири години, повідомила речниця уряду журналістам.</p>
<p>Обидві делегації повернуться додому, щоб обговорити пропозиції, про які йшлося сьогодні.</p>
</article></body></html>"""

CHINESE = """<html lang="zh"><head><meta charset="utf-8"><title>海峡结冰，渡轮停运</title></head><body>
<nav><a href="/">首页</a></nav><article><h1>海峡结冰，渡轮停运</h1>
<p>周二晚上，最后一班渡轮在海峡从此岸到彼岸全部封冻之前离开了港口，船上有三百名乘客。</p>
<p>运营商表示，预计北部航线至少还要关闭两个星期，具体时间取决于天气情况和破冰船的进度。</p>
<p>三千名通勤者现在乘坐公共汽车通过大桥，路程因此延长了两个小时，早晨的公共汽车非常拥挤。</p>
</article></body></html>"""

ARABIC = """<html lang="ar" dir="rtl"><head><meta charset="utf-8">
<title>الجليد يغلق الطريق</title></head>
<body><article><h1>الجليد يغلق الطريق</h1>
<p>غادرت العبارة الأخيرة مساء يوم الثلاثاء قبل أن يتجمد المضيق من الشاطئ إلى الشاطئ بالكامل.</p>
<p>ويتوقع المشغلون أن يظل الطريق الشمالي مغلقا لمدة أسبوعين على الأقل كما قالوا يوم الاثنين.</p>
<p>ويسافر الآن ثلاثة آلاف شخص بالحافلة كل يوم، والحافلات ممتلئة تماما في ساعات الصباح.</p>
</article></body></html>"""
