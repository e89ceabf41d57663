import Foundation
import RevOps

/// Carries out one effect on the lead as it stands, looking first where it may have happened before.
struct EffectPerformer: Sendable {
  let chat: Chat?
  let crm: CRM?
  let memory: Remembrance
  let policy: Policy
  let now: @Sendable () -> Date
  /// Stores what one step of a longer effect achieved, so that a repeat goes on after it.
  let remember: @Sendable (CRMRecord) async throws(StorageError) -> Void

  enum Failure: Error {
    case service(ServiceError)
    case storage(StorageError)
  }

  func perform(_ pending: PendingEffect, on lead: Lead) async throws(Failure) -> EffectResult {
    switch pending.effect.body {
    case .card: return try await card(pending, lead)
    case .retireCard(let message): return try await retire(message, lead)
    case .threadLine(let text, let mention): return try await line(text, mention, pending, lead)
    case .answer(let reply, let text): return try await answer(text, reply, pending)
    case .direct(let email, let text): return try await direct(text, email, pending)
    case .crmRecord: return try await record(lead)
    case .crmNote(let marker, let text): return try await note(marker, text, pending, lead)
    case .crmTask(let marker, let subject, let due): return try await task(marker, subject, due, pending, lead)
    case .crmList: return try await list(lead)
    case .remember(let outcome, let reason):
      let at = pending.effect.createdAt
      do { try await memory.write(outcome, reason: reason, of: lead, at: at) } catch { throw .storage(error) }
      return EffectResult()
    }
  }

  // MARK: Chat

  private func card(_ pending: PendingEffect, _ lead: Lead) async throws(Failure) -> EffectResult {
    let chat = try requireChat()
    if let live = lead.desk.card, !movesAway(lead, from: live) {
      return try await edit(live, lead, chat)
    }
    if pending.outcomeUnknown, let found = try await lostCard(pending, lead, chat) { return posted(found) }
    return try await post(lead, chat)
  }

  /// A triage card is replaced by a card in the team's channel once the lead is qualified.
  private func movesAway(_ lead: Lead, from live: PostedMessage) -> Bool {
    live.kind == .triage && [.delivered, .claimed, .worked].contains(lead.state)
      && policy.playbook.notify.triageChannel != nil
  }

  private func edit(_ live: PostedMessage, _ lead: Lead, _ chat: Chat) async throws(Failure) -> EffectResult {
    let context = context(lead)
    try await attempt { () async throws(ServiceError) in try await chat.updateCard(context, live) }
    var result = EffectResult()
    result.drawnVersion = lead.version
    return result
  }

  private func lostCard(_ pending: PendingEffect, _ lead: Lead, _ chat: Chat) async throws(Failure) -> PostedMessage? {
    let since = pending.effect.createdAt.addingTimeInterval(-60)
    for case .channel(let channel) in CardPlace.candidates(lead, policy: policy) {
      do {
        if let found = try await chat.findCard(lead.id, channel, since), found != lead.desk.card { return found }
      } catch  where CardPlace.isUndeliverable(error) {
        continue
      } catch {
        throw .service(error)
      }
    }
    return nil
  }

  private func post(_ lead: Lead, _ chat: Chat) async throws(Failure) -> EffectResult {
    let mention = lead.desk.owner != nil && (lead.desk.startsAt ?? .distantPast) <= now()
    var refusals: [HistoryEntry] = []
    var last = ServiceError(service: "chat", code: "no_channel", detail: "no channel is configured", retry: .never)
    for place in CardPlace.candidates(lead, policy: policy) {
      do {
        var result = posted(try await post(lead, at: place, mention, chat), drawn: lead.version, mentioning: mention)
        result.history = refusals + result.history
        return result
      } catch  where CardPlace.isUndeliverable(error) {
        last = error
        refusals.append(undeliverable(place, error))
      } catch {
        throw .service(error)
      }
    }
    throw .service(last)
  }

  private func post(
    _ lead: Lead, at place: CardPlace, _ mention: Bool, _ chat: Chat
  ) async throws(ServiceError) -> PostedMessage {
    switch place {
    case .channel(let channel):
      return try await chat.postCard(context(lead), channel, mention)
    case .direct(let email):
      guard let person = try await chat.personByEmail(email) else {
        throw ServiceError(service: "chat", code: "user_not_found", detail: "no such person", retry: .never)
      }
      return try await chat.postCard(context(lead), person.id, false)
    }
  }

  private func undeliverable(_ place: CardPlace, _ error: ServiceError) -> HistoryEntry {
    let name: String =
      switch place {
      case .channel(let name): name;
      case .direct(let email): email
      }
    return HistoryEntry(
      at: now(), actor: "system", action: "undeliverable", from: name, reason: error.code ?? error.detail)
  }

  /// - Parameter drawn: the version that the card shows; nil: it was found, and nobody knows what it was drawn from, so
  ///   that edits which wait are still needed.
  private func posted(_ message: PostedMessage, drawn: Int? = nil, mentioning: Bool = false) -> EffectResult {
    let at = now()
    var result = EffectResult()
    result.drawnVersion = drawn
    result.history = [HistoryEntry(at: at, actor: "system", action: "card_posted", to: message.channel)]
    result.fold = { lead in
      lead.desk.card = message
      if !lead.desk.notifications.contains(message) { lead.desk.notifications.append(message) }
      lead.desk.deliveredAt = lead.desk.deliveredAt ?? at
      // The shift had begun before the card could be posted: its mention was this one.
      if mentioning, let start = lead.desk.startsAt, start <= at { lead.desk.startsAt = nil }
    }
    return result
  }

