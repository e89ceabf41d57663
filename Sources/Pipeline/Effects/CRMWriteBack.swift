import Foundation
import RevOps

/// What the CRM should show of a lead as it stands, and which steps that still takes.
enum CRMWriteBack {
  static func write(_ lead: Lead, policy: Policy) -> CRM.Write? {
    guard let facts = lead.facts else { return nil }
    let keys = policy.playbook.hubspot
    return CRM.Write(
      leadID: lead.id, facts: facts, score: lead.scored?.score.score, routeReason: lead.routing?.reason,
      owner: owner(of: lead), replacesOwner: true, leadStatus: status(lead, keys),
      lifecycle: lifecycle(lead, keys), decidedAt: decidedAt(lead))
  }

  /// The last time that somebody or a rule decided who has the lead or what becomes of it.
  private static func decidedAt(_ lead: Lead) -> Date {
    [lead.desk.assignedAt, lead.desk.claimedAt, lead.desk.undo?.at].compactMap { $0 }.max() ?? lead.intake.receivedAt
  }

  /// In order. A disqualified lead that the CRM does not know stays unknown to it.
  static func steps(_ lead: Lead, _ record: CRMRecord, write: CRM.Write) -> [CRMStep] {
    if lead.state == .disqualified, record.contactID == nil { return [] }
    var steps: [CRMStep] = []
    if record.contactID == nil { steps.append(.contact) }
    if record.companyID == nil, write.facts.normalized.domain != nil { steps.append(.company) }
    if !record.associated, write.facts.normalized.domain != nil { steps.append(.association) }
    if let owner = write.owner, owner != record.ownerWritten { steps.append(.owner) }
    if write.statusWord != record.statusWritten { steps.append(.status) }
    return steps
  }

  /// Written when somebody is assigned; a lead in review or nurture leaves the owner as it is.
  private static func owner(of lead: Lead) -> String? {
    switch lead.state {
    case .delivered, .claimed, .worked, .closed: lead.desk.owner
    default: nil
    }
  }

  private static func status(_ lead: Lead, _ keys: Playbook.HubSpot) -> String? {
    switch lead.state {
    case .delivered, .inReview: keys.leadStatusNew
    case .claimed, .worked: keys.leadStatusClaimed
    case .nurturing: keys.leadStatusNurture
    case .disqualified: keys.leadStatusDisqualified
    // Somebody worked on it before it ended, also where they logged nothing but the end.
    case .closed:
      lead.desk.outcome?.result == .disqualified ? keys.leadStatusDisqualified : keys.leadStatusClaimed
    default: nil
    }
  }

  private static func lifecycle(_ lead: Lead, _ keys: Playbook.HubSpot) -> String? {
    switch lead.state {
    case .delivered: keys.lifecycleQualified
    case .claimed, .worked: keys.lifecycleClaimed
    case .closed: lead.desk.outcome?.result == .disqualified ? nil : keys.lifecycleClaimed
    default: nil
    }
  }
}
