"""Notices: told once, e-mailed once, read by nobody else."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse

from iris.accounts.models import User
from iris.core import outbox
from iris.core.models import OutboxRow
from iris.notify import services
from iris.notify.models import Notice
from iris.notify.selectors import notices_visible_to, unread_count
from tests.factories.accounts import organisation, person
from tests.factories.notify import notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiet():
    """Nothing waiting and nothing sent from making the people."""

    def clear():
        outbox.run_all()
        mail.outbox.clear()

    return clear


def browser(user):
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_notify_writes_one_row_and_sends_one_email(quiet):
    user = person("employer")
    quiet()
    made = notice(user, "Smith & Sons <Ltd>")
    assert made.subject == "Smith & Sons <Ltd> can start"
    assert mail.outbox == []
    outbox.run_all()
    [message] = mail.outbox
    assert message.to == [user.email]
    assert "Smith & Sons <Ltd>" in message.body
    assert "/organisation/" in message.body
    assert Notice.objects.get(pk=made.pk).emailed_at is not None


def test_email_job_run_again_sends_nothing_more(quiet):
    user = person("employer")
    quiet()
    made = notice(user)
    for _ in range(3):
        services.send_email(notice_id=made.pk)
    outbox.run_all()
    assert len(mail.outbox) == 1


def test_email_that_failed_is_tried_again(quiet, monkeypatch):
    user = person("employer")
    quiet()
    made = notice(user)
    with monkeypatch.context() as broken:
        broken.setattr("iris.core.mail.EmailMessage.send", lambda self: 1 / 0)
        outbox.run_all()
    assert Notice.objects.get(pk=made.pk).emailed_at is None
    services.send_email(notice_id=made.pk)
    assert len(mail.outbox) == 1


def test_notify_that_is_rolled_back_tells_nobody(quiet):
    user = person("employer")
    quiet()
    with transaction.atomic():
        notice(user)
        transaction.set_rollback(True)
    outbox.run_all()
    assert mail.outbox == []
    assert not Notice.objects.filter(user=user).exists()


def test_notify_tells_each_person_once_and_nobody_who_cannot_sign_in():
    user, gone = person("employer"), person("employer")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    gone = User.objects.get(pk=gone.pk)
    services.notify(
        people=[user, user, gone],
        template="accounts/organisation_admitted",
        context={"organisation": "X", "kind": "", "reason": ""},
    )
    assert Notice.objects.filter(context__organisation="X").count() == 1


def test_notify_with_a_key_tells_once():
    user = person("employer")
    for _ in range(2):
        services.tell(
            people=[str(user.pk)],
            template="accounts/organisation_admitted",
            context={"organisation": "X", "kind": "", "reason": ""},
            url="",
            key="admitted:1",
        )
    assert Notice.objects.filter(user=user, key="admitted:1").count() == 1


def test_notify_roles_tells_those_roles_only():
    firm = organisation("audit_firm")
    lead, manager = person("audit_firm", "lead_auditor", firm), person("audit_firm", "firm_manager", firm)
    services.notify_roles(
        organisation=firm,
        roles=("lead_auditor",),
        template="accounts/organisation_admitted",
        context={"organisation": "Case X", "kind": "", "reason": ""},
    )
    assert unread_count(lead) == 1
    assert not Notice.objects.filter(user=manager, context__organisation="Case X").exists()


def test_scheme_people_are_those_of_the_scheme():
    manager, decider = person("scheme", "scheme_manager"), person("scheme", "decider")
    assert decider in services.scheme_people(("decider",))
    assert manager not in services.scheme_people(("decider",))


def test_notice_keeps_its_values_as_json():
    from datetime import date

    user = person("employer")
    [made] = services.notify(
        people=[user],
        template="accounts/organisation_admitted",
        context={
            "organisation": "X",
            "kind": "",
            "reason": "",
            "due": date(2026, 12, 3),
            "rows": [date(2026, 1, 1)],
        },
    )
    kept = Notice.objects.get(pk=made.pk).context
    assert kept["due"] == "2026-12-03"
    assert kept["rows"] == ["2026-01-01"]


def test_inbox_shows_unread_first_and_marks_read():
    user = person("agency")
    first, second = notice(user, "Older"), notice(user, "Newer")
    services.mark_read(notice=second)
    assert list(notices_visible_to(user)) == [first, second]
    client = browser(user)
    page = client.get(reverse("notify:inbox")).content.decode()
    assert page.index("Older") < page.index("Newer")
    assert client.post(reverse("notify:read", args=[first.pk])).status_code == 302
    assert unread_count(user) == 0


def test_inbox_open_goes_to_the_thing_and_marks_read():
    user = person("agency")
    made = notice(user, url="/organisation/")
    client = browser(user)
    assert client.post(reverse("notify:open", args=[made.pk])).url == "/organisation/"
    assert Notice.objects.get(pk=made.pk).read_at is not None
    assert client.get(reverse("notify:open", args=[made.pk])).status_code == 405


def test_inbox_mark_all_leaves_others_alone():
    user, other = person("agency"), person("agency")
    notice(user), notice(user), notice(other)
    browser(user).post(reverse("notify:read_all"))
    assert (unread_count(user), unread_count(other)) == (0, 1)


@pytest.mark.parametrize("name", ["notify:open", "notify:read"])
def test_inbox_of_others_does_not_exist(name):
    made = notice(person("agency"))
    assert browser(person("agency")).post(reverse(name, args=[made.pk])).status_code == 404
    assert Notice.objects.get(pk=made.pk).read_at is None


def test_inbox_needs_sign_in(client):
    assert client.get(reverse("notify:inbox")).status_code == 302


def test_inbox_empty_says_what_will_be_here():
    assert "What happens with your cases" in browser(person()).get(reverse("notify:inbox")).content.decode()


def test_inbox_costs_a_bounded_number_of_queries(django_assert_max_num_queries):
    user = person("agency")
    for _ in range(40):
        notice(user)
    client = browser(user)
    client.get(reverse("notify:inbox"))  # the first page of a session also writes the session's row
    with django_assert_max_num_queries(11):
        client.get(reverse("notify:inbox"))


def test_inbox_shows_markup_as_text():
    user = person("agency")
    notice(user, "<script>alert(1)</script>")
    assert "<script>alert(1)" not in browser(user).get(reverse("notify:inbox")).content.decode()


def test_outbox_holds_no_address():
    user = person("employer")
    notice(user)
    assert user.email not in str(list(OutboxRow.objects.values("kwargs")))
