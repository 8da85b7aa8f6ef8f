"""Step 4: the audit, from the offer to the recommendation."""

import re
from datetime import timedelta

from tests.journeys.applying import POLICY, Applying
from tests.journeys.people import LEAD, LEAD_NAME, MANAGER
from tests.journeys.walker import Walker

PRINCIPLES = ("A", "B", "1", "2", "3", "4", "5")


class Auditing(Applying):
    """The same agency's audit."""

    # 4 ------------------------------------------------------------------------------------------------

    def audit(self) -> None:
        """Offer, declare no conflict, two stages, a finding answered and closed, the report."""
        manager, lead = self.staff(MANAGER), self.staff(LEAD)
        manager.go(f"{self.case}assign/").shot("16-assign").fill({"staff": 18})
        manager.tick(manager.page.get_by_label(LEAD_NAME, exact=True))
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
                "visit-0-place": "Head office",
                "stage1_on": str(self.today),
                "stage2_from": str(self.today),
                "stage2_to": str(self.today),
                "notice": "short",
                "notice_reason": "The agency asked for the earliest day.",
                "clash_reason": "Both fit into the same day.",
            }
        )
        ticks = lead.page.locator('main input[name="languages"][value="ne"]')
        if ticks.count():
            lead.tick(ticks)
        else:
            lead.page.locator('main select[name="languages"]').select_option("ne")
        lead.shot("20-plan")
        self._submit(lead)

    def _stage2(self, lead: Walker) -> None:
        lead.go(f"{self.case_audit}stage-2/interviews/")
        for field in lead.page.locator('main input[name$="-held"]').all():
            field.fill("3")
        lead.shot("21-interviews").press("Keep the counts")
        self._meet(lead, "opening")
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
        self._meet(lead, "closing")
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

    def _meet(self, lead: Walker, kind: str) -> None:
        """A meeting with one person of each side; the lead auditor's line is filled already."""
        lead.go(f"{self.case_audit}meetings/{kind}/")
        lead.fill({"place": "Head office", "p1-name": "Sabina Tharu", "p1-function": "Managing director"})
        boxes = lead.page.locator('main input[name="explained"]')
        for place in range(boxes.count()):
            lead.tick(boxes.nth(place))
        lead.press("Record the meeting")

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
