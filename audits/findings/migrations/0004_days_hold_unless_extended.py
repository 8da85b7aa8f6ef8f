"""What was there is brought over; a day holds unless a decider without a tie granted more time: plain SQL triggers.

* No day of a finding is later than its grade gave it, unless an extension of that clock was granted until then.
* The day that the grade gave changes only together with the grade.
* Whoever answers a wish for more time has no tie with the agency on that day.
"""

from django.db import migrations

CARRY_OVER = """
UPDATE audits_findings_finding SET first_contain_due = contain_due, first_plan_due = plan_due,
    first_evidence_due = evidence_due;
UPDATE audits_findings_finding SET on_site = true
    WHERE grade = 'critical' AND state NOT IN ('closed', 'withdrawn');
INSERT INTO audits_findings_position (id, created_at, finding_id, turn, side, words, said_by_id)
SELECT gen_random_uuid(), finding.disagreed_at, finding.id, 1, 'agency', finding.disagreement, (
    SELECT event.actor_id FROM iris_core_event event
    WHERE event.subject_id = finding.id AND event.act = 'disagree' ORDER BY event.at DESC LIMIT 1
)
FROM audits_findings_finding finding WHERE finding.disagreed_at IS NOT NULL;
INSERT INTO audits_findings_position (id, created_at, finding_id, turn, side, words, said_by_id)
SELECT gen_random_uuid(), COALESCE(told.at, finding.disagreed_at), finding.id, 2, 'auditor',
    finding.disagreement_answer, told.actor_id
FROM audits_findings_finding finding
LEFT JOIN LATERAL (
    SELECT event.at, event.actor_id FROM iris_core_event event
    WHERE event.subject_id = finding.id AND event.act = 'answer_disagreement' ORDER BY event.at DESC LIMIT 1
) told ON true
WHERE finding.disagreed_at IS NOT NULL AND finding.disagreement_answer <> '';
-- The rows just written leave checks of their keys behind, which have to be done before triggers are made.
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""

GUARD = """
CREATE FUNCTION audits_findings_extended(of_finding uuid, of_clock text, until date) RETURNS boolean
LANGUAGE sql AS $$
    SELECT EXISTS (
        SELECT 1 FROM audits_findings_extension
        WHERE finding_id = of_finding AND clock = of_clock AND state = 'granted' AND granted_until >= until
    )
$$;

CREATE FUNCTION audits_findings_guard_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.contain_due > NEW.first_contain_due OR (NEW.contain_due IS NOT NULL AND NEW.first_contain_due IS NULL))
        AND NOT audits_findings_extended(NEW.id, 'containment', NEW.contain_due)
    OR (NEW.plan_due > NEW.first_plan_due OR (NEW.plan_due IS NOT NULL AND NEW.first_plan_due IS NULL))
        AND NOT audits_findings_extended(NEW.id, 'plan', NEW.plan_due)
    OR (NEW.evidence_due > NEW.first_evidence_due OR (NEW.evidence_due IS NOT NULL AND NEW.first_evidence_due IS NULL))
        AND NOT audits_findings_extended(NEW.id, 'evidence', NEW.evidence_due)
    THEN
        RAISE EXCEPTION 'a finding is not due later than its grade says: no extension was granted until that day'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.grade = OLD.grade AND OLD.issued_at IS NOT NULL AND (
        NEW.first_contain_due IS DISTINCT FROM OLD.first_contain_due
        OR NEW.first_plan_due IS DISTINCT FROM OLD.first_plan_due
        OR NEW.first_evidence_due IS DISTINCT FROM OLD.first_evidence_due
    ) THEN
        RAISE EXCEPTION 'the days that a grade gave change only with the grade' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_days BEFORE INSERT OR UPDATE ON audits_findings_finding
    FOR EACH ROW EXECUTE FUNCTION audits_findings_guard_days();

CREATE FUNCTION audits_findings_guard_extension() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE of_agency uuid; tie text;
BEGIN
    IF NEW.state IN ('granted', 'refused') THEN
        SELECT audit.agency_id INTO of_agency FROM audits_findings_finding finding
        JOIN audits_engagements_audit audit ON audit.id = finding.audit_id WHERE finding.id = NEW.finding_id;
        tie := certification_decisions_tie(of_agency, NEW.decided_by_id, NEW.decided_at);
        IF tie IS NOT NULL THEN
            RAISE EXCEPTION 'whoever grants or refuses more time is barred for this agency (%)', tie
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state <> 'asked' AND to_jsonb(NEW) IS DISTINCT FROM to_jsonb(OLD) THEN
        RAISE EXCEPTION 'an answered wish for more time does not change' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_extension BEFORE INSERT OR UPDATE ON audits_findings_extension
    FOR EACH ROW EXECUTE FUNCTION audits_findings_guard_extension();
"""

BACK = """
DROP TRIGGER guard_extension ON audits_findings_extension;
DROP FUNCTION audits_findings_guard_extension();
DROP TRIGGER guard_days ON audits_findings_finding;
DROP FUNCTION audits_findings_guard_days();
DROP FUNCTION audits_findings_extended(uuid, text, date);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audits_findings", "0003_containment_extension_escalation_positions"),
        ("audits_engagements", "0001_initial"),
        ("certification_decisions", "0004_four_eyes"),
        ("iris_core", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(CARRY_OVER, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD, BACK),
    ]
