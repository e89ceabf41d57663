import Foundation
import RevOps
import SQLiteStorage
import Testing

extension Lead {
  /// A new lead as it is before its first commit.
  static func stored(_ email: String = "ada@acme.example") -> Lead {
    let at = Date()
    var random = SystemRandomNumberGenerator()
    let intake = Intake(
      channel: .form, receivedAt: at, identity: email,
      payload: LeadPayload(
        email: email, fullName: "Ada Lovelace", company: "Acme", message: String(repeating: "Hello. ", count: 60)),
      raw: .object(["email": .string(email)]))
    return Lead(id: LeadID(identity: email, now: at, random: &random), intake: intake)
  }

  func delivered(key: String) -> Delivery {
    var random = SystemRandomNumberGenerator()
    let message = InboxMessage(
      id: ULID.make(now: intake.receivedAt, random: &random), leadID: id, body: .submission(intake),
      receivedAt: intake.receivedAt)
    return Delivery(key: key, bodyHash: "a", keepFor: .seconds(86_400), message: message)
  }
}

extension SQLiteStore {
  func keep(_ lead: Lead) async throws {
    let lease = try #require(try await acquire([lead.id.partition], instance: "one", for: .seconds(600)).first)
    #expect(try await commit(LeadCommit(lease: lease, leads: [lead])) == .committed)
  }
}

extension TestStores {
  /// Opens a file whose last owner is being let go of on another thread.
  func openWhenFree(_ file: URL) async throws -> SQLiteStore {
    let deadline = ContinuousClock.now + .seconds(10)
    while true {
      do {
        return try await open(file)
      } catch let error as StorageError where error.cause == .unavailable && ContinuousClock.now < deadline {
        await Task.yield()
      }
    }
  }
}
