import Foundation
import Metrics
import RevOps

/// Takes one submission through the stages. Each stage's result is stored before the next begins, so that a restart goes
/// on where it stopped; the message ends with the last.
struct SubmissionWork {
  let runner: LeadRunner
  let message: InboxMessage
  let intake: Intake
  private let recall = EarlyRecall()

  init(runner: LeadRunner, message: InboxMessage, intake: Intake) {
    self.runner = runner
    self.message = message
    self.intake = intake
  }

  private var dependencies: PipelineDependencies { runner.dependencies }

  func run() async throws -> LeadRunner.Ending {
    defer { recall.end() }
    var lead = try await current()
    var delivered = false
    while let stage = Stage.following(lead.progress), lead.state != .merged {
      try Task.checkCancellation()
      let clock = ContinuousClock()
      let began = clock.now
      guard let stored = try await advance(lead, by: stage) else {
        lead = try await current()
        continue
      }
      Timer(label: "baton_stage_seconds", dimensions: [("stage", stage.rawValue)])
        .recordNanoseconds((clock.now - began).inNanoseconds)
      lead = stored
      delivered = stage == .deliver || stored.state == .merged
    }
    return delivered ? .finished : try await finish(lead)
  }

  /// The lead that this submission is worked on as: its own, or the one it joined.
  private func current() async throws -> Lead {
    guard let lead = try await runner.committer.lead(message.leadID) else {
      return Lead(id: message.leadID, intake: intake)
    }
    guard let other = lead.mergedInto else { return lead }
    return try await runner.committer.lead(other) ?? lead
  }

  /// The message of a lead that was through already when its work began again.
  private func finish(_ lead: Lead) async throws -> LeadRunner.Ending {
    var change = Committer.Change(Transition(lead))
    change.finishedMessages = [message.id]
    return try await runner.committer.commit(change) == nil ? .later(.milliseconds(50)) : .finished
  }

  /// Nil: the lead or a rotation was changed by somebody else meanwhile; decide again.
  private func advance(_ lead: Lead, by stage: Stage) async throws -> Lead? {
    switch stage {
    case .capture: try await capture(lead)
    case .enrich: try await enrich(lead)
    case .score: try await score(lead)
    case .route: try await route(lead)
    case .summarize: try await summarize(lead)
    case .deliver: try await deliver(lead)
    }
  }

  /// Deliveries of one person are taken one after another: the second must see what became of the first.
  private func capture(_ lead: Lead) async throws -> Lead? {
    try await runner.people.withLock(intake.identity) {
      let now = dependencies.now()
      let earlier = try await EarlierLead.find(
        of: lead, in: dependencies.storage, reopenAfter: dependencies.policy().playbook.reopenAfter, now: now)
      switch earlier {
      case .open(let target) where intake.channel == .hubspot: return try await absorb(lead, into: target)
      case .open(let target): return try await touch(target, with: lead, now: now)
      case .nurturing(let target): return try await decideAnew(target, with: lead, review: nil, now: now)
      case .disqualified(let target):
        return try await decideAnew(target, with: lead, review: "disqualified before", now: now)
      case .ended(let target): return try await begin(lead, after: target)
      case nil: return try await begin(lead, after: nil)
      }
    }
  }

  private func begin(_ lead: Lead, after earlier: Lead?) async throws -> Lead? {
    var transition = Transition(lead)
    transition.lead.state = .processing
    transition.lead.progress = .captured(CaptureStage(normalize: dependencies.normalize)(intake))
    transition.lead.desk.touchedAt = intake.receivedAt
    transition.lead.desk.previousLead = earlier?.id
    transition.lead.desk.previousOwner = earlier?.desk.owner
    transition.history = [received(intake.payload.source)]
    return try await store(transition)
  }

  private func touch(_ target: Lead, with lead: Lead, now: Date) async throws -> Lead? {
    let policy = dependencies.policy()
    // It is scored anew by this one.
    try await dependencies.storage.keep(policy: policy)
    let touch = Touch(
      target: target, arrival: lead, policy: policy, normalize: dependencies.normalize, now: now)
    let transition = touch.transition(runner.writer(for: target, policy: policy, now: now))
    return try await join(lead, transition, finishing: true)
  }

