import RevOps
import VendorAPI

/// The calls that every lead makes, like ones gathered. What goes alone goes by the plain call of its kind.
struct GatheredCalls: Sendable {
  /// A contact as a look-up wants it. A batch can't give associations: then they have to be asked for.
  struct FoundContact: Sendable {
    var object: HubSpotObject
    var hasLinks: Bool
  }

  struct ContactQuestion: Sendable {
    /// The record's, or an address.
    var id: String
    var properties: [String]
    /// Of which the time of the last change is wanted as well.
    var traced: [String]
  }

  let contactsByEmail: Gathering<String, FoundContact?>
  let contactsByID: Gathering<ContactQuestion, HubSpotObject?>
  /// The same by the address.
  let contactsByKey: Gathering<ContactQuestion, HubSpotObject?>
  /// Contacts that the search finds under an address, as their own or as a further one.
  let contactsByAddress: Gathering<String, [HubSpotObject]>
  let companiesByDomain: Gathering<String, [HubSpotObject]>
  let companiesByID: Gathering<[String], [HubSpotObject]>
  let deals: Gathering<[String], [HubSpotObject]>
  let companiesOfContacts: Gathering<String, [String]>
  let dealsOfContacts: Gathering<String, [String]>
  let dealsOfCompanies: Gathering<String, [String]>
  private let creations: [ObjectKind: Gathering<NewRecord, HubSpotObject>]
  private let changes: [ObjectKind: Gathering<RecordChange, HubSpotObject>]
  let links: Gathering<RecordLink, Bool>

  init(_ client: HubSpotClient) {
    contactsByEmail = Self.byEmail(client)
    contactsByID = Self.toFill(client, by: nil) { $0.id == $1 }
    contactsByKey = Self.toFill(client, by: "email") { $0.addresses.contains(OwnerDirectory.fold($1)) }
    contactsByAddress = Self.search(
      client, .contacts, ["email", "hs_additional_emails"], reading: ["email", "hs_additional_emails"]
    ) { $0.addresses.contains(OwnerDirectory.fold($1)) }
    companiesByDomain = Self.search(client, .companies, ["domain"], reading: CompanyProperties.read) {
      $0.properties["domain"]?.lowercased() == $1
    }
    companiesByID = Self.records(client, .companies, reading: CompanyProperties.read)
    deals = Self.records(client, .deals, reading: HubSpotAccount.dealProperties)
    companiesOfContacts = Self.linked(client, .contacts, to: .companies)
    dealsOfContacts = Self.linked(client, .contacts, to: .deals)
    dealsOfCompanies = Self.linked(client, .companies, to: .deals)
    creations = Self.each([.contacts, .companies, .notes, .tasks]) { Self.creation(client, $0) }
    changes = Self.each([.contacts, .companies]) { Self.change(client, $0) }
    links = Self.association(client)
  }

  func create(
    _ kind: ObjectKind, _ properties: [String: String], linkedTo associations: [NewAssociation] = [],
    while isWanted: @escaping @Sendable () -> Bool = { true }
  ) async throws(HubSpotFailure) -> HubSpotObject {
    guard let gathering = creations[kind] else { preconditionFailure("no \(kind) are made") }
    return try await gathering(NewRecord(properties: properties, associations: associations), while: isWanted)
  }

  func update(
    _ kind: ObjectKind, _ id: String, _ properties: [String: String]
  ) async throws(HubSpotFailure) -> HubSpotObject {
    guard let gathering = changes[kind] else { preconditionFailure("no \(kind) are changed") }
    return try await gathering(RecordChange(id: id, properties: properties))
  }

  private static func each<Value>(_ kinds: [ObjectKind], _ make: (ObjectKind) -> Value) -> [ObjectKind: Value] {
    Dictionary(kinds.map { ($0, make($0)) }) { first, _ in first }
  }
}

// MARK: Reading

extension GatheredCalls {
  private static func byEmail(_ client: HubSpotClient) -> Gathering<String, FoundContact?> {
    let names = HubSpotAccount.contactProperties
    return Gathering(
      permit: client.permit,
      call: client.batchCall("contacts.read") { client, email async throws(HubSpotFailure) in
        try await client.object(.contacts, email, by: "email", properties: names, with: [.companies, .deals])
          .map { FoundContact(object: $0, hasLinks: true) }
      } many: { client, emails async throws(HubSpotFailure) in
        let found = try await client.read(
          .contacts, emails.map { $0.lowercased() }.uniqued(), by: "email", properties: names)
        return emails.map { email in
          let fold = OwnerDirectory.fold(email)
          let contact = found.first { $0.addresses.contains(fold) }
          return .success(contact.map { FoundContact(object: $0, hasLinks: false) })
        }
      })
  }

  private static func toFill(
    _ client: HubSpotClient, by key: String?, matches: @escaping @Sendable (HubSpotObject, String) -> Bool
  ) -> Gathering<ContactQuestion, HubSpotObject?> {
    Gathering(
      // HubSpot's limit for batches with history.
      .init(most: 50),
      permit: client.permit,
      call: client.batchCall("contacts.read") { client, question async throws(HubSpotFailure) in
        try await client.object(
          .contacts, question.id, by: key, properties: question.properties, tracing: question.traced)
      } many: { client, questions async throws(HubSpotFailure) in
        let found = try await client.read(
          .contacts, questions.map(\.id).uniqued(), by: key,
          properties: questions.flatMap(\.properties).uniqued(), tracing: questions.flatMap(\.traced).uniqued())
        return questions.map { question in .success(found.first { matches($0, question.id) }) }
      })
  }

