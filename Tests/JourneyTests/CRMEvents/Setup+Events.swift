import Foundation
import Sandbox
import TestSupport

extension Setup {
  /// The desk of #leads-dach with everybody on shift, told by HubSpot through a proxy: the address that HubSpot signs is
  /// not the one that Baton listens on.
  static let told: Setup = {
    var setup = onShift
    setup.sandbox.publicURL = "https://baton.northwind.example/hooks"
    setup.environment["BATON_PUBLIC_URL"] = setup.sandbox.publicURL
    setup.environment["HUBSPOT_APP_SECRET"] = setup.sandbox.hubSpotAppSecret
    return setup
  }()
}

extension Dealt {
  /// Its contact, once all of the lead's arrival is in the CRM.
  func settledContact() async throws -> CRMRecord { try await desk.documented(form.email) }

  func owner(_ handle: String) async throws {
    try await desk.lead(id, "owner \(handle)") { $0["owner"].text == "\(handle)@northwind.example" }
  }
}

extension Desk {
  /// A HubSpot owner's id.
  func seat(_ handle: String) throws -> String {
    guard let id = owner(handle) else { throw NoSuchPlace(description: "\(handle) is no owner in HubSpot") }
    return id
  }

  /// How many hints Baton has worked off.
  func eventsDone() async throws -> Int { try await count("baton_crm_events_total", "result=\"done\"") }

  /// Waits until so many more have been worked off than `before`.
  func worksOff(_ count: Int, since before: Int = 0) async throws {
    try await eventually("\(count) events worked off", within: .seconds(40), every: .milliseconds(100)) {
      try await eventsDone() >= before + count
    }
  }

  /// The sum of a metric's series with that label.
  func count(_ metric: String, _ label: String) async throws -> Int {
    let text = String(decoding: try await admin("/metrics").body, as: UTF8.self)
    return text.split(separator: "\n").filter { $0.hasPrefix(metric + "{") && $0.contains(label) }
      .compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }.reduce(0) { $0 + Int($1) }
  }

  func leads() async throws -> [JSON] { try await admin("/admin/leads").json["leads"].items }
}
