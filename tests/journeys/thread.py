"""The thread, step by step, as people walk it: from an agency's sign-up to an employer's receipt and an API call."""

import json
import re
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Browser

from tests.journeys.people import DECIDER, LEAD, MANAGER, PASSWORD, SCREENER
from tests.journeys.walker import Walker

POLICY = Path(__file__).with_name("policy.txt")
PRINCIPLES = ("A", "B", "1", "2", "3", "4", "5")


class Served(Protocol):
    """What the thread needs of a running product."""

    url: str

    def mail_to(self, address: str) -> str:
        """The newest e-mail to an address."""


class Thread:
    """One agency, one audit, one certificate, one employer."""

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
        for _criterion in range(60):
            names = agent.page.locator('main input[name$="-value"][value="yes"]')
            for index in range(names.count()):
                field = names.nth(index).get_attribute("name") or ""
                prefix = field.removesuffix("-value")
                names.nth(index).check(force=True)
                agent.page.locator(f'main [name="{prefix}-maturity"]').first.evaluate("node => node.tagName")
                self._mature(prefix)
                for about in agent.page.locator("main details").all():
                    if about.get_attribute("open") is None and not self.script:
                        continue
                box = agent.page.locator(f'main input[name="{prefix}-evidence"]').first
                self._tick(box)
            before = agent.path
            agent.press("Save and go")
            if "/criteria/" not in agent.path or agent.path == before:
                break

    def _tick(self, box) -> None:  # type: ignore[no-untyped-def] # a Playwright locator
        if not box.is_visible():
            box.locator("xpath=ancestor::details[not(@open)][last()]/summary").click()
        box.check(force=True)

    def _mature(self, prefix: str) -> None:
        page = self.agent.page
        field = page.locator(f'main [name="{prefix}-maturity"]')
        if (field.first.get_attribute("type") or "") == "radio":
            page.locator(f'main [name="{prefix}-maturity"][value="3"]').check(force=True)
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
        self._submit(screener)
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

    # 4 ------------------------------------------------------------------------------------------------

    def audit(self) -> None:
        """Offer, declare no conflict, two stages, a finding answered and closed, the report."""
        manager, lead = self.staff(MANAGER), self.staff(LEAD)
        manager.go(f"{self.case}assign/").shot("16-assign").fill({"staff": 18})
        manager.page.locator('main input[name="auditor"]:not([disabled])').first.check(force=True)
        manager.press("Offer the audit")
        lead.go("/today/").shot("17-auditor-today")
        lead.go("/audits/").follow(self.name)
        self.case_audit = re.match(r"/audits/[0-9a-f-]+/", lead.path).group()  # type: ignore[union-attr]
        lead.go(f"{self.case_audit}offer/").shot("18-offer")
        lead.fill({"no_conflict": True}).page.locator('main [name="text"]').first.fill(
            "No ties of work, money or family."
        )
        lead.press("Accept the audit")
        self._plan(lead)
        lead.go(f"{self.case_audit}stage-1/").press("Start stage 1")
        for code in PRINCIPLES:
            lead.go(f"{self.case_audit}stage-1/{code}/")
            if code == "A":
                lead.shot("19-stage-1-desk")
            lead.press("Keep, and rate")
        lead.go(f"{self.case_audit}stage-1/").fill(
            {"readiness": "ready", "text": "The documents are in order."}
        )
        lead.press("Close stage 1")
        lead.go(f"{self.case_audit}stage-2/").press("Start stage 2")
        self._stage2(lead)

    def _plan(self, lead: Walker) -> None:
        lead.go(f"{self.case_audit}plan/")
        lead.fill(
            {
                "objectives": "See whether the system keeps workers from paying.",
                "scope": "All corridors, head office.",
                "criteria": "Edition 1 of the Standard and the law of both countries.",
                "sites": "Head office",
                "stage1_on": str(self.today),
                "stage2_from": str(self.today),
                "stage2_to": str(self.today),
                "notice": "short",
                "notice_reason": "The agency asked for the earliest day.",
            }
        )
        lead.page.locator(
            'main [name="languages"][value="en"], main select[name="languages"]'
        ).first.evaluate("n => n.tagName")
        ticks = lead.page.locator('main input[name="languages"][value="ne"]')
        if ticks.count():
            ticks.check(force=True)
        else:
            lead.page.locator('main select[name="languages"]').select_option("ne")
        lead.shot("20-plan")
        self._submit(lead)

    def _stage2(self, lead: Walker) -> None:
        lead.go(f"{self.case_audit}stage-2/interviews/")
        for field in lead.page.locator('main input[name$="-held"]').all():
            field.fill("3")
        lead.shot("21-interviews").press("Keep the counts")
        lead.go(f"{self.case_audit}stage-2/B/").press("Raise a finding")
        lead.fill(
            {
                "grade": "major",
                "title": "Two sub-agents have no contract",
                "statement": "Nine are named, seven contracts exist.",
                "evidence": "List of 3 November; seven contracts.",
            }
        )
        lead.shot("22-raise").press("Draft the finding")
        lead.go(self.case_audit).shot("23-audit").press("Issue")
        agent = self.agent
        agent.go("/findings/").follow("Two sub-agents")
        self.finding = agent.path
        agent.shot("24-finding-agency").go(f"{self.finding}answer/")
        agent.fill(
            {
                "root_cause": "Nobody was responsible for the list.",
                "correction": "Both signed the contract.",
                "action": "The manager approves each sub-agent first.",
                "prevention": "The list is compared with payments monthly.",
                "owner": "Sabina Tharu",
                "due_on": str(self.today + timedelta(days=10)),
            }
        )
        self._submit(agent)
        lead.go(f"{self.finding}return/").fill({"reason": "Name the person who checks."})
        self._submit(lead)
        self.correct()
        self.report()

    def correct(self) -> None:
        """The answer sent back is there to be changed; proof follows; a grant waits until it is verified."""
        agent, lead, finding = self.agent, self.staff(LEAD), self.finding
        agent.go(f"{finding}answer/").fill(
            {"prevention": "Sabina Tharu compares the list with payments monthly."}
        )
        self._submit(agent)
        lead.go(f"{finding}agree/")
        self._submit(lead)
        agent.go(f"{finding}send-evidence/").fill({"file": POLICY})
        self._submit(agent)
        self._refused_while_open(lead)
        lead.go(f"{finding}close/").fill({"verification": "desk", "note": "Both contracts are signed."})
        self._submit(lead)

    def _refused_while_open(self, lead: Walker) -> None:
        lead.go(f"{self.case_audit}report/draft/")
        lead.fill({"ended_on": str(self.today), "summary": "The system works; two contracts were missing."})
        self._submit(lead)
        self.agent.go(f"{self.case_audit}report/").press("Say that the facts are right")
        lead.go(f"{self.case_audit}report/conclude/")
        lead.fill({"outcome": "grant", "recommendation": "All that was found is corrected."})
        lead.press("Send the final report")
        lead.sees("Two sub-agents").shot("25-grant-refused-while-open")

    def report(self) -> None:
        """The final report, with the recommendation to grant."""
        lead = self.staff(LEAD)
        lead.go(f"{self.case_audit}report/conclude/")
        lead.fill({"outcome": "grant", "recommendation": "All that was found is corrected."})
        self._submit(lead)
        lead.go(f"{self.case_audit}report/").shot("26-report")

    # 5, 6 ---------------------------------------------------------------------------------------------

    def decide(self) -> None:
        """Somebody else decides; the certificate is printed; suspended and reinstated in public."""
        decider = self.staff(DECIDER)
        decider.go("/today/").shot("27-decider-today")
        decider.go(f"{self.case}decide/").shot("28-decide")
        decider.fill(
            {"outcome": "grant", "reasons": "I read the report, the findings and the self-assessment."}
        )
        decider.press("Decide").shot("29-decided")
        agent = self.agent
        agent.go("/certificates/")
        if not re.search(r"/certificates/[0-9a-f-]{36}/", agent.path):
            agent.page.locator('main a[href*="/certificates/"]').first.click()
            agent.page.wait_for_load_state()
        self.certificate = agent.path
        body = agent.page.inner_text("main")
        self.number = re.search(r"[A-Z]+-C-\d{4}-\d{4}", body).group()  # type: ignore[union-attr]
        agent.shot("30-certificate")
        self.pdf = self._download(agent, f"{self.certificate}pdf/")
        anyone = self.walker("anyone")
        anyone.go("/").shot("31-home")
        anyone.go(f"/verify/{self.number}/").shot("32-verify").sees(self.name)
        anyone.go("/register/").shot("33-register").sees(self.name)
        manager = self.staff(MANAGER)
        manager.go(f"{self.certificate}suspend/")
        manager.fill(
            {
                "reason_code": "complaint",
                "reason": "A complaint was upheld.",
                "public_note": "A complaint about fees was upheld.",
            }
        )
        self._submit(manager)
        anyone.go(f"/verify/{self.number}/").sees("Suspended").shot("34-suspended")
        manager.go(f"{self.certificate}reinstate/").fill({"reason": "The complaint is settled."})
        self._submit(manager)
        anyone.go(f"/verify/{self.number}/").shot("35-reinstated")

    def _download(self, person: Walker, path: str) -> bytes:
        """The PDF, once the worker has made it."""
        for _try in range(120):
            answer = person.context.request.get(self.stack.url + path)
            if answer.headers.get("content-type") == "application/pdf":
                return answer.body()
            person.page.wait_for_timeout(500)
        raise AssertionError(f"{path} did not become a PDF")

    # 7 ------------------------------------------------------------------------------------------------

    def check(self, suppliers: Path) -> None:
        """An employer applies, is vetted, checks one agency, keeps the receipt, and screens a list."""
        buyer = self.buyer = self.sign_up(f"anneke@buyer{self.key}.example", "Anneke Voss")
        buyer.go("/start/apply/employer/")
        buyer.fill(
            {
                "name": f"Brightmoor {self.key}",
                "country": "DE",
                "purpose": "Check recruiters of our suppliers.",
                "contact_name": "Anneke Voss",
                "contact_email": f"anneke@buyer{self.key}.example",
            }
        )
        self._submit(buyer)
        self.admit()
        self.look_up()
        self.screen(suppliers)

    def admit(self) -> None:
        """The scheme vets the employer."""
        manager = self.staff(MANAGER)
        manager.go("/scheme/organisations/").shot("36-vetting").follow(f"Brightmoor {self.key}")
        manager.fill({"outcome": "admit"})
        self._submit(manager)

    def look_up(self) -> None:
        """One agency, for another corridor and by its certificate's number; the receipt as PDF."""
        buyer = self.buyer
        buyer.go("/today/").shot("37-employer-today")
        buyer.go("/lookups/").fill(
            {"text": self.name.replace("Overseas", "Oversea"), "origin": "NP", "destination": "MY"}
        )
        buyer.press("Check").shot("38-other-corridor").sees("does not cover")
        buyer.go("/lookups/").fill({"text": self.number}).press("Check").shot("39-lookup").sees("Certified")
        self.receipt = self._download(buyer, f"{buyer.path}receipt.pdf")

    def screen(self, suppliers: Path) -> None:
        """A list as it is, checked by the worker, with live progress."""
        buyer = self.buyer
        buyer.go("/screenings/").fill({"file": suppliers}).press("Upload the list").shot("40-mapping")
        buyer.press("Use these columns").shot("41-ready")
        buyer.press("Start the screening")
        self.screening = buyer.path
        for _try in range(120):
            buyer.go(self.screening)
            if buyer.page.locator("main").get_by_text("100%").count() or "Done" in buyer.page.inner_text(
                ".title"
            ):
                break
            buyer.page.wait_for_timeout(500)
        buyer.shot("42-screened").sees("Done")
        answer = buyer.context.request.get(f"{self.stack.url}{self.screening}result.csv")
        self.export = answer.body().decode("utf-8-sig")

    # 8 ------------------------------------------------------------------------------------------------

    def call(self) -> dict[str, object]:
        """An API key is issued on a page and opens the API."""
        buyer = self.buyer
        buyer.go("/organisation/keys/new/").fill(
            {"name": "Sourcing tool", "scopes": ["read:register", "read:lookups"]}
        )
        self._submit(buyer)
        buyer.shot("43-api-key")
        secret = re.search(r"\b[A-Za-z0-9_-]{6,16}\.[A-Za-z0-9_-]{20,}\b", buyer.page.inner_text("main"))
        assert secret, buyer.page.inner_text("main")
        self.walker("anyone").go("/api/").shot("44-api-guide")
        headers = {"Authorization": f"Api-Key {secret.group()}", "Content-Type": "application/json"}
        body = json.dumps({"text": self.number}).encode()
        request = urllib.request.Request(f"{self.stack.url}/api/v1/lookups/", data=body, headers=headers)
        with urllib.request.urlopen(request) as answer:
            found: dict[str, object] = json.load(answer)
        listed = urllib.request.Request(f"{self.stack.url}/api/v1/certificates/", headers=headers)
        with urllib.request.urlopen(listed) as answer:
            assert self.number in answer.read().decode()
        return found
