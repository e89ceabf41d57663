import Foundation
import RevOps

extension Lead {
  static func sample(_ email: String = "ada@acme.example") -> Lead {
    let intake = Intake(
      channel: .form, receivedAt: Date(timeIntervalSinceReferenceDate: 810_000_000.25), identity: email,
      payload: LeadPayload(email: email, fullName: "Ada Lovelace", company: "Acme"), raw: nil)
    var random = SystemRandomNumberGenerator()
    return Lead(id: LeadID(identity: email, now: intake.receivedAt, random: &random), intake: intake)
  }
}

extension Delivery {
  static func sample(key: String, lead: Lead = .sample()) -> Delivery {
    var random = SystemRandomNumberGenerator()
    let id = ULID.make(now: lead.intake.receivedAt, random: &random)
    let message = InboxMessage(
      id: id, leadID: lead.id, body: .submission(lead.intake), receivedAt: lead.intake.receivedAt)
    return Delivery(key: key, bodyHash: "a", keepFor: .seconds(60), message: message)
  }
}
