import Foundation
import RevOps

/// What late facts make of a lead. They edit its card; they change its owner only where the rules gave it to nobody's
/// click, and its path never: what a person has decided or may be deciding is theirs.
struct LateChange: Sendable {
  let runner: LeadRunner
  let policy: Policy
  let found: EnrichedLead
  /// Nil: the facts are as they were.
  let words: Words?
  let owners: Set<String>?

  /// What the card says of the facts beside the facts themselves.
  struct Words: Sendable {
    var lead: SummarizedLead
    var warnings: [String]
  }

  func transition(_ lead: Lead, now: Date) async throws(StorageError) -> Transition {
    var transition = Transition(lead)
    guard LateFacts.isOpen(lead), let before = lead.enriched else { return ended(transition) }
    var enriched = found
    enriched.captured = before.captured
    enriched.facts = runner.dependencies.normalize(lead.intake.payload, found.enrichment, found.facts.crm)
    enriched.askedAgain = (before.askedAgain ?? 0) + 1
    try await runner.keep(policy)
    Touch.rescore(&transition.lead, enriched, policy)
    if let words { summarize(&transition.lead, words) }
    transition.lead.warnings = warnings(lead, before, enriched)
    transition.timers = LateFacts.timers(for: transition.lead, now: now)
    if transition.timers.isEmpty { transition = ended(transition) }
    guard isNews(before, enriched) else { return transition }
    transition.history = [entry(before, enriched, now)]
    return try await routed(transition, before, enriched, now)
  }

  private func ended(_ transition: Transition) -> Transition {
    var transition = transition
    transition.cancelledTimers = [LateFacts.key(transition.lead.id)]
    return transition
  }

  // MARK: The card

  private func isNews(_ before: EnrichedLead, _ now: EnrichedLead) -> Bool {
    before.facts != now.facts || before.missing != now.missing || before.dated != now.dated
  }

  private func summarize(_ lead: inout Lead, _ words: Words) {
    guard case .delivered(var summarized) = lead.progress else { return }
    summarized.similar = words.lead.similar
    summarized.summary = words.lead.summary
    summarized.language = words.lead.language
    lead.progress = .delivered(summarized)
  }

  /// What was said of the earlier facts gives way to what is to be said of these.
  private func warnings(_ lead: Lead, _ before: EnrichedLead, _ now: EnrichedLead) -> [String] {
    let recall = words.map { _ in [RecallStage.notChecked, PastAccounts.indexNotChecked] } ?? []
    let outdated = Set(before.warnings + recall)
    let current = now.warnings + (words?.warnings ?? [])
    return lead.warnings.filter { !outdated.contains($0) || current.contains($0) }
      + current.filter { !lead.warnings.contains($0) }
  }

  private func entry(_ before: EnrichedLead, _ now: EnrichedLead, _ at: Date) -> HistoryEntry {
    let waited = before.missing + (before.dated ?? [:]).keys.sorted()
    let answered = waited.filter { !now.missing.contains($0) && now.dated?[$0] == nil }
    let changed = Field.allCases.filter { now.facts.sources[$0] != before.facts.sources[$0] }.map(\.rawValue)
    return HistoryEntry(
      at: at, actor: "system", action: "late_facts", to: answered.isEmpty ? nil : answered.joined(separator: ", "),
      reason: changed.isEmpty ? nil : changed.joined(separator: ", "))
  }

  // MARK: The owner

  private func routed(
    _ transition: Transition, _ before: EnrichedLead, _ now: EnrichedLead, _ at: Date
  ) async throws(StorageError) -> Transition {
    let lead = transition.lead
    let score = lead.scored?.score.score
    let match = match(now.facts, score)
    let place = Place(match)
    var next = transition
    if place == Place(self.match(before.facts, score)) || place.isWhere(lead) {
      next.effects = edits(next, at)
    } else if lead.state == .inReview {
      try await propose(&next, at)
      next.effects = edits(next, at)
    } else if isAsRouted(lead) {
      next = try await moved(next, at)
    } else {
      next.effects = edits(next, at, line: proposal(match, place))
      next.history.append(
        HistoryEntry(at: at, actor: "system", action: "proposed", to: place.name, reason: match.reason))
    }
    return next
  }