  private func retire(_ message: PostedMessage, _ lead: Lead) async throws(Failure) -> EffectResult {
    let chat = try requireChat()
    guard lead.desk.card != message else { return EffectResult() }
    let context = context(lead)
    try await attempt { () async throws(ServiceError) in try await chat.retireCard(context, message) }
    return EffectResult()
  }

  private func line(
    _ text: String, _ mention: String?, _ pending: PendingEffect, _ lead: Lead
  ) async throws(Failure) -> EffectResult {
    let chat = try requireChat()
    guard let card = lead.desk.card else {
      return EffectResult(completion: .superseded, reason: "the lead has no card")
    }
    let key = pending.effect.key
    if pending.outcomeUnknown {
      let since = pending.effect.createdAt.addingTimeInterval(-60)
      let found = try await attempt { () async throws(ServiceError) in try await chat.findLine(key, card, since) }
      if found != nil { return EffectResult() }
    }
    _ = try await attempt { () async throws(ServiceError) in try await chat.postLine(text, mention, card, key) }
    return EffectResult()
  }

  /// Nobody waits longer than Slack keeps the address open: 30 minutes (Slack, "Handling user interaction").
  private func answer(_ text: String, _ reply: ReplyAddress, _ pending: PendingEffect) async throws(Failure)
    -> EffectResult
  {
    let chat = try requireChat()
    if now().timeIntervalSince(pending.effect.createdAt) > 30 * 60 {
      return EffectResult(completion: .superseded, reason: "too late to answer")
    }
    try await attempt { () async throws(ServiceError) in try await chat.answer(text, reply) }
    return EffectResult()
  }

  private func direct(_ text: String, _ email: String, _ pending: PendingEffect) async throws(Failure)
    -> EffectResult
  {
    let chat = try requireChat()
    let message = try await attempt { () async throws(ServiceError) in
      try await chat.direct(text, email, pending.effect.key)
    }
    return EffectResult(fold: { $0.desk.notifications.append(message) })
  }

  // MARK: CRM

  /// Step by step; each step's result is stored before the next begins.
  private func record(_ lead: Lead) async throws(Failure) -> EffectResult {
    let crm = try requireCRM()
    guard let write = CRMWriteBack.write(lead, policy: policy) else { return EffectResult() }
    var record = lead.desk.crm
    var done: Set<CRMStep> = []
    // A step may do what a later one would have had to: what is left is asked anew each time.
    while let step = CRMWriteBack.steps(lead, record, write: write).first(where: { !done.contains($0) }) {
      let before = record
      record = try await attempt { () async throws(ServiceError) in try await crm.perform(step, write, before) }
      if step == .owner { record.ownerWritten = write.owner }
      if step == .status { record.statusWritten = write.statusWord }
      done.insert(step)
      do { try await remember(record) } catch { throw .storage(error) }
    }
    return EffectResult()
  }

  private func note(_ marker: String, _ text: String, _ pending: PendingEffect, _ lead: Lead) async throws(Failure)
    -> EffectResult
  {
    let crm = try requireCRM()
    let record = try requireContact(lead)
    if record.notes[marker] != nil { return EffectResult() }
    let look = pending.outcomeUnknown
    let id = try await attempt { () async throws(ServiceError) in
      try await crm.addNote(marker, text, record, pending.effect.createdAt, look)
    }
    return EffectResult(fold: { $0.desk.crm.notes[marker] = id })
  }

  private func task(
    _ marker: String, _ subject: String, _ due: Date, _ pending: PendingEffect, _ lead: Lead
  ) async throws(Failure) -> EffectResult {
    let crm = try requireCRM()
    let record = try requireContact(lead)
    if record.tasks[marker] != nil { return EffectResult() }
    let look = pending.outcomeUnknown
    let id = try await attempt { () async throws(ServiceError) in
      try await crm.addTask(marker, subject, due, lead.desk.owner, record, look)
    }
    return EffectResult(fold: { $0.desk.crm.tasks[marker] = id })
  }

  private func list(_ lead: Lead) async throws(Failure) -> EffectResult {
    let crm = try requireCRM()
    let record = try requireContact(lead)
    guard let list = policy.playbook.nurture.hubspotList else { return EffectResult() }
    try await attempt { () async throws(ServiceError) in try await crm.addToList(list, record) }
    return EffectResult()
  }

  // MARK: Pieces

  private func context(_ lead: Lead) -> CardContext {
    let contact = lead.desk.crm.contactID ?? lead.facts?.crm.contactID
    return CardContext(
      lead: lead, policy: policy, now: now(), crmURL: contact.flatMap { id in crm?.recordURL(id) })
  }

  private func requireChat() throws(Failure) -> Chat {
    guard let chat else { throw .service(.notConfigured("slack")) }
    return chat
  }

  private func requireCRM() throws(Failure) -> CRM {
    guard let crm else { throw .service(.notConfigured("hubspot")) }
    return crm
  }

  private func requireContact(_ lead: Lead) throws(Failure) -> CRMRecord {
    guard lead.desk.crm.contactID != nil else {
      throw .service(
        ServiceError(
          service: "hubspot", code: "no_contact", detail: "the contact has not been written", retry: .never))
    }
    return lead.desk.crm
  }

  private func attempt<Value>(_ call: () async throws(ServiceError) -> Value) async throws(Failure) -> Value {
    do { return try await call() } catch { throw .service(error) }
  }
}

extension ServiceError {
  /// The service was configured when the effect was decided and is not now: the effect waits for it.
  static func notConfigured(_ service: String) -> ServiceError {
    ServiceError(
      service: service, code: "not_configured", detail: "\(service) is not configured", retry: .later(.seconds(60)))
  }
}
