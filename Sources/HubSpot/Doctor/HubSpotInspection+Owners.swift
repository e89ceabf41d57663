import RevOps
import VendorAPI

extension HubSpotInspection {
  /// Somebody who owns records, or did.
  public struct Owner: Decodable, Sendable {
    public let id: String
    /// Folded, as the configuration's addresses are.
    public let email: String?
    /// Nil for people whose seat is gone.
    public let userID: String?
    public let isArchived: Bool

    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      id = try container.decode(LooseText.self, forKey: .id).text
      email = try container.decodeIfPresent(String.self, forKey: .email).map(OwnerDirectory.fold)
      userID = try container.decodeIfPresent(LooseText.self, forKey: .userId)?.text
      isArchived = try container.decodeIfPresent(Bool.self, forKey: .archived) ?? false
    }

    private enum CodingKeys: String, CodingKey { case id, email, userId, archived }
  }

  /// Everybody, archived owners too.
  public func owners() async throws(VendorError) -> [Owner] {
    let active = try await owners(archived: false)
    return active + (try await owners(archived: true))
  }

  private func owners(archived: Bool) async throws(VendorError) -> [Owner] {
    var owners: [Owner] = []
    var after: String?
    repeat {
      var query = URLQuery([(name: "limit", value: "100"), (name: "archived", value: archived ? "true" : "false")])
      query.add("after", after)
      let page: Page<Owner> = try await answer(.read("owners.list", ["crm", "owners", release], query: query))
      owners += page.results
      // A page that names itself as the next would never end.
      after = page.next == after ? nil : page.next
    } while after != nil
    return owners
  }
}
