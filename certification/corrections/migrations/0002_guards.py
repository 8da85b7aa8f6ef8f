"""The database itself refuses to rewrite what was sent and what was answered."""

from django.db import migrations

GUARD = """
CREATE FUNCTION corrections_guard_dispute() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.reference, NEW.code, NEW.agency_id, NEW.certificate_number, NEW.about, NEW.wrong, NEW."right", NEW.proof,
      NEW.channel, NEW.sender_id, NEW.organisation_id, NEW.by_agency, NEW.reply, NEW.received_on, NEW.due_on)
     IS DISTINCT FROM
     (OLD.reference, OLD.code, OLD.agency_id, OLD.certificate_number, OLD.about, OLD.wrong, OLD."right", OLD.proof,
      OLD.channel, OLD.sender_id, OLD.organisation_id, OLD.by_agency, OLD.reply, OLD.received_on, OLD.due_on) THEN
    RAISE EXCEPTION 'dispute % says what it says', OLD.reference USING ERRCODE = 'check_violation';
  END IF;
  IF (NEW.sender_name IS DISTINCT FROM OLD.sender_name AND NEW.sender_name <> '')
     OR (NEW.sender_email IS DISTINCT FROM OLD.sender_email AND NEW.sender_email <> '') THEN
    RAISE EXCEPTION 'who sent dispute % is only ever erased', OLD.reference USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.closed_at IS NOT NULL AND (NEW.closed_at, NEW.answer) IS DISTINCT FROM (OLD.closed_at, OLD.answer) THEN
    RAISE EXCEPTION 'dispute % is answered', OLD.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER corrections_dispute BEFORE UPDATE ON certification_corrections_dispute
  FOR EACH ROW EXECUTE FUNCTION corrections_guard_dispute();

CREATE FUNCTION corrections_guard_notice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.reference, NEW.authority_id, NEW.filed_by_id, NEW.channel, NEW.measure, NEW.country, NEW.licence_number,
      NEW.agency_name, NEW.agency_id, NEW.measure_on, NEW.file_number, NEW.text, NEW.received_on, NEW.due_on)
     IS DISTINCT FROM
     (OLD.reference, OLD.authority_id, OLD.filed_by_id, OLD.channel, OLD.measure, OLD.country, OLD.licence_number,
      OLD.agency_name, OLD.agency_id, OLD.measure_on, OLD.file_number, OLD.text, OLD.received_on, OLD.due_on) THEN
    RAISE EXCEPTION 'notice % says what it says', OLD.reference USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.closed_at IS NOT NULL AND (NEW.closed_at, NEW.answer) IS DISTINCT FROM (OLD.closed_at, OLD.answer) THEN
    RAISE EXCEPTION 'notice % is closed', OLD.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER corrections_notice BEFORE UPDATE ON certification_corrections_authoritynotice
  FOR EACH ROW EXECUTE FUNCTION corrections_guard_notice();
"""
UNDO = """
DROP TRIGGER corrections_dispute ON certification_corrections_dispute;
DROP FUNCTION corrections_guard_dispute();
DROP TRIGGER corrections_notice ON certification_corrections_authoritynotice;
DROP FUNCTION corrections_guard_notice();
"""


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("certification_corrections", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNDO)]
