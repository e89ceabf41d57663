import VendorAPI

/// Records of any kind.
extension HubSpotClient {
  /// The most ids that one batch takes.
  static let batchSize = 100

  /// A record by its id or by a unique property; nil: there is none. Does not depend on the search index.
  func object(
    _ kind: ObjectKind, _ id: String, by uniqueProperty: String? = nil, properties: [String],
    tracing traced: [String] = [], with associations: [ObjectKind] = []
  ) async throws(HubSpotFailure) -> HubSpotObject? {
    var query = URLQuery()
    query.add("idProperty", uniqueProperty)
    query.add("properties", properties.joined(separator: ","))
    if !traced.isEmpty { query.add("propertiesWithHistory", traced.joined(separator: ",")) }
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

  /// Records for which all filters of any of the groups hold; HubSpot takes 5 groups of 6. Of more than a page what
  /// comes on the first.
  func search(
    _ kind: ObjectKind, groups: [[SearchFilter]], properties: [String]
  ) async throws(HubSpotFailure) -> [HubSpotObject] {
    try await page(of: kind, SearchQuestion(groups, properties, limit: Self.batchSize)).results
  }

  /// Every record that has one of the values in one of the properties, page after page.
  func searchAll(
    _ kind: ObjectKind, where names: [String], oneOf values: [String], properties: [String]
  ) async throws(HubSpotFailure) -> [HubSpotObject] {
    let groups = names.map { [SearchFilter($0, oneOf: values)] }
    var question = SearchQuestion(groups, properties, limit: Self.searchPage)
    var found: [HubSpotObject] = []
    var client = self
    // HubSpot gives 10,000 results at most.
    for _ in 0..<50 {
      let page = try await client.page(of: kind, question)
      found += page.results
      guard let next = page.next, next != question.after else { break }
      question.after = next
      client = withoutTurn
    }
    return found
  }

  /// The most results that a page of a search holds.
  private static let searchPage = 200

  private func page(of kind: ObjectKind, _ question: SearchQuestion) async throws(HubSpotFailure) -> Page<HubSpotObject>
  {
    try await answer(to: .ask("\(kind).search", path(kind) + ["search"], question))
  }

  /// Records by id or by a unique property; those that do not exist are left out. At most 100, with history 50.
  func read(
    _ kind: ObjectKind, _ ids: [String], by uniqueProperty: String? = nil, properties: [String],
    tracing traced: [String] = []
  ) async throws(HubSpotFailure) -> [HubSpotObject] {
    struct Question: Encodable {
      var idProperty: String?
      var inputs: [RecordReference]
      var properties: [String]
      var propertiesWithHistory: [String]
    }
    guard !ids.isEmpty else { return [] }
    let question = Question(
      idProperty: uniqueProperty, inputs: ids.prefix(Self.batchSize).map { RecordReference(id: $0) },
      properties: properties, propertiesWithHistory: traced)
    let batch: BatchAnswer<HubSpotObject> = try await answer(
      to: .ask("\(kind).batch_read", path(kind) + ["batch", "read"], question))
    return batch.results
  }

  func path(_ kind: ObjectKind, _ id: String? = nil) -> [String] {
    ["crm", "objects", release, kind.rawValue] + (id.map { [$0] } ?? [])
  }
}

private struct SearchQuestion: Encodable {
  struct Group: Encodable { var filters: [SearchFilter] }
  var filterGroups: [Group]
  var properties: [String]
  var limit: Int
  var after: String?

  init(_ groups: [[SearchFilter]], _ properties: [String], limit: Int) {
    filterGroups = groups.map(Group.init)
    self.properties = properties
    self.limit = limit
  }
}
