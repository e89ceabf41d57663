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
