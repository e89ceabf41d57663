import Foundation
import RevOps
import VendorAPI

/// Who is about to make the company of a domain, or has just made it, for all instances and across restarts: HubSpot
/// takes several companies of one domain, and its search finds a new one only after a while.
///
/// Kept in a fixed number of documents, and only for minutes, so that what is stored stays small.
struct CompanyClaims: Sendable {
  /// What is known of a domain without asking HubSpot.
  enum Standing: Sendable, Equatable {
    /// Nobody has meant to make one lately.
    case free
    /// Made a while ago.
    case made(String)
    /// Somebody is making it, or was interrupted: the search can tell after so long.
    case held(Duration)
    /// Somebody was interrupted, and the search can tell by now.
    case doubtful
  }

  private struct Claim: Codable, Equatable {
    var holder: String
    var since: Date
    var until: Date
    var company: String?
  }

  private typealias Claims = [String: Claim]

  /// How long a new record may stay out of the search results, with a margin (integrators report up to 30 s).
  static let indexLag: TimeInterval = 35
  /// How long after the claim the creation may still be sent. What waits longer for its turn begins anew.
  static let sending: TimeInterval = 10
  /// Somebody who dies between claim and answer keeps the others waiting so long.
  static let lifetime = sending + indexLag
  /// How long a company is known by its claim; the search knows it long before that is over.
  private static let memory: TimeInterval = 600

  private let documents: any Documents
  private let now: @Sendable () -> Date
  /// Of this process: what another one left is not taken for its own.
  private let holder = String(UInt64.random(in: .min ... .max), radix: 36)

  init(documents: any Documents, now: @escaping @Sendable () -> Date) {
    self.documents = documents
    self.now = now
  }

  func standing(of domain: String) async throws(HubSpotFailure) -> Standing {
    do throws(StorageError) {
      return standing(of: try await documents.read(Claims.self, key(domain))?[domain])
    } catch { throw .storeAway(error) }
  }

  /// Takes the making of the domain's company upon this process: `free` says that it has.
  ///
  /// - Parameter company: one that was made and is gone since.
  func claim(_ domain: String, insteadOf company: String? = nil) async throws(HubSpotFailure) -> Standing {
    var found = Standing.free
    try await change(domain) { claim in
      found = standing(of: claim)
      if case .made(company) = found { found = .doubtful }
      guard [.free, .doubtful].contains(found) else { return }
      found = .free
      claim = Claim(holder: holder, since: now(), until: now().addingTimeInterval(Self.lifetime))
    }
    return found
  }

  /// Whether a creation under a claim that is taken now may still be sent when it is asked.
  func permission() -> @Sendable () -> Bool {
    let end = now().addingTimeInterval(Self.sending)
    return { now() < end }
  }

  /// It is made. Not being able to say so costs the others a wait: until the claim runs out they find it by the search.
  func settle(_ domain: String, _ company: String) async {
    try? await change(domain) { claim in
      claim = Claim(holder: holder, since: now(), until: now().addingTimeInterval(Self.memory), company: company)
    }
  }

  /// Nothing was made. Not being able to say so costs a wait.
  func release(_ domain: String) async {
    try? await change(domain) { claim in
      if claim?.holder == holder, claim?.company == nil { claim = nil }
    }
  }

  /// It may have been made just now, without an answer. If that can't be stored, the claim itself holds nearly as long.
  func doubt(_ domain: String) async {
    try? await change(domain) { claim in
      guard claim?.holder == holder, claim?.company == nil else { return }
      claim?.until = now().addingTimeInterval(Self.indexLag)
    }
  }

  private func standing(of claim: Claim?) -> Standing {
    guard let claim else { return .free }
    let left = claim.until.timeIntervalSince(now())
    if let company = claim.company { return left > 0 ? .made(company) : .free }
    guard left > 0 else { return .doubtful }
    // Whoever is at work will have answered in a moment; whoever was interrupted never will. So it is asked again at
    // growing distances. This process knows that its own attempt has ended.
    let age = now().timeIntervalSince(claim.since)
    return .held(.seconds(claim.holder == holder ? left : min(left, max(1, age))))
  }

  private func change(_ domain: String, _ change: (inout Claim?) -> Void) async throws(HubSpotFailure) {
    let time = now()
    do throws(StorageError) {
      _ = try await documents.update(key(domain), from: Claims()) { claims in
        change(&claims[domain])
        claims = claims.filter { $0.value.until.addingTimeInterval(Self.lifetime) > time }
      }
    } catch { throw .storeAway(error) }
  }

  private func key(_ domain: String) -> String { "hubspot/companies/\(Partition(of: domain))" }
}

extension HubSpotFailure {
  /// Without the store nobody can tell whether somebody else is making the same company.
  fileprivate static func storeAway(_ error: StorageError) -> HubSpotFailure {
    HubSpotFailure(
      VendorError(
        vendor: HubSpotClient.vendor, operation: "companies.create", detail: "the store: \(error.detail)", retry: .now))
  }
}
