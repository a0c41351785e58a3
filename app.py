"""The chat page: renders Answers, decides nothing. All text of documents and people is escaped before it is HTML."""

from __future__ import annotations

import bisect
import errno
import itertools
import logging
import os
import re
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported

import gradio as gr
from babel import Locale

from index.bodies import name_in
from index.clause import Block, Document
from index.errors import ClausesError
from index.language import LANGUAGES
from index.library import Library
from index.snapshot import Snapshot
from prompts import DEFAULT, message, messages
from rag.answer import Answer, Quote
from rag.ask import MAX_QUESTION, ask
from rag.cite import printed_date
from rag.compose import lead_in, searched_text
from rag.verify import verify
from rag.within import within_from

ASSETS = Path(__file__).with_name("app_assets")
EXAMPLES = ("zh", "en", "fr", "es", "ru", "ar")
"""Languages of the example questions, in the order shown."""
SHOWN_QUESTION = 600
"""Characters of a question that the page shows."""
SHOWN_DOCUMENT = 400_000
"""Characters of a document that the pane shows; of a longer one, the part around the clause."""
AT_ONCE, WAITING = 4, 64
"""Questions that are answered at a time, and that may wait for their turn."""
_ACTIVE = re.compile(r"[&<>\"'=\\`*_{}\[\]()#+\-.!|~$:@\n]")
"""Characters that mean something to HTML or Markdown."""
_serials = itertools.count()
_log = logging.getLogger("clauses.page")


class PortTakenError(ClausesError):
    """A port that another program listens on."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what the page shows below it."""

    question: str
    reply: str
    """HTML, everything from outside escaped."""
    answer: Answer | None = None
    done: bool = False


# Rendering: values in, HTML out


def text(value: str) -> str:
    """Text of a document or a person as HTML on one line, with nothing left that HTML or Markdown would act on."""
    sound = re.sub(r"[\ud800-\udfff]", "\ufffd", value.replace("\r\n", "\n").replace("\r", "\n"))
    return _ACTIVE.sub(lambda found: f"&#{ord(found.group())};", sound)


