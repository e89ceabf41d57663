import Curl
import Foundation
import Sandbox
import TestSupport
import Testing
import VendorAPI

/// What a web form sends.
struct FormLead: Sendable {
  var json: JSON

  /// One of `config/samples`.
  static func sample(_ name: String) throws -> FormLead {
    FormLead(json: JSON.parse(try Product.sample(name)) ?? .null)
  }

  /// A person of a company in Berlin that qualifies and goes to the team of #leads-dach.
  static func berlin(_ handle: String, company: String = "Spreewerk") -> FormLead {
    FormLead(json: [
      "email": .string("\(handle)@\(company.lowercased()).example"),
      "full_name": .string("\(handle.capitalized) Winter"),
      "title": "Head of Sales", "company": .string(company), "country": "Germany", "employees": 120,
      "source": "demo request",
    ])
  }

  var email: String {
    let address = json["email"].text ?? json["properties"]["email"]["value"].text ?? ""
    return address.trimmingCharacters(in: .whitespaces).lowercased()
  }
}

/// What Baton answered to the form.
struct Submission: Sendable {
  var http: Int
  var status: String
  var lead: String
}

extension Desk {
  struct Reply: Sendable {
    var status: Int
    var json: JSON
    var body: Data
  }

  struct Refused: Error, CustomStringConvertible {
    var description: String
  }

  @discardableResult
  func submit(_ lead: FormLead, id: String? = nil) async throws -> Submission {
    let answer = await sandbox.form.submit(lead.json, id: id)
    guard let status = answer.status, let lead = answer.json["lead_id"].text else {
      throw Refused(description: "the form got \(answer.status ?? 0): \(String(decoding: answer.body, as: UTF8.self))")
    }
    return Submission(http: status, status: answer.json["status"].text ?? "", lead: lead)
  }

  /// Sends anything to Baton.
  func send(
    _ method: VendorRequest.Method, _ path: String, headers: [(name: String, value: String)] = [], body: Data? = nil
  ) async throws -> Reply {
    var left = instances.count
    while true {
      left -= 1
      do throws(TransportError) {
        let response = try await client.send(
          VendorRequest(
            vendor: "baton", operation: "journey", method: method, url: baseURL + path, headers: headers, body: body))
        return Reply(status: response.status, json: JSON.parse(response.body) ?? .null, body: response.body)
      } catch {
        // One that refuses the connection is passed over.
        if error.mayHaveReachedService || left <= 0 { throw error }
      }
    }
  }

  /// It lives and answers.
  func isWell(_ instance: Instance) async throws -> Bool { try await status(of: instance, "/health") == 200 }

  /// It takes work.
  func isReady(_ instance: Instance) async throws -> Bool { try await status(of: instance, "/ready") == 200 }

  private func status(of instance: Instance, _ path: String) async throws -> Int {
    try await client.send(
      VendorRequest(vendor: "baton", operation: "health", method: .get, url: instance.baseURL + path)
    ).status
  }

  func admin(_ path: String) async throws -> Reply {
    try await send(.get, path, headers: [("authorization", "Bearer " + Self.adminToken)])
  }

  /// The reasons for which work of the lead is parked.
  func parked(_ lead: String) async throws -> [String] {
    try await admin("/admin/dead-letters").json["dead_letters"].items
      .filter { $0["lead_id"].text == lead }.compactMap { $0["reason"].text }
  }

  /// An admin sends on what is parked of the lead.
  func retry(_ lead: String) async throws {
    let token = ("authorization", "Bearer " + Self.adminToken)
    let reply = try await send(.post, "/admin/retry/\(lead)", headers: [token])
    #expect(reply.status == 202)
  }

  /// The lead as the admin sees it.
  func lead(_ id: String) async throws -> JSON { try await admin("/admin/leads/\(id)").json }

  /// Waits until the lead is as `fits` wants it.
  @discardableResult
  func lead(_ id: String, _ what: String, within limit: Duration = .seconds(30), where fits: (JSON) -> Bool)
    async throws -> JSON
  {
    var last = JSON.null
    do {
      return try await eventually(what, within: limit, every: .milliseconds(50)) {
        last = try await lead(id)
        // Not `nil`, which would be JSON's null.
        return fits(last) ? .some(last) : .none
      }
    } catch is NotInTime {
      throw Refused(description: "\(what) did not come; the lead is \(last.encoded)")
    }
  }

  // MARK: The CRM

  /// HubSpot takes addresses without regard to case.
  func contacts(_ email: String) -> [CRMRecord] {
    sandbox.world.records(.contacts).filter { $0.properties["email"]?.lowercased() == email.lowercased() }
  }

  func contact(
    _ email: String, _ what: String = "a contact", within limit: Duration = .seconds(30),
    where fits: (CRMRecord) -> Bool = { _ in true }
  ) async throws -> CRMRecord {
    do {
      return try await eventually(what, within: limit) { contacts(email).first(where: fits) }
    } catch is NotInTime {
      throw Refused(description: "\(what) of \(email) did not come; there is \(contacts(email))")
    }
  }

  func notes(of contact: CRMRecord) -> [String] { sandbox.world.linked(.contacts, contact.id, to: .notes) }

  func owner(_ handle: String) -> String? { sandbox.world.owner("\(handle)@northwind.example")?.id }

  /// The contact with a note on it: the last thing that Baton writes of a lead that arrives. Where the creation of its
  /// company is left without an answer, that takes most of a minute.
  func documented(_ email: String, within limit: Duration = .seconds(80)) async throws -> CRMRecord {
    try await contact(email, "a contact with a note", within: limit) { !notes(of: $0).isEmpty }
  }
}
