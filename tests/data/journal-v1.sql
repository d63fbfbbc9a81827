-- A journal of schema version 1, as `sqlite3 journal.db .dump` prints it. Never change it: it stands for
-- the files that learners have. tests/unit/journal/test_migrations.py opens it with every later version.
BEGIN TRANSACTION;
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
INSERT INTO "cards" VALUES('deep-learning/relu.name/ko-en',0,250,0,0,0,0,0,0,0,1,0);
INSERT INTO "cards" VALUES('deep-learning/softmax.sum-one/front',0,218,1,19677,19676,19676,1,0,0,0,19677);
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
INSERT INTO "events" VALUES(1,'018bcfe5-8b28-7b86-b273-ff34fce19d6b','0123456789abcdef',1,1700000009000,540,19676,'review','deep-learning/softmax.sum-one/front',NULL,'scheduled',2,0,5200,'{"suggested":1,"scheduler":"sm2","response":"소프트맥스","lang":"ko","seed":7,"hints":0,"outcome":"wrong","score":0.0}');
INSERT INTO "events" VALUES(2,'018bcfe5-ae50-7473-9e3a-265e16eee03f','0123456789abcdef',2,1700000018000,540,19676,'review','deep-learning/softmax.sum-one/front',NULL,'repeat',4,1,2100,'{"suggested":4,"response":null,"scheduler":"sm2"}');
INSERT INTO "events" VALUES(3,'018bcfe5-d178-7e07-8085-62bedb8b60ce','0123456789abcdef',3,1700000027000,540,19676,'review','deep-learning/relu.name/ko-en',NULL,'scheduled',5,0,1800,'{"scheduler":"sm2"}');
INSERT INTO "events" VALUES(4,'018bcfe5-f4a0-7b22-b777-d4dd1fc61c6f','0123456789abcdef',4,1700000036000,540,19676,'undo','deep-learning/relu.name/ko-en','018bcfe5-d178-7e07-8085-62bedb8b60ce',NULL,NULL,NULL,NULL,'{}');
INSERT INTO "events" VALUES(5,'018bcfe6-17c8-7f2d-927d-e37b942baad0','0123456789abcdef',5,1700000045000,540,19676,'bury','deep-learning/softmax.sum-one/front',NULL,NULL,NULL,NULL,NULL,'{}');
INSERT INTO "events" VALUES(6,'018bcfe6-3af0-77f6-8011-776e8db7cd33','0123456789abcdef',6,1700000054000,540,19676,'suspend','deep-learning/relu.name/ko-en',NULL,NULL,NULL,NULL,NULL,'{}');
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "meta" VALUES('device','0123456789abcdef');
CREATE TABLE undone (
    row INTEGER PRIMARY KEY
) STRICT;
INSERT INTO "undone" VALUES(3);
CREATE INDEX events_by_card   ON events (card);
CREATE INDEX events_by_device ON events (device, seq);
CREATE INDEX events_by_time   ON events (at_ms);
CREATE INDEX events_by_day    ON events (day, phase, quality, was, took_ms);
CREATE TRIGGER events_keep BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only: an event is never changed'); END;
CREATE TRIGGER events_stay BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only: an event is never deleted'); END;
CREATE INDEX cards_due    ON cards (due, interval, suspended, buried_until);
CREATE INDEX cards_last   ON cards (last, interval, first, again);
CREATE INDEX cards_hidden ON cards (buried_until, suspended) WHERE suspended = 1 OR buried_until > 0;
COMMIT;
PRAGMA user_version = 1;
