import Foundation
import RevOps

/// The latest lead of the same person, told by what a new submission means for it.
enum EarlierLead {
  /// Somebody works on it or will: the submission is a touch.
  case open(Lead)
  case nurturing(Lead)
  case disqualified(Lead)
  /// Closed, or left alone for longer than `reopen_after`: the submission is a lead of its own.
  case ended(Lead)

  static func find(
    of arrival: Lead, in leads: any Leads, reopenAfter: Int, now: Date
  ) async throws(StorageError) -> EarlierLead? {
    var query = LeadQuery(identity: arrival.identity, limit: 5)
    query.leavesOutMerged = true
    let page = try await leads.leads(query)
    let earlier = page.leads.first { $0.id != arrival.id && $0.state != .parked }
    guard let earlier else { return nil }
    switch earlier.state {
    case .nurturing: return .nurturing(earlier)
    case .disqualified: return .disqualified(earlier)
    case .closed: return .ended(earlier)
    default: return isOpen(earlier, reopenAfter: reopenAfter, now: now) ? .open(earlier) : .ended(earlier)
    }
  }

  static func isOpen(_ lead: Lead, reopenAfter: Int, now: Date) -> Bool {
    let ended: Set<LeadState> = [.closed, .nurturing, .disqualified, .merged, .parked]
    let touched = max(lead.desk.touchedAt ?? .distantPast, lead.intake.receivedAt)
    return !ended.contains(lead.state) && now.timeIntervalSince(touched) <= TimeInterval(reopenAfter)
  }
}

/// The open leads of other people of one company.
struct CompanyLeads {
  /// By team: the owner of the oldest of them, so that a burst follows its first lead.
  var owners: [String: String] = [:]
  private var leads: [Lead] = []

  static func find(
    of arrival: Lead, in store: any Leads, policy: Policy, now: Date
  ) async throws(StorageError) -> CompanyLeads {
    var found = CompanyLeads()
    // The domain of a lead is never a mail provider's.
    guard let domain = arrival.facts?.normalized.domain else { return found }
    var query = LeadQuery(domain: domain, limit: 50)
    query.leavesOutMerged = true
    let page = try await store.leads(query)
    for lead in page.leads.reversed() where lead.identity != arrival.identity {
      guard EarlierLead.isOpen(lead, reopenAfter: policy.playbook.reopenAfter, now: now) else { continue }
      found.leads.append(lead)
      guard let team = lead.desk.team, let owner = lead.desk.owner, found.owners[team] == nil else { continue }
      found.owners[team] = owner
    }
    return found
  }

  /// The leads that somebody else has: their cards are linked.
  func others(than owner: String?) -> [LeadID]? {
    let others = leads.filter { $0.desk.owner != owner || owner == nil }.map(\.id)
    return others.isEmpty ? nil : others
  }
}
