import RevOps
import VendorAPI

/// Looks at a HubSpot account as somebody who sets it up does: what the token may do, who is in it, and whether it has
/// what the configuration names. Nothing of it is remembered.
public struct HubSpotInspection: Sendable {
  private let client: HubSpotClient

  public init(client: HubSpotClient) { self.client = client }

  /// The number of the account that the token is for.
  public func portalID() async throws(VendorError) -> String {
    struct Details: Decodable { var portalId: LooseText }
    let details: Details = try await answer(.read("account.details", ["account-info", client.release, "details"]))
    return details.portalId.text
  }

  /// Whether the token may read records of a kind.
  public func read(_ kind: ObjectKind) async throws(VendorError) {
    struct Question: Encodable {
      var filterGroups: [String] = []
      var limit = 1
    }
    do throws(HubSpotFailure) {
      let path = ["crm", "objects", client.release, kind.rawValue, "search"]
      let _: Page<HubSpotObject> = try await client.answer(to: .ask("\(kind).search", path, Question()))
    } catch { throw error.error }
  }

  /// What the token may do, which changes nothing to ask; nil: HubSpot does not say so of this kind of token. Undated,
  /// since HubSpot has it in one form only (its guide to private apps, "get scopes for a private app access token").
  public func scopes() async throws(VendorError) -> Set<String>? {
    struct Question: Encodable { var tokenKey: String }
    struct Answer: Decodable { var scopes: [String]? }
    do throws(HubSpotFailure) {
      let path = ["oauth", "v2", "private-apps", "get", "access-token-info"]
      let answer: Answer = try await client.answer(
        to: .ask("token.read", path, Question(tokenKey: client.token)))
      return answer.scopes.map { Set($0) }
    } catch {
      guard let status = error.error.status, (400..<500).contains(status), status != 429 else { throw error.error }
      return nil
    }
  }

  public func properties(of kind: ObjectKind) async throws(VendorError) -> [PropertyDefinition] {
    do throws(HubSpotFailure) { return try await client.properties(of: kind) } catch { throw error.error }
  }

  public func create(_ property: NewProperty) async throws(VendorError) {
    do throws(HubSpotFailure) { try await client.createProperty(property) } catch { throw error.error }
  }

  func answer<Answer: Decodable>(_ call: HubSpotCall) async throws(VendorError) -> Answer {
    do throws(HubSpotFailure) { return try await client.answer(to: call) } catch { throw error.error }
  }

  var release: String { client.release }
}

extension PropertyDefinition {
  /// Whether an enumeration has that choice, by its internal value.
  public func offers(_ choice: String) -> Bool { options.contains { $0.value == choice } }

  public var choices: [String] { options.map(\.value) }
}
