"""What a service refuses in words the database refuses too: a frozen assessment, its answers and its ledger stand.

Which state may follow which is guarded by iris.core.guards; here stands that the content never changes once frozen.
"""

from django.db import migrations

GUARDS = """
CREATE FUNCTION certification_assessments_refuse_if_frozen(target uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE found text;
BEGIN
    -- FOR SHARE: a freeze that runs at the same moment waits for this row, or this row waits for the freeze.
    SELECT state INTO found FROM certification_assessments_assessment WHERE id = target FOR SHARE;
    IF found IN ('frozen', 'superseded') THEN
        RAISE EXCEPTION 'assessment % is frozen: nothing of it can change', target USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION certification_assessments_guard_assessment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state IN ('frozen', 'superseded') THEN
            RAISE EXCEPTION 'assessment % is frozen and cannot be deleted', OLD.id USING ERRCODE = 'check_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.state IN ('frozen', 'superseded') AND to_jsonb(NEW) - 'state' <> to_jsonb(OLD) - 'state' THEN
        RAISE EXCEPTION 'assessment % is frozen: nothing of it can change', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION certification_assessments_guard_child() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM certification_assessments_refuse_if_frozen(OLD.assessment_id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM certification_assessments_refuse_if_frozen(NEW.assessment_id);
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;

CREATE FUNCTION certification_assessments_guard_answer_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM certification_assessments_refuse_if_frozen(
            (SELECT assessment_id FROM certification_assessments_answer WHERE id = OLD.answer_id));
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM certification_assessments_refuse_if_frozen(
            (SELECT assessment_id FROM certification_assessments_answer WHERE id = NEW.answer_id));
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;

CREATE FUNCTION certification_assessments_guard_cost_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM certification_assessments_refuse_if_frozen(
            (SELECT assessment_id FROM certification_assessments_joborder WHERE id = OLD.job_order_id));
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM certification_assessments_refuse_if_frozen(
            (SELECT assessment_id FROM certification_assessments_joborder WHERE id = NEW.job_order_id));
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;

CREATE FUNCTION certification_assessments_guard_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.file_id <> OLD.file_id THEN
        RAISE EXCEPTION 'the file of a document never changes: upload a new document' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM certification_assessments_answerevidence link
        JOIN certification_assessments_answer answer ON answer.id = link.answer_id
        JOIN certification_assessments_assessment assessment ON assessment.id = answer.assessment_id
        WHERE link.evidence_id = OLD.id AND assessment.state IN ('frozen', 'superseded')
    ) OR EXISTS (
        SELECT 1 FROM certification_assessments_costline line
        JOIN certification_assessments_joborder job ON job.id = line.job_order_id
        JOIN certification_assessments_assessment assessment ON assessment.id = job.assessment_id
        WHERE line.proof_id = OLD.id AND assessment.state IN ('frozen', 'superseded')
    ) THEN
        RAISE EXCEPTION 'document % proves something in a frozen assessment: nothing of it can change', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER guard_frozen BEFORE UPDATE OR DELETE ON certification_assessments_assessment
    FOR EACH ROW EXECUTE FUNCTION certification_assessments_guard_assessment();
CREATE TRIGGER guard_frozen BEFORE INSERT OR UPDATE OR DELETE ON certification_assessments_answer
    FOR EACH ROW EXECUTE FUNCTION certification_assessments_guard_child();
CREATE TRIGGER guard_frozen BEFORE INSERT OR UPDATE OR DELETE ON certification_assessments_joborder
    FOR EACH ROW EXECUTE FUNCTION certification_assessments_guard_child();
CREATE TRIGGER guard_frozen BEFORE INSERT OR UPDATE OR DELETE ON certification_assessments_answerevidence
    FOR EACH ROW EXECUTE FUNCTION certification_assessments_guard_answer_evidence();
CREATE TRIGGER guard_frozen BEFORE INSERT OR UPDATE OR DELETE ON certification_assessments_costline
    FOR EACH ROW EXECUTE FUNCTION certification_assessments_guard_cost_line();
CREATE TRIGGER guard_frozen BEFORE UPDATE OR DELETE ON certification_assessments_evidence
    FOR EACH ROW EXECUTE FUNCTION certification_assessments_guard_evidence();
"""

UNDO = """
DROP TRIGGER guard_frozen ON certification_assessments_assessment;
DROP TRIGGER guard_frozen ON certification_assessments_answer;
DROP TRIGGER guard_frozen ON certification_assessments_joborder;
DROP TRIGGER guard_frozen ON certification_assessments_answerevidence;
DROP TRIGGER guard_frozen ON certification_assessments_costline;
DROP TRIGGER guard_frozen ON certification_assessments_evidence;
DROP FUNCTION certification_assessments_guard_assessment();
DROP FUNCTION certification_assessments_guard_child();
DROP FUNCTION certification_assessments_guard_answer_evidence();
DROP FUNCTION certification_assessments_guard_cost_line();
DROP FUNCTION certification_assessments_guard_evidence();
DROP FUNCTION certification_assessments_refuse_if_frozen(uuid);
"""


class Migration(migrations.Migration):
    """Triggers on the six tables of an assessment."""

    dependencies = [("certification_assessments", "0001_initial")]

    operations = [migrations.RunSQL(GUARDS, UNDO)]
