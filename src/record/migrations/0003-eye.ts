/** Parameters in the order of `values` and `grades` in the body of an inspection. What is added later is another view. */
const PARAMETERS = [
  'decode',
  'contrast',
  'modulation',
  'margin',
  'fixed_pattern',
  'axial',
  'grid',
  'unused_correction',
  'edge_contrast',
  'minimum_reflectance',
  'defects',
  'decodability',
  'quiet_zone',
  'format_information',
  'version_information',
];

const parameterColumns = PARAMETERS.map(
  (name, at) => `f.body ->> '$.values[${at}]' AS ${name}, (f.body ->> '$.grades[${at}]') / 10.0 AS ${name}_grade`,
).join(',\n         ');

const serialOf = `(SELECT printf('%s', substr(b.bytes, 1 + (f.serial - b.first) * b.stride, b.stride))
            FROM serial_block b WHERE b.run = f.run AND b.first <= f.serial ORDER BY b.first DESC LIMIT 1) AS serial`;

/**
 * Inspections and their pictures. An item's picture is found by an index, by item as well as by serial; queries repeat
 * the condition of a partial index, because SQLite compares the text of conditions and draws no conclusions.
 */
export const sql = `
CREATE INDEX fact_eye_item ON fact (kind, run, epoch, item) WHERE kind >= 26;
CREATE INDEX fact_eye_newest ON fact (kind) WHERE kind >= 26;
CREATE INDEX fact_eye_serial ON fact (run, serial) WHERE kind = 27 AND serial IS NOT NULL;

CREATE VIEW v_inspection AS
  SELECT f.seq, f.at, f.run, f.epoch, f.item, f.serial AS idx,
         ${serialOf},
         CASE coalesce(f.code, 0) WHEN 0 THEN 'PASS' ELSE 'FAIL' END AS verdict, w.word AS reason,
         f.grade / 10.0 AS pcg, f.body ->> '$.readBy' AS read_by, f.body ->> '$.reference' AS reference_decode,
         f.body ->> '$.profile' AS profile, f.body -> '$.causes' AS causes, f.body ->> '$.module' AS pixels_per_module,
         f.body ->> '$.growth[0]' AS growth_x, f.body ->> '$.growth[1]' AS growth_y, f.body -> '$.flags' AS flags, f.read_at, f.ref AS trigger_no,
         ${parameterColumns}
    FROM fact f LEFT JOIN word w ON w.list = 'reason' AND w.code = f.code
   WHERE f.kind >= 26 AND f.kind = 26;

CREATE VIEW v_picture AS
  SELECT f.seq AS id, f.at, f.run, f.epoch, f.item, f.serial AS idx,
         ${serialOf},
         k.word AS kept, CASE coalesce(i.code, 0) WHEN 0 THEN 'PASS' ELSE 'FAIL' END AS verdict, w.word AS reason,
         f.grade / 10.0 AS pcg, f.body ->> '$.file' AS file, f.body ->> '$.width' AS width,
         f.body ->> '$.height' AS height, f.count AS bytes, f.body ->> '$.sha256' AS sha256, f.ref AS trigger_no,
         x.at AS removed_at, xw.word AS removed_by
    FROM fact f
    LEFT JOIN fact i ON i.seq = (SELECT j.seq FROM fact j
       WHERE j.kind >= 26 AND j.kind = 26 AND j.run = f.run AND j.epoch = f.epoch AND j.item = f.item LIMIT 1)
    LEFT JOIN fact x ON x.seq = (SELECT y.seq FROM fact y
       WHERE y.kind >= 26 AND y.kind = 28 AND y.run = f.run AND y.epoch = f.epoch AND y.item = f.item LIMIT 1)
    LEFT JOIN word k ON k.list = 'kept' AND k.code = f.code
    LEFT JOIN word w ON w.list = 'reason' AND w.code = i.code
    LEFT JOIN word xw ON xw.list = 'removed' AND xw.code = x.code
   WHERE f.kind >= 26 AND f.kind = 27;

CREATE VIEW v_limits AS
  SELECT seq, at, body ->> '$.user' AS user_id, body ->> '$.role' AS role, body ->> '$.reason' AS reason,
         body -> '$.limits' AS limits
    FROM fact WHERE kind < 20 AND kind = 12;

CREATE VIEW v_grading_profile AS
  SELECT seq, at, body ->> '$.profile' AS profile, body AS detail
    FROM fact WHERE kind < 20 AND kind = 13;
`;