  private func match(_ facts: LeadFacts, _ score: ExactDecimal?) -> RuleMatch {
    RuleMatching.match(facts, policy: policy.routing, score: score) { owners?.contains($0) ?? true }
  }

  /// Nobody has touched what the rules decided.
  private func isAsRouted(_ lead: Lead) -> Bool {
    lead.state == .delivered && lead.desk.owner == lead.routing?.owner && lead.desk.declinedBy.isEmpty
  }

  /// A triage card shows who would get it; no turn is taken.
  private func propose(_ transition: inout Transition, _ now: Date) async throws(StorageError) {
    guard let facts = transition.lead.facts, let score = transition.lead.scored?.score.score else { return }
    let stage = RouteStage(policy: policy, storage: runner.dependencies.storage, activeOwners: owners)
    let result = try await stage(facts, score: score, path: .manualReview, now: now)
    transition.lead.reroute(result.answer.decision, result.basis)
    transition.lead.desk.team = result.answer.decision.team
  }

  /// One live card: the old one becomes a line that says where the lead is now.
  private func moved(_ transition: Transition, _ now: Date) async throws(StorageError) -> Transition {
    var next = transition
    let before = transition.lead
    var dealing = Dealing(runner, policy: policy, owners: owners, now: now)
    if let turn = before.desk.turn { try await dealing.apply([.credit(turn)]) }
    next.lead.desk.turn = nil
    next.lead.desk.team = nil
    let owner = try await dealing.assign(&next)
    next.documents += dealing.documents
    next.lead.desk.decision += 1
    next.lead.desk.undo = nil
    next.history.append(
      HistoryEntry(
        at: now, actor: "system", action: "moved", from: before.desk.owner, to: owner,
        reason: next.lead.routing?.reason))
    let writer = runner.writer(for: next.lead, policy: policy, now: now)
    let staysInPlace =
      CardPlace.candidates(before, policy: policy).first == CardPlace.candidates(next.lead, policy: policy).first
    let startsAt = next.lead.desk.startsAt
    if let startsAt { next.timers.append(writer.timer(.shiftStart, due: startsAt)) }
    if staysInPlace || before.intake.bulk {
      let line = "Now with \(owner ?? "nobody yet"): \(next.lead.routing?.reason ?? "late facts")"
      next.effects = edits(next, now) + writer.line(line, mention: startsAt == nil ? owner : nil)
    } else {
      next.lead.desk.card = nil
      next.effects = writer.card() + writer.crmRecord() + (before.desk.card.map { writer.retire($0) } ?? [])
    }
    if startsAt == nil, let owner { next.effects += writer.ownerNote(owner) }
    return next
  }

  private func proposal(_ match: RuleMatch, _ place: Place) -> String {
    let rests = match.owner.map { owner in " HubSpot shows \(owner) as the owner." } ?? ""
    return "Facts came late: by the rules this lead would go to \(place.name) (\(match.reason)).\(rests) "
      + "Reassign it if it should."
  }

  private func edits(_ transition: Transition, _ now: Date, line: String? = nil) -> [Effect] {
    runner.writer(for: transition.lead, policy: policy, now: now)
      .lateFacts(transition.lead.enriched?.askedAgain ?? 0, line: line)
  }

  /// Where the rules send a lead: to a team or to somebody.
  private struct Place: Equatable {
    var team: String?
    var person: String?

    init(_ match: RuleMatch) {
      switch match.target {
      case .team(let name): team = name
      case .person(let email): person = email
      case .accountOwner, .dealOwner: person = match.owner
      }
    }

    var name: String { person ?? team ?? "nobody" }

    func isWhere(_ lead: Lead) -> Bool { person.map { $0 == lead.desk.owner } ?? (team == lead.desk.team) }
  }
}
