/**
 * The views of docs/record-schema.md. What a fact does to a serial is the rule of `line/replay.ts`, told once more in
 * SQL for readers who have nothing but the file: each fact becomes tokens of five digits, two for the state it moves
 * to and three for a reason; a serial's word is its tokens in order; a token counts if `serial_rule` allows the move.
 * Everything is a plain join or grouping, so that `WHERE run = …` reaches the indexes.
 */
export const sql = `
CREATE VIEW serial_token AS
  SELECT s.run, s.idx, 0 AS seq, '' AS token, s.serial, a.gtin
    FROM allocation a JOIN serial s ON s.run = a.run AND s.idx >= a.first AND s.idx < a.first + a.count
   WHERE a.seq IS NOT NULL
  UNION ALL
  SELECT f.run, f.serial + high.n * 4096 + low.n, f.seq,
         CASE f.kind WHEN 20 THEN '01000' WHEN 21 THEN '02000'
           ELSE printf('%02d%03d', f.code % 100, coalesce(f.ref, 0)) END, NULL, NULL
    FROM fact f
    JOIN tally high ON high.n <= (coalesce(f.count, 1) - 1) / 4096
    JOIN tally low ON low.n < min(4096, coalesce(f.count, 1) - high.n * 4096)
   WHERE f.kind IN (20, 21, 24)
  UNION ALL
  SELECT f.run, f.serial, f.seq,
         CASE WHEN f.kind = 22 AND coalesce(f.code, 0) = 0 THEN '02000'
              WHEN f.kind = 22 THEN printf('0200004%03d', f.code)
              WHEN f.code = 1 THEN '03000'
              ELSE printf('04%03d', CASE f.code WHEN 2 THEN (
                SELECT CASE WHEN count(*) > 0 THEN 19 ELSE 16 END FROM fact late
                 WHERE late.kind IN (22, 23) AND late.run = f.run AND late.serial = f.serial
                   AND late.kind = 23 AND late.code = 6 AND late.seq < f.seq)
                WHEN 3 THEN 21 WHEN 4 THEN 15 WHEN 5 THEN 16 ELSE 0 END) END, NULL, NULL
    FROM fact f
   WHERE f.kind IN (22, 23) AND f.serial IS NOT NULL
     AND CASE f.kind WHEN 22 THEN coalesce(f.code, 0) NOT IN (7, 8, 9, 10) ELSE coalesce(f.code, 0) <> 6 END;

CREATE VIEW serial_word AS
  SELECT run, idx, max(serial) AS serial, max(gtin) AS gtin, group_concat(token, '' ORDER BY seq) AS word
    FROM serial_token GROUP BY run, idx HAVING max(serial) IS NOT NULL;

CREATE VIEW serial_fate AS
  SELECT run, idx, serial, gtin, word, (
    WITH RECURSIVE step(at, state, reason) AS (
      SELECT 1, 0, 0
      UNION ALL
      SELECT at + 5,
             CASE WHEN r.to_code IS NULL THEN state ELSE r.to_code END,
             CASE WHEN r.to_code = 4 THEN CAST(substr(w.word, at + 2, 3) AS INTEGER) ELSE reason END
        FROM step LEFT JOIN serial_rule r
          ON r.from_code = state AND r.to_code = CAST(substr(w.word, at, 2) AS INTEGER)
       WHERE at < length(w.word))
    SELECT state * 1000 + reason FROM step ORDER BY at DESC LIMIT 1) AS fate
  FROM serial_word w;

CREATE VIEW v_serial AS
  SELECT f.run, f.idx, f.serial, f.gtin, s.word AS state, r.word AS reason
    FROM serial_fate f
    JOIN word s ON s.list = 'state' AND s.code = f.fate / 1000
    LEFT JOIN word r ON r.list = 'reason' AND r.code = f.fate % 1000;

CREATE VIEW v_account AS
  SELECT g.run, s.word AS state, sum(g.items) AS count
    FROM (SELECT w.run, w.items, (
        WITH RECURSIVE step(at, state) AS (
          SELECT 1, 0
          UNION ALL
          SELECT at + 5, CASE WHEN r.to_code IS NULL THEN state ELSE r.to_code END
            FROM step LEFT JOIN serial_rule r
              ON r.from_code = state AND r.to_code = CAST(substr(w.word, at, 2) AS INTEGER)
           WHERE at < length(w.word))
        SELECT state FROM step ORDER BY at DESC LIMIT 1) AS state
      FROM (SELECT run, word, count(*) AS items FROM serial_word GROUP BY run, word) w) g
    JOIN word s ON s.list = 'state' AND s.code = g.state
   GROUP BY g.run, s.word;

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

CREATE VIEW range_seen AS
  SELECT f.run, f.serial + high.n * 4096 + low.n AS idx,
         min(CASE f.kind WHEN 20 THEN f.seq END) AS sent_seq, min(CASE f.kind WHEN 20 THEN f.at END) AS sent_at,
         min(CASE f.kind WHEN 21 THEN f.at END) AS printed_at
    FROM fact f
    JOIN tally high ON high.n <= (coalesce(f.count, 1) - 1) / 4096
    JOIN tally low ON low.n < min(4096, coalesce(f.count, 1) - high.n * 4096)
   WHERE f.kind IN (20, 21, 24) AND f.kind <> 24
   GROUP BY f.run, f.serial + high.n * 4096 + low.n;

CREATE VIEW v_production_record AS
  SELECT s.run, o.body ->> '$.order' AS order_id, s.gtin, s.serial, o.body ->> '$.lot' AS lot, o.body ->> '$.expiry' AS expiry,
         s.state, p.sent_at, p.printed_at, v.read_at, v.at AS verdict_at,
         CASE WHEN v.seq IS NULL THEN NULL WHEN coalesce(v.code, 0) = 0 THEN 'PASS' ELSE 'FAIL' END AS verdict,
         s.reason, v.grade / 10.0 AS grade, x.at AS outcome_at, xw.word AS outcome,
         (SELECT b.body ->> '$.devices.printer' FROM fact b WHERE b.kind < 20 AND b.kind = 1 AND b.seq < p.sent_seq ORDER BY b.seq DESC LIMIT 1) AS printer,
         (SELECT b.body ->> '$.devices.reader' FROM fact b WHERE b.kind < 20 AND b.kind = 1 AND b.seq < v.seq ORDER BY b.seq DESC LIMIT 1) AS reader,
         (SELECT b.body ->> '$.devices.plc' FROM fact b WHERE b.kind < 20 AND b.kind = 1 AND b.seq < x.seq ORDER BY b.seq DESC LIMIT 1) AS plc
    FROM v_serial s
    LEFT JOIN fact o ON o.seq = (SELECT max(i.seq) FROM fact i WHERE i.kind < 20 AND i.kind = 2 AND i.run = s.run)
    LEFT JOIN range_seen p ON p.run = s.run AND p.idx = s.idx
    LEFT JOIN fact v ON v.seq = (SELECT i.seq FROM fact i WHERE i.kind IN (22, 23) AND i.kind = 22 AND i.run = s.run AND i.serial = s.idx
       ORDER BY coalesce(i.code, 0) IN (7, 8, 9, 10), i.seq LIMIT 1)
    LEFT JOIN fact x ON x.seq = (SELECT i.seq FROM fact i WHERE i.kind IN (22, 23) AND i.kind = 23 AND i.run = s.run AND i.serial = s.idx
       ORDER BY i.code = 6, i.seq LIMIT 1)
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
