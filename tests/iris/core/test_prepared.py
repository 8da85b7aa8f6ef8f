"""Queries made once: the same rows as the ORM gives, with what belongs to them, for every value."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iris.accounts.models import ApiClient, Membership
from iris.accounts.services import issue_api_key
from iris.core import prepared
from iris.core.prepared import Prepared, Statement
from tests.factories import accounts

pytestmark = pytest.mark.django_db


def test_rows_are_the_orm_s_with_what_belongs_to_them() -> None:
    people = [accounts.person("employer"), accounts.person("agency")]
    asked = Prepared(
        lambda person: Membership.objects.filter(user_id=person).select_related("organisation", "user"),
        person=prepared.NUMBER,
    )
    for person in (*people, people[0]):
        (row,) = asked.rows(person=person.pk)
        wanted = Membership.objects.select_related("organisation", "user").get(user=person)
        assert row == wanted
        assert row.__dict__.keys() == wanted.__dict__.keys()
        assert (row.organisation, row.user.email) == (wanted.organisation, person.email)
    assert asked.first(person=prepared.OTHER_NUMBER) is None


def test_related_rows_cost_no_query_and_values_are_converted() -> None:
    boss = accounts.person("employer", "sourcing_manager")
    client, _secret = issue_api_key(boss.organisation, boss, "nightly", ["read:lookups"])
    asked = Prepared(
        lambda prefix: ApiClient.objects.select_related("organisation").filter(prefix=prefix),
        prefix=prepared.TEXT,
    )
    asked.first(prefix="")
    with CaptureQueriesContext(connection) as queries:
        row = asked.first(prefix=client.prefix)
        assert row is not None
        assert row.organisation == boss.organisation
    assert len(queries) == 1
    assert (row.scopes, row.expires_at) == (client.scopes, client.expires_at)


def test_a_mark_without_a_place_is_refused() -> None:
    asked = Prepared(
        lambda prefix, moment: ApiClient.objects.filter(prefix=prefix),
        prefix=prepared.TEXT,
        moment=datetime(2026, 1, 1, tzinfo=UTC),
    )
    with pytest.raises(ValueError, match="no place for moment"):
        asked.rows(prefix="x", moment=None)


def test_a_statement_is_prepared_once_for_a_session_and_none_equals_nothing() -> None:
    person = accounts.person("employer")
    asked = Statement(
        "test_one_mail",
        "SELECT u.id FROM iris_accounts_user u WHERE u.email = $1 OR u.email = $2",
        ("text",) * 2,
    )
    with CaptureQueriesContext(connection) as queries:
        assert asked.rows(person.email, None) == [(person.pk,)]
        assert asked.rows(None, None) == []
        assert asked.rows('it\'s "nobody" %s', person.email) == [(person.pk,)]
    assert [one["sql"].split(" (")[0] for one in queries] == ["EXECUTE test_one_mail"] * 3


def test_among_finds_what_in_finds_however_many_there_are() -> None:
    people = [accounts.person("employer") for _turn in range(3)]
    keys = [person.pk for person in people]
    for some in (keys, keys[:1], [], [prepared.NUMBER]):
        wanted = set(Membership.objects.filter(user_id__in=some))
        assert set(Membership.objects.filter(prepared.among("user_id", some), active=True)) == wanted
        assert set(Membership.objects.filter(prepared.among("user", some))) == wanted
