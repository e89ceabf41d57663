import Foundation
import RevOps
import StoredForms

/// This instance's copy of the memories, so that a search need not fetch all of them from Redis: it holds those up to a
/// numbered change.
struct MemoryCopy: Sendable {
  private struct Entry: Sendable {
    var account: String
    var lead: String
    var model: String
    var vector: Data
    var document: Data
  }

  /// 0: nothing has been read yet.
  private(set) var change = "0"
  private var entries: [String: Entry] = [:]

  /// Forgets everything: it was read too long ago.
  mutating func clear() { self = MemoryCopy() }

  mutating func remove(_ ids: [String]) {
    for id in ids { entries[id] = nil }
  }

  mutating func put(_ id: String, account: String, lead: String, model: String, vector: Data, document: Data) {
    entries[id] = Entry(account: account, lead: lead, model: model, vector: vector, document: document)
  }

  mutating func reached(_ change: String) { self.change = change }

  /// The nearest by cosine, best first: documents and vectors.
  func nearest(
    to vector: [Float], model: String, limit: Int, excluding account: String?
  ) -> [(document: Data, vector: Data, similarity: Double)] {
    var best = Nearest(limit: limit)
    let candidates = entries.values.filter { $0.model == model && $0.account != account }
    for (index, entry) in candidates.enumerated() {
      if let similarity = StoredVector.product(entry.vector, with: vector) {
        best.offer(Int64(index), similarity: similarity)
      }
    }
    return best.found.map { row, similarity in
      let entry = candidates[Int(row)]
      return (entry.document, entry.vector, Double(similarity))
    }
  }

  /// Those about leads of a partition, after a lead, in the order of the leads.
  func about(
    _ partition: Partition, after lead: String?, model: String, limit: Int
  ) -> [(document: Data, vector: Data)] {
    let first = lead ?? "\(partition)-"
    let found = entries.filter {
      $0.value.model == model && $0.value.lead > first && $0.value.lead.hasPrefix("\(partition)-")
    }
    return found.sorted { ($0.value.lead, $0.key) < ($1.value.lead, $1.key) }.prefix(limit)
      .map { ($0.value.document, $0.value.vector) }
  }
}
