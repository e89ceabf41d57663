import Foundation
import Sandbox
import TestSupport
import Testing

extension PlaygroundTests {
  @Test func `a phone's width needs no sideways scrolling, on either side`() async throws {
    try await Playground.open { page in
      try await page.sendAndOpen("Hostile text")
      try await page.window.resize(width: 390, height: 844)
      try await page.fits("the card")
      for tab in ["Form", "CRM", "Calls", "Faults"] {
        try await page.press(tab, in: "//div[@id='views']")
        try await page.fits(tab)
      }
      try await page.press("Form", in: "//div[@id='views']")
      try await page.sendAndOpen("Good lead")
      try await page.pressOnCard("Reassign")
      try await page.waitForWindow("Reassign lead")
      try await page.fits("the window")
    }
  }

  @Test(arguments: ["light", "dark"])
  func `text is readable: contrast is 4.5 to 1 or more`(_ scheme: String) async throws {
    try await Playground.open { page in
      try await page.window.setColorScheme(scheme)
      try await page.click("//button[@id='tab-faults']")
      try await page.press("Break Clearbit")
      try await page.sendAndOpen("Good lead")
      try await page.pressOnCard("Claim")
      try await page.sees("Claimed by")
      for tab in ["form", "crm", "calls", "faults"] {
        try await page.click("//button[@id='tab-\(tab)']")
        try await page.isReadable("\(scheme), \(tab)")
      }
      try await page.press("/")
      try await page.window.press(WebDriver.Key.down)
      try await page.isReadable("\(scheme), commands")
      try await page.window.press(WebDriver.Key.escape)
      try await page.click("//button[contains(@class, 'replies')]")
      try await page.sees("Claimed by", in: "#replies")
      try await page.isReadable("\(scheme), thread")
      try await page.pressOnCard("Log outcome")
      try await page.waitForWindow("Log outcome")
      try await page.press("Log", in: "//dialog")
      try await page.sees("Please complete this required field.", in: "#modal")
      try await page.isReadable("\(scheme), window")
      try await page.window.setColorScheme("light")
    }
  }

  @Test func `whatever can be used has a name for screen readers`() async throws {
    try await Playground.open { page in
      try await page.sendAndOpen("Good lead")
      try await page.pressOnCard("Reassign")
      try await page.waitForWindow("Reassign lead")
      let nameless = try await page.window.script(Self.nameless).items.compactMap(\.text)
      #expect(nameless.isEmpty)
    }
  }

  @Test func `everything to the claimed card can be done with the keyboard alone`() async throws {
    try await Playground.open { page in
      try await page.tab(to: "document.activeElement.id === 'guide-send'")
      try await page.window.press(WebDriver.Key.enter)
      try await page.holds("the card came", "!document.querySelector('#guide-open').disabled")
      try await page.tab(to: "document.activeElement.id === 'guide-open'")
      try await page.window.press(WebDriver.Key.enter)
      try await page.sees("Acme Bank")
      try await page.tab(to: "document.activeElement.textContent === 'Claim'")
      try await page.holds("the focus shows", "getComputedStyle(document.activeElement).outlineStyle !== 'none'")
      try await page.window.press(WebDriver.Key.enter)
      try await page.sees("Claimed by")
      try await page.sees("Claimed by Jonas Keller", in: "#said")
      try await page.holds("the focus stays at the card", "document.activeElement.closest('#messages article')")
    }
  }

  private static let nameless = """
    const nodes = document.querySelectorAll("button, input, select, textarea, summary, [role=tab], dialog[open]");
    const name = (one) => one.getAttribute("aria-label") || one.textContent.trim() || one.labels?.[0]?.textContent
      || document.getElementById(one.getAttribute("aria-labelledby"))?.textContent;
    const named = (one) => one.matches("input, select, textarea")
      ? one.getAttribute("aria-label") || one.labels?.[0]?.textContent.trim() : name(one);
    return [...nodes].filter((one) => one.checkVisibility() && !named(one)).map((one) => one.outerHTML.slice(0, 160));
    """
}

extension Playground {
  func isReadable(_ what: Comment) async throws {
    let faint = try await window.script(Self.faintText).items.compactMap(\.text)
    #expect(faint.isEmpty, what)
  }

  /// Visible texts whose contrast with what is behind them is below WCAG 2.2's 1.4.3: 4.5, or 3 from 24 px (18.66 px
  /// bold) on. What can't be used is exempt.
  private static let faintText = """
    const parse = (text) => (text.match(/[\\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
    const part = (value) => { const c = value / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
    const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
    const behind = (node) => {
      for (let one = node; one; one = one.parentElement) {
        const color = parse(getComputedStyle(one).backgroundColor);
        if ((color[3] ?? 1) > 0.99) return color;
      }
      return [255, 255, 255];
    };
    const out = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const node = walk.currentNode.parentElement;
      if (!walk.currentNode.data.trim() || node.closest("[disabled], option, script, noscript, .hidden")) continue;
      if (!node.checkVisibility({ opacityProperty: true })) continue;
      const style = getComputedStyle(node);
      const [one, two] = [light(parse(style.color)), light(behind(node))].sort((a, b) => b - a);
      const size = parseFloat(style.fontSize);
      const least = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
      const ratio = (one + 0.05) / (two + 0.05);
      if (ratio < least) out.push(ratio.toFixed(2) + " " + walk.currentNode.data.trim().slice(0, 40));
    }
    return out;
    """

  /// Neither the page nor anything on it that scrolls has to be moved sideways.
  func fits(_ what: String) async throws {
    let wide = try await window.script(
      """
      const room = document.documentElement.clientWidth;
      const panes = [document.documentElement, document.body,
        ...document.querySelectorAll("#messages, #replies, [role=tabpanel], dialog, dialog .blocks")];
      const over = panes.filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth);
      if (!over.length) return null;
      const wide = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > room + 1);
      return [...over, ...wide.slice(-3)].map((one) => one.outerHTML.slice(0, 120)).join(" | ");
      """)
    #expect(wide.isNull, "\(what) is too wide: \(wide.text ?? "")")
  }

  /// Presses Tab until the condition holds.
  func tab(to condition: String) async throws {
    for _ in 1...120 {
      if try await window.script("return Boolean(\(condition))").flag == true { return }
      try await window.press(WebDriver.Key.tab)
    }
    throw Missing(description: "Tab never comes to where \(condition)")
  }
}
