extension ControlRoutes {
  /// An act of a person in the CRM, named by `act`.
  func actInCRM(_ body: JSON) async -> Reply {
    if body["act"].text == "contact" { return await newContact(body["properties"]) }
    guard let kind = body["kind"].text.flatMap(CRMKind.init(rawValue:)), let id = body["id"].text,
      world.record(kind, id) != nil
    else { return Self.refusal(400, "kind and id of a record") }
    switch body["act"].text {
    case "owner":
      let told = await crm.setOwner(kind, id, to: body["owner"].text ?? "")
      return told.map(answer) ?? Self.done
    case "stage":
      let told = await crm.moveDeal(id, to: body["stage"].text ?? "")
      return told.map(answer) ?? Self.done
    case "log": return await log(body["activity"].text, with: id)
    case "deal": return await newDeal(with: id)
    default: return Self.refusal(400, "act: contact, owner, log, deal or stage")
    }
  }

  private func newContact(_ properties: JSON) async -> Reply {
    let values = properties.fields.compactMapValues(\.text).filter { !$0.value.isEmpty }
    let email = values["email"] ?? ""
    guard email.contains("@") else { return Self.refusal(400, "a contact needs an e-mail address") }
    guard !world.records(.contacts).contains(where: { $0.properties["email"]?.lowercased() == email.lowercased() })
    else { return Self.refusal(409, "there is a contact with that address") }
    return .json(["ok": true, "id": .string(await crm.createContact(values))])
  }

  /// By whoever owns the contact.
  private func log(_ activity: String?, with contact: String) async -> Reply {
    guard let kind = activity.flatMap(CRMKind.init(path:)), [.calls, .emails, .meetings].contains(kind) else {
      return Self.refusal(400, "activity: call, email or meeting")
    }
    let owner = world.record(.contacts, contact)?.properties["hubspot_owner_id"] ?? ""
    return .json(["ok": true, "id": .string(await crm.log(kind, with: contact, by: owner))])
  }

  private func newDeal(with contact: String) async -> Reply {
    let values = world.record(.contacts, contact)?.properties ?? [:]
    let name = values["company"] ?? values["lastname"] ?? values["email"] ?? "New deal"
    let companies = world.linked(.contacts, contact, to: .companies)
    let id = await crm.openDeal(name, amount: 24_000, contacts: [contact], companies: companies)
    return .json(["ok": true, "id": .string(id)])
  }
}
