"""The tab where questions are asked: the chat, the entry, the choice of documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gradio as gr
from babel import Locale

from index.bodies import name_in
from index.errors import ClausesError
from index.language import LANGUAGES
from index.library import Library
from page.actions import judged_html, suggested_html, suggested_question, tools_of, turn_in
from page.conversation import Turn, converse, halted, linked, opened, transcript
from page.escape import text
from page.notebook import conversation_export
from page.past import ask_again, asked_from, record_html, words_html
from page.welcome import welcome_html
from page.words import AT_ONCE, QUIET, asset, document_name, page_language
from prompts import DEFAULT, message
from rag.examples import examples, known_examples


def asking_tab(
    page: gr.Blocks, library: Library, words: gr.I18n, pane: gr.HTML, feedback: Path | None = None
) -> tuple[Callable[..., Any], list[Any]]:
    """Lay the tab out where it is called, and wire it to the document `pane` of the `page`. feedback: where what readers say of
    answers is kept; nobody is asked where there is none.

    Returned: what brings the welcome and the choice of documents up to date when the library has changed, and its outputs;
    all but the first are its inputs too.
    """
    turns = gr.State(())
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
        years = gr.Textbox(label=words("page.years"), placeholder="2019-2022", max_lines=1, elem_id="cl-years")
        bodies = gr.Dropdown([], multiselect=True, label=words("page.bodies"), elem_id="cl-bodies")
        sections = gr.Textbox(label=words("page.sections"), max_lines=1, elem_id="cl-sections")
    with gr.Row(elem_id="cl-more"):
        retry = gr.Button(words("page.retry"), elem_id="cl-retry", visible=False, size="sm")
        undo = gr.Button(words("chat.undo"), elem_id="cl-undo", visible=False, size="sm")
        clear = gr.Button(words("page.clear"), elem_id="cl-clear", visible=False, size="sm")
        conversation_export(turns, library, words)
    tools = tools_of(library)
    kept = gr.HTML(elem_id="cl-kept", apply_default_css=False, js_on_load=asset("past.js"))
    view = [chat, turns, send, stop, retry, undo, clear, kept]

    def shown(now: tuple[Turn, ...], language: str = DEFAULT) -> dict[Any, Any]:
        busy = bool(now) and not now[-1].done
        ready = bool(now) and not busy
        visible = {send: not busy, stop: busy, retry: ready, undo: ready, clear: bool(now)}
        changed: dict[Any, Any] = {
            chat: transcript(now, language), turns: now, **{b: gr.update(visible=v) for b, v in visible.items()},
        }  # fmt: skip
        return changed if busy else {**changed, kept: record_html(now)}

    def respond(
        typed: str, now: tuple[Turn, ...], names: list[str], tongues: list[str], span: str | None, whose: list[str],
        part: str | None,
        request: gr.Request, event: gr.EventData,
    ) -> Iterator[dict[Any, Any]]:  # fmt: skip
        language, question, left = page_language(request), typed, gr.update(value="")
        now = halted(now, language)
        source = getattr(event.target, "elem_id", None)
        if source == "cl-pane":
            number, known = str((event._data or {}).get("value")), examples(library)
            question, left = (
                known[int(number)].question if re.fullmatch(f"[0-{len(known) - 1}]", number) else "",
                gr.skip(),
            )
        elif source == "cl-tools":
            question, left = suggested_question(event._data), gr.skip()
        elif source == "cl-retry":
            question, now, left = (now[-1].question if now else ""), now[:-1], gr.skip()
        if not question.strip():
            gr.Info(message(f"page.{'forgotten' if source == 'cl-retry' else 'empty_question'}", language), duration=3)
            yield {box: gr.skip()}  # of an event that yields nothing Gradio empties every output
            return
        part = (part or "").strip()
        chosen = names, tongues, (span or "").strip(), whose, [part] if part else []
        for step in converse(question, now, library, language, chosen, judging=feedback is not None):
            yield {**shown(step, language), box: left}
            left = gr.skip()

    def reopen(request: gr.Request, event: gr.EventData) -> Iterator[dict[Any, Any]]:
        asked = asked_from(event._data)
        if not asked:
            yield {kept: gr.skip()}
        language = page_language(request)
        for step in ask_again(asked, library, language, judging=feedback is not None):
            yield shown(step, language)

    def halt(now: tuple[Turn, ...], request: gr.Request) -> dict[Any, Any]:
        language = page_language(request)
        return shown(halted(now, language), language)

    def take_back(now: tuple[Turn, ...], request: gr.Request) -> dict[Any, Any]:
        return shown(now[:-1], page_language(request))

    def edit(now: tuple[Turn, ...], request: gr.Request, event: gr.EventData) -> dict[Any, Any]:
        number = turn_in(event._data, now)
        if number is None:
            return {turns: gr.skip()}
        return {**shown(now[:number], page_language(request)), box: now[number].question}

    def say_next(now: tuple[Turn, ...]) -> Any:
        return suggested_html(now, library) or gr.skip()

    def judge(now: tuple[Turn, ...], request: gr.Request, event: gr.EventData) -> Any:
        try:
            told = judged_html(event._data, now, feedback, page_language(request)) if feedback else None
        except ClausesError as error:
            gr.Warning(text(str(error)))
            told = None
        if not now:
            gr.Warning(text(message("page.forgotten", page_language(request))))
        return told or gr.skip()

    def open_document(now: tuple[Turn, ...], request: gr.Request, event: gr.EventData) -> Any:
        place = str((event._data or {}).get("value"))
        found = opened(place, now, library, page_language(request))
        return gr.skip() if found is None else found

    def follow_link(request: gr.Request) -> Any:
        link = str(dict(request.query_params).get("clause") or "")
        return linked(link, library, page_language(request)) if link else gr.skip()

    def greet(chosen: list[str], by: list[str], _: str, request: gr.Request) -> Any:
        snapshot, language = library.snapshot(), page_language(request)
        held = snapshot.documents
        whose = sorted({document.body for document in held if document.body})
        named = [(document_name(document), document.slug) for document in held]
        return {
            chat: gr.update(placeholder=welcome_html(held, language, known_examples(snapshot.fingerprint) or ())),
            documents: gr.update(choices=named, value=[slug for slug in chosen if slug in {s for _, s in named}]),
            bodies: gr.update(
                choices=[(name_in(body, language), body) for body in whose], value=[b for b in by if b in whose]
            ),
            kept: words_html(snapshot.fingerprint, language),
        }

    def suggest(request: gr.Request) -> Any:
        """The examples, which take a moment when nobody has looked for them yet."""
        snapshot = library.snapshot()
        if known_examples(snapshot.fingerprint) is not None:
            return gr.skip()
        return gr.update(placeholder=welcome_html(snapshot.documents, page_language(request), examples(library)))

    greeted = [chat, documents, bodies, kept]
    page.load(greet, greeted[1:], greeted, queue=False, **QUIET).then(suggest, None, chat, queue=False, **QUIET)
    page.load(follow_link, None, pane, queue=False, **QUIET)
    asking = gr.on(
        [send.click, box.submit, retry.click, pane.select, tools.select], respond,
        [box, turns, documents, languages, years, bodies, sections], [*view, box],
        concurrency_limit=AT_ONCE, **QUIET,
    )  # fmt: skip
    # After the answer, in nobody's way: for one visitor at a time, and not while another waits for an answer.
    again = kept.select(reopen, None, view, concurrency_limit=AT_ONCE, **QUIET)
    answering = [asking, again]
    after: dict[str, Any] = {"concurrency_limit": 1, "concurrency_id": "next", **QUIET}
    for answered in answering:
        answered.success(say_next, turns, tools, **after)
    undo.click(take_back, turns, view, queue=False, **QUIET).success(say_next, turns, tools, **after)
    tools.edit(edit, turns, [*view, box], cancels=answering, queue=False, **QUIET).then(
        None, js="() => { document.querySelector('#cl-box textarea').focus() }", **QUIET
    )
    tools.like(judge, turns, tools, **QUIET)  # queued: Gradio shows no warning from an event that is not
    stop.click(halt, turns, view, cancels=answering, queue=False, **QUIET)
    gr.on(
        [clear.click, kept.clear], lambda: {**shown(()), pane: ""}, None, [*view, pane], cancels=answering,
        queue=False, **QUIET,
    )  # fmt: skip
    pane.click(open_document, turns, pane, queue=False, trigger_mode="always_last", **QUIET)
    chat.change(None, js="() => { window.clausesFollow && window.clausesFollow() }")
    return greet, greeted
