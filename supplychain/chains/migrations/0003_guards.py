"""A link is never rewritten: the database lets a row only be replaced, once. Parties from before get their first version."""

from django.db import migrations

GUARD = """
CREATE OR REPLACE FUNCTION supplychain_chains_link_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a link of a chain is replaced, never deleted' USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.replaced_at IS NOT NULL OR NEW.replaced_at IS NULL
     OR (to_jsonb(OLD) - 'replaced_at') IS DISTINCT FROM (to_jsonb(NEW) - 'replaced_at') THEN
    RAISE EXCEPTION 'a link of a chain is replaced, never rewritten' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER supplychain_chains_link_kept BEFORE UPDATE OR DELETE ON supplychain_chains_link
  FOR EACH ROW EXECUTE FUNCTION supplychain_chains_link_kept();
"""
UNGUARD = """
DROP TRIGGER supplychain_chains_link_kept ON supplychain_chains_link;
DROP FUNCTION supplychain_chains_link_kept();
"""
FIRST_VERSIONS = """
INSERT INTO supplychain_chains_partyversion (id, created_at, at, party_id, data)
SELECT gen_random_uuid(), created_at, created_at, id, jsonb_build_object(
  'kind', kind, 'name', name, 'country', country, 'agency_id', coalesce(agency_id::text, ''), 'number', '',
  'address', '', 'owner', '', 'workers', NULL, 'origin', '', 'destination', '', 'sector', '', 'arrived_on', '',
  'confidential', false)
FROM supplychain_chains_party;
"""


class Migration(migrations.Migration):
    dependencies = [("supplychain_chains", "0002_dated_parties_links_invitations_imports")]

    operations = [
        migrations.RunSQL(FIRST_VERSIONS, "DELETE FROM supplychain_chains_partyversion"),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
