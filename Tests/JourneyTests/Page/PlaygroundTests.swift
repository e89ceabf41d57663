import Foundation
import Sandbox
import TestSupport
import Testing

/// The demo's page in a real browser, used as its readers use it.
@Suite(.enabled(if: InBrowser.paths != nil, InBrowser.missing), .serialized, .inBrowser, .timeLimit(.minutes(3)))
struct PlaygroundTests {
  @Test func `the guide leads from the first lead to a claimed card`() async throws {
    try await Playground.open { page in
      try await page.press("Send a lead")
      try await page.press("Open its card in #leads-fintech-emea")
      try await page.sees("Acme Bank")
      try await page.press("Press Claim on it")
      try await page.holds("Claim has the focus", "document.activeElement.textContent === 'Claim'")
      try await page.window.press(WebDriver.Key.enter)
      try await page.sees("Claimed by @Jonas Keller")
      try await page.sees("Next: break a service", in: "#guide")
      try await page.pressOnCard("Open in HubSpot")
      try await page.sees("Eva Schmidt", in: "#panel-crm")
      try await page.sees("IN PROGRESS", in: "#panel-crm")
      try await page.holds(
        "the record is shown",
        "document.activeElement.matches('.card') && document.activeElement.innerText.includes('Eva')")
    }
  }

  @Test func `a lead is reassigned through the window, and the thread tells it`() async throws {
    try await Playground.open { page in
      try await page.sendAndOpen("US West")
      try await page.become("Carlos Vega")
      try await page.pressOnCard("Reassign")
      try await page.waitForWindow("Reassign lead")
      try await page.choose("Mei Tan", in: "#modal select")
      try await page.press("Reassign", in: "//dialog")
      try await page.waitForNoWindow()
      try await page.sees("@Mei Tan")
      try await page.click("//button[contains(@class, 'replies') and contains(., 'repl')]")
      try await page.sees("Reassigned to Mei Tan", in: "#replies")
    }
  }

  @Test func `a form without what it needs says so beside the field, and Escape closes it`() async throws {
    try await Playground.open { page in
      try await page.sendAndOpen("Good lead")
      try await page.pressOnCard("Log outcome")
      try await page.waitForWindow("Log outcome")
      try await page.press("Log", in: "//dialog")
      try await page.sees("Please complete this required field.", in: "#modal")
      try await page.window.press(WebDriver.Key.escape)
      try await page.waitForNoWindow()
      try await page.holds("the focus is back", "document.activeElement.textContent === 'Log outcome'")
    }
  }

  @Test func `a nurtured lead becomes one line, and what was done can be undone`() async throws {
    try await Playground.open { page in
      try await page.sendAndOpen("Good lead")
      try await page.pressOnCard("Nurture")
      try await page.waitForWindow("nurture")
      try await page.click("//dialog//button[@type='submit']")
      try await page.sees("in nurture")
      try await page.holds("nobody has claimed it", "!document.querySelector('#step3').matches('.done')")
      try await page.holds("its facts are gone", "!document.querySelector('#messages').innerText.includes('Employees')")
      try await page.pressOnCard("Undo")
      try await page.sees("Employees")
    }
  }

  @Test func `why shows every rule that counted`() async throws {
    try await Playground.open { page in
      try await page.sendAndOpen("Good lead")
      try await page.pressOnCard("Why?")
      try await page.sees("Financial services in EMEA, 201 and more", in: "#modal[open]")
      try await page.sees("Decision maker", in: "#modal[open]")
    }
  }

  @Test func `without HubSpot the card says so, and mended it catches up`() async throws {
    try await Playground.open { page in
      try await page.click("//button[@id='tab-faults']")
      try await page.press("Break HubSpot")
      try await page.press("Break Clearbit")
      try await page.sees("HubSpot is down (503)", in: "#broken")
      try await page.send("Good lead")
      // The look-up is tried again until its budget is spent.
      try await page.sees("Card in #", in: "#result")
      try await page.press("Open", in: "//div[@id='result']")
      try await page.sees("Account not checked")
      try await page.click("//button[@id='tab-faults']")
      try await page.press("Mend all")
      try await page.holds("nothing is broken", "!document.querySelector('#broken').innerText")
      try await page.click("//button[@id='tab-crm']")
      try await page.sees("Eva Schmidt", in: "#panel-crm")
    }
  }

