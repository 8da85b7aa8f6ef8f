"""Triggers that write the feed of changed names, whoever changes them and by whatever statement."""

from django.db import migrations

FEED = """
CREATE FUNCTION names_note_names() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO supplychain_names_namechange (agency_id, txid, at)
      SELECT DISTINCT agency_id, pg_current_xact_id()::text::bigint, now() FROM after_rows;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO supplychain_names_namechange (agency_id, txid, at)
      SELECT DISTINCT agency_id, pg_current_xact_id()::text::bigint, now() FROM before_rows;
  ELSE
    INSERT INTO supplychain_names_namechange (agency_id, txid, at)
      SELECT DISTINCT agency_id, pg_current_xact_id()::text::bigint, now()
      FROM (SELECT agency_id FROM before_rows UNION SELECT agency_id FROM after_rows) both_rows;
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION names_note_agencies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO supplychain_names_namechange (agency_id, txid, at)
    SELECT b.id, pg_current_xact_id()::text::bigint, now()
    FROM before_rows b JOIN after_rows a ON a.id = b.id
    WHERE (a.enrolled_at IS NULL) <> (b.enrolled_at IS NULL) OR a.country <> b.country
      OR a.legal_name <> b.legal_name;
  RETURN NULL;
END $$;
CREATE TRIGGER names_feed_inserted AFTER INSERT ON certification_agencies_agencyname
  REFERENCING NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION names_note_names();
CREATE TRIGGER names_feed_updated AFTER UPDATE ON certification_agencies_agencyname
  REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows
  FOR EACH STATEMENT EXECUTE FUNCTION names_note_names();
CREATE TRIGGER names_feed_deleted AFTER DELETE ON certification_agencies_agencyname
  REFERENCING OLD TABLE AS before_rows FOR EACH STATEMENT EXECUTE FUNCTION names_note_names();
CREATE TRIGGER names_feed_agency AFTER UPDATE ON certification_agencies_agency
  REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows
  FOR EACH STATEMENT EXECUTE FUNCTION names_note_agencies();
"""
UNDO = """
DROP TRIGGER names_feed_agency ON certification_agencies_agency;
DROP TRIGGER names_feed_deleted ON certification_agencies_agencyname;
DROP TRIGGER names_feed_updated ON certification_agencies_agencyname;
DROP TRIGGER names_feed_inserted ON certification_agencies_agencyname;
DROP FUNCTION names_note_agencies();
DROP FUNCTION names_note_names();
"""


class Migration(migrations.Migration):
    """Written by triggers with transition tables: one row for each agency of a statement."""

    dependencies = [
        ("supplychain_names", "0001_initial"),
        ("certification_agencies", "0004_guard_sub_agents"),
    ]

    operations = [migrations.RunSQL(FEED, UNDO)]
