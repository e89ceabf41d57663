import HubSpot
import RevOps
import VendorAPI

/// Whether contacts have the properties and choices that the playbook names.
struct HubSpotFields: Sendable {
  let inspection: HubSpotInspection
  let playbook: Playbook.HubSpot
  let fixes: Bool

  func findings() async -> [Finding] {
    let inspection = inspection
    do throws(VendorError) {
      let known = try await Patience.call { () async throws(VendorError) in
        try await inspection.properties(of: .contacts)
      }
      let byName = Dictionary(known.map { ($0.name, $0) }) { first, _ in first }
      return await properties(byName) + choices(byName)
    } catch {
      return [HubSpotExamination.failed("properties", error, needs: "crm.schemas.contacts.read")]
    }
  }

  /// Baton's own, which it writes if they are there.
  private var own: [NewProperty] {
    [
      playbook.scoreProperty.map { NewProperty(name: $0, label: "Baton score", isNumber: true) },
      playbook.reasonProperty.map { NewProperty(name: $0, label: "Baton: why this owner", isNumber: false) },
      playbook.leadIDProperty.map { NewProperty(name: $0, label: "Baton lead", isNumber: false) },
    ].compactMap(\.self)
  }

  private func properties(_ known: [String: PropertyDefinition]) async -> [Finding] {
    var findings: [Finding] = []
    for property in own { findings.append(await finding(property, known[property.name])) }
    return own.isEmpty ? [Finding("hubspot", "properties", .off, "the playbook names none of Baton's own")] : findings
  }

  private func finding(_ wanted: NewProperty, _ known: PropertyDefinition?) async -> Finding {
    guard let known else { return await absence(wanted) }
    let name = "the contact property \(wanted.name)"
    if !known.isWritable {
      return Finding(
        "hubspot", "properties", .failing, "\(name) is read-only",
        remedy: "name another one under hubspot.properties in playbook.yaml")
    }
    if known.type != wanted.type {
      return Finding(
        "hubspot", "properties", .failing, "\(name) is of type \(known.type), not \(wanted.type)",
        remedy: "name another one under hubspot.properties in playbook.yaml, or change its type in HubSpot")
    }
    return Finding("hubspot", "properties", .ok, "\(name) can be written")
  }

  private func absence(_ wanted: NewProperty) async -> Finding {
    let name = "the contact property \(wanted.name)"
    guard fixes else {
      return Finding(
        "hubspot", "properties", .failing, "\(name) does not exist: it is left out of what is written",
        remedy: "run `baton doctor --fix` to make it, or set it to null in playbook.yaml")
    }
    let inspection = inspection
    do throws(VendorError) {
      try await Patience.call { () async throws(VendorError) in try await inspection.create(wanted) }
      return Finding("hubspot", "properties", .ok, "\(name) has been made")
    } catch {
      return HubSpotExamination.failed("properties", error, needs: "crm.schemas.contacts.write")
    }
  }

  /// The values that a lead's progress is written as.
  private func choices(_ known: [String: PropertyDefinition]) -> [Finding] {
    let statuses = [
      ("new", playbook.leadStatusNew), ("claimed", playbook.leadStatusClaimed), ("nurture", playbook.leadStatusNurture),
      ("disqualified", playbook.leadStatusDisqualified),
    ]
    let stages = [("qualified", playbook.lifecycleQualified), ("claimed", playbook.lifecycleClaimed)]
    return choices("lead_status", statuses, in: known["hs_lead_status"], "hs_lead_status")
      + choices("lifecycle", stages, in: known["lifecyclestage"], "lifecyclestage")
  }

  private func choices(
    _ check: String, _ wanted: [(key: String, value: String?)], in property: PropertyDefinition?, _ name: String
  ) -> [Finding] {
    guard let property else { return [Finding("hubspot", check, .failing, "contacts have no property \(name)")] }
    let set = wanted.compactMap { key, value in value.map { (key, $0) } }
    let faults = set.filter { !property.offers($0.1) }.map { key, value in
      Finding(
        "hubspot", check, .failing, "hubspot.\(check).\(key): \(name) has no choice \(value)",
        remedy: "take one of \(property.choices.joined(separator: ", "))")
    }
    return Finding.tally("hubspot", check, set.count - faults.count, of: set.count, "are choices of \(name)") + faults
  }
}
