"""Whoever is barred on an agency for another reason than having audited it joins no audit team there: plain SQL.

The services refuse it in words (audits.bodies.rules); this refuses every way around them.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION audits_engagements_guard_team() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE tie record;
BEGIN
    SELECT b.kind, b.source INTO tie
        FROM audits_engagements_audit a
        JOIN audits_bodies_auditor p ON p.id = NEW.auditor_id
        JOIN certification_decisions_bar b ON b.agency_id = a.agency_id AND b.person_id = p.person_id
        WHERE a.id = NEW.audit_id AND b.kind <> 'audited'
          AND b.since <= (NEW.created_at AT TIME ZONE 'UTC')::date
          AND (b.until IS NULL OR b.until >= (NEW.created_at AT TIME ZONE 'UTC')::date)
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'four eyes: the auditor is barred on this agency (%, %)', tie.kind, tie.source
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_team BEFORE INSERT ON audits_engagements_teammember
    FOR EACH ROW EXECUTE FUNCTION audits_engagements_guard_team();
"""
BACKWARD = """
DROP TRIGGER guard_team ON audits_engagements_teammember;
DROP FUNCTION audits_engagements_guard_team();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audits_engagements", "0001_initial"),
        ("certification_decisions", "0004_four_eyes"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