  /// Somebody typed the person into the CRM while their lead was on its way: they said nothing new to anybody.
  private func absorb(_ lead: Lead, into target: Lead) async throws -> Lead? {
    var transition = Transition(target)
    transition.lead.merged.append(lead.id)
    return try await join(lead, transition, finishing: true)
  }

  /// The same lead goes through the pipeline again with what is known now; its old card gives way to a new one.
  private func decideAnew(_ target: Lead, with lead: Lead, review: String?, now: Date) async throws -> Lead? {
    let policy = dependencies.policy()
    var transition = Transition(target)
    transition.lead.decideAnew(at: now)
    let writer = runner.writer(for: transition.lead, policy: policy, now: now)
    transition.effects = target.desk.card.map { writer.retire($0) } ?? []
    transition.lead.intake.payload = Touch.merged(target.intake.payload, intake.payload)
    transition.lead.progress = .captured(CaptureStage(normalize: dependencies.normalize)(transition.lead.intake))
    transition.lead.desk.reviewReason = review
    transition.lead.desk.returned = target.state == .nurturing ? "Back from nurture: they wrote again" : nil
    transition.lead.merged.append(lead.id)
    transition.history = [
      HistoryEntry(
        at: now, actor: "system", action: "reopened", from: target.state.rawValue, reason: intake.payload.source)
    ]
    return try await join(lead, transition, finishing: false)
  }

  /// Stores the arrival as part of the other lead. Gives the lead to go on with: that other one, if it goes through the
  /// stages again.
  private func join(_ lead: Lead, _ transition: Transition, finishing: Bool) async throws -> Lead? {
    var change = Committer.Change(transition)
    var arrival = lead
    arrival.state = .merged
    arrival.mergedInto = transition.lead.id
    change.others = [arrival]
    change.otherHistory = [(arrival.id, received(intake.payload.source)), (arrival.id, merged(into: transition.lead))]
    if finishing { change.finishedMessages = [message.id] }
    guard let stored = try await runner.committer.commit(change) else { return nil }
    runner.announce(transition)
    guard finishing else { return stored }
    arrival.version += 1
    return arrival
  }

  private func received(_ source: String?) -> HistoryEntry {
    HistoryEntry(
      at: intake.receivedAt, actor: "system", action: "received", to: intake.channel.rawValue, reason: source)
  }

  private func merged(into lead: Lead) -> HistoryEntry {
    HistoryEntry(at: dependencies.now(), actor: "system", action: "merged", to: lead.id.description)
  }

  private func enrich(_ lead: Lead) async throws -> Lead? {
    guard let captured = lead.captured else { return nil }
    let enriched = await runner.enrichStage(dependencies.policy())(captured)
    // What was cut short is no answer: the lead goes through this stage again after the restart.
    try Task.checkCancellation()
    var transition = Transition(lead)
    transition.lead.progress = .enriched(enriched)
    transition.lead.warnings += enriched.warnings.filter { !lead.warnings.contains($0) }
    let stored = try await store(transition)
    if stored != nil { recallEarly(enriched.facts) }
    return stored
  }

  /// Looks for accounts like this one while it is scored and routed, if a card may come of it.
  private func recallEarly(_ facts: LeadFacts) {
    let policy = dependencies.policy()
    let decision = Scoring.decide(facts, policy: policy)
    guard
      [.qualify, .manualReview].contains(decision.path) || Scoring.llmCanChangePath(decision, policy: policy.scoring)
    else { return }
    recall.begin(runner.recallStage, facts)
  }

  private func score(_ lead: Lead) async throws -> Lead? {
    guard let enriched = lead.enriched else { return nil }
    let policy = dependencies.policy()
    try await runner.keep(policy)
    var transition = Transition(lead)
    let stage = ScoreStage(policy: policy, desk: runner.languageDesk(policy))
    var result = await stage(enriched, subject: lead.identity, isOpen: lead.desk.reviewReason == nil)
    // What was cut short is no answer: the lead goes through this stage again after the restart.
    try Task.checkCancellation()
    if let reason = lead.desk.reviewReason { result.lead.score.overrule(path: .manualReview, because: reason) }
    let talksToSoftware = SoftwareInstructions.areGiven(in: enriched.facts.payload)
    transition.lead.warn([
      lead.desk.reviewReason, talksToSoftware ? SoftwareInstructions.warning : nil, result.warning,
    ])
    transition.lead.progress = .scored(result.lead)
    return try await store(transition)
  }

