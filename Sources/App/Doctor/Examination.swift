/// One independent part of what is looked at, with the time that it may take.
struct Examination: Sendable {
  var service: String
  var check: String
  var limit: Duration
  var findings: @Sendable () async -> [Finding]

  init(
    _ service: String, _ check: String, limit: Duration = .seconds(45),
    _ findings: @escaping @Sendable () async -> [Finding]
  ) {
    self.service = service
    self.check = check
    self.limit = limit
    self.findings = findings
  }

  /// Runs them side by side. The findings come in the order of the examinations, however long each took.
  static func sideBySide(_ examinations: [Examination]) async -> [Finding] {
    await withTaskGroup(of: (Int, [Finding]).self) { group in
      for (index, examination) in examinations.enumerated() {
        group.addTask { (index, await examination.withinLimit()) }
      }
      var parts: [Int: [Finding]] = [:]
      for await (index, findings) in group { parts[index] = findings }
      return examinations.indices.flatMap { parts[$0] ?? [] }
    }
  }

  private func withinLimit() async -> [Finding] {
    await withTaskGroup(of: [Finding]?.self) { group in
      group.addTask { await findings() }
      group.addTask {
        // Cancelled when the findings are there.
        try? await Task.sleep(for: limit)
        return nil
      }
      defer { group.cancelAll() }
      if case .some(.some(let findings)) = await group.next() { return findings }
      return [
        Finding(
          service, check, .failing, "not done after \(limit.components.seconds) s",
          remedy: "look whether the service answers, then run this again")
      ]
    }
  }
}
