"""The tree of sub-agents in the database: nobody works, however many steps away, for themselves or another agency.

The trigger takes the agency's row first, so that of two moves made at the same moment the later one sees the earlier.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION certification_agencies_guard_sub_agent() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    above uuid := NEW.parent_id;
    owner uuid;
    steps integer := 0;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.agency_id IS DISTINCT FROM OLD.agency_id THEN
        RAISE EXCEPTION 'a sub-agent stays with its agency' USING ERRCODE = 'check_violation';
    END IF;
    IF above IS NULL THEN
        RETURN NEW;
    END IF;
    PERFORM 1 FROM certification_agencies_agency WHERE id = NEW.agency_id FOR UPDATE;
    WHILE above IS NOT NULL LOOP
        IF above = NEW.id THEN
            RAISE EXCEPTION 'a sub-agent cannot work for itself, nor for anyone below it'
                USING ERRCODE = 'check_violation';
        END IF;
        steps := steps + 1;
        IF steps > 50 THEN
            RAISE EXCEPTION 'the tree of sub-agents is too deep' USING ERRCODE = 'check_violation';
        END IF;
        SELECT agency_id, parent_id INTO owner, above
            FROM certification_agencies_subagent WHERE id = above;
        IF owner IS DISTINCT FROM NEW.agency_id THEN
            RAISE EXCEPTION 'a sub-agent works for a sub-agent of the same agency'
                USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_sub_agent BEFORE INSERT OR UPDATE ON certification_agencies_subagent
    FOR EACH ROW EXECUTE FUNCTION certification_agencies_guard_sub_agent();
"""
BACKWARD = """
DROP TRIGGER guard_sub_agent ON certification_agencies_subagent;
DROP FUNCTION certification_agencies_guard_sub_agent();
"""


class Migration(migrations.Migration):
    dependencies = [("certification_agencies", "0003_owners_branches_sub_agents_changes_likeness")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
