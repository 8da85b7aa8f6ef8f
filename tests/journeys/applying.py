"""Steps 1 to 3: an agency enrols, assesses itself and applies."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Browser

from tests.journeys.people import PASSWORD, SCREENER
from tests.journeys.walker import Walker

POLICY = Path(__file__).with_name("policy.txt")
# The indicators that a page asks, by the beginning of their fields' names.
PREFIXES = """() => [...document.querySelectorAll('main input[name$="-value"][value="yes"]')]
 .map(field => field.name.replace(/-value$/, ""))"""
# Opens what hides an indicator's documents, by its own switch; tells how many can then be reached.
OPEN = """prefixes => prefixes.filter(prefix => {
  const box = document.querySelector(`main input[name="${prefix}-evidence"]`);
  const shut = box && box.closest("details:not([open])");
  if (shut) shut.querySelector("summary").click();
  return box && box.checkVisibility();
}).length"""


class Served(Protocol):
    """What the thread needs of a running product."""

    url: str

    def mail_to(self, address: str) -> str:
        """The newest e-mail to an address."""


class Applying:
    """One agency, from sign-up to an accepted application."""

    def __init__(self, stack: Served, browser: Browser, shots: Path, *, script: bool, name: str) -> None:
        self.stack, self.browser, self.shots, self.script = stack, browser, shots, script
        self.name = name
        self.key = re.sub(r"[^a-z]", "", name.lower())
        self.walkers: dict[str, Walker] = {}
        self.today = datetime.now(UTC).date()

    def walker(self, who: str) -> Walker:
        """The browser of one person; each keeps their own session."""
        if who not in self.walkers:
            self.walkers[who] = Walker(self.browser, self.stack.url, self.shots, script=self.script)
        return self.walkers[who]

    def staff(self, email: str) -> Walker:
        """Someone who has an account already."""
        fresh = email not in self.walkers
        person = self.walker(email)
        return person.sign_in(email, PASSWORD) if fresh else person

    @property
    def problems(self) -> list[str]:
        """What axe and the consoles found, over all people."""
        return sorted({problem for one in self.walkers.values() for problem in one.problems})

    def sign_up(self, email: str, full_name: str) -> Walker:
        """Sign up and confirm the address from the e-mail."""
        person = self.walker(email)
        person.go("/accounts/signup/").fill({"full_name": full_name, "email": email, "password1": PASSWORD})
        person.page.locator("main form button[type=submit]").first.click()
        person.page.wait_for_url("**/confirm-email/**")
        mail = self.stack.mail_to(email)
        link = re.search(r"http://\S+/confirm-email/\S+", mail)
        assert link, mail
        person.page.goto(link.group().rstrip(".,"))
        person.look()
        confirm = person.page.locator("main form button[type=submit]")
        if confirm.count():
            with person.page.expect_navigation(wait_until="load"):
                confirm.first.click()
        if "/login" in person.page.url:
            person.sign_in(email, PASSWORD)
        return person.go("/start/")

    # 1 ------------------------------------------------------------------------------------------------

    def enrol(self) -> None:
        """An agency signs up, enrols, and sees early what is missing."""
        agent = self.agent = self.sign_up(f"sabina@{self.key}.example", "Sabina Tharu")
        agent.shot("01-start")
        agent.go("/agencies/enrol/")
        agent.fill(
            {
                "legal_name": self.name,
                "country": "NP",
                "registration_number": f"R-{self.key}",
                "kind": "private",
            }
        )
        agent.press("Enrol this agency").shot("02-enrolment").sees("Missing")
        self.enrolment = agent.path
        agent.go(f"{self.enrolment}contact/")
        agent.fill(
            {
                "address": "14 Temple Road",
                "city": "Kathmandu",
                "contact_name": "Sabina Tharu",
                "email": f"office@{self.key}.example",
            }
        )
        agent.press("Save")
        self._rows()
        agent.go(f"{self.enrolment}sectors/").fill({"sectors": ["construction"]}).press("Save")
        agent.go(f"{self.enrolment}sanctions/").fill({"answer": "none"}).press("Save")
        agent.go(f"{self.enrolment}check/").shot("03-enrolment-check")
        if agent.page.locator('main input[type="checkbox"]').count():
            agent.page.locator('main input[type="checkbox"]').first.check()
        agent.press("Confirm the enrolment").shot("04-enrolled")

    def _rows(self) -> None:
        agent = self.agent
        soon = self.today + timedelta(days=400)
        agent.go(f"{self.enrolment}licences/add/")
        licence = {
            "country": "NP",
            "authority": "Department of Foreign Employment",
            "number": f"L-{self.key}-064",
            "valid_from": str(self.today - timedelta(days=30)),
            "valid_to": str(soon),
            "copy": POLICY,
        }
        agent.fill(licence).press("Save")
        agent.go(f"{self.enrolment}corridors/add/").fill({"origin": "NP", "destination": "NP"}).press("Save")
        agent.sees("A corridor goes from one country to another").shot("05-corridor-to-itself")
        agent.fill({"destination": "QA"}).press("Save")
        agent.go(f"{self.enrolment}owners/add/")
        owner = {"kind": "person", "name": "Sabina Tharu", "role": "owner_director", "country": "NP"}
        agent.fill(owner).press("Save")
        agent.go(f"{self.enrolment}names/add/")
        agent.fill({"kind": "local", "name": "कालिमारु ओभरसिज", "lang": "ne"}).press("Save")

    # 2 ------------------------------------------------------------------------------------------------

    def assess(self) -> None:
        """Every indicator, one document reused, the ledger with a worker-borne line that blocks."""
        agent = self.agent
        agent.go("/assessments/").press("Start the self-assessment").shot("06-assessment")
        self.assessment = agent.path
        agent.go("/evidence/add/").fill({"file": POLICY, "title": "Handbook", "kind": "policy"})
        agent.page.locator("main form button[type=submit]").first.click()
        agent.page.wait_for_url("**/evidence/")
        agent.look()
        self._answer_all()
        self._ledger()
        agent.go(f"{self.assessment}results/").shot("09-results")

    def _answer_all(self) -> None:
        agent = self.agent
        agent.go(f"{self.assessment}questions/")
        first = agent.page.locator(f'main a[href*="{self.assessment}criteria/"]').first.get_attribute("href")
        assert first
        agent.go(first).shot("07-criterion")
        for criterion in range(60):
            prefixes = agent.page.evaluate(PREFIXES)
            if criterion:
                self._answer(prefixes)
            else:
                self._answer_by_keys(prefixes)
            before = agent.path
            agent.press("Save and go")
            if "/criteria/" not in agent.path or agent.path == before:
                break
        assert criterion > 20, "the Standard has more criteria than were answered"

    def _answer(self, prefixes: list[str]) -> None:
        """Every indicator of a criterion at once; the list of documents of each is opened before."""
        assert self.agent.page.evaluate(OPEN, prefixes) == len(prefixes)
        answers = [
            {f"{prefix}-value": "yes", f"{prefix}-maturity": "3", f"{prefix}-evidence": True}
            for prefix in prefixes
        ]
        self.agent.fill({name: value for one in answers for name, value in one.items()})

    def _answer_by_keys(self, prefixes: list[str]) -> None:
        """The first criterion key by key: its controls are those of every other."""
        agent = self.agent
        for prefix in prefixes:
            agent.tick(agent.page.locator(f'main input[name="{prefix}-value"][value="yes"]'))
            self._mature(prefix)
            self._tick(agent.page.locator(f'main input[name="{prefix}-evidence"]').first)

    def _tick(self, box) -> None:  # type: ignore[no-untyped-def] # a Playwright locator
        if not box.is_visible():
            box.locator("xpath=ancestor::details[not(@open)][last()]/summary").click()
        self.agent.tick(box)

    def _mature(self, prefix: str) -> None:
        page = self.agent.page
        field = page.locator(f'main [name="{prefix}-maturity"]')
        if (field.first.get_attribute("type") or "") == "radio":
            self.agent.tick(page.locator(f'main [name="{prefix}-maturity"][value="3"]'))
        else:
            field.first.select_option("3")

    def _ledger(self) -> None:
        agent = self.agent
        agent.go(f"{self.assessment}ledger/orders/new/")
        order = {
            "reference": "JO-2291",
            "origin": "NP",
            "destination": "QA",
            "employer_name": "Tellmark Plastics",
            "workers": 84,
            "currency": "NPR",
        }
        agent.fill(order)
        agent.page.locator("main form button[type=submit]").first.click()
        agent.page.wait_for_url("**/lines/new/")
        line = {
            "category": "C1",
            "label": "Medical test",
            "amount": "6,500",
            "currency": "NPR",
            "should_pay": "employer",
            "paid_by": "worker",
            "lawful": "unclear",
        }
        agent.look().fill(line)
        agent.page.locator("main form button[type=submit]").first.click()
        agent.page.wait_for_load_state()
        agent.go(f"{self.assessment}ledger/").shot("08-ledger").sees("Worker")
        answer = agent.page.locator('main a[href$="/answer/"]').first.get_attribute("href")
        assert answer
        agent.go(answer)
        agent.fill(
            {
                "response": "Workers paid the clinic. We have stopped this and repay each of them.",
                "repaid_how": "Bank transfer with the payslip",
                "repaid_by": "agency",
                "repaid_on": str(self.today + timedelta(days=30)),
            }
        )
        agent.page.locator("main form button[type=submit]").first.click()
        agent.page.wait_for_load_state()
        agent.look()

    # 3 ------------------------------------------------------------------------------------------------

    def apply(self) -> None:
        """The signatory declares and sends; the scheme screens."""
        agent = self.agent
        agent.go("/applications/start/").press("Open an application").shot("10-application-draft")
        self.case = agent.path
        agent.go(f"{self.case}declare/").shot("11-declare")
        agent.fill({"declaration_role": "Managing director", "agree": True})
        agent.press("Send to the scheme").shot("12-sent")
        screener = self.staff(SCREENER)
        screener.go("/today/").shot("13-screener-today")
        screener.go("/applications/").shot("14-queue").sees(self.name)
        screener.go(f"{self.case}request-fee/").fill({"invoice_number": "INV-1"})
        screener.press("Read the letter first")
        screener.press("Ask for the fee")
        screener.go(f"{self.case}record-fee/").fill({"paid_on": str(self.today)})
        self._submit(screener)
        screener.go(f"{self.case}accept/")
        self._submit(screener)
        screener.go(self.case).shot("15-accepted").sees("Waiting for an audit firm")

    def _submit(self, person: Walker) -> None:
        """Press the one act of a short page."""
        button = person.page.locator("main form button[type=submit]").last
        with person.page.expect_navigation(wait_until="load"):
            button.click()
        problems = person.page.locator("main .error-summary")
        assert not problems.count(), problems.first.inner_text()
        person.look()
