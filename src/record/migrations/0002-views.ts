/**
 * The views of docs/record-schema.md. What a fact does to a serial is the rule of `line/replay.ts`, told once more in
 * SQL for readers who have nothing but the file: each fact becomes tokens of five digits, two for the state it moves
 * to and three for a reason; a serial's word is its tokens in order; a token counts if `serial_rule` allows the move.
 * `serial_word` groups a plain join, and each word is followed where it stands, because SQLite hands `WHERE run = …`
 * down through one grouping of tables, but not through a second one: a question about one run reads one run.
 */
export const sql = `
CREATE VIEW serial_word AS
  SELECT f.run, f.serial + high.n * 4096 + low.n AS idx,
         group_concat(CASE
           WHEN f.kind = 20 THEN '01000'
           WHEN f.kind = 21 THEN '02000'
           WHEN f.kind = 24 THEN printf('%02d%03d', f.code % 100, coalesce(f.ref, 0))
           WHEN f.kind = 22 AND coalesce(f.code, 0) = 0 THEN '02000'
           WHEN f.kind = 22 AND f.code NOT IN (7, 8, 9, 10) THEN printf('0200004%03d', f.code)
           WHEN f.kind = 23 AND f.code = 1 THEN '03000'
           WHEN f.kind = 23 AND f.code = 2 THEN '04020'
           WHEN f.kind = 23 AND f.code = 3 THEN '04021'
           WHEN f.kind = 23 AND f.code = 4 THEN '04015'
           WHEN f.kind = 23 AND f.code = 5 THEN '04020'
           WHEN f.kind = 23 AND f.code = 6 THEN '99019'
           WHEN f.kind = 23 THEN '04000'
           ELSE '' END, '' ORDER BY f.seq) AS word,
         min(CASE f.kind WHEN 20 THEN f.seq END) AS sent_seq,
         min(CASE f.kind WHEN 21 THEN f.seq END) AS printed_seq,
         min(CASE f.kind WHEN 22 THEN f.seq + CASE WHEN f.code IN (7, 8, 9, 10) THEN 1 << 52 ELSE 0 END END) & ((1 << 52) - 1) AS verdict_seq,
         min(CASE f.kind WHEN 23 THEN f.seq + CASE WHEN f.code = 6 THEN 1 << 52 ELSE 0 END END) & ((1 << 52) - 1) AS outcome_seq
    FROM fact f
    JOIN tally high ON high.n <= CASE WHEN f.kind IN (22, 23) THEN 0 ELSE (coalesce(f.count, 1) - 1) / 4096 END
    JOIN tally low ON low.n < CASE WHEN f.kind IN (22, 23) THEN 1 ELSE min(4096, coalesce(f.count, 1) - high.n * 4096) END
   WHERE f.kind IN (3, 20, 21, 22, 23, 24) AND f.serial IS NOT NULL
   GROUP BY f.run, f.serial + high.n * 4096 + low.n
  HAVING max(f.kind = 3);

CREATE VIEW serial_end AS
  SELECT w.*, (
    WITH RECURSIVE step(at, state, reason, late) AS (
      SELECT 1, 0, 0, 0
      UNION ALL
      SELECT at + 5,
             coalesce(r.to_code, state),
             CASE WHEN r.to_code IS NOT 4 THEN reason
                  WHEN late AND substr(w.word, at, 5) = '04020' THEN 19
                  ELSE CAST(substr(w.word, at + 2, 3) AS INTEGER) END,
             late OR substr(w.word, at, 5) = '99019'
        FROM step LEFT JOIN serial_rule r
          ON r.from_code = state AND r.to_code = CAST(substr(w.word, at, 2) AS INTEGER)
       WHERE at < length(w.word))
    SELECT state * 1000 + reason FROM step ORDER BY at DESC LIMIT 1) AS fate
  FROM serial_word w;

CREATE VIEW serial_fate AS
  SELECT w.run, w.idx, (SELECT printf('%s', substr(b.bytes, 1 + (w.idx - b.first) * b.stride, b.stride))
            FROM serial_block b WHERE b.run = w.run AND b.first <= w.idx ORDER BY b.first DESC LIMIT 1) AS serial,
         (SELECT a.gtin FROM allocation a WHERE a.run = w.run AND a.first <= w.idx ORDER BY a.first DESC LIMIT 1) AS gtin,
         s.word AS state, r.word AS reason, w.sent_seq, w.printed_seq, w.verdict_seq, w.outcome_seq
    FROM serial_end w
    JOIN word s ON s.list = 'state' AND s.code = w.fate / 1000
    LEFT JOIN word r ON r.list = 'reason' AND r.code = w.fate % 1000;

CREATE VIEW v_serial AS
  SELECT run, idx, serial, gtin, state, reason FROM serial_fate;

CREATE VIEW v_account AS
  SELECT w.run, s.word AS state, count(*) AS count
    FROM serial_end w JOIN word s ON s.list = 'state' AND s.code = w.fate / 1000
   GROUP BY w.run, s.word;

CREATE VIEW v_run AS
  SELECT o.run, o.body ->> '$.order' AS order_id, o.body ->> '$.product.name' AS product,
         o.body ->> '$.product.gtin' AS gtin, o.body ->> '$.lot' AS lot, o.body ->> '$.expiry' AS expiry,
         o.body ->> '$.quantity' AS quantity,
         coalesce((SELECT w.word FROM fact m JOIN word w ON w.list = 'run' AND w.code = m.code
            WHERE m.kind < 20 AND m.kind = 4 AND m.run = o.run ORDER BY m.seq DESC LIMIT 1), 'RECEIVED') AS state,
         o.at AS imported_at,
         (SELECT m.at FROM fact m WHERE m.kind < 20 AND m.kind = 4 AND m.run = o.run AND m.code = 6 ORDER BY m.seq LIMIT 1) AS started_at,
         (SELECT m.at FROM fact m WHERE m.kind < 20 AND m.kind = 4 AND m.run = o.run AND m.code = 9 ORDER BY m.seq LIMIT 1) AS ended_at,
         (SELECT m.at FROM fact m WHERE m.kind < 20 AND m.kind = 4 AND m.run = o.run AND m.code = 11 ORDER BY m.seq LIMIT 1) AS closed_at
    FROM fact o WHERE o.kind < 20 AND o.kind = 2;

CREATE VIEW v_run_step AS
  SELECT m.seq, m.at, m.run, m.body ->> '$.from' AS from_state, m.body ->> '$.to' AS to_state,
         m.body ->> '$.transition' AS transition,
         c.body ->> '$.user' AS user_id, c.body ->> '$.role' AS role, c.body ->> '$.reason' AS reason
    FROM fact m
    LEFT JOIN fact c ON c.seq = (SELECT x.seq FROM fact x
       WHERE x.kind < 20 AND x.kind = 5 AND x.run = m.run AND x.seq > m.seq
         AND x.seq <= (SELECT g.last_seq FROM hash_group g WHERE g.first_seq <= m.seq ORDER BY g.first_seq DESC LIMIT 1)
       ORDER BY x.seq LIMIT 1)
   WHERE m.kind < 20 AND m.kind = 4;

CREATE VIEW v_verdict AS
  SELECT f.seq, f.at, f.run, f.epoch, f.item, f.serial AS idx,
         (SELECT printf('%s', substr(b.bytes, 1 + (f.serial - b.first) * b.stride, b.stride))
            FROM serial_block b WHERE b.run = f.run AND b.first <= f.serial ORDER BY b.first DESC LIMIT 1) AS serial,
         CASE coalesce(f.code, 0) WHEN 0 THEN 'PASS' ELSE 'FAIL' END AS verdict,
         w.word AS reason, f.grade / 10.0 AS grade, f.read_at, f.ref AS trigger_no
    FROM fact f LEFT JOIN word w ON w.list = 'reason' AND w.code = f.code
   WHERE f.kind = 22;

CREATE VIEW v_outcome AS
  SELECT f.seq, f.at, f.run, f.epoch, f.item, f.serial AS idx,
         (SELECT printf('%s', substr(b.bytes, 1 + (f.serial - b.first) * b.stride, b.stride))
            FROM serial_block b WHERE b.run = f.run AND b.first <= f.serial ORDER BY b.first DESC LIMIT 1) AS serial,
         w.word AS outcome, f.ref AS event
    FROM fact f LEFT JOIN word w ON w.list = 'outcome' AND w.code = f.code
   WHERE f.kind = 23;

CREATE VIEW v_sent AS
  SELECT x.seq, x.at, x.run, x.record_no, x.idx,
         (SELECT printf('%s', substr(b.bytes, 1 + (x.idx - b.first) * b.stride, b.stride))
            FROM serial_block b WHERE b.run = x.run AND b.first <= x.idx ORDER BY b.first DESC LIMIT 1) AS serial
    FROM (SELECT f.seq, f.at, f.run, f.ref + high.n * 4096 + low.n AS record_no, f.serial + high.n * 4096 + low.n AS idx
            FROM fact f
            JOIN tally high ON high.n <= (coalesce(f.count, 1) - 1) / 4096
            JOIN tally low ON low.n < min(4096, coalesce(f.count, 1) - high.n * 4096)
           WHERE f.kind IN (20, 21, 24) AND f.kind = 20) x;

CREATE VIEW v_production_record AS
  SELECT s.run, o.body ->> '$.order' AS order_id, s.gtin, s.serial, o.body ->> '$.lot' AS lot, o.body ->> '$.expiry' AS expiry,
         s.state, p.at AS sent_at, q.at AS printed_at, v.read_at, v.at AS verdict_at,
         CASE WHEN v.seq IS NULL THEN NULL WHEN coalesce(v.code, 0) = 0 THEN 'PASS' ELSE 'FAIL' END AS verdict,
         s.reason, v.grade / 10.0 AS grade, x.at AS outcome_at, xw.word AS outcome,
         (SELECT b.body ->> '$.devices.printer' FROM fact b WHERE b.kind < 20 AND b.kind = 1 AND b.seq < p.seq ORDER BY b.seq DESC LIMIT 1) AS printer,
         (SELECT b.body ->> '$.devices.reader' FROM fact b WHERE b.kind < 20 AND b.kind = 1 AND b.seq < v.seq ORDER BY b.seq DESC LIMIT 1) AS reader,
         (SELECT b.body ->> '$.devices.plc' FROM fact b WHERE b.kind < 20 AND b.kind = 1 AND b.seq < x.seq ORDER BY b.seq DESC LIMIT 1) AS plc
    FROM serial_fate s
    LEFT JOIN fact o ON o.seq = (SELECT max(i.seq) FROM fact i WHERE i.kind < 20 AND i.kind = 2 AND i.run = s.run)
    LEFT JOIN fact p ON p.seq = s.sent_seq
    LEFT JOIN fact q ON q.seq = s.printed_seq
    LEFT JOIN fact v ON v.seq = s.verdict_seq
    LEFT JOIN fact x ON x.seq = s.outcome_seq
    LEFT JOIN word xw ON xw.list = 'outcome' AND xw.code = x.code;

CREATE VIEW v_audit AS
  SELECT seq, at, body ->> '$.user' AS user_id, body ->> '$.role' AS role, body ->> '$.action' AS action, run,
         body ->> '$.reason' AS reason, body ->> '$.outcome' AS outcome, body ->> '$.detail' AS detail
    FROM fact WHERE kind < 20 AND kind = 5;

CREATE VIEW v_alarm AS
  SELECT min(CASE kind WHEN 6 THEN seq END) AS seq, min(CASE kind WHEN 6 THEN at END) AS raised_at,
         min(CASE kind WHEN 7 THEN at END) AS cleared_at, min(CASE kind WHEN 8 THEN at END) AS acknowledged_at,
         min(CASE kind WHEN 8 THEN body ->> '$.user' END) AS acknowledged_by, alarm,
         min(CASE kind WHEN 6 THEN body ->> '$.code' END) AS code,
         min(CASE kind WHEN 6 THEN body ->> '$.device' END) AS device,
         min(CASE kind WHEN 6 THEN body ->> '$.detail' END) AS detail
    FROM (SELECT seq, at, kind, body, body ->> '$.alarm' AS alarm,
                 sum(kind = 6) OVER (PARTITION BY body ->> '$.alarm' ORDER BY seq) AS nth
            FROM fact WHERE kind < 20 AND kind IN (6, 7, 8))
   WHERE nth > 0 GROUP BY alarm, nth;

CREATE VIEW v_export AS
  SELECT seq, at, run, body ->> '$.file' AS file, body ->> '$.format' AS format, body ->> '$.items' AS items,
         body ->> '$.events' AS events, body ->> '$.sha256' AS sha256
    FROM fact WHERE kind < 20 AND kind = 11;

CREATE VIEW v_start AS
  SELECT seq, at, body ->> '$.found' AS found FROM fact WHERE kind < 20 AND kind = 1;
`;
