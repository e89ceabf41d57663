import Foundation
import RevOps

/// The leads of a store, read while services may be working on it.
public struct PastLeads: Sendable {
  public typealias Source = Leads & PolicyArchive

  let store: any Source

  public init(_ store: any Source) { self.store = store }

  /// Opens the store that the settings name to look at, runs `body`, and lets go of it.
  public static func within<Value>(
    _ settings: BatonEnvironment, _ body: (PastLeads) async throws -> Value
  ) async throws -> Value {
    let opened = try await OpenStore(settings, role: .observer)
    do {
      let value = try await body(PastLeads(opened.storage))
      try await opened.close()
      return value
    } catch {
      // What went wrong first is what counts.
      try? await opened.close()
      throw error
    }
  }

  /// Leads of their own (none that joined another), oldest first.
  public func all(since: Date = .distantPast) async throws(StorageError) -> [Lead] {
    var query = LeadQuery(limit: 200)
    query.leavesOutMerged = true
    var found: [Lead] = []
    repeat {
      let page = try await store.leads(query)
      found += page.leads.prefix { $0.intake.receivedAt >= since }
      // Newest first: the rest is older still.
      if let last = page.leads.last, last.intake.receivedAt < since { break }
      query.cursor = page.nextCursor
    } while query.cursor != nil
    return found.reversed()
  }

  /// The lead of that id, or the one that it joined; nil: there is none.
  public func lead(_ id: LeadID) async throws(StorageError) -> Lead? {
    guard let lead = try await store.lead(id) else { return nil }
    guard let other = lead.mergedInto else { return lead }
    return try await store.lead(other)
  }

  /// Kept configuration versions, each read once.
  func policies(of leads: [Lead]) async throws(StorageError) -> [String: Policy] {
    let versions = leads.flatMap { [$0.routing?.trace.configVersion, $0.scored?.score.trace.configVersion] }
    var policies: [String: Policy] = [:]
    for version in Set(versions.compactMap(\.self)) { policies[version] = try await store.policy(version: version) }
    return policies
  }
}
