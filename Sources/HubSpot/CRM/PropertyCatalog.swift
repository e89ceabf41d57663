import Foundation

/// What an account's records can hold, so that nothing is sent that HubSpot would refuse: one bad property fails a
/// whole write.
struct PropertyCatalog: Sendable {
  private let kinds: [ObjectKind: RefreshedValue<Definitions>]

  /// Properties by name; nil where the token may not read them: then everything is tried and refusals are heeded.
  typealias Definitions = [String: PropertyDefinition]?

  init(_ client: HubSpotClient) {
    let pairs = [ObjectKind.contacts, .companies].map { kind in
      let value = RefreshedValue(lifetime: 3_600, now: client.now) { () async throws(HubSpotFailure) -> Definitions in
        try await Self.read(kind, client)
      }
      return (kind, value)
    }
    kinds = Dictionary(pairs) { first, _ in first }
  }

  func definitions(of kind: ObjectKind) async throws(HubSpotFailure) -> Definitions {
    guard let value = kinds[kind] else { return nil }
    return try await value.current()
  }

  /// Reads behind everybody's back what has not been read or has grown old, so that no lead waits for it.
  func refresh() async {
    for value in kinds.values { await value.refresh() }
  }

  /// A refusal has shown that it is out of date.
  func expire() async {
    for value in kinds.values { await value.age() }
  }

  /// The values that the account's properties take, as they take them.
  func accepted(_ values: [String: String], of kind: ObjectKind) async throws(HubSpotFailure) -> [String: String] {
    guard let definitions = try await definitions(of: kind) else { return values }
    return values.reduce(into: [:]) { accepted, item in
      accepted[item.key] = definitions[item.key]?.accepted(item.value)
    }
  }

  private static func read(_ kind: ObjectKind, _ client: HubSpotClient) async throws(HubSpotFailure) -> Definitions {
    do {
      let properties = try await client.properties(of: kind)
      return Dictionary(properties.map { ($0.name, $0) }) { first, _ in first }
    } catch {
      guard error.isForbidden else { throw error }
      return nil
    }
  }
}
