import Foundation
import RevOps
import VendorAPI

/// Sequences: HubSpot then writes to the person in the owner's name, so only one who is in none is put into one.
extension HubSpotAccount {
  /// Puts the contact into the sequence, with mail from its owner. Who is in one already stays as they are: HubSpot can't
  /// tell a repeated enrolment from a new one, so it is looked at first, always.
  func enroll(in sequence: String, from owner: String?, _ record: CRMRecord) async throws(HubSpotFailure) {
    guard let contactID = record.contactID else { throw .contactGone }
    if try await client.isEnrolled(contactID) { return }
    guard let owner, let sender = try await reps().sender(owner) else { throw .noSender }
    try await client.enroll(contactID, in: sequence, as: sender)
  }
}

/// In whose name a sequence writes.
struct SequenceSender: Sendable, Equatable {
  /// The user's id, which is not the owner's.
  var userID: String
  /// With a connected inbox, or HubSpot refuses.
  var email: String
}

extension HubSpotClient {
  /// Whether a sequence writes to the contact now.
  func isEnrolled(_ contactID: String) async throws(HubSpotFailure) -> Bool {
    struct Enrollment: Decodable { var id: LooseText? }
    let path = ["automation", "sequences", release, "enrollments", "contact", contactID]
    do {
      let found: Enrollment = try await answer(to: .read("sequences.enrollment", path))
      return found.id != nil
    } catch {
      guard error.isNotFound else { throw error }
      return false
    }
  }

  func enroll(
    _ contactID: String, in sequence: String, as sender: SequenceSender
  ) async throws(HubSpotFailure) {
    struct Enrolment: Encodable { var sequenceId: String, contactId: String, senderEmail: String }
    struct Made: Decodable {}
    let path = ["automation", "sequences", release, "enrollments"]
    let body = Enrolment(sequenceId: sequence, contactId: contactID, senderEmail: sender.email)
    var call = try HubSpotCall.write("sequences.enroll", .post, path, body)
    call.query = URLQuery([(name: "userId", value: sender.userID)])
    let _: Made = try await answer(to: call)
  }
}

extension HubSpotFailure {
  /// Nobody's inbox could send it.
  fileprivate static let noSender = HubSpotFailure(
    VendorError(
      vendor: HubSpotClient.vendor, operation: "sequences.enroll", code: "no_sender",
      detail: "the lead's owner is no HubSpot user", retry: .never))
}
