"""Results: scored and explained articles."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from . import _native, _notebook


class Cue(NamedTuple):
    """A cue of the lexicon. Offsets are in characters, and in bytes of the input."""

    start: int
    end: int
    start_byte: int
    end_byte: int
    text: str
    kind: str


class Event(NamedTuple):
    """An event of a statement. Offsets are in characters, and in bytes of the input."""

    start: int
    end: int
    start_byte: int
    end_byte: int
    predicate: str
    lemma: str
    object: str | None
    agent: str | None
    state: str
    value: float | None


class Speaker(NamedTuple):
    """Who says a statement. The offsets of the words that name the speaker are in characters, and in bytes."""

    name: str
    side: str | None
    kind: str
    channel: str | None
    start: int
    end: int
    start_byte: int
    end_byte: int


class Side(NamedTuple):
    """Outlook of the statements of one side; ``None`` if none of them counts."""

    side: str
    score: float | None
    low: float | None
    high: float | None
    statements: int


class Warning(NamedTuple):
    """A doubt about the input."""

    kind: str
    message: str
    field: str | None
    value: str | None
    line: int | None


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of an article. ``text`` is ``article.text[start:end]``; bytes are those of the input file."""

    index: int
    start: int
    end: int
    start_byte: int
    end_byte: int
    text: str
    score: float | None
    bearing: float | None
    hedge: float | None
    label: str | None
    probabilities: Mapping[str, float] | None
    cues: tuple[Cue, ...]
    events: tuple[Event, ...]
    speaker: Speaker | None
    when: tuple[datetime.date, datetime.date] | None
    background: bool
    clutter: bool
    repeats: int | None
    weight: float
    contribution: float


Json = dict[str, Any]


class Scored:
    """A scored article.

    ``score`` is ``None``, never 0, where nothing bears on a negotiation; ``reason`` then says why. ``float()`` gives
    NaN there.
    """

    __slots__ = ("__weakref__", "_native", "_statements")

    def __init__(self, native: _native.Scored) -> None:
        self._native = native
        self._statements: list[Statement] | None = None

    @property
    def id(self) -> str:
        """Id of the article."""
        return self._native.id

    @property
    def title(self) -> str | None:
        """Headline."""
        return self._native.title

    @property
    def date(self) -> datetime.date | None:
        """Date of publication."""
        text = self._native.date
        return None if text is None else datetime.date.fromisoformat(text)

    @property
    def source(self) -> str | None:
        """Outlet."""
        return self._native.source

    @property
    def negotiation(self) -> str | None:
        """Negotiation that the article is about."""
        return self._native.negotiation

    @property
    def domain(self) -> str | None:
        """Field of the negotiation."""
        return self._native.domain

    @property
    def model(self) -> str:
        """Id of the model."""
        return self._native.model

    @property
    def text(self) -> str:
        """Text that ``start`` and ``end`` of statements refer to."""
        return self._native.text

    @property
    def score(self) -> float | None:
        """Score, -1 (collapsed) to +1 (agreement done)."""
        return self._native.score

    @property
    def interval(self) -> tuple[float, float] | None:
        """Interval of the score."""
        low, high = self._native.low, self._native.high
        return None if low is None or high is None else (low, high)

    @property
    def low(self) -> float | None:
        """Lower end of the interval."""
        return self._native.low

    @property
    def high(self) -> float | None:
        """Upper end of the interval."""
        return self._native.high

    @property
    def coverage(self) -> float | None:
        """Nominal coverage of the interval."""
        return self._native.coverage

    @property
    def reading(self) -> str | None:
        """Outlook in words."""
        return self._native.reading

    @property
    def reason(self) -> str | None:
        """Why there is no score."""
        return self._native.reason

    @property
    def hedge(self) -> float | None:
        """Mean hedge of the statements that count, 0 to 1."""
        return self._native.hedge

    @property
    def bearing(self) -> int:
        """Number of statements that count."""
        return self._native.bearing_count

    @property
    def thin(self) -> bool:
        """Whether fewer than two statements count."""
        return bool(self._native.thin)

    @property
    def sides(self) -> list[Side]:
        """Outlook of each side: the parties by id, then ``outsiders``, ``unnamed``, ``others``, ``narrator``."""
        return [Side(**side) for side in self.to_dict()["sides"]]

    @property
    def gap(self) -> tuple[str, str, float] | None:
        """The most and the least optimistic party, and the difference of their scores."""
        gap = self.to_dict()["gap"]
        return gap and (gap["above"], gap["below"], gap["difference"])

    @property
    def warnings(self) -> list[Warning]:
        """Doubts about the input."""
        found = self.to_dict()["warnings"]
        return [Warning(w["kind"], w["message"], w.get("field"), w.get("value"), w.get("line")) for w in found]

    @property
    def statements(self) -> list[Statement]:
        """Statements in the order of the text."""
        if self._statements is None:
            self._statements = _statements(self._native)
        return list(self._statements)

    def to_json(self) -> str:
        """Return the line that ``detente score --format jsonl`` writes, without its line break."""
        return self._native.to_json()

    def to_dict(self) -> Json:
        """Return the object of :meth:`to_json`; offsets are in bytes there."""
        found: Json = json.loads(self._native.to_json())
        return found

    def to_item(self, model_checksum: str, *, texts: bool = False, details: bool = False) -> bytes:
        """Return the packed article that ``timeline`` reads.

        ``compare`` needs ``texts``, ``brief`` needs ``details`` as well.
        """
        return bytes(self._native.to_item(model_checksum, True, texts, details))

    def __float__(self) -> float:
        return math.nan if self._native.score is None else self._native.score

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scored) and self._native.state() == other._native.state()

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __reduce__(self) -> tuple[object, ...]:
        return _scored_from, self._native.state()

    def __repr__(self) -> str:
        score, interval = self.score, self.interval
        if score is None or interval is None:
            return f"Scored(no outlook: {self.reason})"
        return (
            f"Scored({self.reading}: {score:+.2f} [{interval[0]:+.2f}, {interval[1]:+.2f}], "
            f"{self.bearing} of {self._native.statement_count} statements bear)"
        )

    def _repr_html_(self) -> str:
        return _notebook.scored_html(self)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self._repr_html_()}


