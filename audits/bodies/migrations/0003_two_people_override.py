"""Whoever asks to let a reason through does not confirm it: plain SQL under the service."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION audits_bodies_guard_override() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM audits_bodies_override o
               WHERE o.id = NEW.override_id AND o.given_by_id = NEW.person_id) THEN
        RAISE EXCEPTION 'four eyes: whoever asked for an override does not answer it'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_override BEFORE INSERT ON audits_bodies_overrideanswer
    FOR EACH ROW EXECUTE FUNCTION audits_bodies_guard_override();
"""
BACKWARD = """
DROP TRIGGER guard_override ON audits_bodies_overrideanswer;
DROP FUNCTION audits_bodies_guard_override();
"""


class Migration(migrations.Migration):
    dependencies = [("audits_bodies", "0002_independence")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
