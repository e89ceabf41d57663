import Foundation

/// A change that a person made to somebody's availability: the audit of it.
public struct RosterChange: Codable, Sendable, Equatable {
  public var at: Date
  /// Who made it, and whose availability it is: folded e-mail addresses.
  public var by: String
  public var member: String
  /// `away`, `back`, `capacity`, `inactive`, `active`
  public var action: String
  /// Until when, or how many.
  public var value: String?

  public init(at: Date, by: String, member: String, action: String, value: String? = nil) {
    self.at = at
    self.by = by
    self.member = member
    self.action = action
    self.value = value
  }
}

/// Who is away and whose capacity differs from the configured one, as stored, with the version that a change of it must
/// name.
public struct Roster: Sendable {
  public static let key = "roster"
  /// Who changed what, the newest last.
  public static let logKey = "roster/log"
  static let logged = 1_000

  /// By folded e-mail address.
  public var reps: [String: RepStatus]
  let version: Int

  public static func open(in documents: any Documents) async throws(StorageError) -> Roster {
    let found = try await documents.versioned([String: RepStatus].self, key)
    return Roster(reps: found.value ?? [:], version: found.version)
  }

  public static func read(from documents: any Documents) async throws(StorageError) -> [String: RepStatus] {
    try await open(in: documents).reps
  }

  /// What a commit has to store of it.
  public func change() throws(StorageError) -> DocumentChange {
    try .encoding(reps, key: Self.key, version: version)
  }

  /// Changes one person's status and keeps who did it, both or neither.
  ///
  /// - Returns: the status as it is stored now.
  @discardableResult
  public static func change(
    _ entry: RosterChange, in documents: any Documents, _ change: (inout RepStatus) -> Void
  ) async throws(StorageError) -> RepStatus {
    while true {
      var roster = try await open(in: documents)
      var status = roster.reps[entry.member] ?? RepStatus()
      change(&status)
      if status == roster.reps[entry.member] ?? RepStatus() { return status }
      roster.reps[entry.member] = status
      let log = try await documents.versioned([RosterChange].self, logKey)
      let changes: [DocumentChange] = [
        try roster.change(),
        try .encoding(((log.value ?? []) + [entry]).suffix(logged), key: logKey, version: log.version),
      ]
      if try await documents.put(changes) { return status }
    }
  }
}
