import Foundation

/// Which of the two bodies that HubSpot sends on a contact that exists already, or one that names no id at all.
public enum ConflictForm: String, Sendable {
  case message, identityProfile, bare
}

/// What the CRM knows.
struct HubSpotState: Sendable {
  var token: String
  let portalID = Sandbox.portalID
  var owners: [CRMOwner] = []
  var properties = CRMProperty.standard
  var groups: [CRMKind: [String: String]] = [:]
  /// Lists that can be added to, and who is on them.
  var lists: [String: Set<String>] = ["7": []]
  /// Lists that nobody can be added to: HubSpot fills them by rules.
  var dynamicLists: Set<String> = []
  /// Names by id.
  var sequences = ["31": "Warm up"]
  var enrollments: [JSON] = []
  /// Seconds until a new record turns up in searches.
  var searchLag = 0.0
  var conflictForm = ConflictForm.message
  var gate = HubSpotGate()
  /// What the token may do; nil: it is of a kind whose scopes HubSpot does not tell, and may do everything.
  var scopes: Set<String>? = HubSpotScopes.all
  /// Operations for which the token lacks the scope.
  var lackingScopes: Set<String> = []
  /// Requests that HubSpot would refuse whatever its records are, in order.
  var violations: [String] = []
  /// Association calls answer well and link nothing.
  var linksNothing = false

  private(set) var records: [CRMKind: [String: CRMRecord]] = [:]
  /// Ids in order of creation.
  private(set) var order: [CRMKind: [String]] = [:]
  private(set) var contactsByEmail: [String: String] = [:]
  private(set) var companiesByDomain: [String: [String]] = [:]
  /// Linked records: of "contacts/101" by kind, with the types of each link.
  private(set) var links: [String: [CRMKind: [String: Set<Int>]]] = [:]
  private var lastID = 100

  init(token: String) { self.token = token }

  func record(_ kind: CRMKind, _ id: String) -> CRMRecord? {
    guard let record = records[kind]?[id], !record.archived else { return nil }
    return record
  }

  func all(_ kind: CRMKind) -> [CRMRecord] {
    (order[kind] ?? []).compactMap { record(kind, $0) }
  }

  func property(_ kind: CRMKind, _ name: String) -> CRMProperty? {
    properties[kind]?.first { $0.name == name }
  }

  /// Stores a new record; its values have been checked.
  @discardableResult
  mutating func create(_ kind: CRMKind, _ values: [String: String], now: Date) -> CRMRecord {
    lastID += 1
    let id = String(lastID)
    records[kind, default: [:]][id] = CRMRecord(
      id: id, kind: kind, properties: [:], createdAt: now, updatedAt: now)
    order[kind, default: []].append(id)
    set(values.merging(["hs_object_id": id, "createdate": HubSpotTime.text(now)]) { $1 }, of: kind, id, now: now)
    return records[kind]?[id] ?? CRMRecord(id: id, kind: kind, properties: values, createdAt: now, updatedAt: now)
  }

  /// Changes properties; an empty value clears.
  mutating func set(_ values: [String: String], of kind: CRMKind, _ id: String, now: Date) {
    guard var record = records[kind]?[id] else { return }
    unindex(record)
    for (name, value) in values where (record.properties[name] ?? "") != value {
      record.properties[name] = value.isEmpty ? nil : value
      record.changed[name] = now
    }
    record.updatedAt = now
    record.properties[kind.modified] = HubSpotTime.text(now)
    if kind == .deals { DealStage.derive(&record.properties) }
    records[kind]?[id] = record
    index(record)
  }

  mutating func archive(_ kind: CRMKind, _ id: String) {
    guard let record = record(kind, id) else { return }
    unindex(record)
    records[kind]?[id]?.archived = true
  }

  mutating func link(_ from: CRMKind, _ fromID: String, _ to: CRMKind, _ toID: String, type: Int) {
    links[key(from, fromID), default: [:]][to, default: [:]][toID, default: []].insert(type)
    links[key(to, toID), default: [:]][from, default: [:]][fromID, default: []]
      .insert(CRMKind.association(from: to, to: from))
  }

  /// What is linked to a record, with the types of each link, in order of id.
  func linked(_ kind: CRMKind, _ id: String, _ to: CRMKind) -> [(id: String, types: [Int])] {
    (links[key(kind, id)]?[to] ?? [:]).map { ($0.key, $0.value.sorted()) }
      .sorted { (Int($0.id) ?? 0) < (Int($1.id) ?? 0) }
  }

  private func key(_ kind: CRMKind, _ id: String) -> String { kind.rawValue + "/" + id }

  private static func addresses(_ record: CRMRecord) -> [String] {
    let more = record.properties["hs_additional_emails"]?.split(separator: ";").map(String.init) ?? []
    return ([record.properties["email"]].compactMap { $0 } + more).map { $0.lowercased() }
  }

  private mutating func index(_ record: CRMRecord) {
    if record.kind == .contacts {
      for address in Self.addresses(record) { contactsByEmail[address] = record.id }
    } else if record.kind == .companies, let domain = record.properties["domain"] {
      companiesByDomain[domain.lowercased(), default: []].append(record.id)
    }
  }

  private mutating func unindex(_ record: CRMRecord) {
    if record.kind == .contacts {
      for address in Self.addresses(record) { contactsByEmail[address] = nil }
    } else if record.kind == .companies, let domain = record.properties["domain"] {
      companiesByDomain[domain.lowercased()]?.removeAll { $0 == record.id }
    }
  }
}

/// What follows from a deal's stage.
enum DealStage {
  static func derive(_ properties: inout [String: String]) {
    let stage = properties["dealstage"] ?? ""
    properties["hs_is_closed_won"] = stage == "closedwon" ? "true" : "false"
    properties["hs_is_closed_lost"] = stage == "closedlost" ? "true" : "false"
    properties["hs_is_closed"] = stage.hasPrefix("closed") ? "true" : "false"
  }
}

/// Times as HubSpot writes and reads them.
enum HubSpotTime {
  static func text(_ date: Date) -> String {
    date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  /// Milliseconds, from a number or from ISO 8601; nil where it is neither.
  static func milliseconds(_ text: String) -> Double? {
    if let number = Double(text) { return number }
    let plain = try? Date(text, strategy: .iso8601)
    let fractional = try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    return (plain ?? fractional).map { $0.timeIntervalSince1970 * 1000 }
  }
}
