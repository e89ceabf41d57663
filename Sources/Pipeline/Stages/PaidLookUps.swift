import Foundation
import RevOps
import Synchronization

/// Look-ups that cost something. Answers and misses are kept under the person or the company that they are about, and
/// whoever asks for the same at the same time waits for the same answer: nobody pays twice.
///
/// A look-up that was begun runs to its end although nobody waits for it any more: it is paid for, and its answer is
/// there for the next who asks.
final class PaidLookUps: Sendable {
  enum Subject: Hashable, Sendable {
    /// A folded e-mail address.
    case person(String)
    /// A registrable domain.
    case company(String)

    var name: String {
      switch self {
      case .person(let email): "person/\(email)"
      case .company(let domain): "company/\(domain)"
      }
    }
  }

  enum Outcome: Sendable {
    /// What it says, nil for nothing; the date is given where an earlier answer has to do.
    case said(SourceAnswer?, dated: Date?)
    case silent(ServiceError)
  }

  /// A miss is asked for again sooner than an answer: sources learn.
  static let missesFor = 7 * 86_400
  /// An earlier answer is better than none for so long.
  static let oldestAnswer = 400 * 86_400

  private let cache: any LookupCache
  private let limiters: any Limiters
  private let now: @Sendable () -> Date
  private let running = Mutex<[String: Task<Outcome, Never>]>([:])

  init(cache: any LookupCache, limiters: any Limiters, now: @escaping @Sendable () -> Date) {
    self.cache = cache
    self.limiters = limiters
    self.now = now
  }

  func ask(_ source: EnrichmentSource, _ subject: Subject, _ policy: Playbook.Enrich) async -> Outcome {
    let key = Self.key(source.source, subject)
    let task = running.withLock { running in
      if let begun = running[key] { return begun }
      let begun = Task {
        let outcome = await self.find(source, subject, policy)
        self.running.withLock { $0[key] = nil }
        return outcome
      }
      running[key] = begun
      return begun
    }
    return await task.value
  }

  /// The process ends.
  func end() {
    for task in running.withLock({ Array($0.values) }) { task.cancel() }
  }

  static func key(_ source: Source, _ subject: Subject) -> String { "\(source.rawValue)/\(subject.name)" }

  // MARK: One look-up

  private func find(_ source: EnrichmentSource, _ subject: Subject, _ policy: Playbook.Enrich) async -> Outcome {
    let key = Self.key(source.source, subject)
    let known = await kept(key)
    if let known, isFresh(known, policy) { return .said(known.answer, dated: nil) }
    do {
      let answer = try await call(source, subject, policy)
      await keep(answer, key)
      if let answer { await keepEmployer(answer, source.source) }
      return .said(answer, dated: nil)
    } catch {
      guard let known, known.answer != nil, age(known) < Double(Self.oldestAnswer) else { return .silent(error) }
      return .said(known.answer, dated: known.at)
    }
  }

  private func call(
    _ source: EnrichmentSource, _ subject: Subject, _ policy: Playbook.Enrich
  ) async throws(ServiceError) -> SourceAnswer? {
    let counter = "enrich/\(source.source.rawValue)"
    // A store that can't count holds up no lead.
    guard (try? await limiters.countToday(counter, limit: policy.dailyLimit, now: now())) ?? true else {
      throw ServiceError(
        service: source.source.rawValue, code: "daily_limit", detail: "the playbook's daily limit is reached",
        retry: .later(.seconds(3_600)))
    }
    return switch subject {
    case .person(let email): try await source.person(email)
    case .company(let domain): try await source.company(domain)
    }
  }

  /// A match by address may bring all that is usually asked of the company.
  private func keepEmployer(_ answer: SourceAnswer, _ source: Source) async {
    guard let company = answer.company, company.employees != nil, company.industry != nil, company.country != nil,
      let domain = answer.domains.first
    else { return }
    await keep(SourceAnswer(company: company, domains: answer.domains), Self.key(source, .company(domain)))
  }

  // MARK: What was said before

  private struct Kept: Codable {
    var answer: SourceAnswer?
  }

  private func age(_ known: (answer: SourceAnswer?, at: Date)) -> TimeInterval { now().timeIntervalSince(known.at) }

  private func isFresh(_ known: (answer: SourceAnswer?, at: Date), _ policy: Playbook.Enrich) -> Bool {
    age(known) < Double(known.answer == nil ? min(policy.cacheFor, Self.missesFor) : policy.cacheFor)
  }

  /// What can't be read counts as not there: it costs another look-up, not the lead.
  private func kept(_ key: String) async -> (answer: SourceAnswer?, at: Date)? {
    guard let known = try? await cache.cached(key),
      let kept = try? JSONDecoder().decode(Kept.self, from: known.content)
    else { return nil }
    return (kept.answer, known.at)
  }

  private func keep(_ answer: SourceAnswer?, _ key: String) async {
    guard let content = try? JSONEncoder().encode(Kept(answer: answer)) else { return }
    // A cache that can't be written costs a second look-up, not the lead.
    try? await cache.cache(key, content: content, at: now())
  }
}
