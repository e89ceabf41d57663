/// Enrolment in sequences: mail that goes out in a user's name. Not idempotent, so it is refused for who is in one.
enum SequenceCalls {
  static func enroll(_ inbound: Inbound, _ body: JSON, _ state: inout HubSpotState) throws(HubSpotRefusal) -> Reply {
    let sequence = try required("sequenceId", body)
    let sender = try required("senderEmail", body)
    let contact = try required("contactId", body)
    guard let user = inbound.query("userId") else { throw .invalid("userId is required") }
    guard let record = state.record(.contacts, contact) else { throw .notFound }
    let isSender = state.owners.contains { owner in
      !owner.archived && owner.json["userId"].plain == user && owner.email.lowercased() == sender.lowercased()
    }
    guard isSender else { throw .sequence("INVALID_SENDER", "The sender has no connected inbox.") }
    guard record.properties["hs_email_optout"] != "true" else {
      throw .sequence("UNSUBSCRIBED", "The contact has unsubscribed.")
    }
    guard current(contact, state) == nil else {
      throw .sequence("ALREADY_ENROLLED", "The contact is enrolled in a sequence.")
    }
    let time = HubSpotTime.text(inbound.now)
    let enrollment: JSON = [
      "id": .string(String(900 + state.enrollments.count)), "toEmail": JSON(record.properties["email"]),
      "enrolledAt": .string(time), "updatedAt": .string(time), "sequenceId": .string(sequence),
      "contactId": .string(contact),
    ]
    state.enrollments.append(enrollment)
    return .json(enrollment)
  }

  static func enrollment(_ contact: String, _ state: HubSpotState) throws(HubSpotRefusal) -> Reply {
    guard let found = current(contact, state) else { throw .notFound }
    return .json(found)
  }

  private static func current(_ contact: String, _ state: HubSpotState) -> JSON? {
    state.enrollments.last { $0["contactId"].text == contact }
  }

  private static func required(_ name: String, _ body: JSON) throws(HubSpotRefusal) -> String {
    guard let value = body[name].plain, !value.isEmpty else { throw .invalid("\(name) is required") }
    return value
  }
}

extension HubSpotRefusal {
  fileprivate static func sequence(_ code: String, _ message: String) -> HubSpotRefusal {
    HubSpotRefusal(400, "VALIDATION_ERROR", "SequenceError.\(code): \(message)")
  }
}
