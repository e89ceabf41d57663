import VendorAPI

/// What the account is made of: owners and properties.
extension HubSpotClient {
  /// Every owner who is not archived.
  func owners() async throws(HubSpotFailure) -> [HubSpotOwner] {
    var owners: [HubSpotOwner] = []
    var after: String?
    // An account has hundreds of owners at most; the bound ends a paging that never would.
    for _ in 0..<100 {
      let page = try await ownersPage(after: after)
      owners += page.results
      guard let next = page.next, next != after else { break }
      after = next
    }
    return owners.filter { $0.archived != true }
  }

  private func ownersPage(after: String?) async throws(HubSpotFailure) -> Page<HubSpotOwner> {
    var query = URLQuery([(name: "limit", value: "100"), (name: "archived", value: "false")])
    query.add("after", after)
    return try await answer(to: .read("owners.list", ["crm", "owners", release], query: query))
  }

  /// The properties that records of a kind have in this account.
  public func properties(of kind: ObjectKind) async throws(HubSpotFailure) -> [PropertyDefinition] {
    let page: Page<PropertyDefinition> = try await answer(
      to: .read("properties.list", ["crm", "properties", release, kind.rawValue]))
    return page.results
  }

  /// Makes a property for contacts, and its group. One that is there already is left as it is.
  public func createProperty(_ property: NewProperty) async throws(HubSpotFailure) {
    struct Group: Encodable { var name: String, label: String }
    let path = ["crm", "properties", release, ObjectKind.contacts.rawValue]
    let group = Group(name: property.groupName, label: property.groupLabel)
    try await makeOnce(.write("properties.create_group", .post, path + ["groups"], group))
    try await makeOnce(.write("properties.create", .post, path, property))
  }

  private func makeOnce(_ call: HubSpotCall) async throws(HubSpotFailure) {
    struct Made: Decodable {}
    do { let _: Made = try await answer(to: call) } catch {
      guard error.isConflict else { throw error }
    }
  }

  /// The cheapest call that needs the token: whether HubSpot can be worked with now.
  public func check() async throws(HubSpotFailure) {
    let query = URLQuery([(name: "limit", value: "1")])
    let _: Page<HubSpotOwner> = try await answer(to: .read("owners.list", ["crm", "owners", release], query: query))
  }
}
