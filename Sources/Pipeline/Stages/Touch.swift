import Foundation
import RevOps

/// A submission of somebody whose lead is open: it joins that lead, is scored with what it adds, and its owner is told.
struct Touch {
  let target: Lead
  let arrival: Lead
  let policy: Policy
  let normalize: @Sendable (LeadPayload, Enrichment?, CRMFacts) -> LeadFacts
  let now: Date

  func transition(_ writer: EffectWriter) -> Transition {
    var transition = Transition(target)
    transition.lead.merged.append(arrival.id)
    transition.lead.desk.touchedAt = now
    transition.lead.intake.payload = Self.merged(target.intake.payload, arrival.intake.payload)
    rescore(&transition.lead)
    transition.history = [
      HistoryEntry(
        at: now, actor: "system", action: "touched", to: arrival.id.description, reason: arrival.intake.payload.source)
    ]
    let onShift = (target.desk.startsAt ?? .distantPast) <= now
    transition.effects = writer.touch(
      arrival.id, line: line, note: note, mention: onShift ? target.desk.owner : nil)
    return transition
  }

  /// The path of an open lead stays: somebody has it already. Its score and facts are those of today.
  private func rescore(_ lead: inout Lead) {
    guard var captured = lead.captured else { return }
    captured.facts = normalize(lead.intake.payload, nil, .notChecked)
    guard var enriched = lead.enriched else { return lead.progress = .captured(captured) }
    enriched.captured = captured
    enriched.facts = normalize(lead.intake.payload, enriched.enrichment, enriched.facts.crm)
    Self.rescore(&lead, enriched, policy)
  }

  /// Facts and score are those given, the path stays: somebody has the lead already.
  static func rescore(_ lead: inout Lead, _ enriched: EnrichedLead, _ policy: Policy) {
    guard let old = lead.scored else { return lead.progress = .enriched(enriched) }
    var score = Scoring.decide(enriched.facts, policy: policy, opinion: old.score.opinion)
    score.overrule(path: old.score.path, because: old.score.overruled ?? "decided before")
    lead.replace(ScoredLead(enriched: enriched, score: score, language: old.language))
  }

  private var line: String {
    let source = arrival.intake.payload.source.map { " through \($0)" } ?? ""
    return "They wrote again\(source)" + (arrival.intake.payload.message.map { ": \($0)" } ?? "")
  }

  private var note: String { "The same person wrote again (\(arrival.id))\n" + line }

  /// What the person says now replaces what they said before, field by field; what they left out stays.
  static func merged(_ old: LeadPayload, _ new: LeadPayload) -> LeadPayload {
    var merged = old
    merged.fullName = new.fullName ?? old.fullName
    merged.firstName = new.firstName ?? old.firstName
    merged.lastName = new.lastName ?? old.lastName
    merged.company = new.company ?? old.company
    merged.title = new.title ?? old.title
    merged.phone = new.phone ?? old.phone
    merged.website = new.website ?? old.website
    merged.employees = new.employees ?? old.employees
    merged.industry = new.industry ?? old.industry
    merged.message = new.message ?? old.message
    merged.product = new.product ?? old.product
    merged.source = new.source ?? old.source
    merged.language = new.language ?? old.language
    if new.country != nil || new.state != nil || new.city != nil {
      // The parts of an address belong together.
      merged.country = new.country
      merged.state = new.state
      merged.city = new.city
    }
    merged.tags = old.tags + new.tags.filter { !old.tags.contains($0) }
    merged.utm.merge(new.utm) { _, new in new }
    merged.custom.merge(new.custom) { _, new in new }
    return merged
  }
}

extension Lead {
  /// Other facts and score under the same routing and summary.
  mutating func replace(_ scored: ScoredLead) {
    switch progress {
    case .received, .captured, .enriched:
      break
    case .scored:
      progress = .scored(scored)
    case .routed(var lead):
      lead.replace(scored)
      progress = .routed(lead)
    case .summarized(var lead):
      lead.routed.replace(scored)
      progress = .summarized(lead)
    case .delivered(var lead):
      lead.routed.replace(scored)
      progress = .delivered(lead)
    }
  }
}

extension RoutedLead {
  /// The routing stays as it was decided, and so does what it was decided from.
  fileprivate mutating func replace(_ scored: ScoredLead) {
    if basis != nil, basis?.given == nil {
      basis?.given = RoutingBasis.Given(facts: self.scored.enriched.facts, score: self.scored.score.score)
    }
    self.scored = scored
  }
}
