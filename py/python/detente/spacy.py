"""A component for spaCy pipelines.

>>> import spacy
>>> nlp = spacy.blank("en")
>>> _ = nlp.add_pipe("detente")
>>> doc = nlp("Talks collapsed on Sunday.")
>>> doc._.outlook.reading
'pessimistic'
>>> [(span.text, span._.outlook_score) for span in doc.spans["detente"]]
[('Talks collapsed on Sunday.', -0.82)]

The scored article is ``doc._.outlook``; the statements are the spans ``doc.spans["detente"]``, with ``label_``
``bearing`` or ``other`` and the extensions ``outlook_score``, ``outlook_bearing``, ``outlook_hedge`` and
``outlook_speaker``. Sentence boundaries of other components are left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from ._engine import Engine
from ._results import Scored, _scored_from

__all__ = ["OutlookComponent", "make_component"]

BATCH = 64
MIN_BEARING = 0.5


def _outlook(doc: Doc) -> Scored | None:
    # texts, so that documents can be sent to other processes and stored
    state = doc.user_data.get("detente")
    return None if state is None else _scored_from(*state)


def _register() -> None:
    """Register the extensions, which spaCy keeps for the whole process."""
    Doc.set_extension("outlook", getter=_outlook, force=True)
    for name in ("score", "bearing", "hedge", "speaker"):
        Span.set_extension(f"outlook_{name}", default=None, force=True)


class OutlookComponent:
    """Scores each document as an article."""

    def __init__(self, nlp: Language, name: str, model: str | None, spans_key: str, any_language: bool) -> None:
        self.name = name
        self.spans_key = spans_key
        self.engine = Engine(model, any_language=any_language)
        _register()

    def __call__(self, doc: Doc) -> Doc:
        """Score a document."""
        return self._annotated(doc, self.engine.score(doc.text) if doc.text.strip() else None)

    def pipe(self, stream: Iterable[Doc], batch_size: int = BATCH) -> Iterator[Doc]:
        """Score a stream of documents."""
        for doc in stream:
            yield self(doc)

    def _annotated(self, doc: Doc, scored: Scored | None) -> Doc:
        spans = []
        if scored is not None:
            doc.user_data["detente"] = list(scored._native.state())
            for statement in scored.statements:
                label = "bearing" if (statement.bearing or 0.0) >= MIN_BEARING else "other"
                span = doc.char_span(statement.start, statement.end, label=label, alignment_mode="expand")
                if span is None:
                    continue
                span._.outlook_score = statement.score
                span._.outlook_bearing = statement.bearing
                span._.outlook_hedge = statement.hedge
                span._.outlook_speaker = statement.speaker and statement.speaker.name
                spans.append(span)
        doc.spans[self.spans_key] = spans
        return doc

    # the model is opened again from the settings in the pipeline's config; there is nothing else to store
    def to_disk(self, path: Any, exclude: Iterable[str] = ()) -> None:
        """Store nothing."""

    def from_disk(self, path: Any, exclude: Iterable[str] = ()) -> OutlookComponent:
        """Read nothing."""
        return self

    def to_bytes(self, exclude: Iterable[str] = ()) -> bytes:
        """Store nothing."""
        return b""

    def from_bytes(self, data: bytes, exclude: Iterable[str] = ()) -> OutlookComponent:
        """Read nothing."""
        return self


@Language.factory(  # type: ignore[untyped-decorator]
    "detente",
    default_config={"model": None, "spans_key": "detente", "any_language": False},
    assigns=["doc._.outlook", "doc.spans"],
)
def make_component(nlp: Language, name: str, model: str | None, spans_key: str, any_language: bool) -> OutlookComponent:
    """Make the component ``detente``."""
    return OutlookComponent(nlp, name, model, spans_key, any_language)
