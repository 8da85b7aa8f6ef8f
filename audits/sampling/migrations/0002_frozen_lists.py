"""A list that has come does not change: a line may lose what names a person (its seal is replaced), nothing else.

And a place in the draw keeps its stratum, its line and its number, whoever asks.
"""

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION sampling_frozen_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a line of a list is never taken out' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF (to_jsonb(NEW) - 'identity') IS DISTINCT FROM (to_jsonb(OLD) - 'identity') THEN
    RAISE EXCEPTION 'a line of a list is never changed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER sampling_frozen_line BEFORE UPDATE OR DELETE ON audits_sampling_framemember
  FOR EACH ROW EXECUTE FUNCTION sampling_frozen_line();

CREATE OR REPLACE FUNCTION sampling_fixed_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a place in a draw is never taken out' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF (NEW.sample_id, NEW.stratum_id, NEW.member_id, NEW.place, NEW.way)
     IS DISTINCT FROM (OLD.sample_id, OLD.stratum_id, OLD.member_id, OLD.place, OLD.way) THEN
    RAISE EXCEPTION 'a place in a draw is never moved' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER sampling_fixed_place BEFORE UPDATE OR DELETE ON audits_sampling_samplemember
  FOR EACH ROW EXECUTE FUNCTION sampling_fixed_place();

CREATE OR REPLACE FUNCTION sampling_fixed_draw() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - 'released_at') IS DISTINCT FROM (to_jsonb(OLD) - 'released_at') THEN
    RAISE EXCEPTION 'a draw is never changed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER sampling_fixed_draw BEFORE UPDATE OR DELETE ON audits_sampling_sample
  FOR EACH ROW EXECUTE FUNCTION sampling_fixed_draw();
"""
BACKWARD = """
DROP TRIGGER sampling_fixed_draw ON audits_sampling_sample;
DROP FUNCTION sampling_fixed_draw();
DROP TRIGGER sampling_fixed_place ON audits_sampling_samplemember;
DROP FUNCTION sampling_fixed_place();
DROP TRIGGER sampling_frozen_line ON audits_sampling_framemember;
DROP FUNCTION sampling_frozen_line();
"""


class Migration(migrations.Migration):
    dependencies = [("audits_sampling", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