def _scored_from(article: str, text: str, mapped: str | None) -> Scored:
    """Make the result that was pickled."""
    return Scored(_native.Scored.from_state(article, text, mapped))


def _statements(native: _native.Scored) -> list[Statement]:
    plain: list[Json] = json.loads(native.plain_json())["statements"]
    mapped: list[Json] = json.loads(native.to_json())["statements"]
    offsets = [offset for statement in plain for offset in _offsets(statement)]
    characters = dict(zip(offsets, native.characters(offsets), strict=True))
    return [_statement(one, other, characters) for one, other in zip(plain, mapped, strict=True)]


def _offsets(statement: Json) -> list[int]:
    spans = [statement, *statement["cues"], *statement["events"]]
    if statement["speaker"]:
        spans.append(statement["speaker"])
    return [offset for span in spans for offset in (span["start"], span["end"])]


def _span(plain: Json, mapped: Json, characters: Mapping[int, int]) -> tuple[int, int, int, int]:
    return characters[plain["start"]], characters[plain["end"]], mapped["start"], mapped["end"]


def _cue(plain: Json, mapped: Json, characters: Mapping[int, int]) -> Cue:
    return Cue(*_span(plain, mapped, characters), plain["text"], plain["kind"])


def _event(plain: Json, mapped: Json, characters: Mapping[int, int]) -> Event:
    return Event(
        *_span(plain, mapped, characters),
        plain["predicate"],
        plain["lemma"],
        plain.get("object"),
        plain.get("agent"),
        plain["state"],
        plain.get("value"),
    )


def _statement(plain: Json, mapped: Json, characters: Mapping[int, int]) -> Statement:
    speaker, when = plain["speaker"], plain["when"]
    return Statement(
        plain["index"],
        *_span(plain, mapped, characters),
        plain["text"],
        plain["score"],
        plain["bearing"],
        plain["hedge"],
        plain.get("label"),
        plain.get("probabilities"),
        tuple(_cue(a, b, characters) for a, b in zip(plain["cues"], mapped["cues"], strict=True)),
        tuple(_event(a, b, characters) for a, b in zip(plain["events"], mapped["events"], strict=True)),
        speaker
        and Speaker(
            speaker["name"],
            speaker["side"],
            speaker["kind"],
            speaker["channel"],
            *_span(speaker, mapped["speaker"], characters),
        ),
        when and (datetime.date.fromisoformat(when["from"]), datetime.date.fromisoformat(when["to"])),
        plain["background"],
        plain.get("clutter", False),
        plain.get("repeats"),
        plain["weight"],
        plain["contribution"],
    )


