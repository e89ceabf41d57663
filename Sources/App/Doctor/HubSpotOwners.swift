import HubSpot
import VendorAPI

/// Whether whoever gets leads can own them in the CRM, and the sequence that they would enrol people in.
struct HubSpotOwners: Sendable {
  let inspection: HubSpotInspection
  let people: [NamedPerson]
  let sequence: String?

  func findings() async -> [Finding] {
    let inspection = inspection
    do throws(VendorError) {
      let owners = try await Patience.call { () async throws(VendorError) in try await inspection.owners() }
      return verdicts(owners) + (await sequence(owners))
    } catch {
      return [HubSpotExamination.failed("owners", error, needs: "crm.objects.owners.read")]
    }
  }

  private func verdicts(_ owners: [HubSpotInspection.Owner]) -> [Finding] {
    let sellers = people.filter(\.ownsLeads)
    let faults = sellers.compactMap { fault($0, owners) }
    return Finding.tally(
      "hubspot", "owners", sellers.count - faults.count, of: sellers.count, "who get leads are active owners") + faults
  }

  private func fault(_ person: NamedPerson, _ owners: [HubSpotInspection.Owner]) -> Finding? {
    let known = person.hubspot ?? person.email
    let matching = owners.filter { $0.email == known || $0.id == known }
    guard !matching.contains(where: { !$0.isArchived }) else { return nil }
    let name = person.words(knownAs: person.hubspot)
    return matching.isEmpty
      ? Finding(
        "hubspot", "owners", .failing, name + " owns nothing in HubSpot and can't be made an owner",
        remedy: "give them a seat there, or give `hubspot:` their address or owner id")
      : Finding(
        "hubspot", "owners", .failing, name + " is archived in HubSpot: records can't be given to them",
        remedy: "take them out of routing.yaml, or restore their seat")
  }

  /// HubSpot tells sequences only to a user of the account.
  private func sequence(_ owners: [HubSpotInspection.Owner]) async -> [Finding] {
    guard let sequence else { return [Finding("hubspot", "sequence", .off, "nurture.sequence is not set")] }
    guard let user = owners.first(where: { !$0.isArchived && $0.userID != nil })?.userID else {
      return [Finding("hubspot", "sequence", .warning, "nobody in the account could be asked for their sequences")]
    }
    let inspection = inspection
    do throws(VendorError) {
      let known = try await Patience.call { () async throws(VendorError) in try await inspection.sequences(of: user) }
      return [
        known[sequence].map { Finding("hubspot", "sequence", .ok, "people to nurture are enrolled in \($0)") }
          ?? Finding(
            "hubspot", "sequence", .failing, "there is no sequence \(sequence)",
            remedy: "set nurture.sequence to the id in the sequence's address")
      ]
    } catch {
      return [HubSpotExamination.failed("sequence", error, needs: "automation.sequences.read")]
    }
  }
}
