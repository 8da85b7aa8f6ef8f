"""Four eyes in the database: plain SQL triggers, so that no path around the services is a path around them.

* A decision cannot become decided by somebody whom a bar covers on the day of the decision. The trigger takes the
  agency's row before it looks, and so does every new bar: of a bar and a decision written at the same moment, the
  later one sees the earlier.
* A decision begins open; once decided nothing in it changes any more, except that it may be appealed.
* A bar is never deleted; its end moves later or to "for good", nothing else in it changes.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION certification_decisions_guard_decision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE tie record;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state NOT IN ('open', 'voting') THEN
        IF to_jsonb(NEW) - 'state' IS DISTINCT FROM to_jsonb(OLD) - 'state' THEN
            RAISE EXCEPTION 'a decision that was taken does not change' USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.state <> OLD.state AND NOT (
            (OLD.state = 'decided' AND NEW.state = 'appealed')
            OR (OLD.state = 'appealed' AND NEW.state IN ('upheld', 'overturned'))
        ) THEN
            RAISE EXCEPTION 'a decision does not go from % to %', OLD.state, NEW.state
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.agency_id, NEW.subject_id) IS DISTINCT FROM (OLD.agency_id, OLD.subject_id) THEN
        RAISE EXCEPTION 'a decision stays with its agency and subject' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state NOT IN ('open', 'voting') THEN
        PERFORM 1 FROM certification_agencies_agency WHERE id = NEW.agency_id FOR UPDATE;
        SELECT * INTO tie FROM certification_decisions_bar
            WHERE agency_id = NEW.agency_id
              AND person_id = NEW.decided_by_id
              AND since <= (NEW.decided_at AT TIME ZONE 'UTC')::date
              AND (until IS NULL OR until >= (NEW.decided_at AT TIME ZONE 'UTC')::date)
            LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'four eyes: the decider is barred for this agency (%, %)', tie.kind, tie.source
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF TG_OP = 'INSERT' AND NEW.state <> 'open' THEN
        RAISE EXCEPTION 'a decision begins open, not %', NEW.state USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.state NOT IN ('open', 'voting', 'decided') THEN
        RAISE EXCEPTION 'a decision does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_decision BEFORE INSERT OR UPDATE ON certification_decisions_decision
    FOR EACH ROW EXECUTE FUNCTION certification_decisions_guard_decision();

CREATE FUNCTION certification_decisions_refuse_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are kept', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER refuse_delete BEFORE DELETE ON certification_decisions_decision
    FOR EACH ROW EXECUTE FUNCTION certification_decisions_refuse_delete();
CREATE TRIGGER refuse_delete BEFORE DELETE ON certification_decisions_bar
    FOR EACH ROW EXECUTE FUNCTION certification_decisions_refuse_delete();

CREATE FUNCTION certification_decisions_guard_bar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM 1 FROM certification_agencies_agency WHERE id = NEW.agency_id FOR UPDATE;
        RETURN NEW;
    END IF;
    IF to_jsonb(NEW) - 'until' IS DISTINCT FROM to_jsonb(OLD) - 'until' THEN
        RAISE EXCEPTION 'a bar does not change, only its end may move later' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.until IS DISTINCT FROM OLD.until
       AND (OLD.until IS NULL OR (NEW.until IS NOT NULL AND NEW.until < OLD.until)) THEN
        RAISE EXCEPTION 'a bar is never made shorter' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_bar BEFORE INSERT OR UPDATE ON certification_decisions_bar
    FOR EACH ROW EXECUTE FUNCTION certification_decisions_guard_bar();
"""

BACKWARD = """
DROP TRIGGER guard_bar ON certification_decisions_bar;
DROP TRIGGER refuse_delete ON certification_decisions_bar;
DROP TRIGGER refuse_delete ON certification_decisions_decision;
DROP TRIGGER guard_decision ON certification_decisions_decision;
DROP FUNCTION certification_decisions_guard_bar();
DROP FUNCTION certification_decisions_refuse_delete();
DROP FUNCTION certification_decisions_guard_decision();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("certification_decisions", "0001_initial"),
        ("certification_agencies", "0001_initial"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
