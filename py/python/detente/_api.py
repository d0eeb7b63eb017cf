"""Functions that use the built-in model."""

from ._engine import Engine

default_engine = Engine()

explain = default_engine.explain
score = default_engine.score
score_arrow = default_engine.score_arrow
score_frame = default_engine.score_frame
score_iter = default_engine.score_iter
score_many = default_engine.score_many
score_statement = default_engine.score_statement
