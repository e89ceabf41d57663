/// What HubSpot wants of a request before it looks at what is asked: release, content type, query and the body's shape.
enum RequestRules {
  private static let releases: Set<String> = ["2026-03", "2026-09"]

  static func check(_ route: HubSpotRoute, _ inbound: Inbound) throws(HubSpotRefusal) -> JSON {
    guard route != .unknown, isDated(route, inbound) else { throw .noSuchResource }
    try checkQuery(route, inbound)
    guard let shape = route.bodyShape else {
      guard inbound.body.isEmpty else { throw .invalid("this resource takes no body") }
      return .null
    }
    guard inbound.contentType == "application/json" else { throw .unsupportedType }
    guard let body = JSON.parse(inbound.body) else { throw .invalid("not JSON") }
    if let fault = shape.fault(in: body) { throw .invalid(fault) }
    if case .search = route, inbound.body.count > longestSearch {
      throw .invalid("the request is longer than \(longestSearch) characters")
    }
    return body
  }

  /// HubSpot's limit for the body of a search.
  private static let longestSearch = 3_000

  private static func isDated(_ route: HubSpotRoute, _ inbound: Inbound) -> Bool {
    route == .tokenInfo || release(inbound).map { releases.contains($0) } ?? false
  }

  private static func release(_ inbound: Inbound) -> String? {
    let path = inbound.segments.dropFirst()
    return path.first == "account-info" ? path.dropFirst().first : path.dropFirst(2).first
  }

  private static func checkQuery(_ route: HubSpotRoute, _ inbound: Inbound) throws(HubSpotRefusal) {
    for (name, value) in inbound.query {
      guard route.queryNames.contains(name) else { throw .invalid("unknown parameter \(name)") }
      if name == "limit", Int(value).map({ (1...500).contains($0) }) != true { throw .invalid("limit out of range") }
    }
  }
}

extension HubSpotRoute {
  /// Nil: takes no body.
  fileprivate var bodyShape: BodyShape? {
    switch self {
    case .create: .creation
    case .update: .change
    case .search: .search
    case .batchRead: .readings
    case .batchCreate: .creations
    case .batchUpdate: .changes
    case .associate: .links
    case .readAssociations: .linkQuestions
    case .putLabelled: .list(.anything)
    case .addToList: .list(.text)
    case .tokenInfo: .object(["tokenKey": .text], required: ["tokenKey"])
    // Checked field by field by the call itself.
    case .createProperty, .createGroup, .enroll: .anything
    case .read, .archive, .putDefault, .owners, .owner, .properties, .property, .list, .sequences, .enrollment,
      .details, .unknown:
      nil
    }
  }

  fileprivate var queryNames: Set<String> {
    switch self {
    case .read: ["archived", "associations", "idProperty", "properties", "propertiesWithHistory"]
    case .update: ["idProperty"]
    case .batchRead: ["archived"]
    case .owners: ["after", "archived", "email", "limit"]
    case .owner: ["archived", "idProperty"]
    case .properties, .property: ["archived", "dataSensitivity", "locale", "properties"]
    case .list: ["includeFilters"]
    case .sequences: ["after", "limit", "name", "userId"]
    case .enroll: ["userId"]
    default: []
    }
  }
}

extension HubSpotRefusal {
  static let noSuchResource = HubSpotRefusal(404, "UNKNOWN_RESOURCE", "No such resource.")
  static let unsupportedType = HubSpotRefusal(415, "UNSUPPORTED_MEDIA_TYPE", "Unsupported content type.")
}
