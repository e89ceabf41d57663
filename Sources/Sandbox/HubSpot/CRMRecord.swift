import Foundation

/// A kind of record in the CRM, named as HubSpot's paths name it.
public enum CRMKind: String, Sendable, CaseIterable {
  case contacts, companies, deals, notes, tasks, calls, emails, meetings

  init?(path: String) {
    switch path {
    case "contacts", "contact", "0-1": self = .contacts
    case "companies", "company", "0-2": self = .companies
    case "deals", "deal", "0-3": self = .deals
    case "notes", "note", "0-46": self = .notes
    case "tasks", "task", "0-27": self = .tasks
    case "calls", "call", "0-48": self = .calls
    case "emails", "email", "0-49": self = .emails
    case "meetings", "meeting", "0-47": self = .meetings
    default: return nil
    }
  }

  var singular: String {
    switch self {
    case .contacts: "contact"
    case .companies: "company"
    case .deals: "deal"
    case .notes: "note"
    case .tasks: "task"
    case .calls: "call"
    case .emails: "email"
    case .meetings: "meeting"
    }
  }

  /// As new-format webhooks name it.
  var typeID: String {
    switch self {
    case .contacts: "0-1"
    case .companies: "0-2"
    case .deals: "0-3"
    case .notes: "0-46"
    case .tasks: "0-27"
    case .calls: "0-48"
    case .emails: "0-49"
    case .meetings: "0-47"
    }
  }

  /// The property that holds the time of the last change.
  var modified: String { self == .contacts ? "lastmodifieddate" : "hs_lastmodifieddate" }

  /// The type of the unlabelled association from one kind to another (HubSpot's association reference).
  static func association(from: CRMKind, to: CRMKind) -> Int {
    switch (from, to) {
    case (.contacts, .companies): 279
    case (.companies, .contacts): 280
    case (.deals, .contacts): 3
    case (.contacts, .deals): 4
    case (.deals, .companies): 341
    case (.companies, .deals): 342
    case (.tasks, .contacts): 204
    case (.contacts, .tasks): 203
    case (.tasks, .companies): 192
    case (.companies, .tasks): 191
    case (.tasks, .deals): 216
    case (.deals, .tasks): 215
    case (.calls, .contacts): 194
    case (.contacts, .calls): 193
    case (.emails, .contacts): 198
    case (.contacts, .emails): 197
    case (.meetings, .contacts): 200
    case (.contacts, .meetings): 199
    case (.notes, .contacts): 202
    case (.contacts, .notes): 201
    case (.notes, .companies): 190
    case (.companies, .notes): 189
    case (.notes, .deals): 214
    case (.deals, .notes): 213
    default: 0
    }
  }
}

/// A record of the CRM.
public struct CRMRecord: Sendable, Equatable {
  public var id: String
  public var kind: CRMKind
  public var properties: [String: String]
  /// When each property got the value that it has.
  public internal(set) var changed: [String: Date] = [:]
  public var createdAt: Date
  public var updatedAt: Date
  public var archived = false
}

/// A person who can own records.
public struct CRMOwner: Sendable, Equatable {
  public var id: String
  public var email: String
  public var name: String
  public var archived: Bool

  public init(id: String, email: String, name: String, archived: Bool = false) {
    self.id = id
    self.email = email
    self.name = name
    self.archived = archived
  }

  var json: JSON {
    let parts = name.split(separator: " ", maxSplits: 1).map(String.init)
    let number = Int(id).map { $0 + 40_000 } ?? 0
    return [
      "id": .string(id), "userId": archived ? .null : .int(number), "userIdIncludingInactive": .int(number),
      "email": .string(email), "firstName": .string(parts.first ?? ""),
      "lastName": .string(parts.count > 1 ? parts[1] : ""), "type": "PERSON", "archived": .bool(archived),
      "teams": [], "createdAt": "2026-01-05T09:00:00Z", "updatedAt": "2026-01-05T09:00:00Z",
    ]
  }
}
