import Foundation
import RevOps

/// Which leads a deal has ended, so that its opening again finds them: most deals that people change have ended none, and
/// need not be read with all their people to know that. Remembered as long as look-ups are.
struct EndedByDeal: Sendable {
  let cache: any LookupCache

  func note(_ leads: [LeadID], _ deal: String, at now: Date) async throws(StorageError) {
    let content: Data
    do { content = try JSONEncoder().encode(leads) } catch {
      throw StorageError(.unreadable, "the leads of a deal can't be written")
    }
    try await cache.cache(Self.key(deal), content: content, at: now)
  }

  func leads(_ deal: String) async throws(StorageError) -> [LeadID] {
    guard let found = try await cache.cached(Self.key(deal)) else { return [] }
    do { return try JSONDecoder().decode([LeadID].self, from: found.content) } catch {
      throw StorageError(.unreadable, "the leads of a deal can't be read")
    }
  }

  private static func key(_ deal: String) -> String { "crm/deal/\(deal)" }
}
