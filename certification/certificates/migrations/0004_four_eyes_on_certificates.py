"""Four eyes on the acts that end or restore a certificate, and what a revision may be, held by the database.

* A certificate becomes suspended or withdrawn only on a decision about it that was accepted by somebody else than who
  proposed it and that no act has used before; or by a rule of the scheme whose fact stands in the rows: a missed
  surveillance audit, a lapsed licence review, a condition past its day, a suspension over its end.
* It is reinstated only on such a decision, or because the decision that suspended it (or refused its reinstatement)
  was overturned on appeal.
* A suspended certificate is replaced only by a decided reduction or a new grant.
* A revision follows the one it replaces: same number and agency, the next revision, the same days unless renewed, the
  same or less scope unless renewed or restored; a reduction rests on its decision, a restoration on its appeal.
* A first issue or renewal takes no application whose recommendation has a critical or major open.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION certification_certificates_accepted(of_decision uuid, label text, subject uuid) RETURNS boolean
LANGUAGE sql AS $$
    SELECT EXISTS (
        SELECT 1 FROM certification_decisions_decision d
        WHERE d.id = of_decision AND d.subject_label = label AND d.subject_id = subject
          AND d.state IN ('decided', 'appealed', 'upheld') AND d.outcome = 'accept' AND d.four_eyes
          AND d.decided_by_id IS DISTINCT FROM d.opened_by_id
    )
$$;

CREATE FUNCTION certification_certificates_overturned(
    of_decision uuid, labels text[], subject uuid, answer text
) RETURNS boolean LANGUAGE sql AS $$
    SELECT EXISTS (
        SELECT 1 FROM certification_decisions_decision d
        WHERE d.id = of_decision AND d.subject_label = ANY (labels) AND d.subject_id = subject
          AND d.state = 'overturned' AND d.outcome = answer
    )
$$;

CREATE FUNCTION certification_certificates_rule_holds(rule text, old_row jsonb, new_row jsonb) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE since date := (new_row ->> 'state_since')::date;
BEGIN
    CASE rule
        WHEN 'surveillance_missed' THEN
            RETURN EXISTS (
                SELECT 1 FROM certification_certificates_surveillancewindow w
                WHERE w.decision_id = (new_row ->> 'decision_id')::uuid AND w.state = 'missed' AND w.due_on < since);
        WHEN 'licence_lost' THEN
            RETURN EXISTS (
                SELECT 1 FROM certification_certificates_licencereview r
                JOIN certification_certificates_certificate c ON c.id = r.certificate_id
                WHERE c.number = new_row ->> 'number' AND r.state = 'lapsed' AND r.closed_on = since);
        WHEN 'conditions_unmet' THEN
            RETURN EXISTS (
                SELECT 1 FROM certification_certificates_certificatecondition o
                WHERE o.certificate_id = (new_row ->> 'id')::uuid AND o.met_on IS NULL AND o.due_on < since);
        WHEN 'suspended_too_long' THEN
            RETURN (old_row ->> 'suspension_ends_on')::date < since;
        ELSE
            RETURN false;
    END CASE;
END $$;

CREATE FUNCTION certification_certificates_refuse(said text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', said USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION certification_certificates_guard_act(was jsonb, is_now jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    this uuid := (is_now ->> 'id')::uuid;
    ground uuid := (is_now ->> 'settled_by_id')::uuid;
    fresh boolean := is_now ->> 'settled_by_id' IS DISTINCT FROM was ->> 'settled_by_id';
    by_rule boolean := is_now ->> 'rule' <> '';
    good boolean;
BEGIN
    IF is_now ->> 'state' = 'suspended' THEN
        good := CASE WHEN by_rule
            THEN is_now ->> 'rule' <> 'suspended_too_long' AND ground IS NULL
                 AND certification_certificates_rule_holds(is_now ->> 'rule', was, is_now)
            ELSE fresh AND certification_certificates_accepted(ground, 'certificate.suspend', this) END;
    ELSIF is_now ->> 'state' = 'withdrawn' THEN
        good := CASE WHEN by_rule
            THEN is_now ->> 'rule' = 'suspended_too_long' AND was ->> 'state' = 'suspended' AND ground IS NULL
                 AND certification_certificates_rule_holds(is_now ->> 'rule', was, is_now)
            ELSE fresh AND certification_certificates_accepted(ground, 'certificate.withdraw', this) END;
    ELSIF was ->> 'state' = 'suspended' AND is_now ->> 'state' IN ('active', 'conditional') THEN
        good := NOT by_rule AND (
            (fresh AND certification_certificates_accepted(ground, 'certificate.reinstate', this))
            OR (NOT fresh AND certification_certificates_overturned(ground, '{certificate.suspend}', this, 'accept'))
            OR (fresh AND certification_certificates_overturned(ground, '{certificate.reinstate}', this, 'reject')));
    ELSIF was ->> 'state' = 'suspended' AND is_now ->> 'state' = 'superseded' THEN
        good := fresh AND NOT by_rule AND (
            certification_certificates_accepted(ground, 'certificate.reduce', this)
            OR EXISTS (
                SELECT 1 FROM certification_decisions_decision d
                WHERE d.id = ground AND d.agency_id = (is_now ->> 'agency_id')::uuid AND d.state = 'decided'
                  AND d.outcome IN ('grant', 'grant_with_conditions')));
    END IF;
    IF good IS FALSE OR (good IS NULL AND is_now ->> 'state' IN ('suspended', 'withdrawn')) THEN
        PERFORM certification_certificates_refuse(format(
            'four eyes: %s to %s rests on a decision of a second person, or on a rule of the scheme that holds',
            was ->> 'state', is_now ->> 'state'));
    END IF;
END $$;

CREATE FUNCTION certification_certificates_guard_revision(made jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    old_row certification_certificates_certificate%ROWTYPE;
    change text := made ->> 'scope_change';
    ground uuid := (made ->> 'settled_by_id')::uuid;
    told jsonb;
BEGIN
    IF change IN ('', 'renewed') THEN
        SELECT recommendation INTO told FROM certification_applications_application
            WHERE id = (made ->> 'application_id')::uuid;
        IF told IS NULL OR coalesce((told ->> 'open_critical')::int, 0) > 0
           OR coalesce((told ->> 'open_major')::int, 0) > 0 THEN
            PERFORM certification_certificates_refuse('no grant while a critical or major finding is open');
        END IF;
    END IF;
    IF made ->> 'replaces_id' IS NULL THEN
        IF change <> '' THEN
            PERFORM certification_certificates_refuse('a first issue changes nothing');
        END IF;
        RETURN;
    END IF;
    SELECT * INTO old_row FROM certification_certificates_certificate WHERE id = (made ->> 'replaces_id')::uuid;
    IF old_row.number <> made ->> 'number' OR old_row.agency_id <> (made ->> 'agency_id')::uuid
       OR old_row.revision + 1 <> (made ->> 'revision')::int THEN
        PERFORM certification_certificates_refuse('a revision keeps number and agency and counts one further');
    END IF;
    IF change = 'renewed' THEN
        IF old_row.decision_id = (made ->> 'decision_id')::uuid THEN
            PERFORM certification_certificates_refuse('a renewal rests on a decision of its own');
        END IF;
        RETURN;
    END IF;
    IF (old_row.decision_id, old_row.decided_on, old_row.effective_on, old_row.expires_on) IS DISTINCT FROM
       ((made ->> 'decision_id')::uuid, (made ->> 'decided_on')::date, (made ->> 'effective_on')::date,
        (made ->> 'expires_on')::date) THEN
        PERFORM certification_certificates_refuse('a revision that renews nothing keeps its decision and its days');
    END IF;
    IF change = 'corrected' AND (to_jsonb(old_row.sectors), old_row.branches) IS DISTINCT FROM
       (made -> 'sectors', made -> 'branches') THEN
        PERFORM certification_certificates_refuse('a correction keeps the scope');
    ELSIF change = 'reduced'
        AND NOT certification_certificates_accepted(ground, 'certificate.reduce', old_row.id) THEN
        PERFORM certification_certificates_refuse('four eyes: a reduction rests on a decision of a second person');
    ELSIF change = 'restored' AND NOT EXISTS (
        SELECT 1 FROM certification_certificates_certificate c
        WHERE c.number = old_row.number AND certification_certificates_overturned(
            ground, '{certificate.withdraw,certificate.reduce}', c.id, 'accept')) THEN
        PERFORM certification_certificates_refuse('a restoration rests on an appeal that was upheld');
    ELSIF change NOT IN ('corrected', 'reduced', 'restored') THEN
        PERFORM certification_certificates_refuse('a later revision says what it changed');
    END IF;
END $$;

CREATE OR REPLACE FUNCTION certification_certificates_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ground record;
    may_change text[] := ARRAY['state', 'state_since', 'suspended_on', 'suspension_ends_on', 'ended_on', 'reason_code',
                               'state_reason', 'public_note', 'settled_by_id', 'rule', 'pdf_id'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'certificates are kept' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - may_change IS DISTINCT FROM to_jsonb(OLD) - may_change THEN
            RAISE EXCEPTION 'what a certificate names does not change: issue a revision'
                USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.state <> OLD.state THEN
            PERFORM certification_certificates_guard_act(to_jsonb(OLD), to_jsonb(NEW));
        ELSIF to_jsonb(NEW) - 'pdf_id' IS DISTINCT FROM to_jsonb(OLD) - 'pdf_id' THEN
            RAISE EXCEPTION 'days, reasons and grounds of a certificate change only with its state'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    SELECT * INTO ground FROM certification_decisions_decision WHERE id = NEW.decision_id;
    IF ground.state IS NULL OR ground.state NOT IN ('decided', 'appealed', 'upheld')
       OR ground.outcome NOT IN ('grant', 'grant_with_conditions')
       OR ground.agency_id <> NEW.agency_id
       OR (ground.decided_at AT TIME ZONE 'UTC')::date <> NEW.decided_on THEN
        RAISE EXCEPTION 'a certificate rests on a decision of that day that grants it to that agency'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state <> 'active' THEN
        RAISE EXCEPTION 'a certificate begins active, not %', NEW.state USING ERRCODE = 'check_violation';
    END IF;
    PERFORM certification_certificates_guard_revision(to_jsonb(NEW));
    RETURN NEW;
END $$;

CREATE FUNCTION certification_certificates_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are kept', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER refuse_delete BEFORE DELETE ON certification_certificates_surveillancewindow
    FOR EACH ROW EXECUTE FUNCTION certification_certificates_keep();
CREATE TRIGGER refuse_delete BEFORE DELETE ON certification_certificates_auditorder
    FOR EACH ROW EXECUTE FUNCTION certification_certificates_keep();
CREATE TRIGGER refuse_delete BEFORE DELETE ON certification_certificates_licencereview
    FOR EACH ROW EXECUTE FUNCTION certification_certificates_keep();
CREATE TRIGGER refuse_delete BEFORE DELETE ON certification_certificates_decisiondeferral
    FOR EACH ROW EXECUTE FUNCTION certification_certificates_keep();
CREATE TRIGGER refuse_delete BEFORE DELETE ON certification_certificates_misusecase
    FOR EACH ROW EXECUTE FUNCTION certification_certificates_keep();
"""

BACKWARD = """
DROP TRIGGER refuse_delete ON certification_certificates_misusecase;
DROP TRIGGER refuse_delete ON certification_certificates_decisiondeferral;
DROP TRIGGER refuse_delete ON certification_certificates_licencereview;
DROP TRIGGER refuse_delete ON certification_certificates_auditorder;
DROP TRIGGER refuse_delete ON certification_certificates_surveillancewindow;
DROP FUNCTION certification_certificates_keep();
CREATE OR REPLACE FUNCTION certification_certificates_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
DROP FUNCTION certification_certificates_guard_revision(jsonb);
DROP FUNCTION certification_certificates_guard_act(jsonb, jsonb);
DROP FUNCTION certification_certificates_refuse(text);
DROP FUNCTION certification_certificates_rule_holds(text, jsonb, jsonb);
DROP FUNCTION certification_certificates_overturned(uuid, text[], uuid, text);
DROP FUNCTION certification_certificates_accepted(uuid, text, uuid);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("certification_certificates", "0003_keeping_and_grounds"),
        ("certification_applications", "0001_initial"),
        ("certification_decisions", "0004_four_eyes"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
