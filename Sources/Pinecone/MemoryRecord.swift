import Foundation
import RevOps

/// A memory as a record and back. The metadata holds what a card says of an account, and which model drew the vector.
enum MemoryRecord {
  static func id(of lead: LeadID) -> String { "lead:\(lead)" }

  static func record(_ memory: AccountMemory) -> Record {
    var metadata: [String: Record.Metadatum] = [
      "memory_id": .text(bounded(memory.id)), "account": .text(bounded(memory.account)),
      "outcome": .text(bounded(memory.outcome)), "lead_id": .text(memory.leadID.description),
      "at_ms": .whole(Int((memory.at.timeIntervalSince1970 * 1_000).rounded())), "model": .text(memory.model),
      "dimension": .whole(memory.vector.count),
    ]
    // What is not known is left out: null is refused.
    metadata["reason"] = memory.reason.map { .text(bounded($0)) }
    metadata["industry"] = memory.industry.map { .text(bounded($0)) }
    metadata["country"] = memory.country.map { .text(bounded($0)) }
    metadata["employees"] = memory.employees.map { .whole($0) }
    return Record(id: id(of: memory.leadID), values: memory.vector, metadata: metadata)
  }

  /// Nil: no record of Baton's. The vector is not asked for.
  static func memory(_ match: Match) -> AccountMemory? {
    let data = match.metadata
    guard let id = data["memory_id"]?.string, let account = data["account"]?.string,
      let outcome = data["outcome"]?.string, let lead = data["lead_id"]?.string.flatMap({ LeadID($0) }),
      let at = data["at_ms"]?.double, at.isFinite, let model = data["model"]?.string
    else { return nil }
    return AccountMemory(
      id: id, account: account, outcome: outcome, reason: data["reason"]?.string,
      at: Date(timeIntervalSince1970: at / 1_000), industry: data["industry"]?.string,
      country: data["country"]?.string, employees: data["employees"]?.double.flatMap { Int(exactly: $0.rounded()) },
      leadID: lead, vector: [], model: model)
  }

  /// Cut between characters, to stay far below what metadata may hold.
  static func bounded(_ text: String) -> String {
    guard text.utf8.count > PineconeLimits.bytesOfText else { return text }
    var kept = ""
    var bytes = 0
    for character in text {
      bytes += character.utf8.count
      guard bytes <= PineconeLimits.bytesOfText else { break }
      kept.append(character)
    }
    return kept
  }
}
