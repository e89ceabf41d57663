import Testing

@testable import App

@Suite(.timeLimit(.minutes(1))) struct ExaminationTests {
  private func fine(_ service: String) -> Finding { Finding(service, "token", .ok, "accepted") }

  @Test func `what takes too long is a finding, and the others are told`() async {
    let hangs = Examination("slack", "token", limit: .milliseconds(50)) {
      // Ends when the examination is given up.
      try? await Task.sleep(for: .seconds(3_600))
      return [fine("slack")]
    }
    let answers = Examination("hubspot", "token") { [fine("hubspot")] }
    let findings = await Examination.sideBySide([hangs, answers])
    #expect(findings.map(\.service) == ["slack", "hubspot"])
    #expect(findings.map(\.state) == [.failing, .ok])
    #expect(findings[0].detail.contains("not done after"))
  }

  @Test func `examinations run at the same time, and their findings keep their order`() async {
    let (started, starting) = AsyncStream<Void>.makeStream()
    let first = Examination("slack", "token") {
      // Waits for the one after it, which would never come if they ran in turn.
      for await _ in started { break }
      return [fine("slack")]
    }
    let second = Examination("hubspot", "token") {
      starting.yield()
      return [fine("hubspot")]
    }
    #expect(await Examination.sideBySide([first, second]).map(\.state) == [.ok, .ok])
  }
}
