import Foundation
import RevOps

/// A team's rotation as stored, with the version that a change of it must name.
struct RotationDocument: Sendable {
  var key: String
  var version: Int
  var state: RotationState

  static func read(team: String, from leads: any Leads) async throws(StorageError) -> RotationDocument {
    let key = "rotation/\(team)"
    guard let document = try await leads.document(key) else {
      return RotationDocument(key: key, version: 0, state: RotationState())
    }
    do {
      let state = try JSONDecoder().decode(RotationState.self, from: document.content)
      return RotationDocument(key: key, version: document.version, state: state)
    } catch {
      throw StorageError(.unreadable, "the rotation of team \(team) can't be read")
    }
  }

  func changed(to state: RotationState) -> DocumentChange? {
    (try? JSONEncoder().encode(state)).map { DocumentChange(key: key, version: version, content: $0) }
  }
}

/// Who is away, and whose capacity differs from the configured one, with the version that a change of it must name.
struct RosterDocument: Sendable {
  static let key = "roster"

  var version: Int
  /// By folded e-mail address.
  var reps: [String: RepStatus]

  static func open(in leads: any Leads) async throws(StorageError) -> RosterDocument {
    guard let document = try await leads.document(key) else { return RosterDocument(version: 0, reps: [:]) }
    do {
      let reps = try JSONDecoder().decode([String: RepStatus].self, from: document.content)
      return RosterDocument(version: document.version, reps: reps)
    } catch {
      throw StorageError(.unreadable, "the roster can't be read")
    }
  }

  static func read(from leads: any Leads) async throws(StorageError) -> [String: RepStatus] {
    try await open(in: leads).reps
  }

  func change() -> DocumentChange? {
    (try? JSONEncoder().encode(reps)).map { DocumentChange(key: Self.key, version: version, content: $0) }
  }
}
