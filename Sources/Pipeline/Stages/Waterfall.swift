import Foundation
import RevOps

/// The enrichment sources in the playbook's order: the next is asked only for what the ones before left open. Answers
/// and misses are kept, so that nobody pays twice for the same person.
struct Waterfall: Sendable {
  struct Found: Sendable {
    var enrichment = Enrichment()
    /// Sources that are configured but did not answer, or whose daily limit is reached.
    var missing: [String] = []
  }

  let sources: [EnrichmentSource]
  let cache: any LookupCache
  let limiters: any Limiters
  let policy: Playbook.Enrich

  /// What is there when the budget is up; sources that had not answered by then are named as missing.
  func enrich(email: String, domain: String?, budget: Duration, now: Date) async -> Found {
    let progress = Progressing(Found(missing: ordered.map(\.source.rawValue)))
    _ = await within(budget) {
      for source in self.ordered {
        guard await progress.wantsMore else {
          await progress.skipped(source.source)
          continue
        }
        await self.ask(source, email: email, domain: domain, now: now, into: progress)
      }
      return true
    }
    return await progress.found
  }

  private var ordered: [EnrichmentSource] {
    policy.order.compactMap { name in sources.first { $0.source == name } }
  }

  private func ask(
    _ source: EnrichmentSource, email: String, domain: String?, now: Date, into progress: Progressing
  ) async {
    let key = "\(source.source.rawValue)/\(email.lowercased())/\(domain ?? "")"
    let known = try? await cache.cached(key)
    if let known, now.timeIntervalSince(known.at) < TimeInterval(policy.cacheFor) {
      await progress.answered(source.source, decode(known.content))
      return
    }
    guard (try? await limiters.countToday("enrich", limit: policy.dailyLimit, now: now)) ?? true else { return }
    do {
      let answer = try await source.lookUp(email, domain)
      if let content = try? JSONEncoder().encode(Answer(enrichment: answer)) {
        // A cache that can't be written costs a second look-up, not the lead.
        try? await cache.cache(key, content: content, at: now)
      }
      await progress.answered(source.source, answer)
    } catch {
      // An old answer is better than none while its source is away.
      if let known { await progress.answered(source.source, decode(known.content)) }
    }
  }

  private struct Answer: Codable { var enrichment: Enrichment? }

  private func decode(_ content: Data) -> Enrichment? {
    (try? JSONDecoder().decode(Answer.self, from: content))?.enrichment
  }
}

/// What has been found while the look-ups are still running.
private actor Progressing {
  private(set) var found: Waterfall.Found

  init(_ found: Waterfall.Found) { self.found = found }

  /// Whether a fact that scoring or routing usually asks for is still open.
  var wantsMore: Bool {
    let company = found.enrichment.company
    let person = found.enrichment.person
    return company?.employees == nil || company?.industry == nil || company?.country == nil || person?.title == nil
  }

  func skipped(_ source: Source) { found.missing.removeAll { $0 == source.rawValue } }

  func answered(_ source: Source, _ answer: Enrichment?) {
    skipped(source)
    if let answer { found.enrichment.fill(from: answer) }
  }
}
