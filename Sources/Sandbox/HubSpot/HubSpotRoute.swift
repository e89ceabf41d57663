/// What a call to HubSpot asks for, read from its method and path.
enum HubSpotRoute: Sendable, Equatable {
  case create(CRMKind), search(CRMKind), batchRead(CRMKind), batchCreate(CRMKind), batchUpdate(CRMKind)
  case read(CRMKind, String), update(CRMKind, String), archive(CRMKind, String)
  case putDefault(CRMKind, String, String, String), putLabelled(CRMKind, String, String, String)
  case readAssociations(CRMKind, CRMKind), associate(CRMKind, CRMKind)
  case owners, owner(String)
  case properties(CRMKind), property(CRMKind, String), createProperty(CRMKind), createGroup(CRMKind)
  case list(String), addToList(String), sequences, enroll, enrollment(String), details, tokenInfo
  case unknown

  init(_ method: String, _ path: [String]) {
    let rest = Array(path.dropFirst(3))
    self =
      switch (path.first, path.count > 1 ? path[1] : "") {
      case ("crm", "objects"): HubSpotRoute.objects(method, rest)
      case ("crm", "associations"): HubSpotRoute.associations(method, rest)
      case ("crm", "owners"): HubSpotRoute.owners(method, rest)
      case ("crm", "properties"): HubSpotRoute.properties(method, rest)
      case ("crm", "lists"): HubSpotRoute.lists(method, rest)
      case ("automation", "sequences"): HubSpotRoute.sequences(method, rest)
      case ("account-info", _): method == "GET" ? .details : .unknown
      case ("oauth", _): method == "POST" && path == Self.tokenPath ? .tokenInfo : .unknown
      default: .unknown
      }
  }

  private static let tokenPath = ["oauth", "v2", "private-apps", "get", "access-token-info"]

  private static func objects(_ method: String, _ path: [String]) -> HubSpotRoute {
    guard let kind = path.first.flatMap(CRMKind.init(path:)) else { return .unknown }
    switch (method, path.count) {
    case ("POST", 1): return .create(kind)
    case ("POST", 2) where path[1] == "search": return .search(kind)
    case ("POST", 3) where path[1] == "batch": return batch(kind, path[2])
    case ("GET", 2): return .read(kind, path[1])
    case ("PATCH", 2): return .update(kind, path[1])
    case ("DELETE", 2): return .archive(kind, path[1])
    case ("PUT", 6) where path[2] == "associations" && path[3] == "default":
      return .putDefault(kind, path[1], path[4], path[5])
    case ("PUT", 5) where path[2] == "associations": return .putLabelled(kind, path[1], path[3], path[4])
    default: return .unknown
    }
  }

  private static func batch(_ kind: CRMKind, _ name: String) -> HubSpotRoute {
    switch name {
    case "read": .batchRead(kind)
    case "create": .batchCreate(kind)
    case "update": .batchUpdate(kind)
    default: .unknown
    }
  }

  private static func associations(_ method: String, _ path: [String]) -> HubSpotRoute {
    guard method == "POST", path.count >= 4, let from = CRMKind(path: path[0]), let to = CRMKind(path: path[1]),
      path[2] == "batch"
    else { return .unknown }
    switch path[3...].joined(separator: "/") {
    case "read": return .readAssociations(from, to)
    case "associate/default": return .associate(from, to)
    default: return .unknown
    }
  }

  private static func owners(_ method: String, _ path: [String]) -> HubSpotRoute {
    guard method == "GET", path.count < 2 else { return .unknown }
    return path.first.map { .owner($0) } ?? .owners
  }

  private static func properties(_ method: String, _ path: [String]) -> HubSpotRoute {
    guard let kind = path.first.flatMap(CRMKind.init(path:)) else { return .unknown }
    switch (method, path.count) {
    case ("GET", 1): return .properties(kind)
    case ("POST", 1): return .createProperty(kind)
    case ("GET", 2): return .property(kind, path[1])
    case ("POST", 2) where path[1] == "groups": return .createGroup(kind)
    default: return .unknown
    }
  }

  private static func lists(_ method: String, _ path: [String]) -> HubSpotRoute {
    switch (method, path.count) {
    case ("GET", 1): return .list(path[0])
    case ("PUT", 3) where path[1] == "memberships" && path[2] == "add": return .addToList(path[0])
    default: return .unknown
    }
  }

  private static func sequences(_ method: String, _ path: [String]) -> HubSpotRoute {
    switch (method, path.count) {
    case ("GET", 0): .sequences
    case ("POST", 1) where path[0] == "enrollments": .enroll
    case ("GET", 3) where path[0] == "enrollments" && path[1] == "contact": .enrollment(path[2])
    default: .unknown
    }
  }

  var isSearch: Bool { if case .search = self { true } else { false } }

  /// The name under which faults and the call log know it.
  var operation: String {
    switch self {
    case .create(let kind): kind.rawValue + ".create"
    case .search(let kind): kind.rawValue + ".search"
    case .batchRead(let kind): kind.rawValue + ".batchRead"
    case .batchCreate(let kind): kind.rawValue + ".batchCreate"
    case .batchUpdate(let kind): kind.rawValue + ".batchUpdate"
    case .read(let kind, _): kind.rawValue + ".read"
    case .update(let kind, _): kind.rawValue + ".update"
    case .archive(let kind, _): kind.rawValue + ".archive"
    case .putDefault, .putLabelled: "associations.put"
    case .readAssociations: "associations.read"
    case .associate: "associations.create"
    case .owners: "owners.list"
    case .owner: "owners.read"
    case .properties: "properties.list"
    case .property: "properties.read"
    case .createProperty: "properties.create"
    case .createGroup: "groups.create"
    case .list: "lists.read"
    case .addToList: "lists.add"
    case .sequences: "sequences.list"
    case .enroll: "sequences.enroll"
    case .enrollment: "sequences.enrollment"
    case .details: "account.details"
    case .tokenInfo: "token.read"
    case .unknown: "unknown"
    }
  }
}
