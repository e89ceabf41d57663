import Foundation

/// Works on one company at a time within this process, and knows those that it has seen lately. What holds between
/// processes is in `CompanyClaims`.
actor CompanyLedger {
  private let now: @Sendable () -> Date
  private var known: [String: Company] = [:]
  private var lines: [String: [CheckedContinuation<Void, Never>]] = [:]
  /// Remembered domains; when there are more, they are looked up again.
  private static let capacity = 10_000

  init(now: @escaping @Sendable () -> Date) { self.now = now }

  /// A company that this process found or made.
  struct Company: Sendable {
    var id: String
    /// The properties that it is known to have.
    var filled: Set<String>
    var seenAt: Date
  }

  /// How long it is believed without a look at it: a burst of one company's people asks once.
  private static let trust: TimeInterval = 60

  func company(of domain: String) -> Company? { known[domain] }

  /// The company if it was seen just now and lacks none of the properties.
  func company(of domain: String, having names: some Sequence<String> & Sendable) -> String? {
    guard let company = known[domain], now().timeIntervalSince(company.seenAt) < Self.trust,
      company.filled.isSuperset(of: names)
    else { return nil }
    return company.id
  }

  func remember(_ id: String, having names: Set<String>, for domain: String) {
    if known.count >= Self.capacity { known.removeAll() }
    known[domain] = Company(id: id, filled: names, seenAt: now())
  }

  /// It may be gone: the next who needs it looks.
  func distrust(_ domain: String) { known[domain]?.seenAt = .distantPast }

  func forget(_ domain: String) { known[domain] = nil }

  /// Runs one body a domain at a time, in order of arrival.
  nonisolated func alone<Value: Sendable>(
    with domain: String, _ body: @Sendable () async throws(HubSpotFailure) -> Value
  ) async throws(HubSpotFailure) -> Value {
    await enter(domain)
    let result = await attempt(body)
    await leave(domain)
    return try result.get()
  }

  private func enter(_ domain: String) async {
    guard lines[domain] != nil else {
      lines[domain] = []
      return
    }
    await withCheckedContinuation { caller in lines[domain]?.append(caller) }
  }

  private func leave(_ domain: String) {
    guard var line = lines[domain], !line.isEmpty else {
      lines[domain] = nil
      return
    }
    let next = line.removeFirst()
    lines[domain] = line
    next.resume()
  }
}
