import Foundation
import RevOps
import SlackAPI
import Testing

@testable import SlackDesk

/// What strangers write to be seen as something else, and what no limit expects.
private let hostile = [
  "<!channel> <!here> <!everyone>", "<@U123ABC>", "<@U123ABC|boss>", "<#C123ABC>", "<!subteam^S123|@sales>",
  "<https://evil.example|Click to verify>", "<mailto:a@b.example|mail>", "<!date^0^{date}|x>", "&lt;!here&gt;",
  "*bold* _it_ ~s~ `code`", "```\nfence\n```", "> quote", ":fire: :+1:", "x\n\n*Owner:* nobody\r\nOwner: me",
  "https://evil.example/a?b=c&d=e", "ada@acme.example", "@here #general", "a\u{202E}gnp.exe", "\u{0}\u{7}\u{1B}[31m",
  "<\u{338}@U1>", "|label>", String(repeating: "<", count: 4_000), String(repeating: "*a ", count: 1_500),
  String(repeating: "line\n", count: 500), String(repeating: "👩‍👩‍👧‍👦", count: 900), String(repeating: "x", count: 5_000),
  "", "   ",
]

@Suite struct HostileLeadTests {
  private static let states: [LeadState] = [.delivered, .inReview, .closed]

  @Test("no text of a stranger makes a mention, link or date, or breaks a limit", arguments: hostile)
  func cards(_ text: String) {
    for state in Self.states {
      var lead = Samples.texts(text)
      lead.state = state
      if state == .closed { lead.desk.outcome = Outcome(result: .lost, reason: text, amount: text) }
      let message = LeadCard.message(Samples.context(lead), people: Samples.people)
      #expect(message.violations().isEmpty)
      #expect(message.texts.tokens.allSatisfy(Self.isOurs))
      #expect(message.texts.plain.allSatisfy { !$0.contains("<") && !$0.contains(">") })
      #expect(message.buttons.contains("lead.why.v1"))
      let retired = LeadCard.retired(Samples.context(lead))
      #expect(retired.violations().isEmpty && retired.texts.tokens.allSatisfy(Self.isOurs))
    }
  }

  @Test("forms and lists stay within Slack's limits whatever the lead says", arguments: hostile)
  func forms(_ text: String) {
    let lead = Samples.texts(text)
    let subject = ModalSubject(lead: lead.id, channel: "C1", ts: "1.2")
    let choices = (0..<150).map {
      ReassignModal.Choice(email: "rep\($0)@northwind.example", name: String(text.prefix(500)), load: 3, gate: .away)
    }
    let views = [
      ReassignModal.view(lead, choices: choices, subject: subject),
      NurtureModal.view(lead, policy: Samples.policy, now: Samples.now, subject: subject),
      OutcomeModal.view(lead, subject: subject), DisqualifyModal.view(lead, subject: subject),
      WhyModal.view(lead, explanation: LeadExplanation(lead, policy: Samples.policy), subject: subject),
      WhyModal.view(lead, explanation: LeadExplanation(lead, policy: nil), subject: subject),
    ]
    for view in views {
      #expect(view.violations().isEmpty)
      #expect(WireTexts(view.json).tokens.isEmpty)
    }
    let look = LeadLook(
      people: CardPeople(), workspace: "https://northwind.slack.com/", policy: Samples.policy, now: Samples.now)
    let list = LeadList(title: "Leads", leads: [lead], listing: LeadListing(.mine), look: look)
    #expect(list.message.violations().isEmpty)
    #expect(
      list.message.texts.tokens.filter { if case .special = $0 { false } else { true } } == [
        .link(url: "https://northwind.slack.com/archives/C2EMEA/p1700000000000100", label: "card")
      ])
  }

  private static func isOurs(_ token: SlackToken) -> Bool {
    switch token {
    case .user(let id, nil): id == "U1JONAS"
    case .channel(let id, nil): id == "C2EMEA"
    case .special(let word, _): isToday(word)
    default: false
    }
  }

  /// When it came, or until when it is to be claimed.
  private static func isToday(_ word: String) -> Bool {
    let parts = word.split(separator: "^")
    guard parts.first == "date", parts.count > 1, let seconds = Double(parts[1]) else { return false }
    return abs(seconds - Samples.now.timeIntervalSince1970) < 86_400
  }
}
