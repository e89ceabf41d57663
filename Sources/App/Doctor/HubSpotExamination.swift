import HubSpot
import RevOps
import VendorAPI

/// The CRM's account: token, scopes, owners, and what the playbook names in it.
struct HubSpotExamination: Sendable {
  let inspection: HubSpotInspection
  let settings: HubSpotSettings
  let people: [NamedPerson]?
  /// What the playbook says of HubSpot; nil: it has errors.
  let playbook: Playbook?
  /// Whether missing properties may be made.
  let fixes: Bool

  func findings() async -> [Finding] {
    let inspection = inspection
    let portal: String
    do throws(VendorError) {
      portal = try await Patience.call { () async throws(VendorError) in try await inspection.portalID() }
    } catch {
      return [Self.failed("token", error)]
    }
    return [Finding("hubspot", "token", .ok, "accepted, for the account \(portal)"), self.portal(portal), secret]
      + (await Examination.sideBySide(parts))
  }

  private var parts: [Examination] {
    let scopes = Examination("hubspot", "scopes") { await self.scopes() }
    guard let people, let playbook else {
      let note = Finding(
        "hubspot", "owners", .warning, "owners, properties and lists are not looked at: the configuration has errors")
      return [scopes, Examination("hubspot", "owners") { [note] }]
    }
    let owners = HubSpotOwners(inspection: inspection, people: people, sequence: playbook.nurture.sequence)
    let fields = HubSpotFields(inspection: inspection, playbook: playbook.hubspot, fixes: fixes)
    return [
      scopes, Examination("hubspot", "owners") { await owners.findings() },
      Examination("hubspot", "properties") { await fields.findings() },
      Examination("hubspot", "list") { await list(playbook.nurture.hubspotList) },
    ]
  }

  private func portal(_ actual: String) -> Finding {
    guard let given = settings.portalID else {
      return Finding(
        "hubspot", "portal", .off, "HUBSPOT_PORTAL_ID is not set: cards have no links to records",
        remedy: "set HUBSPOT_PORTAL_ID=\(actual)")
    }
    return given == actual
      ? Finding("hubspot", "portal", .ok, "HUBSPOT_PORTAL_ID is the token's account")
      : Finding(
        "hubspot", "portal", .failing,
        "HUBSPOT_PORTAL_ID is \(given), but the token is for \(actual): links lead astray",
        remedy: "set HUBSPOT_PORTAL_ID=\(actual)")
  }

  private var secret: Finding {
    settings.appSecret == nil
      ? Finding(
        "hubspot", "app_secret", .off, "HUBSPOT_APP_SECRET is not set: what people change in HubSpot is polled",
        remedy: "set HUBSPOT_APP_SECRET and have the app send its webhooks to /webhooks/hubspot")
      : Finding(
        "hubspot", "app_secret", .ok, "set; HubSpot has no call to check it with: a wrong one shows at the first event")
  }

  private func scopes() async -> [Finding] {
    let inspection = inspection
    let answers = await [ObjectKind.contacts, .companies, .deals].concurrently { kind -> VendorError? in
      do throws(VendorError) {
        try await Patience.call { () async throws(VendorError) in try await inspection.read(kind) }
        return nil
      } catch { return error }
    }
    let faults = answers.compactMap { kind, error in
      error.map { Self.failed("scopes", $0, needs: "crm.objects.\(kind).read") }
    }
    return faults + (await writing(isReadable: faults.isEmpty))
  }

  /// What must be written, by the scope that it takes. Notes and tasks go by that of contacts.
  private var written: [(scope: String, purpose: String)] {
    [
      ("crm.objects.contacts.write", "contacts, notes and tasks"), ("crm.objects.companies.write", "companies"),
      ("crm.lists.write", playbook?.nurture.hubspotList == nil ? "" : "lists"),
      ("automation.sequences.enrollments.write", playbook?.nurture.sequence == nil ? "" : "sequences"),
    ].filter { !$0.1.isEmpty }
  }

  private func writing(isReadable: Bool) async -> [Finding] {
    let inspection = inspection
    let held: Set<String>?
    do throws(VendorError) {
      held = try await Patience.call { () async throws(VendorError) in try await inspection.scopes() }
    } catch {
      return [Self.failed("scopes", error)]
    }
    let reading = isReadable ? "contacts, companies and deals can be read; " : ""
    guard let held else {
      let rest = "whether it can be written shows with the first lead: HubSpot does not tell this token's scopes"
      return [Finding("hubspot", "scopes", .ok, reading + rest)]
    }
    let lacking = written.filter { !held.contains($0.scope) }
    guard lacking.isEmpty else {
      return lacking.map { scope, purpose in
        Finding(
          "hubspot", "scopes", .failing, "the token lacks \(scope): Baton can't write \(purpose)",
          remedy: "give the service key or app the scope \(scope)")
      }
    }
    let purposes = written.map(\.purpose).joined(separator: ", ")
    return [Finding("hubspot", "scopes", .ok, reading + "the token may write \(purposes)")]
  }

  private func list(_ id: String?) async -> [Finding] {
    guard let id else { return [Finding("hubspot", "list", .off, "nurture.hubspot_list is not set")] }
    let inspection = inspection
    do throws(VendorError) {
      let list = try await Patience.call { () async throws(VendorError) in try await inspection.list(id) }
      return [verdict(on: list, id)]
    } catch {
      return [Self.failed("list", error, needs: "crm.lists.read and crm.lists.write")]
    }
  }

  private func verdict(on list: HubSpotInspection.List?, _ id: String) -> Finding {
    let advice = "set nurture.hubspot_list to the id of a static list of contacts"
    guard let list else { return Finding("hubspot", "list", .failing, "there is no list \(id)", remedy: advice) }
    let name = list.name.map { "\($0) (\(id))" } ?? id
    if !list.takesMembers {
      return Finding(
        "hubspot", "list", .failing, "the list \(name) is dynamic: nobody can be added to it", remedy: advice)
    }
    if !list.isOfContacts {
      return Finding("hubspot", "list", .failing, "the list \(name) is not one of contacts", remedy: advice)
    }
    return Finding("hubspot", "list", .ok, "people to nurture go onto \(name)")
  }

  /// - Parameter scope: what the token lacks if the call is forbidden.
  static func failed(_ check: String, _ error: VendorError, needs scope: String? = nil) -> Finding {
    let remedy =
      if error.status == 403, let scope {
        "give the service key or app the scope \(scope)"
      } else {
        "copy the service key's or app's access token into HUBSPOT_ACCESS_TOKEN"
      }
    return .failed("hubspot", check, error, credentials: remedy, address: "HUBSPOT_API_URL")
  }
}
