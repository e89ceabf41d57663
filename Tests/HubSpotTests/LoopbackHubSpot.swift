import Curl
import Foundation
import RevOps
import Sandbox
import TestSupport
import Testing
import VendorAPI

@testable import HubSpot

/// A stand-in on loopback that keeps records as HubSpot does, and the CRM port over it. Every request of a test must be
/// one that HubSpot documents.
enum LoopbackHubSpot {
  static func open(
    token: String? = nil, rates: [String: Rate] = [:], limits: HubSpotLimits? = nil, delay: Duration? = nil,
    _ body: @Sendable (CRM, World) async throws -> Void
  ) async throws {
    try await call(token: token, rates: rates, limits: limits, delay: delay) { client, world in
      let crm = HubSpotCRM.make(
        client: client, portalID: nil, documents: MemoryDocuments(), policy: { .team() })
      try await body(crm, world)
    }
  }

  /// The same without the port over the calls.
  static func call(
    token: String? = nil, rates: [String: Rate] = [:], limits: HubSpotLimits? = nil, delay: Duration? = nil,
    _ body: @Sendable (HubSpotClient, World) async throws -> Void
  ) async throws {
    var configuration = Sandbox.Configuration()
    configuration.hubSpotLimits = limits
    configuration.delays = delay.map { [.hubspot: $0] } ?? [:]
    let sandbox = Sandbox(configuration)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await sandbox.run() }
      _ = await sandbox.started()
      sandbox.world.recordRequests(to: .hubspot)
      let client = HubSpotClient(
        transport: CurlClient(), baseURL: sandbox.baseURL + "/hubspot",
        token: token ?? sandbox.configuration.hubSpotToken, limiter: RateLimiter(rates: rates))
      try await body(client, sandbox.world)
      try checkRequests(sandbox.world)
      group.cancelAll()
    }
  }

  private static func checkRequests(_ world: World) throws {
    let document = try OpenAPIDocument(.hubspot)
    let requests = world.requests(.hubspot)
    #expect(!requests.isEmpty)
    let faults = Set(requests.flatMap { document.violations(of: OpenAPIRequest($0)) })
    #expect(faults == [])
  }

  /// All that becomes of a lead: looked up, written back step by step as far as needed, noted.
  static func pass(_ number: Int, _ crm: CRM, owner: String? = nil) async throws -> RevOps.CRMRecord {
    let email = "ada@acme\(number).example"
    let domain = "acme\(number).example"
    let facts = try await crm.lookUp(CRM.Query(email: email, domain: domain, company: "Acme"))
    var write = try CRM.Write.lead(
      email: email, domain: domain, crm: facts, owner: owner, replacesOwner: true, leadStatus: "NEW",
      lifecycle: "marketingqualifiedlead")
    write.decidedAt = Date()
    var record = RevOps.CRMRecord()
    for step in [CRMStep.contact, .company, .association] { record = try await crm.perform(step, write, record) }
    record.notes["why"] = try await crm.addNote("why/\(number)", "Why: DACH", record, Date(), false)
    return record
  }
}

extension OpenAPIRequest {
  init(_ request: RecordedRequest) {
    self.init(
      method: request.method, path: request.path, query: request.query, headers: request.headers,
      body: request.body.isEmpty ? nil : request.body)
  }
}
