import VendorAPI

/// Records of any kind.
extension HubSpotClient {
  /// The most ids that one batch takes.
  static let batchSize = 100

  /// A record by its id or by a unique property; nil: there is none. Does not depend on the search index.
  func object(
    _ kind: ObjectKind, _ id: String, by uniqueProperty: String? = nil, properties: [String],
    with associations: [ObjectKind] = []
  ) async throws(HubSpotFailure) -> HubSpotObject? {
    var query = URLQuery()
    query.add("idProperty", uniqueProperty)
    query.add("properties", properties.joined(separator: ","))
    if !associations.isEmpty { query.add("associations", associations.map(\.rawValue).joined(separator: ",")) }
    do { return try await answer(to: .read("\(kind).read", path(kind, id), query: query)) } catch {
      guard error.isNotFound else { throw error }
      return nil
    }
  }

  func create(
    _ kind: ObjectKind, _ properties: [String: String], linkedTo associations: [NewAssociation] = []
  ) async throws(HubSpotFailure) -> HubSpotObject {
    let body = WrittenProperties(
      properties: properties, associations: associations.isEmpty ? nil : associations)
    return try await answer(to: .write("\(kind).create", .post, path(kind), body))
  }

  /// Changes the given properties. The answer holds what HubSpot made of them.
  func update(
    _ kind: ObjectKind, _ id: String, _ properties: [String: String]
  ) async throws(HubSpotFailure) -> HubSpotObject {
    let body = WrittenProperties(properties: properties)
    return try await answer(to: .write("\(kind).update", .patch, path(kind, id), body))
  }

  /// Records for which any of the filters holds. The index lags behind by up to half a minute, so that nothing found
  /// does not mean that nothing is there.
  func search(
    _ kind: ObjectKind, any filters: [SearchFilter], properties: [String]
  ) async throws(HubSpotFailure) -> [HubSpotObject] {
    try await search(kind, groups: filters.map { [$0] }, properties: properties)
  }

  /// Records for which all filters of any of the groups hold; HubSpot takes 5 groups of 6.
  func search(
    _ kind: ObjectKind, groups: [[SearchFilter]], properties: [String]
  ) async throws(HubSpotFailure) -> [HubSpotObject] {
    struct Group: Encodable { var filters: [SearchFilter] }
    struct Question: Encodable {
      var filterGroups: [Group]
      var properties: [String]
      var limit: Int
    }
    let question = Question(
      filterGroups: groups.map(Group.init), properties: properties, limit: Self.batchSize)
    let page: Page<HubSpotObject> = try await answer(
      to: .ask("\(kind).search", path(kind) + ["search"], question))
    return page.results
  }

  /// Records by id; those that no longer exist are left out. At most 100.
  func read(
    _ kind: ObjectKind, _ ids: [String], properties: [String]
  ) async throws(HubSpotFailure) -> [HubSpotObject] {
    struct Input: Encodable { var id: String }
    struct Question: Encodable {
      var inputs: [Input]
      var properties: [String]
      var propertiesWithHistory: [String] = []
    }
    guard !ids.isEmpty else { return [] }
    let question = Question(inputs: ids.prefix(Self.batchSize).map { Input(id: $0) }, properties: properties)
    let batch: BatchAnswer<HubSpotObject> = try await answer(
      to: .ask("\(kind).batch_read", path(kind) + ["batch", "read"], question))
    return batch.results
  }

  private func path(_ kind: ObjectKind, _ id: String? = nil) -> [String] {
    ["crm", "objects", release, kind.rawValue] + (id.map { [$0] } ?? [])
  }
}
