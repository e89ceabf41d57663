import Foundation

/// A search of one kind of record: groups are alternatives, the filters of one group hold together.
struct HubSpotSearch {
  let kind: CRMKind
  let body: JSON
  let now: Date

  /// Limits of HubSpot's search.
  private static let mostGroups = 5
  private static let mostFilters = 6
  private static let mostFiltersInAll = 18
  private static let mostValues = 100
  private static let mostResults = 200

  func answer(_ state: HubSpotState) throws(HubSpotRefusal) -> JSON {
    let groups = body["filterGroups"].items
    try check(groups)
    let found = sorted(matches(groups, state))
    let limit = min(body["limit"].whole ?? 10, Self.mostResults)
    let start = min(body["after"].plain.flatMap { Int($0) } ?? 0, found.count)
    let end = min(start + limit, found.count)
    let names = body["properties"].items.compactMap(\.text)
    var out: JSON = ["total": .int(found.count)]
    out["results"] = .array(found[start..<end].map { RecordShape.json($0, names: names, state) })
    if end < found.count { out["paging"] = ["next": ["after": .string(String(end))]] }
    return out
  }

  private func check(_ groups: [JSON]) throws(HubSpotRefusal) {
    guard groups.count <= Self.mostGroups, groups.allSatisfy({ $0["filters"].items.count <= Self.mostFilters }) else {
      throw .invalid("too many filters")
    }
    let filters = groups.flatMap { $0["filters"].items }
    guard filters.count <= Self.mostFiltersInAll else { throw .invalid("too many filters") }
    guard (body["limit"].whole ?? 1) <= Self.mostResults else { throw .invalid("limit is too large") }
    for filter in filters { try check(filter) }
  }

  private func check(_ filter: JSON) throws(HubSpotRefusal) {
    let name = filter["operator"].text ?? ""
    guard Self.operators.contains(name) else { throw .invalid("unknown operator") }
    let values = filter["values"].items.compactMap(\.text)
    switch name {
    case "IN", "NOT_IN":
      guard (1...Self.mostValues).contains(values.count) else { throw .invalid("values: 1 to \(Self.mostValues)") }
      guard values.allSatisfy({ $0 == $0.lowercased() }) else { throw .invalid("values must be in lower case") }
    case "HAS_PROPERTY", "NOT_HAS_PROPERTY": break
    default:
      guard filter["value"].text?.isEmpty == false else { throw .invalid("value is missing") }
    }
  }

  private static let operators: Set<String> = [
    "EQ", "NEQ", "LT", "LTE", "GT", "GTE", "BETWEEN", "IN", "NOT_IN", "HAS_PROPERTY", "NOT_HAS_PROPERTY",
    "CONTAINS_TOKEN", "NOT_CONTAINS_TOKEN",
  ]

  private func matches(_ groups: [JSON], _ state: HubSpotState) -> [CRMRecord] {
    if groups.isEmpty { return state.all(kind).filter(isIndexed(state)) }
    var found: [String: CRMRecord] = [:]
    for group in groups {
      let filters = group["filters"].items
      for record in candidates(filters, state) where filters.allSatisfy({ holds($0, record, state) }) {
        found[record.id] = record
      }
    }
    return found.values.filter(isIndexed(state))
  }

  private func isIndexed(_ state: HubSpotState) -> (CRMRecord) -> Bool {
    { now.timeIntervalSince($0.createdAt) >= state.searchLag }
  }

  /// The records worth looking at: by index where a filter names an address, a domain or a linked record.
  private func candidates(_ filters: [JSON], _ state: HubSpotState) -> [CRMRecord] {
    for filter in filters where ["EQ", "IN"].contains(filter["operator"].text) {
      let values = ([filter["value"]] + filter["values"].items).compactMap { $0.plain?.lowercased() }
      if let ids = ids(where: filter["propertyName"].text ?? "", oneOf: values, state) {
        return Set(ids).compactMap { state.record(kind, $0) }
      }
    }
    return state.all(kind)
  }

