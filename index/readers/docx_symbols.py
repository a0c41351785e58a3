"""Characters of Word's fonts of signs, Symbol and Wingdings, as Unicode has them."""

from __future__ import annotations

UNKNOWN = "\ufffd"
"""Stands for a sign of a font whose signs are not known here."""
_SYMBOL = {
    0x20: " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    0xA0: "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪",
    0xF1: "⟩∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
}  # fmt: skip
"""By the code of the first: runs of the font's own encoding (Adobe's Symbol)."""
_WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x80: "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿",
    0x9E: "·•", 0xA1: "○", 0xA7: "▪◻", 0xD8: "➢", 0xDF: "←→↑↓", 0xFB: "✗✓☒☑",
}  # fmt: skip
"""The same of Wingdings: its bullets, boxes, arrows and circled numbers."""
_WINGDINGS_2 = {0x50: "✓", 0x52: "☑", 0xA3: "□"}
_CODES = {
    font: {first + at: sign for first, signs in runs.items() for at, sign in enumerate(signs)}
    for font, runs in (("symbol", _SYMBOL), ("wingdings", _WINGDINGS), ("wingdings 2", _WINGDINGS_2))
}
_PRIVATE = range(0xF000, 0xF100)
"""Where Word keeps the codes of such fonts (ECMA-376 part 1, 17.3.3.30)."""


def sign_of(font: str, code: int) -> str:
    """The character that a font prints for a code, `UNKNOWN` where that is not known."""
    known = _CODES.get(font.lower())
    if known is not None or code in _PRIVATE:
        return (known or {}).get(code & 0xFF, UNKNOWN)
    return chr(code) if 0x20 <= code < 0xD800 else UNKNOWN


def signs_in(text: str, font: str) -> str:
    """A text in which the private codes of a font are characters; without the font's name they are Symbol's, as bullets are."""
    return "".join(sign_of(font or "symbol", ord(char)) if ord(char) in _PRIVATE else char for char in text)
