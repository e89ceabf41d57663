import Foundation

/// What a lead makes of what somebody did in the CRM. Everything that is said twice, or that Baton itself has written,
/// changes nothing.
extension DeskRoom {
  func follow(_ news: CRMNews) -> DeskDecision {
    switch news {
    case .contact(let contact):
      let owned = follow(contact)
      let later = DeskRoom(lead: owned.lead, actor: actor, policy: policy, now: now)
      return later.touched(contact.engagements).after(owned)
    case .deal(let deal): return close(deal)
    case .reopened(let deal): return reopen(deal)
    }
  }

  // MARK: The owner

  private func follow(_ contact: ContactNews) -> DeskDecision {
    var room = self
    // Merged with another: the record goes on under the other's id.
    if desk.crm.contactID != nil { room.lead.desk.crm.contactID = contact.contactID }
    guard [.delivered, .claimed, .worked].contains(lead.state) else { return room.unchanged }
    switch contact.owner {
    case .person: return room.followPerson(contact)
    case .nobody: return room.remark("nobody", "HubSpot shows no owner any more", contact)
    case .unknown: return room.remark("unknown", "HubSpot shows an owner who is not among its users", contact)
    }
  }

  private func followPerson(_ contact: ContactNews) -> DeskDecision {
    guard let owner = policy.routing.rep(contact.owner) else { return unchanged }
    if owner == desk.owner {
      var decision = unchanged
      decision.lead.desk.crm.shows(contact.owner, whoIs: owner)
      return decision
    }
    // Ours, with a newer owner on its way; or there before us and never replaced.
    let earlier = desk.crm.ownerWritten == nil || !contact.canOwn ? lead.facts?.crm.contactOwner : nil
    if owner == desk.crm.ownerWritten || owner == earlier { return unchanged }
    var decision = reassign(to: owner, reason: "changed in HubSpot")
    decision.line = "Reassigned to \(owner) in HubSpot"
    decision.lead.desk.crm.shows(contact.owner, whoIs: owner)
    return decision.final
  }

  /// Nobody here gets a lead by an owner being taken out there: whoever has it keeps it, and reads once what is shown.
  private func remark(_ word: String, _ text: String, _ contact: ContactNews) -> DeskDecision {
    guard let owner = desk.owner, desk.crm.ownerWritten == owner, contact.canOwn, desk.crm.ownerRemark != word else {
      return unchanged
    }
    var decision = change("crm_owner", from: owner, to: nil, reason: text)
    decision.lead.desk.crm.ownerRemark = word
    decision.line = "\(text). Here the lead stays with \(owner)"
    return decision.final
  }

  // MARK: The first touch

  private func touched(_ engagements: [CRMEngagement]) -> DeskDecision {
    guard [.delivered, .claimed].contains(lead.state), desk.firstTouchAt == nil, let owner = desk.owner else {
      return unchanged
    }
    let own = engagements.filter { policy.routing.rep($0.by) == owner && $0.at >= lead.askedAt }
    guard let first = own.min(by: { $0.at < $1.at }) else { return unchanged }
    var decision = change("first_touch", from: nil, to: owner, reason: "\(first.kind.label), logged in HubSpot")
    decision.lead.state = .worked
    decision.lead.desk.claimedAt = desk.claimedAt ?? first.at
    decision.lead.desk.firstTouchAt = first.at
    decision.line = "First touch by \(owner): \(first.kind.label), logged in HubSpot"
    return decision.final
  }

  // MARK: The outcome

  private func close(_ deal: ClosedDeal) -> DeskDecision {
    guard takesOutcome(of: deal) else { return unchanged }
    if desk.outcome?.result == deal.outcome.result, desk.crm.deal == nil {
      // Its owner has said so already, in their own words.
      var decision = unchanged
      decision.lead.desk.crm.deal = deal
      return decision
    }
    var decision = end(deal.outcome)
    let amount = deal.outcome.amount.map { ", \($0)" } ?? ""
    let reason = deal.outcome.reason.map { ": \($0)" } ?? ""
    decision.line = "\(deal.outcome.result.label)\(amount), in HubSpot" + reason
    decision.lead.desk.crm.deal = deal
    return decision.final
  }

  private func takesOutcome(of deal: ClosedDeal) -> Bool {
    guard ![.received, .processing, .parked, .merged].contains(lead.state), deal.isAfter(lead) else { return false }
    guard let known = desk.crm.deal else { return true }
    return known.id == deal.id ? known.outcome != deal.outcome : deal.isLater(than: known)
  }

  /// What ended by that deal goes on with who has it. An end that somebody logged here in their own words stays theirs,
  /// and what nobody has stays as it is; in either case the deal's next end is news.
  private func reopen(_ deal: String) -> DeskDecision {
    guard let known = desk.crm.deal, known.id == deal else { return unchanged }
    guard lead.state == .closed, desk.outcome == known.outcome, let owner = desk.owner else {
      var decision = unchanged
      decision.lead.desk.crm.deal = nil
      return decision
    }
    var decision = change("reopened", from: known.outcome.result.rawValue, to: nil, reason: "open again in HubSpot")
    decision.lead.state = .worked
    decision.lead.desk.outcome = nil
    decision.lead.desk.crm.deal = nil
    decision.line = "The deal is open again in HubSpot: the lead goes on with \(owner)"
    decision.mention = owner
    return decision.final
  }

  private var unchanged: DeskDecision { DeskDecision(lead: lead, changed: false) }
}

extension Lead {
  /// When the person came to us, which may be a little before Baton was told; what was done with them earlier is no
  /// answer to it.
  public var askedAt: Date {
    let told = intake.receivedAt
    return max(told.addingTimeInterval(-86_400), min(told, intake.payload.submittedAt ?? told))
  }
}

extension CRMRecord {
  /// Its owner is the lead's: nothing is left to write, and the next change there is another.
  fileprivate mutating func shows(_ owner: CRMOwner, whoIs rep: String) {
    ownerWritten = rep
    ownerRemark = nil
    if case .person(let id, _) = owner { ownerSeen = id }
  }
}

extension ClosedDeal {
  /// Closed when the lead was there. People give a day, and days begin at different hours.
  public func isAfter(_ lead: Lead) -> Bool { at >= lead.intake.receivedAt.addingTimeInterval(-86_400) }
}

extension DeskDecision {
  /// What was done elsewhere is taken back there.
  fileprivate var final: DeskDecision {
    var decision = self
    decision.lead.desk.undo = nil
    return decision
  }

  /// Both, in this order, as one.
  fileprivate func after(_ earlier: DeskDecision) -> DeskDecision {
    guard changed else {
      var decision = earlier
      decision.lead = lead
      return decision
    }
    var decision = self
    decision.history = earlier.history + history
    decision.line = [earlier.line, line].compactMap { $0 }.joined(separator: "\n")
    decision.mention = earlier.mention
    decision.turns = earlier.turns + turns
    return decision
  }
}

extension CRMEngagement.Kind {
  /// For people.
  public var label: String { self == .email ? "e-mail" : rawValue }
}