  private func route(_ lead: Lead) async throws -> Lead? {
    guard let scored = lead.scored else { return nil }
    let policy = dependencies.policy()
    try await runner.keep(policy)
    // A CRM that gave no answer about the account is not waited for again.
    let owners = scored.enriched.facts.crm.checked ? await dependencies.activeOwners() : nil
    let stage = RouteStage(policy: policy, storage: dependencies.storage, activeOwners: owners)
    let now = dependencies.now()
    // One team's turns are taken one after another here, so that instances compete and tasks do not.
    return try await runner.teams.withLock("turns") {
      let company = try await CompanyLeads.find(of: lead, in: dependencies.storage, policy: policy, now: now)
      let result = try await stage(
        scored.enriched.facts, score: scored.score.score, path: scored.score.path,
        preferred: lead.desk.previousOwner, companyOwners: company.owners, now: now)
      var transition = routed(lead, scored, result, now: now)
      transition.lead.desk.siblings = company.others(than: result.answer.decision.owner)
      return try await store(transition)
    }
  }

  private func routed(_ lead: Lead, _ scored: ScoredLead, _ result: RouteStage.Result, now: Date) -> Transition {
    var transition = Transition(lead)
    let decision = result.answer.decision
    transition.lead.progress = .routed(RoutedLead(scored: scored, routing: decision, basis: result.basis))
    transition.lead.desk.team = decision.team
    transition.documents = result.rotation.map { [$0] } ?? []
    guard scored.score.path != .manualReview else { return transition }
    transition.lead.desk.owner = decision.owner
    transition.lead.desk.turn = result.answer.turn
    guard scored.score.path == .qualify, let owner = decision.owner else { return transition }
    transition.lead.desk.assignedAt = now
    transition.lead.desk.startsAt = result.answer.startsAt
    transition.history = [
      HistoryEntry(at: now, actor: "system", action: "assigned", to: owner, reason: decision.reason)
    ]
    return transition
  }

  private func summarize(_ lead: Lead) async throws -> Lead? {
    guard let routed = lead.routed else { return nil }
    let enriched = routed.scored.enriched
    let found = await recall.result(runner.recallStage, enriched.facts)
    let stage = SummarizeStage(desk: runner.languageDesk(dependencies.policy()))
    let result = await stage(routed, similar: found.similar, subject: lead.identity)
    // What was cut short is no answer, here too.
    try Task.checkCancellation()
    var transition = Transition(lead)
    transition.lead.progress = .summarized(result.lead)
    transition.lead.warn([found.warning, result.warning])
    return try await store(transition)
  }

  private func deliver(_ lead: Lead) async throws -> Lead? {
    guard let path = lead.path else { return nil }
    let stage = DeliverStage(
      policy: dependencies.policy(), hasChat: dependencies.chat != nil, hasCRM: dependencies.crm != nil)
    var transition = stage(lead, path: path, now: dependencies.now())
    transition.lead.progress = .delivered(summarized(lead))
    transition.timers += LateFacts.timers(for: transition.lead, now: dependencies.now())
    let stored = try await store(transition, finishing: true)
    if stored != nil {
      Counter(label: "baton_leads_total", dimensions: [("path", path.rawValue)]).increment()
    }
    return stored
  }

  /// Paths without a summary stage are delivered with none.
  private func summarized(_ lead: Lead) -> SummarizedLead {
    if let summarized = lead.summarized { return summarized }
    let routed = lead.routed ?? lead.scored.map { RoutedLead(scored: $0, routing: nil) }
    guard let routed else { preconditionFailure("deliver follows score in Stage.following") }
    return SummarizedLead(routed: routed, summary: [], similar: [])
  }

  private func store(_ transition: Transition, finishing: Bool = false) async throws -> Lead? {
    var change = Committer.Change(transition)
    if finishing { change.finishedMessages = [message.id] }
    let stored = try await runner.committer.commit(change)
    if stored != nil { runner.announce(transition) }
    return stored
  }
}

extension Lead {
  /// Each remark once.
  fileprivate mutating func warn(_ remarks: [String?]) {
    for remark in remarks.compactMap(\.self) where !warnings.contains(remark) { warnings.append(remark) }
  }
}

extension Duration {
  var inNanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
