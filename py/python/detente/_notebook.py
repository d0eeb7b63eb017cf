"""How results look in notebooks."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._results import Scored


def framed(page: str, height: int = 480) -> str:
    """Return a page in a frame of its own, so that its style does not change the notebook's."""
    return (
        f'<iframe sandbox srcdoc="{escape(page)}" style="width:100%;height:{height}px;border:1px solid #8884" '
        'title="detente"></iframe>'
    )


def tint(score: float | None) -> str:
    """Return the background of a statement: green for positive scores, red for negative ones."""
    if score is None:
        return ""
    colour = "46,125,50" if score >= 0 else "198,40,40"
    return f"background:rgba({colour},{min(abs(score), 1) * 0.45:.2f})"


def scored_html(scored: Scored) -> str:
    """Return a scored article as HTML: its outlook, and its text with a tint for each statement."""
    if scored.score is None or scored.interval is None:
        head = f"<b>no outlook</b>: {escape(scored.reason or '')}"
    else:
        low, high = scored.interval
        head = (
            f"<b>{escape(scored.reading or '')}</b> {scored.score:+.2f} [{low:+.2f}, {high:+.2f}], "
            f"{scored.bearing} of {len(scored.statements)} statements bear"
        )
    title = f"<div><b>{escape(scored.title)}</b></div>" if scored.title else ""
    parts, at = [], 0
    for statement in scored.statements:
        parts.append(escape(scored.text[at : statement.start]))
        shown = "—" if statement.score is None else f"{statement.score:+.2f}"
        who = f", {statement.speaker.name}" if statement.speaker else ""
        parts.append(
            f'<span style="{tint(statement.score)}" title="{escape(shown + who)}">'
            f"{escape(scored.text[statement.start : statement.end])}</span>"
        )
        at = statement.end
    parts.append(escape(scored.text[at:]))
    text = "".join(parts).strip().replace("\n", "<br>")
    return f'<div style="max-width:50em">{title}<div>{head}</div><p style="line-height:1.6">{text}</p></div>'
