"""What was signed stays as it was signed: the database refuses to change or drop it, and to bring anything back."""

from django.db import migrations

GUARDS = """
CREATE FUNCTION credentials_guard_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a key of the ring is never dropped' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF to_jsonb(NEW) - 'retired_at' - 'private_sealed' <> to_jsonb(OLD) - 'retired_at' - 'private_sealed' THEN
    RAISE EXCEPTION 'a key is never changed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF OLD.retired_at IS NOT NULL AND
     (NEW.retired_at IS DISTINCT FROM OLD.retired_at OR NEW.private_sealed IS NOT NULL) THEN
    RAISE EXCEPTION 'a retired key stays retired' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER credentials_key BEFORE UPDATE OR DELETE ON certification_credentials_schemekey
  FOR EACH ROW EXECUTE FUNCTION credentials_guard_key();

CREATE FUNCTION credentials_guard_credential() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE free text[] := ARRAY['suspended_at', 'revoked_at', 'revoked_because'];
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a credential is never dropped' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF to_jsonb(NEW) - free <> to_jsonb(OLD) - free THEN
    RAISE EXCEPTION 'a credential is never changed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF OLD.revoked_at IS NOT NULL AND (NEW.revoked_at IS DISTINCT FROM OLD.revoked_at
     OR NEW.revoked_because <> OLD.revoked_because) THEN
    RAISE EXCEPTION 'a revoked credential stays revoked' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER credentials_credential BEFORE UPDATE OR DELETE ON certification_credentials_credential
  FOR EACH ROW EXECUTE FUNCTION credentials_guard_credential();

CREATE FUNCTION credentials_guard_list() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a status list is never dropped' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NEW.purpose <> OLD.purpose OR NEW.number <> OLD.number OR NEW.size <> OLD.size
     OR NEW.changes < OLD.changes OR NEW.taken < OLD.taken THEN
    RAISE EXCEPTION 'a status list only goes forward' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER credentials_list BEFORE UPDATE OR DELETE ON certification_credentials_statuslist
  FOR EACH ROW EXECUTE FUNCTION credentials_guard_list();
"""
UNDO = """
DROP TRIGGER credentials_key ON certification_credentials_schemekey;
DROP TRIGGER credentials_credential ON certification_credentials_credential;
DROP TRIGGER credentials_list ON certification_credentials_statuslist;
DROP FUNCTION credentials_guard_key();
DROP FUNCTION credentials_guard_credential();
DROP FUNCTION credentials_guard_list();
"""


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("certification_credentials", "0001_initial")]

    operations = [migrations.RunSQL(GUARDS, UNDO)]
