"""Screenings of before: their results move to outcomes and facts, their rows are cut into batches.

They keep the root that was written when they ended, but no proof for each row: what a leaf was made of has changed. A
part of the list that was not checked to its end is checked again as a whole.
"""

from django.db import migrations

MOVE = """
CREATE TEMPORARY TABLE screening_part ON COMMIT DROP AS
SELECT id, screening_id, number, status, result,
       (row_number() OVER (PARTITION BY screening_id ORDER BY number) - 1) / 200 AS part
FROM supplychain_screenings_screeningrow WHERE status <> 'failed';

INSERT INTO supplychain_screenings_screeningbatch (screening_id, first, last, lines, status, counts)
SELECT screening_id, min(first), max(last), sum(n),
       CASE WHEN bool_and(result <> '') THEN 'done' ELSE 'waiting' END,
       CASE WHEN bool_and(result <> '') THEN jsonb_object_agg(result, n) ELSE '{}' END
FROM (SELECT screening_id, part, CASE WHEN status = 'done' THEN result ELSE '' END AS result,
             min(number) AS first, max(number) AS last, count(*) AS n
      FROM screening_part GROUP BY 1, 2, 3) counted
GROUP BY screening_id, part;

INSERT INTO supplychain_screenings_screeningfact (id, screening_id, agency_id, sha256, facts, read_at)
SELECT gen_random_uuid(), screening_id, agency_id, encode(sha256(convert_to(facts::text, 'UTF8')), 'hex'), facts, at
FROM (
  SELECT r.screening_id, r.agency_id, min(r.checked_at) AS at, jsonb_build_object(
           'legal_name', a.legal_name, 'country', a.country, 'registration_number', a.registration_number,
           'standing', jsonb_build_object('code', r.standing, 'label', initcap(replace(r.standing, '_', ' ')),
                                          'valid', r.result = 'certified', 'since', NULL),
           'certificate', NULL, 'licences', '[]'::jsonb) AS facts
  FROM supplychain_screenings_screeningrow r JOIN certification_agencies_agency a ON a.id = r.agency_id
  WHERE r.status = 'done' GROUP BY r.screening_id, r.agency_id, r.standing, r.result, a.id
) known;

INSERT INTO supplychain_screenings_rowoutcome
  (screening_id, number, checked, outcome, how, agency_id, fact_id, score, why, "similar", checked_at, result,
   resolution, chosen_id, resolved_by_id, resolved_at, decisions)
SELECT r.screening_id, r.number, CASE WHEN r.resolution = '' THEN r.result ELSE 'to_resolve' END, r.outcome,
       CASE WHEN r.resolution = '' THEN r.how ELSE '' END, CASE WHEN r.resolution = '' THEN r.agency_id END,
       CASE WHEN r.resolution = '' THEN f.id END, r.score, coalesce(r."similar" -> 0 ->> 'why', r.problem), r."similar",
       coalesce(r.checked_at, now()), r.result, r.resolution, CASE WHEN r.resolution <> '' THEN f.id END,
       r.resolved_by_id, r.resolved_at, '[]'
FROM supplychain_screenings_screeningrow r
LEFT JOIN screening_part p ON p.id = r.id
LEFT JOIN supplychain_screenings_screeningfact f
  ON f.screening_id = r.screening_id AND f.agency_id = r.agency_id AND f.facts -> 'standing' ->> 'code' = r.standing
  AND (f.facts -> 'standing' ->> 'valid')::boolean = (r.result = 'certified')
WHERE r.status = 'failed' OR (r.status = 'done' AND NOT EXISTS (
  SELECT 1 FROM screening_part o WHERE o.screening_id = p.screening_id AND o.part = p.part AND o.status <> 'done'));

UPDATE supplychain_screenings_screening s SET
  n_lines = t.n, n_read = t.n,
  counts = jsonb_build_object('check', t.n - t.failed, 'same', 0, 'skip', 0, 'reject', t.failed, 'skipped', '[]'::jsonb)
FROM (SELECT screening_id, count(*) AS n, count(*) FILTER (WHERE status = 'failed') AS failed
      FROM supplychain_screenings_screeningrow GROUP BY 1) t
WHERE t.screening_id = s.id;

UPDATE supplychain_screenings_screening s SET columns_key = encode(sha256(convert_to(lower(
  (SELECT string_agg(name, chr(31) ORDER BY place) FROM jsonb_array_elements_text(s.columns) WITH ORDINALITY AS c(name, place))
), 'UTF8')), 'hex')
WHERE jsonb_array_length(s.columns) > 0;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("supplychain_screenings", "0002_batches_and_outcomes"),
        ("certification_agencies", "0001_initial"),
    ]

    operations = [migrations.RunSQL(MOVE)]