  /// Nil: there is no index for the property.
  private func ids(where name: String, oneOf values: [String], _ state: HubSpotState) -> [String]? {
    switch (name, kind) {
    case ("email", .contacts), ("hs_additional_emails", .contacts):
      return values.compactMap { state.contactsByEmail[$0] }
    case ("domain", .companies): return values.flatMap { state.companiesByDomain[$0] ?? [] }
    case (let name, _) where name.hasPrefix("associations."):
      guard let other = CRMKind(path: String(name.dropFirst(13))) else { return [] }
      return values.flatMap { state.linked(other, $0, kind).map(\.id) }
    default: return nil
    }
  }

  private func holds(_ filter: JSON, _ record: CRMRecord, _ state: HubSpotState) -> Bool {
    let name = filter["propertyName"].text ?? ""
    if name.hasPrefix("associations.") { return linked(name, filter, record, state) }
    guard let actual = record.properties[name] else {
      return ["NOT_HAS_PROPERTY", "NEQ", "NOT_IN", "NOT_CONTAINS_TOKEN"].contains(filter["operator"].text ?? "")
    }
    // A property of several values holds if any of them does.
    guard name == "hs_additional_emails" else { return holds(filter, actual) }
    return actual.split(separator: ";").contains { holds(filter, $0.trimmingCharacters(in: .whitespaces)) }
  }

  private func linked(_ name: String, _ filter: JSON, _ record: CRMRecord, _ state: HubSpotState) -> Bool {
    guard let other = CRMKind(path: String(name.dropFirst(13))) else { return false }
    let wanted = ([filter["value"]] + filter["values"].items).compactMap(\.plain)
    return state.linked(kind, record.id, other).contains { wanted.contains($0.id) }
  }

  private func holds(_ filter: JSON, _ actual: String) -> Bool {
    let value = filter["value"].plain ?? ""
    let values = filter["values"].items.compactMap(\.plain)
    return switch filter["operator"].text {
    case "EQ": same(actual, value)
    case "NEQ": !same(actual, value)
    case "IN": values.contains { same(actual, $0) }
    case "NOT_IN": !values.contains { same(actual, $0) }
    case "HAS_PROPERTY": true
    case "CONTAINS_TOKEN": contains(actual, value)
    case "NOT_CONTAINS_TOKEN": !contains(actual, value)
    case "BETWEEN": order(actual, value) >= 0 && order(actual, filter["highValue"].plain ?? "") <= 0
    case "LT": order(actual, value) < 0
    case "LTE": order(actual, value) <= 0
    case "GT": order(actual, value) > 0
    case "GTE": order(actual, value) >= 0
    default: false
    }
  }

  private func same(_ left: String, _ right: String) -> Bool { left.lowercased() == right.lowercased() }

  private func contains(_ actual: String, _ token: String) -> Bool {
    let words = Set(actual.lowercased().split { !$0.isLetter && !$0.isNumber })
    return token.lowercased().split { !$0.isLetter && !$0.isNumber }.allSatisfy(words.contains)
  }

  private func order(_ left: String, _ right: String) -> Int {
    if let left = HubSpotTime.milliseconds(left), let right = HubSpotTime.milliseconds(right) {
      return left < right ? -1 : left > right ? 1 : 0
    }
    return left < right ? -1 : left > right ? 1 : 0
  }

  private func sorted(_ records: [CRMRecord]) -> [CRMRecord] {
    let sort = body["sorts"][0]
    guard let name = sort["propertyName"].text ?? sort.text else {
      return records.sorted { (Int($0.id) ?? 0) < (Int($1.id) ?? 0) }
    }
    let sign = sort["direction"].text == "DESCENDING" ? -1 : 1
    return records.sorted { left, right in
      sign * order(left.properties[name] ?? "", right.properties[name] ?? "") < 0
    }
  }
}
