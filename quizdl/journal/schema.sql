-- The journal, schema version 1. A later version is made from this one by quizdl/journal/migrations.py.

-- The truth: what happened, in the order in which this file learned of it. Rows are only ever added.
CREATE TABLE events (
    row            INTEGER PRIMARY KEY,
    id             TEXT    NOT NULL UNIQUE CHECK (length(id) = 36),       -- UUIDv7
    device         TEXT    NOT NULL CHECK (device <> ''),
    seq            INTEGER NOT NULL CHECK (seq > 0),                       -- counts up per device
    at_ms          INTEGER NOT NULL,                                       -- UTC
    offset_minutes INTEGER NOT NULL CHECK (abs(offset_minutes) <= 1440),   -- local time minus UTC, then
    day            INTEGER NOT NULL,                                       -- the study day, fixed for ever
    kind           TEXT    NOT NULL CHECK (kind <> ''),
    card           TEXT    NOT NULL CHECK (card <> '' AND instr(card, char(10)) = 0),
    target         TEXT,                                                   -- undo: the event taken back
    phase          TEXT,                                                   -- review: scheduled, repeat, cram
    quality        INTEGER CHECK (quality BETWEEN 0 AND 5),                -- review
    was            INTEGER CHECK (was >= 0),                               -- review: interval before it, in days
    took_ms        INTEGER CHECK (took_ms >= 0),                           -- review
    data           TEXT    NOT NULL CHECK (json_valid(data)),              -- everything else about it
    CHECK ((kind = 'undo') = (target IS NOT NULL)),
    CHECK ((kind = 'review') = (phase IS NOT NULL AND quality IS NOT NULL AND was IS NOT NULL
                                AND took_ms IS NOT NULL))
) STRICT;

CREATE INDEX events_by_card   ON events (card);
CREATE INDEX events_by_device ON events (device, seq);
CREATE INDEX events_by_time   ON events (at_ms);
-- Covers the statistics: they never touch the table itself (only reviews have a quality).
CREATE INDEX events_by_day    ON events (day, phase, quality, was, took_ms);

CREATE TRIGGER events_keep BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only: an event is never changed'); END;

CREATE TRIGGER events_stay BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only: an event is never deleted'); END;

-- A cache: the events that an undo has taken back.
CREATE TABLE undone (
    row INTEGER PRIMARY KEY
) STRICT;

-- A cache: the state of each card that has events, as replay gives it.
CREATE TABLE cards (
    card         TEXT    PRIMARY KEY,
    repetitions  INTEGER NOT NULL,
    ease         INTEGER NOT NULL,
    interval     INTEGER NOT NULL,
    due          INTEGER NOT NULL,
    last         INTEGER NOT NULL,
    first        INTEGER NOT NULL,
    reviews      INTEGER NOT NULL,
    lapses       INTEGER NOT NULL,
    again        INTEGER NOT NULL,
    suspended    INTEGER NOT NULL,
    buried_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Both cover their queries: looking into the table for each of 100,000 cards would take six times as long.
-- A card with an interval was reviewed; a row without one is a new card that was suspended or buried.
CREATE INDEX cards_due    ON cards (due, interval, suspended, buried_until);
CREATE INDEX cards_last   ON cards (last, interval, first, again);
CREATE INDEX cards_hidden ON cards (buried_until, suspended) WHERE suspended = 1 OR buried_until > 0;

-- device: the random name of this file's writer.
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
