import Foundation
import RevOps
import Synchronization
import Testing
import VendorAPI

@testable import HubSpot

/// Answers each operation from its own list, the last answer for ever, and keeps what it was asked.
final class ScriptedHubSpot: HTTPTransport {
  enum Answer: Sendable {
    case json(Int, String)
    /// The service may or may not have acted.
    case lost

    static func ok(_ json: String) -> Answer { .json(200, json) }
    static func results(_ items: String...) -> Answer { .ok(#"{"results":[\#(items.joined(separator: ","))]}"#) }
    static let missing = Answer.json(404, #"{"status":"error","category":"OBJECT_NOT_FOUND","message":"no"}"#)
  }

  private struct State {
    var script: [String: [Answer]]
    var requests: [VendorRequest] = []
  }
  private let state: Mutex<State>

  init(_ script: [String: [Answer]]) {
    var script = script
    script["owners.list", default: [Self.owners]] += []
    script["properties.list", default: [Self.properties]] += []
    state = Mutex(State(script: script))
  }

  func send(_ request: VendorRequest) async throws(TransportError) -> VendorResponse {
    let answer = state.withLock { state -> Answer? in
      state.requests.append(request)
      guard let answers = state.script[request.operation], let first = answers.first else { return nil }
      if answers.count > 1 { state.script[request.operation]?.removeFirst() }
      return first
    }
    await Task.yield()
    switch answer {
    case .json(let status, let json): return VendorResponse(status: status, body: Data(json.utf8))
    case .lost: throw TransportError(cause: .interrupted, mayHaveReachedService: true, detail: "connection lost")
    case nil:
      Issue.record("unexpected call \(request.operation)")
      return VendorResponse(status: 500)
    }
  }

  func answer(_ operation: String, _ answers: Answer...) { state.withLock { $0.script[operation] = answers } }

  var requests: [VendorRequest] { state.withLock { $0.requests } }

  /// Without those that only prepare.
  var operations: [String] { requests.map(\.operation).filter { !["owners.list", "properties.list"].contains($0) } }

  func count(_ operation: String) -> Int { requests.filter { $0.operation == operation }.count }

  /// The bodies sent with one operation.
  func bodies(_ operation: String) throws -> [JSONValue] {
    try requests.filter { $0.operation == operation }.map {
      try JSONDecoder().decode(JSONValue.self, from: try #require($0.body))
    }
  }

  func written(_ operation: String, _ name: String) throws -> String? {
    try bodies(operation).last?["properties"]?[name]?.string
  }

  static let owners = Answer.results(
    #"{"id":"11","email":"Jonas@northwind.example","type":"PERSON","archived":false}"#,
    #"{"id":"12","email":"anna@northwind.example","type":"PERSON","archived":false}"#,
    #"{"id":"10","email":"anna@northwind.example","type":"QUEUE","archived":false}"#,
    #"{"id":"19","email":"gone@northwind.example","type":"PERSON","archived":true}"#)

  static let properties = Answer.results(
    (texts.map { #"{"name":"\#($0)","type":"string"}"# } + others).joined(separator: ","))

  private static let texts = [
    "email", "firstname", "lastname", "jobtitle", "company", "country", "city", "message", "name", "domain",
    "baton_route_reason", "baton_lead_id", "hubspot_owner_id",
  ]
  private static let others = [
    #"{"name":"baton_score","type":"number"}"#,
    #"{"name":"phone","type":"string","modificationMetadata":{"readOnlyValue":true}}"#,
    #"{"name":"industry","type":"enumeration","options":[{"label":"Banking","value":"BANKING"}]}"#,
    enumeration("hs_lead_status", ["NEW", "IN_PROGRESS", "CONNECTED"]),
    enumeration(
      "lifecyclestage",
      ["subscriber", "lead", "marketingqualifiedlead", "salesqualifiedlead", "opportunity", "customer", "other"]),
  ]

  private static func enumeration(_ name: String, _ values: [String]) -> String {
    let options = values.map { #"{"label":"\#($0)","value":"\#($0)"}"# }.joined(separator: ",")
    return #"{"name":"\#(name)","type":"enumeration","options":[\#(options)]}"#
  }
}

extension JSONValue {
  /// The members of an object of texts.
  var texts: [String: String] {
    Dictionary((object?.members ?? []).compactMap { key, value in value.string.map { (key, $0) } }) { first, _ in first
    }
  }
}

/// A clock that stands still until it is moved.
final class ManualNow: Sendable {
  private let date: Mutex<Date>
  init(_ date: Date = Date(timeIntervalSince1970: 1_790_000_000)) { self.date = Mutex(date) }
  var value: Date { date.withLock { $0 } }
  func advance(_ seconds: TimeInterval) { date.withLock { $0 += seconds } }
}

extension CRM {
  /// - Parameters:
  ///   - documents: what this instance shares with others.
  ///   - members: whom the configuration knows.
  static func scripted(
    _ wire: ScriptedHubSpot, now: ManualNow = ManualNow(), documents: any Documents = MemoryDocuments(),
    members: [Member] = []
  ) -> CRM {
    HubSpotCRM.make(
      client: .scripted(wire, now: now), portalID: "4711", documents: documents, policy: { .team(of: members) })
  }
}

extension Policy {
  static func team(of members: [Member] = []) -> Policy {
    let team = Team(name: "sales", channel: "#sales", assignment: .roundRobin, members: members)
    let scoring = ScoringPolicy(
      rulesWeight: ExactDecimal(1), llmWeight: ExactDecimal(0), qualifyThreshold: ExactDecimal(1),
      nurtureThreshold: ExactDecimal(0), llmLimit: ExactDecimal(0), rules: [], disqualify: [], qualify: [], nurture: [])
    return Policy(
      version: "0", routing: RoutingPolicy(teams: [team], rules: [], fallback: .team("sales")), scoring: scoring,
      playbook: Playbook())
  }
}

extension HubSpotClient {
  static func scripted(
    _ wire: ScriptedHubSpot, now: ManualNow = ManualNow(), limiter: RateLimiter = RateLimiter(rates: [:])
  ) -> HubSpotClient {
    HubSpotClient(
      transport: wire, baseURL: "https://hubspot.test/", token: "secret-token", limiter: limiter,
      now: { now.value })
  }
}

extension CRM.Write {
  static func lead(
    email: String = "Ada@acme.example", domain: String? = "acme.example", crm: CRMFacts = CRMFacts(),
    owner: String? = nil, replacesOwner: Bool = false, leadStatus: String? = nil, lifecycle: String? = nil
  ) throws -> CRM.Write {
    let normalized = NormalizedLead(
      email: email, emailType: .business, domain: domain, company: "Acme Bank", fullName: "Ada King Lovelace",
      title: "CTO", phone: "+49 30 1", country: "DE", city: "Berlin", industry: "Banking", employees: 850)
    let facts = LeadFacts(
      normalized: normalized, sources: [:], payload: LeadPayload(email: email, message: "Hello"), crm: crm)
    return CRM.Write(
      leadID: try #require(LeadID("p07-01ARZ3NDEKTSV4RRFFQ69G5FAV")), facts: facts, score: ExactDecimal("0.78"),
      routeReason: "DACH", owner: owner, replacesOwner: replacesOwner, leadStatus: leadStatus, lifecycle: lifecycle)
  }
}

extension CRMRecord {
  static func known(contact: String? = "101", company: String? = nil) -> CRMRecord {
    var record = CRMRecord()
    record.contactID = contact
    record.companyID = company
    return record
  }
}