def marked(source: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> str:
    """`source[start:end]` as HTML, the parts of it that lie in `spans` marked."""
    cuts = sorted({start, end, *(cut for span in spans for cut in span if start < cut < end)})
    pieces = []
    for left, right in itertools.pairwise(cuts):
        inside = any(first <= left and right <= last for first, last in spans)
        pieces.append(f"<mark>{text(source[left:right])}</mark>" if inside else text(source[left:right]))
    return "".join(pieces)


def asked_html(question: str) -> str:
    """A question as its asker typed it."""
    shown = question.strip()
    rest = "…" if len(shown) > SHOWN_QUESTION else ""
    return f'<div class="cl-asked" dir="auto">{text(shown[:SHOWN_QUESTION])}{rest}</div>'


def notice_html(sentence: str, language: str) -> str:
    """A sentence in the place of an answer."""
    return f'<div class="cl-answer cl-notice"{tongue(language)}><p>{text(sentence)}</p></div>'


def answer_steps(answer: Answer, snapshot: Snapshot, turn: int) -> Iterator[str]:
    """The answer as it grows: the lead-in, then one quotation more each time, then what is said of it all."""
    language = answer.language
    if answer.refused:
        yield refusal_html(answer, snapshot, turn)
        return
    parts = [f'<p class="cl-lead">{text(lead_in(len(answer.quotes), language))}</p>']
    yield _wrap(parts, language)
    for quote in answer.quotes:
        parts.append(card_html(quote, snapshot.document_by_hash.get(quote.document), turn, language))
        yield _wrap(parts, language)
    yield _wrap([*parts, _confidence(answer)], language)


def refusal_html(answer: Answer, snapshot: Snapshot, turn: int) -> str:
    """A refusal: that the documents do not say, what stands nearest if anything does, and what was searched."""
    language = answer.language
    where = _isolated(searched_text(answer.searched, answer.searched_count, language), answer.searched)
    lead = f'<p class="cl-lead">{text(message("nearest" if answer.nearest else "refusal", language))}</p>'
    near = []
    if answer.nearest:
        near = [card_html(answer.nearest, snapshot.document_by_hash.get(answer.nearest.document), turn, language)]
    return _wrap([lead, *near, f'<p class="cl-searched">{where}</p>'], language, "cl-refusal")


def card_html(quote: Quote, document: Document | None, turn: int, language: str) -> str:
    """A quotation: its clause in full, the quoted span marked, its citation as a button that opens the document."""
    block = block_at(document, quote.start) if document else None
    heading = ""
    if document and block:
        words = marked(document.text, block.body, max(block.end, quote.end), [(quote.start, quote.end)])
        if block.headings and block.headings[-1] not in document.title:
            own = tongue(document.language)
            heading = f'<p class="cl-heading"{own}>{text(block.headings[-1].splitlines()[0])}</p>'
    else:
        words = f"<mark>{text(quote.text)}</mark>"
    place, number = f"{turn}-{quote.number}", f'<span class="cl-number">{quote.number}</span>'
    cite = (
        f'<button type="button" class="cl-cite" id="cite-{place}" value="{place}" '
        f'title="{text(message("page.open", language))}">{_isolated(quote.citation, [quote.title])}</button>'
    )
    return (
        f'<div class="cl-card">{number}<div class="cl-said">{heading}<blockquote class="cl-quote"'
        f'{tongue(quote.language)}>{words}</blockquote>{_edition(quote, language)}<div class="cl-foot">'
        f"{cite}{_copy(language)}</div>{_also(quote, language)}</div></div>"
    )


def _copy(language: str) -> str:
    """The button that copies the quotation it stands under, with its citation."""
    copy, copied = text(message("page.copy", language)), text(message("page.copied", language))
    return f'<button type="button" class="cl-copy" title="{copied}">{copy}</button>'


def _edition(quote: Quote, language: str) -> str:
    """The official text in the asker's language, under the quoted one."""
    edition = quote.edition
    if edition is None:
        return ""
    return (
        f'<div class="cl-edition"{tongue(edition.language)}><blockquote class="cl-quote">{text(edition.text)}</blockquote>'
        f'<div class="cl-foot"><p class="cl-cited">{_isolated(edition.citation, [])}</p>{_copy(language)}</div></div>'
    )


def _also(quote: Quote, language: str) -> str:
    """Where a near-identical clause stands in documents of other years."""
    if not quote.also:
        return ""
    return f'<p class="cl-also">{text(message("also", language, places="; ".join(quote.also)))}</p>'


def document_html(document: Document, here: Quote, quotes: Sequence[Quote], language: str) -> str:
    """The whole document, the clause of `here` highlighted, everything quoted from it marked."""
    spans = [(q.start, q.end) for q in quotes if q.document == document.sha256]
    target = block_at(document, here.start)
    first, last = _shown(document, target)
    skipped = [text(message("page.skipped", language, count=n)) for n in (first, len(document.blocks) - last)]
    body, title = [f'<p class="cl-skipped">{skipped[0]}</p>'] if first else [], None
    for position in range(first, last):
        block = document.blocks[position]
        if document.rows and document.rows[position].title not in (None, title):
            title = document.rows[position].title
            body.append(f'<h4 class="cl-row">{text(title or "")}</h4>')
        body.append(_block_html(document, block, spans, block is target))
    if last < len(document.blocks):
        body.append(f'<p class="cl-skipped">{skipped[1]}</p>')
    day = printed_date(document.date, language) if document.date else ""
    about = " · ".join(text(part) for part in (document.symbol, day, document.session, document.source) if part)
    name = text(_flat(document.title))
    return (
        f'<article class="cl-document" id="opened-{next(_serials)}" aria-label="{name}"><header class="cl-top"'
        f"{tongue(language)}><div><h2{tongue(document.language)}>{name}</h2><p>{about}</p></div>{_close(language)}</header>"
        f'<div class="cl-text" tabindex="0"{tongue(document.language)}>{"".join(body)}</div></article>'
    )


def welcome_html(documents: Sequence[Document], language: str) -> str:
    """Before the first question: what can be asked, of which documents, and an example in each language."""
    said = {key: text(message(f"page.{key}", language)) for key in ("welcome", "library", "try")}
    names = [f"<li{tongue(d.language)}>{text(_flat(d.title))}</li>" for d in documents[:6]]
    if len(documents) > 6:
        names.append(f"<li>{text(message('page.more', language, count=len(documents) - 6))}</li>")
    shelf = (
        f"<h3>{said['library']}</h3><ul>{''.join(names)}</ul>"
        if names
        else f"<p>{text(message('empty', language))}</p>"
    )
    examples = "".join(
        f'<button type="button" class="cl-example" value="{code}"{tongue(code)}>'
        f"{text(message('page.example', code))}</button>"
        for code in EXAMPLES
    )
    return (
        f'<div class="cl-welcome"{tongue(language)}><p class="cl-promise">{said["welcome"]}</p>'
        f'{shelf}<h3>{said["try"]}</h3><div class="cl-examples">{examples}</div></div>'
    )


def block_at(document: Document, offset: int) -> Block | None:
    """The block of a document that an offset lies in."""
    position = bisect.bisect_right(document.blocks, offset, key=lambda block: block.start) - 1
    block = document.blocks[position] if position >= 0 else None
    return block if block and offset < block.end else None


def tongue(language: str | None) -> str:
    """The attributes `lang` and `dir` of an element in a language; None where it is not known."""
    if language is None or not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", language):
        return ' dir="auto"'
    right_to_left = language.split("-")[0] in ("ar", "fa", "he", "ur")
    return f' lang="{language}" dir="{"rtl" if right_to_left else "ltr"}"'


def _block_html(document: Document, block: Block, spans: Sequence[tuple[int, int]], here: bool) -> str:
    tag = {"title": "h3", "heading": "h4"}.get(block.kind, "div")
    mark = marked(document.text, block.start, block.body, spans) if block.body > block.start else ""
    number = f'<span class="cl-mark">{mark}</span>' if mark else ""
    words = f'<span class="cl-words">{marked(document.text, block.body, block.end, spans)}</span>'
    classes = f"cl-block cl-{block.kind}" + (" cl-numbered" if number else "") + (" cl-here" if here else "")
    return f'<{tag} class="{classes}"{" tabindex=-1" if here else ""}>{number}{words}</{tag}>'


def _shown(document: Document, target: Block | None) -> tuple[int, int]:
    """First and last (exclusive) of the blocks that the pane shows."""
    blocks = document.blocks
    if len(document.text) <= SHOWN_DOCUMENT or target is None:
        return 0, len(blocks)
    first = bisect.bisect_left(blocks, target.start - SHOWN_DOCUMENT // 2, key=lambda block: block.start)
    last = bisect.bisect_left(blocks, target.start + SHOWN_DOCUMENT // 2, key=lambda block: block.start)
    return first, max(last, blocks.index(target) + 1)


def _close(language: str) -> str:
    said = text(message("page.close", language))
    return f'<button type="button" class="cl-close" aria-label="{said}" title="{said}">×</button>'


def _wrap(parts: Sequence[str], language: str, more: str = "") -> str:
    return f'<div class="cl-answer {more}"{tongue(language)}>{"".join(parts)}</div>'


def _confidence(answer: Answer) -> str:
    percent = min(99, round(answer.confidence * 100))  # never "certain"
    return f'<p class="cl-confidence">{text(message("page.confidence", answer.language, percent=percent))}</p>'


def _isolated(sentence: str, titles: Sequence[str]) -> str:
    """A sentence as HTML, the titles in it set apart so that Arabic and Latin text do not run into each other."""
    html = text(sentence)
    for title in {text(_flat(title)) for title in titles} - {""}:
        html = html.replace(title, f"<bdi>{title}</bdi>", 1)
    return html


def _flat(title: str) -> str:
    return " ".join(title.split())


# The conversation


def converse(
    question: str, earlier: tuple[Turn, ...], library: Library, language: str, chosen: Sequence[Any] = ()
) -> Iterator[tuple[Turn, ...]]:
    """Ask, of the clauses `chosen` (the arguments of `within_from`; what is empty chooses nothing out). Yield the conversation
    each time there is more of it to show. Errors are said in the chat, not raised."""
    kept = question[: MAX_QUESTION * 4]  # `ask` reads no more
    turn = Turn(kept, notice_html(message("page.searching", language), language))
    yield (*earlier, turn)
    try:
        within = within_from(*(value or None for value in chosen))
        answer = ask(kept, library, [t.question for t in earlier if t.answer], within=within)
        for reply in answer_steps(answer, library.snapshot(), len(earlier)):
            turn = Turn(kept, reply, answer)
            yield (*earlier, turn)
    except ClausesError as error:
        turn = Turn(kept, notice_html(str(error), DEFAULT))
    except Exception:
        _log.exception("A question could not be answered")
        turn = Turn(kept, notice_html(message("page.failed", language), language))
    yield (*earlier, replace(turn, done=True))


def halted(turns: tuple[Turn, ...], language: str) -> tuple[Turn, ...]:
    """The conversation after Stop: what was already shown of an answer stays."""
    stopped = notice_html(message("page.stopped", language), language)
    return tuple(t if t.done else replace(t, reply=t.reply if t.answer else stopped, done=True) for t in turns)


def opened(place: str, turns: tuple[Turn, ...], library: Library, language: str) -> str | None:
    """The document at a citation ("turn-number"), its quote verified once more; None where there is no such one."""
    found = re.fullmatch(r"(\d{1,6})-(\d{1,3})", place)
    answer = turns[int(found[1])].answer if found and int(found[1]) < len(turns) else None
    shown = (*answer.quotes, *([answer.nearest] if answer.nearest else [])) if answer else ()
    here = next((q for q in shown if q.number == int(found[2])), None) if found else None
    if answer is None or here is None:
        return None
    snapshot = library.snapshot()
    if not verify(here, snapshot):
        gone = f'<header class="cl-top"><p>{text(message("page.gone", language))}</p>{_close(language)}</header>'
        return f'<article class="cl-document" id="opened-{next(_serials)}"{tongue(language)}>{gone}</article>'
    return document_html(snapshot.document_by_hash[here.document], here, shown, language)


def transcript(turns: Sequence[Turn]) -> list[dict[str, str]]:
    """The conversation as the chatbot's messages."""
    pairs = ((("user", asked_html(t.question)), ("assistant", t.reply)) for t in turns)
    return [{"role": role, "content": content} for pair in pairs for role, content in pair]


def document_name(document: Document) -> str:
    """A document in a list to choose from: its symbol and language, or its title."""
    if document.symbol is None:
        return _flat(document.title)[:80]
    return f"{document.symbol} · {document.language}" if document.language else document.symbol


def page_language(request: gr.Request) -> str:
    """The language of the page's own words: the browser's first, as `gr.I18n` picks it."""
    first = str(request.headers.get("accept-language", ""))[:2].lower()
    return first if first in LANGUAGES else DEFAULT


# The page


def build(library: Library) -> gr.Blocks:
    """The page on a library. Nothing of one visitor's conversation is kept where another could see it."""
    words = page_words()
    name = (
        f'<div class="cl-name"><b>{text(message("page.title", DEFAULT))}</b><span>{words("page.tagline")}</span></div>'
    )
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

    page: gr.Blocks
    with gr.Blocks(title=message("page.title", DEFAULT), analytics_enabled=False, fill_width=True) as page:
        turns = gr.State(())
        with gr.Row(elem_id="cl-page"):
            with gr.Column(elem_id="cl-left"):
                gr.HTML(name, elem_id="cl-name", apply_default_css=False, js_on_load=None)
                chat = gr.Chatbot(
                    elem_id="cl-chat", show_label=False, container=False, buttons=[], autoscroll=False, layout="panel",
                    latex_delimiters=[], allow_tags=False, feedback_options=None, group_consecutive_messages=False,
                )  # fmt: skip
                with gr.Row(elem_id="cl-entry"):
                    box = gr.Textbox(
                        elem_id="cl-box", placeholder=words("page.placeholder"), label=words("page.placeholder"),
                        show_label=False, container=False, lines=1, max_lines=6, autofocus=True,
                    )  # fmt: skip
                    send = gr.Button(words("page.ask"), elem_id="cl-ask", variant="primary")
                    stop = gr.Button(words("page.stop"), elem_id="cl-stop", visible=False)
                with gr.Accordion(words("page.within"), open=False, elem_id="cl-within"), gr.Row():
                    documents = gr.Dropdown([], multiselect=True, label=words("page.documents"), elem_id="cl-documents")
                    languages = gr.Dropdown(
                        [(Locale(code).get_display_name() or code, code) for code in LANGUAGES], multiselect=True,
                        label=words("page.languages"), elem_id="cl-languages",
                    )  # fmt: skip
                    years = gr.Textbox(
                        label=words("page.years"), placeholder="2019-2022", max_lines=1, elem_id="cl-years"
                    )
                    bodies = gr.Dropdown([], multiselect=True, label=words("page.bodies"), elem_id="cl-bodies")
                    sections = gr.Textbox(label=words("page.sections"), max_lines=1, elem_id="cl-sections")
                with gr.Row(elem_id="cl-more"):
                    retry = gr.Button(words("page.retry"), elem_id="cl-retry", visible=False, size="sm")
                    clear = gr.Button(words("page.clear"), elem_id="cl-clear", visible=False, size="sm")
            pane = gr.HTML(
                elem_id="cl-pane", apply_default_css=False, js_on_load=(ASSETS / "page.js").read_text(encoding="utf-8")
            )
        view = [chat, turns, send, stop, retry, clear]

        def shown(now: tuple[Turn, ...]) -> dict[Any, Any]:
            busy = bool(now) and not now[-1].done
            visible = {send: not busy, stop: busy, retry: bool(now) and not busy, clear: bool(now)}
            return {chat: transcript(now), turns: now, **{b: gr.update(visible=v) for b, v in visible.items()}}

        def respond(
            typed: str, now: tuple[Turn, ...], names: list[str], tongues: list[str], span: str | None, whose: list[str],
            part: str | None,
            request: gr.Request, event: gr.EventData,
        ) -> Iterator[dict[Any, Any]]:  # fmt: skip
            language, question, left = page_language(request), typed, gr.update(value="")
            now = halted(now, language)
            source = getattr(event.target, "elem_id", None)
            if source == "cl-pane":
                code = (event._data or {}).get("value")
                question, left = message("page.example", code) if code in EXAMPLES else "", gr.skip()
            elif source == "cl-retry":
                question, now, left = (now[-1].question if now else ""), now[:-1], gr.skip()
            if not question.strip():
                gr.Info(message("page.empty_question", language), duration=3)
                return
            part = (part or "").strip()
            chosen = names, tongues, (span or "").strip(), whose, [part] if part else []
            for step in converse(question, now, library, language, chosen):
                yield {**shown(step), box: left}
                left = gr.skip()

        def halt(now: tuple[Turn, ...], request: gr.Request) -> dict[Any, Any]:
            return shown(halted(now, page_language(request)))

        def open_document(now: tuple[Turn, ...], request: gr.Request, event: gr.EventData) -> Any:
            place = str((event._data or {}).get("value"))
            found = opened(place, now, library, page_language(request))
            return gr.skip() if found is None else found

        def greet(request: gr.Request) -> Any:
            held, language = library.snapshot().documents, page_language(request)
            whose = sorted({document.body for document in held if document.body})
            named = [(document_name(document), document.slug) for document in held]
            return {
                chat: gr.update(placeholder=welcome_html(held, language)),
                documents: gr.update(choices=named),
                bodies: gr.update(choices=[(name_in(body, language), body) for body in whose]),
            }

        page.load(greet, None, [chat, documents, bodies], queue=False, **quiet)
        asking = gr.on(
            [send.click, box.submit, retry.click, pane.select], respond,
            [box, turns, documents, languages, years, bodies, sections], [*view, box],
            concurrency_limit=AT_ONCE, **quiet,
        )  # fmt: skip
        stop.click(halt, turns, view, cancels=asking, queue=False, **quiet)
        clear.click(lambda: {**shown(()), pane: ""}, None, [*view, pane], cancels=asking, queue=False, **quiet)
        pane.click(open_document, turns, pane, queue=False, trigger_mode="always_last", **quiet)
        chat.change(None, js="() => { window.clausesFollow && window.clausesFollow() }")
    page.queue(max_size=WAITING, default_concurrency_limit=AT_ONCE, api_open=False)
    return page


def page_words() -> gr.I18n:
    """The page's own words in the six languages; the browser picks."""
    return gr.I18n(**{code: {k: v for k, v in messages(code).items() if k.startswith("page.")} for code in LANGUAGES})


def theme() -> gr.themes.Base:
    """Paper and ink; fonts of the system only, so that nothing is fetched."""
    sans = [
        "system-ui",
        "-apple-system",
        "Segoe UI",
        "Noto Sans",
        "Noto Sans CJK SC",
        "Noto Naskh Arabic",
        "sans-serif",
    ]
    return gr.themes.Base(
        primary_hue="blue", neutral_hue="stone", font=sans, font_mono=["ui-monospace", "monospace"], radius_size="md"
    ).set(
        body_background_fill="#fbfaf8", body_background_fill_dark="#16171a",
        background_fill_primary="#ffffff", background_fill_primary_dark="#1e2023",
        background_fill_secondary="#f4f2ee", background_fill_secondary_dark="#26282c",
        body_text_color="#1f2328", body_text_color_dark="#e8e6e1",
        body_text_color_subdued="#5c6066", body_text_color_subdued_dark="#a5a8ad",
        border_color_primary="#e2ded6", border_color_primary_dark="#34373c",
        link_text_color="#1d4f91", link_text_color_dark="#9cc2f5",
        button_primary_background_fill="#1d4f91", button_primary_background_fill_dark="#2f6ab8",
        button_primary_background_fill_hover="#163f75", button_primary_background_fill_hover_dark="#3a78c9",
        button_primary_text_color="#ffffff", button_primary_text_color_dark="#ffffff",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Server:
    """The page while it is being served."""

    url: str
    page: gr.Blocks

    def close(self) -> None:
        """Stop serving."""
        self.page.close(verbose=False)


def serve(
    library: Library, *, host: str = "127.0.0.1", port: int = 7860, open_browser: bool = False, block: bool = True
) -> Server | None:
    """Serve the page; return when it is interrupted, or at once with a handle where `block` is False.

    Raises PortTakenError for a port that is taken: another one is never taken silently.
    """
    _check_free(host, port)
    for name in ("NO_PROXY", "no_proxy"):  # Gradio asks itself over HTTP whether it is up: that must not go to a proxy
        os.environ[name] = ",".join(filter(None, [os.environ.get(name), "127.0.0.1,localhost"]))
    page = build(library)
    _, url, _ = page.launch(
        server_name=host, server_port=port, inbrowser=open_browser, prevent_thread_lock=True, quiet=True, share=False,
        enable_monitoring=False, run_history=False, footer_links=[], ssr_mode=False, mcp_server=False, pwa=False,
        max_file_size=1, app_kwargs={"openapi_url": None},
        state_session_capacity=1000, show_error=False, i18n=page_words(), theme=theme(),
        css=(ASSETS / "page.css").read_text(encoding="utf-8"), favicon_path=ASSETS / "favicon.svg",
        head='<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">',
    )  # fmt: skip
    server = Server(url, page)
    threading.Thread(target=_warm, args=(library,), daemon=True).start()
    if not block:
        return server
    print(f"Clauses is at {url} (Ctrl+C stops it)", flush=True)
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        server.close()
        return None


def main() -> None:
    """`python app.py`: the page on the library and the model that the environment names."""
    from rag.edge import open_library

    serve(open_library())


def _check_free(host: str, port: int) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            if os.name == "posix":  # as the server binds; elsewhere this option would allow a port that is taken
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except PermissionError:
        raise ClausesError(f"Port {port} may not be used by this user; name one above 1023 with --port.") from None
    except socket.gaierror:
        raise ClausesError(f'"{host}" is no address of this machine; name one with --host.') from None
    except OSError as error:
        if error.errno == errno.EADDRNOTAVAIL:
            raise ClausesError(f'"{host}" is no address of this machine; name one with --host.') from None
        raise PortTakenError(f"Port {port} is taken by another program; name another with --port.") from None


def _warm(library: Library) -> None:
    """Load the model before the first question comes. What goes wrong here is said to the first who asks."""
    try:
        library.searchable()
    except Exception:
        _log.info("The model is not ready", exc_info=True)


if __name__ == "__main__":
    main()
