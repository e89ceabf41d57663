/// What a token may be allowed to do.
enum HubSpotScopes {
  static let all: Set<String> = [
    "crm.objects.contacts.read", "crm.objects.contacts.write", "crm.objects.companies.read",
    "crm.objects.companies.write", "crm.objects.deals.read", "crm.objects.deals.write", "crm.objects.owners.read",
    "crm.schemas.contacts.read", "crm.schemas.contacts.write", "crm.schemas.companies.read",
    "crm.schemas.companies.write", "crm.schemas.deals.read", "crm.lists.read", "crm.lists.write",
    "automation.sequences.read", "automation.sequences.enrollments.write",
  ]
}

extension HubSpotRoute {
  /// What the call takes; nil: any token may make it.
  var scope: String? {
    switch self {
    case .search(let kind), .batchRead(let kind), .read(let kind, _), .readAssociations(let kind, _):
      Self.scope(kind, "read")
    case .create(let kind), .batchCreate(let kind), .batchUpdate(let kind), .update(let kind, _),
      .archive(let kind, _), .putDefault(let kind, _, _, _), .putLabelled(let kind, _, _, _), .associate(let kind, _):
      Self.scope(kind, "write")
    case .owners, .owner: "crm.objects.owners.read"
    case .properties(let kind), .property(let kind, _): "crm.schemas.\(kind.rawValue).read"
    case .createProperty(let kind), .createGroup(let kind): "crm.schemas.\(kind.rawValue).write"
    case .list: "crm.lists.read"
    case .addToList: "crm.lists.write"
    case .sequences, .enrollment: "automation.sequences.read"
    case .enroll: "automation.sequences.enrollments.write"
    case .details, .tokenInfo, .unknown: nil
    }
  }

  /// Notes, tasks and what people do with a contact go by the contacts' scopes.
  private static func scope(_ kind: CRMKind, _ right: String) -> String {
    let owner = [.companies, .deals].contains(kind) ? kind : .contacts
    return "crm.objects.\(owner.rawValue).\(right)"
  }
}
