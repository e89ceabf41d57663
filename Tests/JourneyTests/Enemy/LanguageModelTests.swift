import Foundation
import Sandbox
import TestSupport
import Testing

/// The language model at work: what it is told, what it costs, and what happens without it.
@Suite(.timeLimit(.minutes(10)))
struct LanguageModelTests {
  private static var setup: Setup {
    var setup = Setup.usual
    setup.services.append(.openai)
    return setup
  }

  @Test func `the sample leads are asked about only where it counts, nobody is named, and all decisions repeat`()
    async throws
  {
    try await Desk.open(Self.setup) { desk in
      var use = Use()
      for expected in Expected.table {
        let sent = try await desk.submit(.sample(expected.sample))
        let lead = try await desk.lead(sent.lead, "\(expected.sample) is \(expected.state)") {
          $0["state"].text == expected.state && (expected.channels.isEmpty || !$0["notifications"].items.isEmpty)
        }
        use.count(lead, expected)
        Self.expectNameless(desk, lead)
      }
      for (_, message) in desk.allMessages { desk.noteExpected(message["ts"].text ?? "") }
      #expect(use.calls == desk.sandbox.world.languageQuestions.count)
      #expect(use.calls == desk.sandbox.world.calls(.openai, "chat.completions").count)
      #expect(use.withoutScoring >= 10, "\(use)")
      print(use)
      let replayed = try await Product.run(["replay"], environment: ["BATON_DATA_DIR": desk.dataPath])
      #expect(replayed.code == 0, "\(replayed.output)")
      #expect(replayed.output.contains("0 differ"), "\(replayed.output)")
      let metrics = String(decoding: try await desk.admin("/metrics").body, as: UTF8.self)
      #expect(metrics.contains("baton_llm_tokens_total{"))
    }
  }

  @Test func `a model that does not answer, or not in shape, costs its budget and nothing else`() async throws {
    var setup = Setup.onShift
    setup.services.append(.openai)
    setup.edits.append((file: "playbook.yaml", old: "budget: 6s", new: "budget: 1s"))
    try await Desk.open(setup) { desk in
      let world = desk.sandbox.world
      world.setFault(.hang, for: .openai, operation: "chat.completions")
      let slow = try await desk.submit(.berlin("ida"))
      let card = try await desk.card(in: "#leads-dach", about: "Ida Winter")
      try await card.expect("Language model not used: no answer in time")
      let lead = try await desk.lead(slow.lead, "its summary") { !$0["summary"].items.isEmpty }
      #expect(lead["summary"].items.compactMap(\.text).contains("Next: write by e-mail"))
      #expect(lead["trace"]["llm"]["summary"]["failure"].text == "timed_out")
      world.clearFaults()
      world.setLanguageMind(.scripted([.fenced, .plainText]))
      _ = try await desk.submit(.berlin("ole", company: "Havelwerk"))
      let other = try await desk.card(in: "#leads-dach", about: "Ole Winter")
      try await other.expect("Language model not used: its answer could not be used")
      world.setLanguageQuota(isUsedUp: true)
      let third = try await desk.submit(.berlin("uwe", company: "Isarwerk"))
      let last = try await desk.card(in: "#leads-dach", about: "Uwe Winter")
      try await last.expect("Language model not used: its quota is used up")
      try await desk.lead(third.lead, "its owner") { $0["owner"].text != nil }
      #expect(world.calls(.openai, "chat.completions").suffix(1).map(\.status) == [429])
    }
  }

  // MARK: What it costs

  private struct Use: CustomStringConvertible {
    var leads = 0
    var calls = 0
    var prompt = 0
    var completion = 0
    var cached = 0
    var withoutScoring = 0

    mutating func count(_ lead: JSON, _ expected: Expected) {
      leads += 1
      let llm = lead["trace"]["llm"]
      for use in [llm["score"], llm["summary"]] {
        calls += use["calls"].whole ?? 0
        prompt += use["prompt_tokens"].whole ?? 0
        completion += use["completion_tokens"].whole ?? 0
        cached += use["cached_tokens"].whole ?? 0
      }
      withoutScoring += llm["score"].isNull ? 1 : 0
      let isSummarized = ["qualify", "manual_review"].contains(expected.path)
      #expect(llm["summary"].isNull != isSummarized, "\(expected.sample)")
      #expect(llm["summary"]["failure"].isNull, "\(expected.sample): \(llm.encoded)")
      if expected.path == "disqualify" { #expect(llm["score"].isNull, "\(expected.sample)") }
    }

    var description: String {
      "\(leads) leads: \(calls) calls, \(prompt) prompt tokens (\(cached) cached), \(completion) completion tokens, "
        + "\(withoutScoring) without a scoring call"
    }
  }

  private static func expectNameless(_ desk: Desk, _ lead: JSON) {
    let normalized = lead["normalized"]
    let surname = normalized["full_name"].text?.split(separator: " ").last.map(String.init)
    for question in desk.sandbox.world.languageQuestions.suffix(2).map(\.encoded) {
      for personal in [normalized["email"].text, normalized["phone"].text, surname].compactMap(\.self) {
        #expect(!question.contains(personal), "\(personal)")
      }
    }
  }
}
