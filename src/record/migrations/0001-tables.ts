/** The journal, its chain, the serials and their index (docs/record-schema.md). */
export const sql = `
CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE fact (
  seq     INTEGER PRIMARY KEY,
  kind    INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  run     INTEGER,
  epoch   INTEGER,
  item    INTEGER,
  serial  INTEGER,
  count   INTEGER,
  code    INTEGER,
  grade   INTEGER,
  read_at INTEGER,
  ref     INTEGER,
  body    TEXT
) STRICT;

CREATE INDEX fact_rare  ON fact (kind, run, seq) WHERE kind < 20;
CREATE INDEX fact_serial ON fact (run, serial, kind) WHERE kind IN (3, 20, 21, 22, 23, 24) AND serial IS NOT NULL;
CREATE INDEX fact_range ON fact (run, serial) WHERE kind IN (20, 21, 24);

CREATE TRIGGER fact_is_never_edited BEFORE UPDATE ON fact BEGIN
  SELECT RAISE(ABORT, 'facts are never edited');
END;
CREATE TRIGGER fact_is_never_deleted BEFORE DELETE ON fact BEGIN
  SELECT RAISE(ABORT, 'facts are never deleted');
END;

CREATE TABLE hash_group (
  first_seq INTEGER PRIMARY KEY,
  last_seq  INTEGER NOT NULL CHECK (last_seq >= first_seq),
  hash      BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TABLE allocation (
  run    INTEGER NOT NULL,
  first  INTEGER NOT NULL,
  count  INTEGER NOT NULL CHECK (count > 0),
  stride INTEGER NOT NULL CHECK (stride > 0),
  gtin   TEXT NOT NULL,
  seq    INTEGER,
  PRIMARY KEY (run, first)
) STRICT, WITHOUT ROWID;
CREATE INDEX allocation_gtin ON allocation (gtin);

CREATE TABLE serial_block (
  run    INTEGER NOT NULL,
  first  INTEGER NOT NULL,
  count  INTEGER NOT NULL,
  stride INTEGER NOT NULL,
  bytes  BLOB NOT NULL CHECK (length(bytes) = count * stride),
  PRIMARY KEY (run, first)
) STRICT;

CREATE TABLE serial (
  run    INTEGER NOT NULL,
  serial TEXT NOT NULL,
  idx    INTEGER NOT NULL,
  PRIMARY KEY (run, serial)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger_dump (
  run    INTEGER NOT NULL,
  seq    INTEGER NOT NULL,
  digest TEXT NOT NULL,
  states BLOB NOT NULL,
  PRIMARY KEY (run, seq)
) STRICT;

CREATE TABLE word (
  list TEXT NOT NULL,
  code INTEGER NOT NULL,
  word TEXT NOT NULL,
  PRIMARY KEY (list, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE serial_rule (
  from_code INTEGER NOT NULL,
  to_code   INTEGER NOT NULL,
  PRIMARY KEY (from_code, to_code)
) STRICT, WITHOUT ROWID;

CREATE TABLE tally (n INTEGER PRIMARY KEY) STRICT;
WITH RECURSIVE up(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM up WHERE n < 4095)
INSERT INTO tally SELECT n FROM up;
`;
