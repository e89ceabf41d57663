import Foundation
import Sandbox
import TestSupport
import Testing

/// People in the demo's CRM, on its page: what they do there shows in Slack.
extension PlaygroundTests {
  private static let eva = "article[aria-label='Eva Schmidt']"

  @Test func `a call logged in the CRM is the first touch, and a deal won there closes the lead`() async throws {
    try await Playground.open { page in
      try await page.sendAndOpen("Good lead")
      try await page.click("//button[@id='tab-crm']")
      try await page.holds(
        "Baton has written the owner",
        "document.querySelector(arguments[0] + ' select')?.selectedOptions[0].text === 'Jonas Keller'",
        [.string(Self.eva)])
      try await page.press("Log a call", in: "//article[@aria-label='Eva Schmidt']")
      try await page.click("//button[contains(@class, 'replies') and contains(., 'repl')]")
      try await page.sees("First touch by Jonas Keller", in: "#replies")
      // The thread lies where the CRM was.
      try await page.click("//button[@id='thread-close']")
      try await page.click("//button[@id='tab-crm']")
      try await page.press("New deal", in: "//article[@aria-label='Eva Schmidt']")
      try await page.press("Won", in: "//article[@aria-label='Acme Bank']")
      try await page.click("//button[contains(@class, 'replies') and contains(., 'repl')]")
      try await page.sees("Won, 24000, in HubSpot", in: "#replies")
    }
  }

  @Test func `a contact typed into the CRM is a lead that Baton writes back`() async throws {
    try await Playground.open { page in
      try await page.click("//button[@id='tab-crm']")
      try await page.click("//summary[normalize-space()='New contact']")
      try await page.press("Add contact")
      try await page.sees("a contact needs an e-mail address", in: "#panel-crm")
      let values = [
        "E-mail": "hanna@hafenlicht.example", "First name": "Hanna", "Last name": "Winter", "Company": "Hafenlicht",
        "Job title": "Head of Sales", "Country": "Germany", "Employees": "120",
      ]
      for (label, value) in values {
        try await page.window.script(
          "document.querySelector(`input[placeholder='${arguments[0]}']`).value = arguments[1]",
          [.string(label), .string(value)])
      }
      try await page.press("Add contact")
      try await page.sees("HubSpot has the contact and tells Baton.", in: "#panel-crm")
      try await page.holds(
        "Baton has written it",
        """
        [...document.querySelectorAll("article[aria-label='Hanna Winter'] .note")].some((one) => \
        one.innerText.includes("Note"))
        """)
    }
  }
}
