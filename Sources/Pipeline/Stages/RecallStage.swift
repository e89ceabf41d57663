import Logging
import RevOps

/// Looks for past accounts like a lead's and what became of them, losses included. Only reads.
///
/// Memory helps, it is never needed: without the store's answer the lead goes on, and the card says so.
struct RecallStage: Sendable {
  struct Found: Sendable {
    var similar: [SimilarAccount] = []
    var warning: String?
  }

  let memory: PastAccounts
  /// How many accounts at most.
  let limit: Int
  let logger: Logger

  /// Below this two accounts share too little to learn from, whichever model compares them (`SimilarityScale`). With all facts known (shares in `EmbeddingAspect`) the
  /// industry is not enough, and size or place must be alike as well; where only the industry is known, it is.
  static let threshold = 0.5

  func callAsFunction(_ facts: LeadFacts) async -> Found {
    guard limit > 0 else { return Found() }
    do {
      let found = try await memory.nearest(to: facts, limit: breadth, patience: Self.patience)
      return Found(
        similar: Self.best(found.accounts, like: AccountFacts(facts), limit: limit), warning: found.warning)
    } catch {
      logger.warning("past accounts could not be searched", metadata: ["error": "\(error)"])
      return Found(warning: Self.notChecked)
    }
  }

  static let notChecked = "past accounts not checked"

  /// How long services are waited for before the store's own memory has to do; less than the card waits.
  static let patience: Duration = .milliseconds(1_800)

  /// More than is shown: an account may have several records, and equals are chosen among.
  private var breadth: Int { max(50, limit * 8) }

  private static func best(
    _ found: [(memory: AccountMemory, similarity: Double)], like mine: AccountFacts, limit: Int
  ) -> [SimilarAccount] {
    var candidates: [String: Candidate] = [:]
    for (memory, similarity) in found where similarity >= threshold {
      let shared = Similarity(mine, AccountFacts(memory))
      guard shared.isTelling, let why = shared.why else { continue }
      let candidate = Candidate(memory: memory, hundredths: Int((min(similarity, 1) * 100).rounded()), why: why)
      if let known = candidates[memory.account], known.isMoreSettled(than: candidate) { continue }
      candidates[memory.account] = candidate
    }
    return candidates.values.sorted { $0.comes(before: $1) }.prefix(limit).map(\.account)
  }

  private struct Candidate {
    let memory: AccountMemory
    /// Finer differences say nothing about companies.
    let hundredths: Int
    let why: String

    var finality: Int { AccountOutcome(rawValue: memory.outcome)?.finality ?? 0 }

    /// Of two records of one account.
    func isMoreSettled(than other: Candidate) -> Bool {
      (finality, memory.at, memory.id) > (other.finality, other.memory.at, other.memory.id)
    }

    /// The more alike, then the more settled, then the later.
    func comes(before other: Candidate) -> Bool {
      (hundredths, finality, memory.at, other.memory.account)
        > (other.hundredths, other.finality, other.memory.at, memory.account)
    }

    var account: SimilarAccount {
      SimilarAccount(
        account: memory.account, outcome: memory.outcome, reason: memory.reason, similarity: Double(hundredths) / 100,
        why: why)
    }
  }
}
