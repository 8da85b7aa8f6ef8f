"""Indexes for who has a number, a phone or a web address: a check asks for them by what was typed."""

from django.db import migrations

INDEXES = r"""
CREATE FUNCTION agency_phone_tail(phone text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $$ SELECT right(regexp_replace(phone, '[^0-9]', '', 'g'), 7) $$;
CREATE FUNCTION agency_web_domain(website text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $$ SELECT substring(lower(website) from '^(?:https?://)?(?:www\.)?([^/:?#]+)') $$;
CREATE FUNCTION agency_mail_domain(email text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $$ SELECT nullif(split_part(lower(email), '@', 2), '') $$;
CREATE INDEX agency_by_registration_key ON certification_agencies_agency (registration_key);
CREATE INDEX agency_by_phone_tail ON certification_agencies_agency (agency_phone_tail(phone));
CREATE INDEX agency_by_web_domain ON certification_agencies_agency (agency_web_domain(website));
CREATE INDEX agency_by_mail_domain ON certification_agencies_agency (agency_mail_domain(email));
"""
UNDO = """
DROP INDEX agency_by_mail_domain;
DROP INDEX agency_by_web_domain;
DROP INDEX agency_by_phone_tail;
DROP INDEX agency_by_registration_key;
DROP FUNCTION agency_mail_domain(text);
DROP FUNCTION agency_web_domain(text);
DROP FUNCTION agency_phone_tail(text);
"""


class Migration(migrations.Migration):
    """Expressions as functions, so that a query cannot write them another way than the index has them."""

    dependencies = [("certification_agencies", "0004_guard_sub_agents")]

    operations = [migrations.RunSQL(INDEXES, UNDO)]
