import Foundation
import RevOps
import VendorAPI

/// Looking for what has changed.
extension HubSpotClient {
  /// The most that one search ever gives, page after page, with a margin for what comes in meanwhile.
  static let mostFound = 9_000
  /// The most of one page.
  private static let pageSize = 200

  /// The ids of records of a kind that were changed in that time and for which the filters hold. A time in which more
  /// were changed than a search gives is looked through in halves.
  func changed(
    _ kind: ObjectKind, in time: Range<Date>, where filters: [SearchFilter]
  ) async throws(HubSpotFailure) -> [String] {
    let within = [
      SearchFilter("hs_lastmodifieddate", "GTE", time.lowerBound),
      SearchFilter("hs_lastmodifieddate", "LT", time.upperBound),
    ]
    var page = try await searchPage(kind, within + filters, after: "0")
    let length = time.upperBound.timeIntervalSince(time.lowerBound)
    if page.total > Self.mostFound, length > 0.002 {
      let middle = time.lowerBound.addingTimeInterval((length / 2 * 1_000).rounded() / 1_000)
      return try await changed(kind, in: time.lowerBound..<middle, where: filters)
        + changed(kind, in: middle..<time.upperBound, where: filters)
    }
    var ids = page.results.map(\.id)
    while let next = page.next, ids.count < 10_000 {
      page = try await searchPage(kind, within + filters, after: next)
      ids += page.results.map(\.id)
    }
    return ids
  }

  private func searchPage(
    _ kind: ObjectKind, _ filters: [SearchFilter], after: String
  ) async throws(HubSpotFailure) -> FoundPage {
    struct Group: Encodable { var filters: [SearchFilter] }
    struct Sort: Encodable {
      var propertyName = "hs_lastmodifieddate"
      var direction = "ASCENDING"
    }
    struct Question: Encodable {
      var filterGroups: [Group]
      var properties = ["hs_lastmodifieddate"]
      var sorts = [Sort()]
      var limit = HubSpotClient.pageSize
      var after: String
    }
    let question = Question(filterGroups: [Group(filters: filters)], after: after)
    return try await answer(
      to: .ask("\(kind).search", ["crm", "objects", release, kind.rawValue, "search"], question))
  }
}

private struct FoundPage: Decodable, Sendable {
  var total: Int
  var results: [HubSpotObject]
  private var paging: Paging?

  var next: String? { paging?.next?.after?.text }

  private struct Paging: Decodable, Sendable {
    struct Next: Decodable, Sendable { var after: LooseText? }
    var next: Next?
  }
}

extension SearchFilter {
  /// Compares a time, which HubSpot takes in milliseconds since 1970.
  fileprivate init(_ property: String, _ comparison: String, _ time: Date) {
    self.init(property, equals: String(Int((time.timeIntervalSince1970 * 1_000).rounded())))
    `operator` = comparison
  }
}