  @Test func `release asks first, and does nothing if the answer is no`() async throws {
    try await Playground.open { page in
      try await page.sendAndOpen("Good lead")
      try await page.pressOnCard("Claim")
      try await page.sees("Claimed by")
      try await page.pressOnCard("Release")
      try await page.sees("Release this lead?", in: "#sure[open]")
      try await page.press("Cancel", in: "//dialog[@id='sure']")
      try await page.holds("the question is gone", "!document.querySelector('#sure').open")
      try await page.sees("Claimed by")
      try await page.pressOnCard("Release")
      try await page.press("Release", in: "//dialog[@id='sure']")
      try await page.holds("it is given back", "!document.querySelector('#messages').innerText.includes('Claimed by')")
    }
  }

  @Test func `who may not pass a lead on is told so, and nobody else sees it`() async throws {
    try await Playground.open { page in
      try await page.sendAndOpen("Good lead")
      try await page.pressOnCard("Claim")
      try await page.sees("Claimed by")
      try await page.become("Gil Stone")
      try await page.pressOnCard("Reassign")
      try await page.sees("Only visible to you")
      try await page.become("Jonas Keller")
      try await page.holds(
        "others don't see it", "!document.querySelector('#messages').innerText.includes('Only visible')")
    }
  }

  @Test func `time moves on: the shift starts, and the owner is called`() async throws {
    try await Playground.open { page in
      try await page.clock("#monday")
      for _ in 1...5 { try await page.clock("#day") }
      try await page.sees("Sat", in: "#their-time")
      try await page.sendAndOpen("Good lead")
      try await page.sees("Outside working hours")
      try await page.clock("#monday")
      try await page.sees("Mon", in: "#their-time")
      try await page.click("//button[contains(@class, 'replies') and contains(., '1 reply')]")
      try await page.sees("Your shift has started", in: "#replies")
    }
  }

  @Test func `what a stranger writes stays text`() async throws {
    try await Playground.open { page in
      try await page.sendAndOpen("Hostile text")
      try await page.sees("<img src=x onerror=alert(1)>")
      try await page.holds(
        "nothing became markup", "!document.querySelector('main img, main script, main a[href*=evil]')")
      try await page.holds("nobody is called", "!document.querySelector('#messages .mention.self')")
      try await page.click("//button[@id='tab-crm']")
      try await page.sees("<!channel>", in: "#panel-crm")
    }
  }

  @Test func `commands are offered, chosen with the arrow keys and answered privately`() async throws {
    try await Playground.open { page in
      try await page.window.type("/le", into: "//input[@id='say']")
      try await page.sees("/lead queue", in: "#offers")
      try await page.window.press(WebDriver.Key.down, WebDriver.Key.down, WebDriver.Key.down, WebDriver.Key.enter)
      try await page.holds("the command is written", "document.querySelector('#say').value === '/lead mine'")
      try await page.window.press(WebDriver.Key.enter)
      try await page.sees("Only visible to you")
      try await page.sees("You have no open leads")
    }
  }

  @Test func `what somebody writes stands as written, and an unknown command is refused`() async throws {
    try await Playground.open { page in
      try await page.say("Is <b>Acme & Co</b> *ours*?")
      try await page.sees("Is <b>Acme & Co</b> ours?")
      try await page.say("/leads mine")
      try await page.sees("/leads is not a valid command", in: "#notice")
    }
  }

  @Test func `every command that the help lists is offered`() async throws {
    try await Playground.open { page in
      try await page.say("/lead help")
      try await page.sees("Only visible to you")
      let listed = try await page.text().matches(of: /(?m)^(\/lead \w+)\b(?![.@])/).map { String($0.1) }
      try await page.press("/")
      try await page.sees("/lead", in: "#offers")
      let offers = try await page.text("#offers")
      #expect(listed.count > 3)
      for command in listed { #expect(offers.contains(command)) }
    }
  }
}

extension Playground {
  /// Types into the line of the open channel and sends it.
  func say(_ text: String) async throws {
    try await window.type(text, into: "//input[@id='say']")
    try await window.press(WebDriver.Key.enter)
  }

  /// Presses an entry of the clock's menu and waits until the clock shows it.
  func clock(_ entry: String) async throws {
    let before = try await text("#clock-now")
    try await click("//details[@id='clock']/summary")
    try await click("//button[@id='\(entry.dropFirst())']")
    try await eventually("the clock moves", within: Self.patience) { try await text("#clock-now") != before }
  }
}
