import Foundation
import RevOps
import VendorAPI

/// One HubSpot account as the CRM of the desk: what is known of it between calls, and the translation of leads.
struct HubSpotAccount: Sendable {
  let client: HubSpotClient
  let calls: GatheredCalls
  let sightings = Sightings()
  let owners: RefreshedValue<OwnerDirectory>
  let catalog: PropertyCatalog
  let companies: CompanyLedger
  let claims: CompanyClaims
  private let policy: @Sendable () -> Policy

  init(client: HubSpotClient, documents: any Documents, policy: @escaping @Sendable () -> Policy) {
    self.client = client
    calls = GatheredCalls(client)
    self.policy = policy
    owners = RefreshedValue(lifetime: OwnerDirectory.lifetime, now: client.now) {
      () async throws(HubSpotFailure) -> OwnerDirectory in OwnerDirectory(try await client.owners())
    }
    catalog = PropertyCatalog(client)
    companies = CompanyLedger(now: client.now)
    claims = CompanyClaims(documents: documents, now: client.now)
  }

  func settings() -> Playbook.HubSpot { policy().playbook.hubspot }

  func reps() async throws(HubSpotFailure) -> RepDirectory {
    RepDirectory(owners: try await owners.current(), routing: policy().routing)
  }
}

public enum HubSpotCRM {
  /// The CRM port over an account.
  /// - Parameters:
  ///   - portalID: the account's number, for links to its pages.
  ///   - documents: where all instances keep what they must agree on.
  ///   - policy: who the reps are and what is written, asked anew each time.
  public static func make(
    client: HubSpotClient, portalID: String?, documents: any Documents, policy: @escaping @Sendable () -> Policy
  ) -> CRM {
    let account = HubSpotAccount(client: client, documents: documents, policy: policy)
    var crm = CRM(
      lookUp: { query throws(ServiceError) in
        try await translated { () async throws(HubSpotFailure) in try await account.lookUp(query) }
      },
      perform: { step, write, record throws(ServiceError) in
        try await translated { () async throws(HubSpotFailure) in try await account.perform(step, write, record) }
      },
      addNote: { marker, text, record, at, lookFirst throws(ServiceError) in
        let note = Activity.note(marker: marker, text: text, at: at)
        return try await translated { () async throws(HubSpotFailure) in
          try await account.add(note, to: record, owner: nil, lookFirst: lookFirst)
        }
      },
      addTask: { marker, subject, due, owner, record, lookFirst throws(ServiceError) in
        let task = Activity.task(marker: marker, subject: subject, due: due)
        return try await translated { () async throws(HubSpotFailure) in
          try await account.add(task, to: record, owner: owner, lookFirst: lookFirst)
        }
      },
      addToList: { list, record throws(ServiceError) in
        try await translated { () async throws(HubSpotFailure) in try await account.addToList(list, record) }
      },
      activeOwners: {
        switch await attempt({ () async throws(HubSpotFailure) in try await account.reps() }) {
        case .success(let reps):
          await account.catalog.refresh()
          return reps.active
        // The port's word for "could not be told"; the reason shows with the next look-up or write.
        case .failure: return nil
        }
      },
      recordURL: { contactID in
        portalID.map { URLQuery.url("https://app.hubspot.com/contacts", [$0, "record", "0-1", contactID]) }
      })
    crm.enroll = { sequence, owner, record throws(ServiceError) in
      try await translated { () async throws(HubSpotFailure) in
        try await account.enroll(in: sequence, from: owner, record)
      }
    }
    return crm
  }

  private static func translated<Value>(
    _ body: () async throws(HubSpotFailure) -> Value
  ) async throws(ServiceError) -> Value {
    do { return try await body() } catch { throw ServiceError(error) }
  }
}
