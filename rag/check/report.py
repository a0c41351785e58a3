"""The report on a paper's quotations as a file: Markdown, a web page, a Word file, JSON."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any, Literal

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_UNDERLINE
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from index.language import detect
from prompts import message
from rag.check.check import Difference
from rag.check.checked import Checked, Report
from rag.cite import printed_date
from rag.compose import escape
from rag.export.word import resize, right_to_left, say, turn

Format = Literal["docx", "md", "html"]
FORMATS: tuple[Format, ...] = ("docx", "md", "html")
_STYLE = """body{font:16px/1.6 Georgia,"Noto Serif","Noto Serif CJK SC","Noto Naskh Arabic",serif;max-width:46em;margin:2em auto;
padding:0 1em;color:#1f2328;background:#fff}section{border-top:1px solid #ccc;padding:.6em 0}h2{font-size:1.05em;margin:.4em 0}
blockquote{margin:.3em 1.2em}p{margin:.3em 0}
p,blockquote{white-space:pre-line;overflow-wrap:anywhere}.about{color:#5c6066;font-size:.9em}
del{color:#9b1c1c;background:#fdecec}ins{color:#0f5f2c;background:#e6f6ea}b{font-weight:600}"""


def report_file(report: Report, format: Format) -> bytes:
    """The report as the bytes of a file: "docx", "md", or "html" without scripts that needs nothing else."""
    if format == "docx":
        return _docx(report)
    return (_markdown(report) if format == "md" else _html(report)).encode("utf-8", "replace")


def report_form(report: Report) -> dict[str, Any]:
    """The report as JSON: counts, and what was found of each quotation."""
    return {
        "name": report.name, "date": report.date.isoformat(), "fingerprint": report.fingerprint,
        "language": report.language, "counts": report.counts, "all_verbatim": report.all_verbatim,
        "quotations": [
            {
                "number": one.number, "text": one.quotation.text, "start": one.quotation.start, "end": one.quotation.end,
                "verdict": one.verdict, "findings": list(one.findings), "notes": list(one.notes),
                "passages": [{**asdict(p.match), "text": p.text} for p in one.passages],
                "differences": [asdict(d) for d in one.differences],
            }
            for one in report.checked
        ],
    }  # fmt: skip


def summary(report: Report) -> str:
    """How many quotations got each verdict, a sentence."""
    if not report.checked:
        return message("check.none", report.language)
    return message("check.summary", report.language, count=len(report.checked), **report.counts)


def reasons(one: Checked, language: str) -> list[str]:
    """Why a quotation got its verdict, gravest first: what differs, what is to be known of it."""
    said = [message(f"check.{finding}", language) for finding in one.findings]
    if one.findings in (("marks",), ("case",)):
        said = [message(f"check.only_{one.findings[0]}", language)]
    return [*said, *(message(f"check.{note}", language) for note in one.notes)]


def shown_differences(one: Checked) -> tuple[Difference, ...]:
    """The differences that are worth showing: none of a verbatim quotation or one that is like nothing."""
    return one.differences if one.verdict in ("with_omissions", "differs") else ()


def _about(report: Report) -> list[str]:
    language = report.language
    name = report.name or message("check.pasted", language)
    day = f"{printed_date(report.date.date(), language)} {report.date:%H:%M}"
    return [
        message("check.of", language, name=name), message("check.date", language, date=day),
        message("check.library", language, fingerprint=report.fingerprint), summary(report),
    ]  # fmt: skip


def _places(one: Checked) -> list[str]:
    return list(dict.fromkeys(passage.match.citation for passage in one.passages))


def _printed(one: Checked) -> Sequence[str]:
    """What the documents print, where it is not what was quoted."""
    return [passage.text for passage in one.passages[: 1 if one.verdict == "with_omissions" else None]]


def _label(label: str, language: str) -> str:
    return message("check.label", language, name=_said(label, language))


def _said(label: str, language: str) -> str:
    return message(f"check.{label}", language)


def _head(one: Checked, language: str) -> str:
    return f"{one.number}. {_said(one.verdict, language)}"


def _markdown(report: Report) -> str:
    language = report.language
    lines = [f"# {_said('report', language)}", *(escape(line) for line in _about(report))]
    lines.append(escape(_said("legend", language)))
    for one in report.checked:
        lines.append(f"## {_head(one, language)}")
        lines += [escape(reason) for reason in reasons(one, language)]
        lines.append(f"{_label('quoted', language)}\n\n" + _block(escape(one.quotation.text)))
        if one.passages:
            lines.append(f"{_label('where', language)} " + "; ".join(escape(place) for place in _places(one)))
        if shown_differences(one):
            pieces = "".join(_marked(d, escape) for d in shown_differences(one))
            lines.append(f"{_label('differences', language)}\n\n" + _block(pieces))
            lines += [f"{_label('printed', language)}\n\n" + _block(escape(text)) for text in _printed(one)]
    return "\n\n".join(lines) + "\n"


def _block(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.split("\n"))


def _marked(difference: Difference, safe: Callable[[str], str]) -> str:
    """A difference with `<del>` and `<ins>`, which Markdown takes too; what the author left out or put in, in brackets."""
    mine, theirs = safe(difference.quoted), safe(difference.printed)
    if difference.kind == "same":
        return mine
    if difference.kind in ("omitted", "inserted"):
        return mine + (f" <ins>[{theirs}]</ins> " if theirs else "")
    return (f"<del>{mine}</del>" if mine else "") + (f"<ins>{theirs}</ins>" if theirs else "")


def _html(report: Report) -> str:
    language, safe = report.language, html.escape
    direction = "rtl" if language == "ar" else "ltr"
    title = safe(_said("report", language))
    body = [f"<h1>{title}</h1>", *(f'<p class="about">{safe(line)}</p>' for line in _about(report))]
    body.append(f'<p class="about">{safe(_said("legend", language))}</p>')
    for one in report.checked:
        rows = [(_label("quoted", language), safe(one.quotation.text))]
        where = f"<b>{safe(_label('where', language))}</b> {safe('; '.join(_places(one)))}" if one.passages else ""
        if shown_differences(one):
            rows.append((_label("differences", language), "".join(_marked(d, safe) for d in shown_differences(one))))
            rows += [(_label("printed", language), safe(text)) for text in _printed(one)]
        said = "".join(f"<p><b>{safe(reason)}</b></p>" for reason in reasons(one, language))
        told = "".join(f'<p><b>{safe(name)}</b></p><blockquote dir="auto">{text}</blockquote>' for name, text in rows)
        place = f"<p>{where}</p>" if where else ""
        body.append(f"<section><h2>{safe(_head(one, language))}</h2>{said}{told}{place}</section>")
    return (
        f'<!doctype html>\n<html lang="{safe(language)}" dir="{direction}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title><style>{_STYLE}</style></head>'
        f"<body>{''.join(body)}</body></html>\n"
    )


def _docx(report: Report) -> bytes:
    language = report.language
    file = docx.Document()
    file.core_properties.title = _said("report", language)
    file.core_properties.author = "Clauses"
    for name, size in (("Title", 22), ("Heading 2", 13)):
        resize(file.styles[name], size)
    _paragraph(file, language, _said("report", language), style="Title")
    for line in (*_about(report), _said("legend", language)):
        _paragraph(file, language, line)
    for one in report.checked:
        _paragraph(file, language, _head(one, language), style="Heading 2")
        for reason in reasons(one, language):
            _paragraph(file, language, reason).runs[0].bold = True
        _words(file, language, "quoted", [(one.quotation.text, "same")])
        if one.passages:
            where = _paragraph(file, language, f"{_label('where', language)} ")
            where.runs[0].bold = True
            say(where.add_run(_printable("; ".join(_places(one)))), language, language == "ar")
        if shown_differences(one):
            _words(file, language, "differences", list(_runs(shown_differences(one))))
            for text in _printed(one):
                _words(file, language, "printed", [(text, "same")])
    data = io.BytesIO()
    file.save(data)
    return data.getvalue()


def _paragraph(file: WordDocument, language: str, text: str, style: str | None = None) -> WordParagraph:
    paragraph = file.add_paragraph(style=style)
    if language == "ar":
        turn(paragraph)
    say(paragraph.add_run(_printable(text)), language, language == "ar")
    return paragraph


def _words(file: WordDocument, language: str, label: str, pieces: Sequence[tuple[str, str]]) -> None:
    """Words of a document or of the paper below their label, in their own direction, which may not be the report's."""
    name = _paragraph(file, language, _label(label, language))
    name.runs[0].bold = name.paragraph_format.keep_with_next = True
    whole = "".join(text for text, _ in pieces)
    own = detect(whole) or language
    rightward = right_to_left(whole, None, own)
    paragraph = file.add_paragraph()
    if rightward:
        turn(paragraph)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(18)
    for text, kind in pieces:
        run = paragraph.add_run(_printable(text))
        say(run, own, rightward)
        if kind != "same":
            run.font.strike = kind == "del"
            run.font.underline = WD_UNDERLINE.SINGLE if kind == "ins" else None
            run.font.color.rgb = RGBColor(0x9B, 0x1C, 0x1C) if kind == "del" else RGBColor(0x0F, 0x5F, 0x2C)


def _runs(pieces: Sequence[Difference]) -> Iterator[tuple[str, str]]:
    for piece in pieces:
        if piece.kind in ("same", "omitted", "inserted"):
            yield piece.quoted, "same"
            if piece.kind != "same" and piece.printed:
                yield f" [{piece.printed}] ", "ins"
        else:
            yield from ((text, kind) for text, kind in ((piece.quoted, "del"), (piece.printed, "ins")) if text)


def _printable(text: str) -> str:
    """What XML can hold; other characters as a sign that something stood there."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)
