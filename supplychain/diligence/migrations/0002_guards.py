"""The database itself refuses to rewrite a decision, or to let one person approve what it proposed (R73)."""

from django.db import migrations

GUARD = """
CREATE FUNCTION diligence_guard_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.organisation_id, NEW.number, NEW.agency_id, NEW.name, NEW.country, NEW.key, NEW.outcome, NEW.reason,
      NEW.basis, NEW.basis_sha256, NEW.receipt_id, NEW.needs_approval, NEW.proposed_by_id, NEW.proposed_at)
     IS DISTINCT FROM
     (OLD.organisation_id, OLD.number, OLD.agency_id, OLD.name, OLD.country, OLD.key, OLD.outcome, OLD.reason,
      OLD.basis, OLD.basis_sha256, OLD.receipt_id, OLD.needs_approval, OLD.proposed_by_id, OLD.proposed_at) THEN
    RAISE EXCEPTION 'decision % says what it says: write a new one', OLD.number USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.decided_by_id IS NOT NULL AND NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id THEN
    RAISE EXCEPTION 'decision % is signed', OLD.number USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER diligence_decision BEFORE UPDATE ON supplychain_diligence_decision
  FOR EACH ROW EXECUTE FUNCTION diligence_guard_decision();

CREATE FUNCTION diligence_guard_condition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.decision_id, NEW.number, NEW.text, NEW.responsible, NEW.due_on)
     IS DISTINCT FROM (OLD.decision_id, OLD.number, OLD.text, OLD.responsible, OLD.due_on) THEN
    RAISE EXCEPTION 'a condition says what it says: decide anew' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'waived' AND OLD.state <> 'waived' AND NEW.closed_by_id = (
    SELECT d.proposed_by_id FROM supplychain_diligence_decision d WHERE d.id = NEW.decision_id) THEN
    RAISE EXCEPTION 'whoever proposed a decision does not waive its conditions' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER diligence_condition BEFORE UPDATE ON supplychain_diligence_condition
  FOR EACH ROW EXECUTE FUNCTION diligence_guard_condition();

CREATE FUNCTION diligence_guard_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.organisation_id, NEW.number, NEW.law, NEW.received_on, NEW.answer_due, NEW.latest_due)
     IS DISTINCT FROM (OLD.organisation_id, OLD.number, OLD.law, OLD.received_on, OLD.answer_due, OLD.latest_due) THEN
    RAISE EXCEPTION 'the clock of request % is fixed when it comes in', OLD.number USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER diligence_request BEFORE UPDATE ON supplychain_diligence_informationrequest
  FOR EACH ROW EXECUTE FUNCTION diligence_guard_request();
"""
UNDO = """
DROP TRIGGER diligence_decision ON supplychain_diligence_decision;
DROP FUNCTION diligence_guard_decision();
DROP TRIGGER diligence_condition ON supplychain_diligence_condition;
DROP FUNCTION diligence_guard_condition();
DROP TRIGGER diligence_request ON supplychain_diligence_informationrequest;
DROP FUNCTION diligence_guard_request();
"""


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("supplychain_diligence", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNDO)]
