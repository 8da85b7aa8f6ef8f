"""The one way in which append-only records end: after their years, never while a hold stands (R76).

The function belongs to the owner and runs with its rights; the application may call it and cannot delete otherwise. It
asks its own clock and its own table of holds, whatever the caller believes.
"""

from django.db import migrations

DELETE = """
CREATE FUNCTION iris_retention_delete(kind text, keys uuid[]) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE wanted integer := cardinality(keys); found integer; files uuid[];
BEGIN
  CREATE TEMP TABLE IF NOT EXISTS retention_found (id uuid, organisation_id uuid, agency_id uuid, ended timestamptz)
    ON COMMIT DROP;
  TRUNCATE retention_found;
  IF kind = 'receipts' THEN
    INSERT INTO retention_found SELECT id, organisation_id, agency_id, created_at
      FROM supplychain_lookups_lookup WHERE id = ANY (keys);
  ELSIF kind = 'screenings' THEN
    INSERT INTO retention_found SELECT id, organisation_id, NULL, coalesce(ended_at, created_at)
      FROM supplychain_screenings_screening WHERE id = ANY (keys);
  ELSIF kind = 'decisions' THEN
    INSERT INTO retention_found SELECT id, organisation_id, agency_id, coalesce(decided_at, proposed_at)
      FROM supplychain_diligence_decision WHERE id = ANY (keys) AND state NOT IN ('in_force', 'proposed');
  ELSIF kind = 'requests' THEN
    INSERT INTO retention_found SELECT id, organisation_id, NULL, closed_at
      FROM supplychain_diligence_informationrequest WHERE id = ANY (keys) AND closed_at IS NOT NULL;
  ELSIF kind = 'dossiers' THEN
    INSERT INTO retention_found SELECT id, organisation_id, NULL, greatest(created_at, made_at)
      FROM supplychain_dossiers_dossier WHERE id = ANY (keys);
  ELSE
    RAISE EXCEPTION 'no such class of records: %', kind USING ERRCODE = 'check_violation';
  END IF;
  SELECT count(*) INTO found FROM retention_found WHERE ended < now() - interval '7 years';
  IF found <> wanted THEN
    RAISE EXCEPTION 'retention: % of % records are not past seven years', wanted - found, wanted
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF EXISTS (SELECT 1 FROM retention_found f JOIN supplychain_dossiers_hold h
      ON h.organisation_id = f.organisation_id AND h.released_at IS NULL
      AND (h.until IS NULL OR h.until >= current_date) AND (h.kind = '' OR h.kind = iris_retention_delete.kind)
      AND (h.agency_id IS NULL OR f.agency_id IS NULL OR h.agency_id = f.agency_id)) THEN
    RAISE EXCEPTION 'retention: a legal hold stands' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('iris.retention', 'on', true);
  SET CONSTRAINTS ALL IMMEDIATE;
  IF kind = 'receipts' THEN
    SELECT array_agg(file_id) INTO files FROM supplychain_lookups_receiptpdf WHERE lookup_id = ANY (keys);
    DELETE FROM supplychain_lookups_receiptpdf WHERE lookup_id = ANY (keys);
    DELETE FROM supplychain_lookups_lookup WHERE id = ANY (keys);
  ELSIF kind = 'screenings' THEN
    SELECT array_agg(file_id) INTO files FROM supplychain_screenings_screening s WHERE id = ANY (keys) AND NOT EXISTS (
      SELECT 1 FROM supplychain_screenings_screening o WHERE o.file_id = s.file_id AND NOT o.id = ANY (keys));
    DELETE FROM supplychain_screenings_rowoutcome WHERE screening_id = ANY (keys);
    DELETE FROM supplychain_screenings_screeningfact WHERE screening_id = ANY (keys);
    DELETE FROM supplychain_screenings_screeningbatch WHERE screening_id = ANY (keys);
    DELETE FROM supplychain_screenings_screeningrow WHERE screening_id = ANY (keys);
    DELETE FROM supplychain_screenings_screening WHERE id = ANY (keys);
  ELSIF kind = 'decisions' THEN
    SELECT array_agg(evidence_id) INTO files FROM supplychain_diligence_condition
      WHERE decision_id = ANY (keys) AND evidence_id IS NOT NULL;
    DELETE FROM supplychain_diligence_condition WHERE decision_id = ANY (keys);
    DELETE FROM supplychain_diligence_decision WHERE id = ANY (keys);
  ELSIF kind = 'requests' THEN
    SELECT array_agg(p.file_id) INTO files FROM supplychain_diligence_requestpaper p
      JOIN supplychain_diligence_requestmessage m ON m.id = p.message_id WHERE m.request_id = ANY (keys);
    DELETE FROM supplychain_diligence_requestpaper p USING supplychain_diligence_requestmessage m
      WHERE m.id = p.message_id AND m.request_id = ANY (keys);
    DELETE FROM supplychain_diligence_requestmessage WHERE request_id = ANY (keys);
    DELETE FROM supplychain_diligence_informationrequest WHERE id = ANY (keys);
  ELSE
    SELECT array_agg(f) INTO files FROM supplychain_dossiers_copy c
      JOIN supplychain_dossiers_dossierversion v ON v.id = c.version_id, unnest(ARRAY[c.pdf_id, c.archive_id]) f
      WHERE v.dossier_id = ANY (keys);
    DELETE FROM supplychain_dossiers_copy c USING supplychain_dossiers_dossierversion v
      WHERE v.id = c.version_id AND v.dossier_id = ANY (keys);
    DELETE FROM supplychain_dossiers_dossierversion WHERE dossier_id = ANY (keys);
    DELETE FROM supplychain_dossiers_words WHERE dossier_id = ANY (keys);
    DELETE FROM supplychain_dossiers_dossier WHERE id = ANY (keys);
  END IF;
  RETURN QUERY DELETE FROM iris_core_storedfile WHERE id = ANY (coalesce(files, '{}')) RETURNING path::text;
  PERFORM set_config('iris.retention', '', true);
END $$;
REVOKE ALL ON FUNCTION iris_retention_delete(text, uuid[]) FROM PUBLIC;
"""
UNDO = "DROP FUNCTION iris_retention_delete(text, uuid[]);"


def _grant(apps: object, schema_editor: object) -> None:
    from django.conf import settings

    schema_editor.execute(  # type: ignore[attr-defined]
        f"GRANT EXECUTE ON FUNCTION iris_retention_delete(text, uuid[]) TO {settings.IRIS_APP_ROLE}"
    )


class Migration(migrations.Migration):
    """The function, and who may call it."""

    dependencies = [
        ("supplychain_dossiers", "0001_initial"),
        ("supplychain_screenings", "0004_rows_are_only_rows"),
        ("supplychain_lookups", "0001_initial"),
        ("supplychain_diligence", "0002_guards"),
    ]

    operations = [migrations.RunSQL(DELETE, UNDO), migrations.RunPython(_grant, migrations.RunPython.noop)]
