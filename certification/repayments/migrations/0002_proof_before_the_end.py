"""The database itself refuses to call a repayment verified without proof, or closed with a breach (R64, R65)."""

from django.db import migrations, models

GUARD = """
CREATE FUNCTION repayment_guard_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = OLD.state OR NEW.state NOT IN ('verified', 'closed') THEN
    RETURN NEW;
  END IF;
  IF EXISTS (
    SELECT 1 FROM certification_repayments_payment p JOIN certification_repayments_caseworker w ON w.id = p.worker_id
    WHERE w.case_id = NEW.id AND p.undone_because = '' AND p.proof_id IS NULL
  ) THEN
    RAISE EXCEPTION 'a payment of % has no bank proof', NEW.number USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (
    SELECT 1 FROM certification_repayments_caseworker w
    WHERE w.case_id = NEW.id AND w.held_on IS NULL AND coalesce(w.due_minor, 0) > (
      SELECT coalesce(sum(p.amount_minor), 0) FROM certification_repayments_payment p
      WHERE p.worker_id = w.id AND p.undone_because = '')
  ) THEN
    RAISE EXCEPTION 'a worker of % is not paid', NEW.number USING ERRCODE = 'check_violation';
  END IF;
  IF NOT EXISTS (
    SELECT 1 FROM certification_repayments_thirdpartycheck c WHERE c.case_id = NEW.id AND c.result = 'good'
  ) THEN
    RAISE EXCEPTION '% has no third-party check', NEW.number USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (
    SELECT 1 FROM certification_repayments_breach b WHERE b.case_id = NEW.id AND b.state <> 'settled'
  ) THEN
    RAISE EXCEPTION 'a breach in % is not put right', NEW.number USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER repayment_end BEFORE UPDATE ON certification_repayments_repaymentcase
  FOR EACH ROW EXECUTE FUNCTION repayment_guard_end();
"""
UNDO = """
DROP TRIGGER repayment_end ON certification_repayments_repaymentcase;
DROP FUNCTION repayment_guard_end();
"""


class Migration(migrations.Migration):
    """Triggers and one more named check."""

    dependencies = [("certification_repayments", "0001_initial")]

    operations = [
        migrations.AddConstraint(
            model_name="repaymentcase",
            constraint=models.CheckConstraint(
                name="repayment_verified_has_its_day",
                condition=~models.Q(state="verified") | models.Q(verified_at__isnull=False),
            ),
        ),
        migrations.RunSQL(GUARD, UNDO),
    ]
