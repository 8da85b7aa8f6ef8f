"""The thread, step by step, as people walk it: from an agency's sign-up to an employer's receipt and an API call."""

import json
import re
import urllib.request
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.auditing import Auditing
from tests.journeys.people import DECIDER, MANAGER
from tests.journeys.walker import PATIENCE, Walker


class Thread(Auditing):
    """One agency, one audit, one certificate, one employer."""

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
        self._propose(
            "suspend",
            {
                "reason_code": "complaint",
                "reason": "A complaint was upheld.",
                "public_note": "A complaint about fees was upheld.",
            },
        )
        anyone.go(f"/verify/{self.number}/").sees("Suspended").shot("34-suspended")
        settled = {"reason": "The complaint is settled.", "public_note": "The fees were paid back."}
        self._propose("reinstate", settled)
        anyone.go(f"/verify/{self.number}/").shot("35-reinstated")

    def _propose(self, act: str, words: dict[str, str]) -> None:
        """The manager proposes; nothing happens until somebody else has decided."""
        manager, decider = self.staff(MANAGER), self.staff(DECIDER)
        before = self.walker("anyone").go(f"/verify/{self.number}/").page.inner_text("#h-answer")
        manager.go(f"{self.certificate}{act}/").fill(words)
        self._submit(manager)
        after = self.walker("anyone").go(f"/verify/{self.number}/").page.inner_text("#h-answer")
        assert before == after, "a proposal alone changed what the public reads"
        decider.go("/decisions/votes/")
        link = decider.page.locator('main a[href^="/decisions/"]', has_text=re.compile(self.number)).first
        with decider.page.expect_navigation(wait_until="load"):
            link.click()
        decider.fill({"outcome": "accept", "reasons": "I read the proposal and what it rests on."})
        decider.press("Give my vote")

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
        # The page asks again by itself, with script or without: a visit of ours would cross with that. The first search
        # on a machine compiles its kernels, which takes minutes where much else is going on.
        expect(buyer.page.locator(".title").first).to_contain_text("Done", timeout=5 * PATIENCE)
        buyer.look()
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
        self.walker("anyone").go("/developers/").shot("44-api-guide")
        headers = {"Authorization": f"Api-Key {secret.group()}", "Content-Type": "application/json"}
        body = json.dumps({"text": self.number}).encode()
        request = urllib.request.Request(f"{self.stack.url}/api/v1/lookups/", data=body, headers=headers)
        with urllib.request.urlopen(request) as answer:
            found: dict[str, object] = json.load(answer)
        listed = urllib.request.Request(f"{self.stack.url}/api/v1/certificates/", headers=headers)
        with urllib.request.urlopen(listed) as answer:
            assert self.number in answer.read().decode()
        return found
