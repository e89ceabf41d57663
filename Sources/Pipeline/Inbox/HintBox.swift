import Foundation
import RevOps

/// Where Baton puts hints for itself: they wait beside those that the CRM tells.
struct HintBox: Sendable {
  let storage: any Inbox
  let due: DueTimes
  let now: @Sendable () -> Date

  init(_ dependencies: PipelineDependencies, due: DueTimes) {
    storage = dependencies.storage
    now = dependencies.now
    self.due = due
  }

  /// - Parameter name: the same one again is the same hint.
  func put(_ hint: CRMEvent, named name: String, keepFor: Duration = .seconds(86_400)) async throws(StorageError) {
    let now = now()
    var random = SystemRandomNumberGenerator()
    let delivery = Delivery(
      key: "crm/hint/" + name, bodyHash: nil, keepFor: keepFor, message: hint.message(at: now, random: &random))
    _ = try await storage.append(delivery, now: now)
    due.note(now, in: delivery.message.leadID.partition)
  }
}
