"""A reopened assessment changes only where the scheme asked: at flagged answers, their documents, a flagged ledger.

A reopening that was taken back stands like a frozen one. Warnings put aside are part of what was declared.
"""

from django.db import migrations

GUARDS = """
CREATE OR REPLACE FUNCTION certification_assessments_refuse_if_frozen(target uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE found text;
BEGIN
    -- FOR SHARE: a freeze that runs at the same moment waits for this row, or this row waits for the freeze.
    SELECT state INTO found FROM certification_assessments_assessment WHERE id = target FOR SHARE;
    IF found IN ('frozen', 'superseded', 'withdrawn') THEN
        RAISE EXCEPTION 'assessment % is frozen: nothing of it can change', target USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE OR REPLACE FUNCTION certification_assessments_guard_assessment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'draft' THEN
            RAISE EXCEPTION 'assessment % is frozen and cannot be deleted', OLD.id USING ERRCODE = 'check_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.state IN ('frozen', 'superseded', 'withdrawn') AND to_jsonb(NEW) - 'state' <> to_jsonb(OLD) - 'state' THEN
        RAISE EXCEPTION 'assessment % is frozen: nothing of it can change', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.state = 'reopened' AND (NEW.ledger_flagged, NEW.ledger_note, NEW.reopen_reason, NEW.previous_id,
        NEW.edition_id, NEW.agency_id, NEW.cycle, NEW.revision) IS DISTINCT FROM (OLD.ledger_flagged, OLD.ledger_note,
        OLD.reopen_reason, OLD.previous_id, OLD.edition_id, OLD.agency_id, OLD.cycle, OLD.revision) THEN
        RAISE EXCEPTION 'assessment % is reopened: what the scheme asked does not change', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION certification_assessments_is_reopened(target uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM certification_assessments_assessment WHERE id = target AND state = 'reopened');
$$;

CREATE OR REPLACE FUNCTION certification_assessments_refuse_unasked_ledger(target uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM certification_assessments_refuse_if_frozen(target);
    IF EXISTS (SELECT 1 FROM certification_assessments_assessment
               WHERE id = target AND state = 'reopened' AND NOT ledger_flagged) THEN
        RAISE EXCEPTION 'assessment % is reopened for other questions: its ledger stays frozen', target
            USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE OR REPLACE FUNCTION certification_assessments_guard_answer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE target uuid := CASE WHEN TG_OP = 'INSERT' THEN NEW.assessment_id ELSE OLD.assessment_id END;
BEGIN
    PERFORM certification_assessments_refuse_if_frozen(target);
    IF TG_OP = 'UPDATE' AND NEW.assessment_id <> OLD.assessment_id THEN
        PERFORM certification_assessments_refuse_if_frozen(NEW.assessment_id);
    END IF;
    IF certification_assessments_is_reopened(target) AND (
        TG_OP <> 'UPDATE' OR NOT OLD.flagged
        OR (NEW.flagged, NEW.flag_note, NEW.assessment_id, NEW.indicator_id, NEW.before_id) IS DISTINCT FROM
           (OLD.flagged, OLD.flag_note, OLD.assessment_id, OLD.indicator_id, OLD.before_id)) THEN
        RAISE EXCEPTION 'assessment % is reopened for other questions: this answer stays frozen', target
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE OR REPLACE FUNCTION certification_assessments_guard_answer_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE target uuid; asked boolean; one uuid;
BEGIN
    FOREACH one IN ARRAY CASE TG_OP WHEN 'INSERT' THEN ARRAY[NEW.answer_id] WHEN 'DELETE' THEN ARRAY[OLD.answer_id]
                         ELSE ARRAY[OLD.answer_id, NEW.answer_id] END LOOP
        SELECT assessment_id, flagged INTO target, asked FROM certification_assessments_answer WHERE id = one;
        PERFORM certification_assessments_refuse_if_frozen(target);
        IF NOT asked AND certification_assessments_is_reopened(target) THEN
            RAISE EXCEPTION 'assessment % is reopened for other questions: this answer stays frozen', target
                USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE OR REPLACE FUNCTION certification_assessments_guard_job_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM certification_assessments_refuse_unasked_ledger(OLD.assessment_id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM certification_assessments_refuse_unasked_ledger(NEW.assessment_id);
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;

CREATE OR REPLACE FUNCTION certification_assessments_guard_cost_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM certification_assessments_refuse_unasked_ledger(
            (SELECT assessment_id FROM certification_assessments_joborder WHERE id = OLD.job_order_id));
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM certification_assessments_refuse_unasked_ledger(
            (SELECT assessment_id FROM certification_assessments_joborder WHERE id = NEW.job_order_id));
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;

CREATE OR REPLACE TRIGGER guard_frozen BEFORE INSERT OR UPDATE OR DELETE ON certification_assessments_answer
    FOR EACH ROW EXECUTE FUNCTION certification_assessments_guard_answer();
CREATE OR REPLACE TRIGGER guard_frozen BEFORE INSERT OR UPDATE OR DELETE ON certification_assessments_joborder
    FOR EACH ROW EXECUTE FUNCTION certification_assessments_guard_job_order();
CREATE OR REPLACE TRIGGER guard_frozen BEFORE INSERT OR UPDATE OR DELETE ON certification_assessments_dismissal
    FOR EACH ROW EXECUTE FUNCTION certification_assessments_guard_child();
"""


class Migration(migrations.Migration):
    """Triggers again on answers, their documents and the ledger, now aware of a reopening."""

    dependencies = [("certification_assessments", "0003_reopening_versions_delegation")]

    operations = [migrations.RunSQL(GUARDS, migrations.RunSQL.noop)]