  /// - Parameter matches: whether a record was found for a value: the search itself compares more loosely.
  private static func search(
    _ client: HubSpotClient, _ kind: ObjectKind, _ names: [String], reading properties: [String],
    matches: @escaping @Sendable (HubSpotObject, String) -> Bool
  ) -> Gathering<String, [HubSpotObject]> {
    // A search takes 100 values and 3,000 characters, of which the rest of its body needs some 500.
    let measure = Gathering<String, [HubSpotObject]>.Measure(
      most: 2_400, size: { [names] in max($0.utf8.count + 3, 24) * names.count })
    return Gathering(
      measure,
      permit: client.permit,
      call: client.batchCall("\(kind).search", isSearch: true) { client, value async throws(HubSpotFailure) in
        try await client.search(
          kind, any: names.map { SearchFilter($0, equals: value) }, properties: properties
        ).filter { matches($0, value) }
      } many: { client, asked async throws(HubSpotFailure) in
        let found = try await client.searchAll(kind, where: names, oneOf: asked.uniqued(), properties: properties)
        return asked.map { value in .success(found.filter { matches($0, value) }) }
      })
  }

  private static func records(
    _ client: HubSpotClient, _ kind: ObjectKind, reading properties: [String]
  ) -> Gathering<[String], [HubSpotObject]> {
    Gathering(
      .init(size: \.count),
      permit: client.permit,
      call: client.batchCall("\(kind).batch_read") { client, ids async throws(HubSpotFailure) in
        try await client.read(kind, ids, properties: properties)
      } many: { client, lists async throws(HubSpotFailure) in
        let found = try await client.read(kind, lists.flatMap(\.self).uniqued(), properties: properties)
        return lists.map { ids in .success(found.filter { ids.contains($0.id) }) }
      })
  }

  private static func linked(
    _ client: HubSpotClient, _ kind: ObjectKind, to other: ObjectKind
  ) -> Gathering<String, [String]> {
    Gathering(
      permit: client.permit,
      call: client.batchCall("associations.batch_read") { client, id async throws(HubSpotFailure) in
        try await client.associated(kind, [id], to: other)[id] ?? []
      } many: { client, ids async throws(HubSpotFailure) in
        let found = try await client.associated(kind, ids.uniqued(), to: other)
        return ids.map { .success(found[$0] ?? []) }
      })
  }
}

// MARK: Writing

extension GatheredCalls {
  private static func creation(_ client: HubSpotClient, _ kind: ObjectKind) -> Gathering<NewRecord, HubSpotObject> {
    Gathering(
      // Two new contacts of one address would be a conflict within one batch.
      .init(key: { $0.properties["email"]?.lowercased() }),
      permit: client.permit,
      call: client.batchCall("\(kind).create") { client, record async throws(HubSpotFailure) in
        try await client.create(kind, record.properties, linkedTo: record.associations)
      } many: { client, records async throws(HubSpotFailure) in
        try await client.create(kind, records)
      })
  }

  private static func change(_ client: HubSpotClient, _ kind: ObjectKind) -> Gathering<RecordChange, HubSpotObject> {
    Gathering(
      // HubSpot refuses a batch that names a record twice.
      .init(key: \.id),
      permit: client.permit,
      call: client.batchCall("\(kind).update") { client, change async throws(HubSpotFailure) in
        try await client.update(kind, change.id, change.properties)
      } many: { client, changes async throws(HubSpotFailure) in
        try await client.update(kind, changes)
      })
  }

  private static func association(_ client: HubSpotClient) -> Gathering<RecordLink, Bool> {
    Gathering(
      permit: client.permit,
      call: client.batchCall("associations.create") { client, link async throws(HubSpotFailure) in
        try await client.associate(.contacts, link.from, to: .companies, link.to)
      } many: { client, links async throws(HubSpotFailure) in
        let made = try await client.associate(.contacts, to: .companies, links)
        var outcomes = made.map { Result<Bool, HubSpotFailure>.success($0) }
        // Why one was left out only its own call can tell.
        for (index, link) in links.enumerated() where !made[index] {
          outcomes[index] = await attempt { () async throws(HubSpotFailure) in
            try await client.withoutTurn.associate(.contacts, link.from, to: .companies, link.to)
          }
        }
        return outcomes
      })
  }
}

extension HubSpotClient {
  /// - Parameters:
  ///   - operation: what waits for the turn.
  ///   - one, many: are given the client that has the turn of their call.
  fileprivate func batchCall<Item: Sendable, Value: Sendable>(
    _ operation: String, isSearch: Bool = false,
    one: @escaping @Sendable (HubSpotClient, Item) async throws(HubSpotFailure) -> Value,
    many: @escaping @Sendable (HubSpotClient, [Item]) async throws(HubSpotFailure) -> [Result<Value, HubSpotFailure>]
  ) -> BatchCall<Item, Value> {
    BatchCall(
      admit: { () async throws(HubSpotFailure) in try await takeTurn(operation, isSearch: isSearch) },
      one: { item, mayAct async throws(HubSpotFailure) in try await one(withTurn(mayAct), item) },
      many: { items, mayAct async throws(HubSpotFailure) in try await many(withTurn(mayAct), items) })
  }
}
