import Sandbox

/// How soon a form gets its 202 at a steady 200 leads a second, and the memory that this takes.
///
/// Each time counts from when the lead was due to be sent, not from when the load got round to it.
enum Acknowledgement {
  private static let perSecond = 200
  private static let seconds = 10

  static func measure() async throws -> [String] {
    try await Bed.run { sandbox, baton in
      let before = baton.residentMemory
      let answers = await load(sandbox.form)
      let times = Figures(answers.compactMap { $0.status == 202 ? $0.milliseconds : nil })
      let refused = answers.count - times.count
      return [
        "acknowledgement             p50 \(times.median.asMilliseconds), p99 \(times.percentile(99).asMilliseconds)"
          + " (\(times.count) leads at \(perSecond)/s, \(refused) not accepted)",
        "resident memory             \(mebibytes(before)) before, \(mebibytes(baton.residentMemory)) after",
      ]
    }
  }

  private struct Answer: Sendable {
    var status: Int?
    var milliseconds: Double
  }

  private static func load(_ form: LeadForm) async -> [Answer] {
    let start = ContinuousClock.now
    return await withTaskGroup(of: Answer.self) { group in
      for number in 0..<(perSecond * seconds) {
        let due = start + .seconds(1) * number / perSecond
        // The load's own pace; nothing cancels it.
        try? await Task.sleep(until: due, clock: .continuous)
        group.addTask {
          let answer = await form.submit(BenchLead(number).json)
          return Answer(status: answer.status, milliseconds: (ContinuousClock.now - due).milliseconds)
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
  }

  private static func mebibytes(_ value: Double) -> String { "\(Int(value.rounded())) MiB" }
}