class StatementScore:
    """The score of one statement, which always is a number."""

    __slots__ = ("_data", "_json", "_text")

    def __init__(self, line: str, text: str) -> None:
        self._json = line
        self._text = text
        self._data: Json = json.loads(line)

    @property
    def id(self) -> str:
        """Id of the record."""
        return str(self._data["id"])

    @property
    def text(self) -> str:
        """Text of the statement."""
        return self._text

    @property
    def score(self) -> float:
        """Score, -1 to +1."""
        return float(self._data["score"])

    @property
    def bearing(self) -> float | None:
        """Probability that the statement bears on the prospects of an agreement."""
        value: float | None = self._data["bearing"]
        return value

    @property
    def hedge(self) -> float | None:
        """Probability that the source holds back from full commitment."""
        value: float | None = self._data["hedge"]
        return value

    @property
    def label(self) -> str | None:
        """Most probable class, if the model has classes."""
        return self._data.get("label")

    @property
    def probabilities(self) -> Mapping[str, float] | None:
        """Probability of each class, if the model has classes."""
        return self._data.get("probabilities")

    @property
    def cues(self) -> list[Cue]:
        """Cues in the order of the text."""
        return [_cue(cue, cue, self._characters(cue)) for cue in self._data["cues"]]

    @property
    def events(self) -> list[Event]:
        """Events in the order of the text."""
        return [_event(event, event, self._characters(event)) for event in self._data["events"]]

    def _characters(self, span: Json) -> dict[int, int]:
        encoded = self._text.encode()
        return {at: len(encoded[:at].decode(errors="ignore")) for at in (span["start"], span["end"])}

    def to_json(self) -> str:
        """Return the line that ``detente score --statements --format jsonl`` writes, without its line break."""
        return self._json

    def to_dict(self) -> Json:
        """Return the object of :meth:`to_json`."""
        found: Json = json.loads(self._json)
        return found

    def __float__(self) -> float:
        return self.score

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StatementScore) and (self._json, self._text) == (other._json, other._text)

    def __hash__(self) -> int:
        return hash(self._json)

    def __reduce__(self) -> tuple[object, ...]:
        return StatementScore, (self._json, self._text)

    def __repr__(self) -> str:
        shown = [f"{name} {value:.2f}" for name in ("bearing", "hedge") if (value := self._data[name]) is not None]
        return f"StatementScore({', '.join([f'{self.score:+.2f}', *shown])})"


class Explained:
    """An explained article: why its statements and its outlook have their scores."""

    __slots__ = ("__weakref__", "_native")

    def __init__(self, native: _native.Explained) -> None:
        self._native = native

    def to_json(self) -> str:
        """Return the object that ``detente explain --format json`` writes in its array, without indentation."""
        return json.dumps(self.to_dict(), ensure_ascii=False, separators=(",", ":"))

    def to_dict(self) -> Json:
        """Return the explanation as a dictionary."""
        (found,) = json.loads(self._native.render("json", 8))
        assert isinstance(found, dict)
        return found

    def to_text(self, top: int = 8) -> str:
        """Return the explanation as text, with at most ``top`` features a statement."""
        return self._native.render("text", top)

    def to_markdown(self, top: int = 8) -> str:
        """Return the explanation as Markdown, with at most ``top`` features a statement."""
        return self._native.render("markdown", top)

    def to_html(self, top: int = 8) -> str:
        """Return the explanation as a page, with at most ``top`` features a statement."""
        return self._native.render("html", top)

    def __repr__(self) -> str:
        article = self.to_dict().get("article", self.to_dict())
        outlook = article.get("outlook")
        said = f"{outlook['reading']}: {outlook['score']:+.2f}" if outlook else f"no outlook: {article.get('reason')}"
        return f"Explained({article.get('id')!r}, {said})"

    def _repr_html_(self) -> str:
        return _notebook.framed(self.to_html())

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/plain": self.to_text(), "text/html": self._repr_html_()}
