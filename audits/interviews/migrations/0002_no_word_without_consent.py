"""No statement is written while its interview has no consent on record: plain SQL.

The services refuse it in words; this refuses every way around them.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION audits_interviews_guard_statement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE now_state text;
BEGIN
    SELECT i.state INTO now_state FROM audits_interviews_interview i WHERE i.id = NEW.interview_id;
    IF now_state IS DISTINCT FROM 'consented' THEN
        RAISE EXCEPTION 'no statement without consent: the interview is %', now_state
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_statement BEFORE INSERT OR UPDATE ON audits_interviews_statement
    FOR EACH ROW EXECUTE FUNCTION audits_interviews_guard_statement();
"""
BACKWARD = """
DROP TRIGGER guard_statement ON audits_interviews_statement;
DROP FUNCTION audits_interviews_guard_statement();
"""


class Migration(migrations.Migration):
    dependencies = [("audits_interviews", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
