"""How the page looks: colours and type. The rest is in assets/page.css."""

from __future__ import annotations

import gradio as gr


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
