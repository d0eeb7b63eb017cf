-- Scores and probabilities are integers in units of 0.0001, so that sums are exact. Dates are YYYY-MM-DD.

CREATE TABLE model (
    model INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    checksum TEXT NOT NULL UNIQUE          -- BLAKE3 of the model file, as `detente model verify` prints it
) STRICT;

CREATE TABLE article (
    article INTEGER PRIMARY KEY AUTOINCREMENT,
    hash BLOB NOT NULL UNIQUE,             -- BLAKE3 of the scored text, white space normalised
    id TEXT NOT NULL,
    title TEXT,
    date TEXT,
    source TEXT,
    negotiation TEXT,
    domain TEXT,
    added INTEGER                          -- seconds since 1970-01-01 UTC
) STRICT;
CREATE INDEX article_by_negotiation ON article (negotiation, date);
CREATE INDEX article_by_date ON article (date);

-- Apart from `article`, so that scans stay short.
CREATE TABLE body (
    article INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
    title TEXT,
    text TEXT NOT NULL,                    -- as given; all offsets are bytes in it
    body_start INTEGER NOT NULL,           -- the part that is scored
    body_end INTEGER NOT NULL,
    parties TEXT,                          -- JSON object: names of each party by its id
    warnings TEXT                          -- JSON array: warnings of the reader
) STRICT;

CREATE VIRTUAL TABLE words USING fts5 (
    title, text, content = 'body', content_rowid = 'article', tokenize = 'porter unicode61'
);
CREATE TRIGGER body_inserted AFTER INSERT ON body BEGIN
    INSERT INTO words (rowid, title, text) VALUES (new.article, new.title, new.text);
END;
CREATE TRIGGER body_deleted AFTER DELETE ON body BEGIN
    INSERT INTO words (words, rowid, title, text) VALUES ('delete', old.article, old.title, old.text);
END;
CREATE TRIGGER body_updated AFTER UPDATE OF title, text ON body BEGIN
    INSERT INTO words (words, rowid, title, text) VALUES ('delete', old.article, old.title, old.text);
    INSERT INTO words (rowid, title, text) VALUES (new.article, new.title, new.text);
END;

-- Where the text of an article was found: the first place, and every other id or outlet.
CREATE TABLE source (
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    id TEXT NOT NULL,
    source TEXT NOT NULL,                  -- outlet, '' if unknown
    title TEXT,
    date TEXT,
    file TEXT,
    added INTEGER,
    PRIMARY KEY (article, id, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE reading (
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    model INTEGER NOT NULL REFERENCES model,
    version TEXT NOT NULL,                 -- of detente; '' if the article changed since
    score INTEGER,
    low INTEGER,
    high INTEGER,
    reading TEXT,
    hedge INTEGER,
    statements INTEGER NOT NULL,
    bearing INTEGER NOT NULL,              -- number of statements that count
    thin INTEGER NOT NULL,
    reason TEXT,                           -- why there is no score
    PRIMARY KEY (article, model)
) STRICT, WITHOUT ROWID;
CREATE INDEX reading_by_model ON reading (model, version);

-- The whole result, apart from `reading`.
CREATE TABLE result (
    result INTEGER PRIMARY KEY,
    article INTEGER NOT NULL,
    model INTEGER NOT NULL,
    json BLOB NOT NULL,                    -- the line of `detente score --format jsonl`, raw DEFLATE
    item BLOB NOT NULL,                    -- what a series keeps of it: SeriesArticle::to_bytes of detente-timeline
    UNIQUE (article, model),
    FOREIGN KEY (article, model) REFERENCES reading ON DELETE CASCADE
) STRICT;

CREATE TABLE side (
    article INTEGER NOT NULL,
    model INTEGER NOT NULL,
    side TEXT NOT NULL,
    score INTEGER,
    low INTEGER,
    high INTEGER,
    statements INTEGER NOT NULL,
    PRIMARY KEY (article, model, side),
    FOREIGN KEY (article, model) REFERENCES reading ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE statement (
    article INTEGER NOT NULL,
    model INTEGER NOT NULL,
    n INTEGER NOT NULL,                    -- index in the article, from 0
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    score INTEGER,
    bearing INTEGER,
    hedge INTEGER,
    label TEXT,
    speaker TEXT,
    side TEXT,
    kind TEXT,                             -- of speaker
    "from" TEXT,
    "to" TEXT,
    background INTEGER NOT NULL,
    clutter INTEGER NOT NULL,
    weight INTEGER NOT NULL,
    contribution INTEGER NOT NULL,
    PRIMARY KEY (article, model, n),
    FOREIGN KEY (article, model) REFERENCES reading ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_by_side ON statement (side, article) WHERE side IS NOT NULL;

CREATE TABLE event (
    article INTEGER NOT NULL,
    model INTEGER NOT NULL,
    n INTEGER NOT NULL,                    -- of its statement
    event INTEGER NOT NULL,                -- index in the statement, from 0
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    predicate TEXT NOT NULL,
    lemma TEXT NOT NULL,
    object TEXT,
    agent TEXT,
    state TEXT NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (article, model, n, event),
    FOREIGN KEY (article, model, n) REFERENCES statement ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Files that watching a folder has taken.
CREATE TABLE seen (
    file TEXT PRIMARY KEY,
    bytes INTEGER NOT NULL,
    modified INTEGER NOT NULL              -- nanoseconds since 1970-01-01 UTC
) STRICT, WITHOUT ROWID;
