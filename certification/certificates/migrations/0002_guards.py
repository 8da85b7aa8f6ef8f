"""What a certificate rests on, held by the database.

* A certificate can only be written on a decision that was taken, that grants, about the same agency, and its day of
  decision is that decision's day: so "effective not before the decision" cannot be met with an invented date.
* It begins active; what it names (number, entity, scope, dates, signers) never changes afterwards.
* A condition's text and day never change; that it was met is noted once. Neither is ever deleted.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION certification_certificates_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ground record;
    may_change text[] := ARRAY['state', 'state_since', 'suspended_on', 'ended_on', 'reason_code',
                               'state_reason', 'public_note', 'pdf_id'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'certificates are kept' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - may_change IS DISTINCT FROM to_jsonb(OLD) - may_change THEN
            RAISE EXCEPTION 'what a certificate names does not change: issue a revision'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    SELECT * INTO ground FROM certification_decisions_decision WHERE id = NEW.decision_id;
    IF ground.state IS NULL OR ground.state NOT IN ('decided', 'upheld')
       OR ground.outcome NOT IN ('grant', 'grant_with_conditions')
       OR ground.agency_id <> NEW.agency_id
       OR (ground.decided_at AT TIME ZONE 'UTC')::date <> NEW.decided_on THEN
        RAISE EXCEPTION 'a certificate rests on a decision of that day that grants it to that agency'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state <> 'active' THEN
        RAISE EXCEPTION 'a certificate begins active, not %', NEW.state USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_certificate BEFORE INSERT OR UPDATE OR DELETE ON certification_certificates_certificate
    FOR EACH ROW EXECUTE FUNCTION certification_certificates_guard();

CREATE FUNCTION certification_certificates_guard_condition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'conditions are kept' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.met_on IS NOT NULL
       OR to_jsonb(NEW) - ARRAY['met_on', 'met_note'] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['met_on', 'met_note'] THEN
        RAISE EXCEPTION 'a condition does not change once it is set, nor once it is met'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_condition BEFORE UPDATE OR DELETE ON certification_certificates_certificatecondition
    FOR EACH ROW EXECUTE FUNCTION certification_certificates_guard_condition();

CREATE FUNCTION certification_certificates_guard_corridor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the corridors of a certificate do not change: issue a revision' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER guard_corridor BEFORE UPDATE OR DELETE ON certification_certificates_certificatecorridor
    FOR EACH ROW EXECUTE FUNCTION certification_certificates_guard_corridor();
"""

BACKWARD = """
DROP TRIGGER guard_corridor ON certification_certificates_certificatecorridor;
DROP TRIGGER guard_condition ON certification_certificates_certificatecondition;
DROP TRIGGER guard_certificate ON certification_certificates_certificate;
DROP FUNCTION certification_certificates_guard_corridor();
DROP FUNCTION certification_certificates_guard_condition();
DROP FUNCTION certification_certificates_guard();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("certification_certificates", "0001_initial"),
        ("certification_decisions", "0002_guards"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
