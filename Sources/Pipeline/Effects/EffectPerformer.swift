import Foundation
import RevOps

/// Carries out one effect on the lead as it stands, looking first where it may have happened before.
struct EffectPerformer: Sendable {
  let chat: Chat?
  let crm: CRM?
  let memory: PastAccounts
  let policy: Policy
  let now: @Sendable () -> Date
  /// Stores what one step of a longer effect achieved, so that a repeat goes on after it.
  let remember: @Sendable (CRMRecord) async throws(StorageError) -> Void
  /// Adds a lead to a channel's list of those that are too old for a card.
  let list: @Sendable (LeadID, _ channel: String) async throws(StorageError) -> Void

  enum Failure: Error {
    case service(ServiceError)
    case storage(StorageError)
  }

  func perform(_ pending: PendingEffect, on lead: Lead) async throws(Failure) -> EffectResult {
    switch pending.effect.body {
    case .card:
      if let channel = CardPlace.list(for: lead, since: pending.effect.createdAt, policy: policy, now: now()) {
        return try await tell(of: lead, channel)
      }
      return try await deliver { chat async throws(ServiceError) in try await chat.card(pending, lead) }
    case .retireCard(let message):
      return try await deliver { chat async throws(ServiceError) in try await chat.retire(message, lead) }
    case .threadLine(let text, let mention):
      return try await deliver { chat async throws(ServiceError) in try await chat.line(text, mention, pending, lead) }
    case .answer(let reply, let text):
      return try await deliver { chat async throws(ServiceError) in try await chat.answer(text, reply, pending) }
    case .direct(let email, let text):
      return try await deliver { chat async throws(ServiceError) in
        try await chat.direct(text, to: email, pending.effect.key, lead)
      }
    case .reminder(let text, let clock):
      return try await deliver { chat async throws(ServiceError) in try await chat.reminder(text, clock, pending, lead)
      }
    case .notice(let notice):
      return try await deliver { chat async throws(ServiceError) in try await chat.notice(notice, pending, lead) }
    case .crmRecord: return try await record(lead)
    case .crmNote(let marker, let text): return try await note(marker, text, pending, lead)
    case .crmTask(let marker, let subject, let due): return try await task(marker, subject, due, pending, lead)
    case .crmList: return try await list(lead)
    case .crmSequence(let sequence, let marker, let subject, let due):
      return try await self.sequence(sequence, or: (marker, subject, due), pending, lead)
    case .remember(let outcome, let reason):
      let at = pending.effect.createdAt
      do { try await memory.write(outcome, reason: reason, of: lead, at: at) } catch {
        switch error {
        case .service(let error): throw .service(error)
        case .storage(let error): throw .storage(error)
        }
      }
      return EffectResult()
    }
  }

  // MARK: Slack

  /// From here on it is one of those that come in bulk: in digests and lists, without a card and its clock.
  private func tell(of lead: Lead, _ channel: String) async throws(Failure) -> EffectResult {
    do { try await list(lead.id, channel) } catch { throw .storage(error) }
    let at = now()
    let entry = HistoryEntry(
      at: at, actor: "system", action: "listed", to: channel, reason: "too old for a card of its own")
    return EffectResult(
      fold: { lead in
        lead.intake.bulk = true
        lead.desk.deliveredAt = at
      }, history: [entry], completion: .superseded, reason: "it is told of in a list", drawnVersion: lead.version)
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
    if lead.desk.crm.notes[marker] != nil { return EffectResult() }
    let look = pending.outcomeUnknown
    let id = try await onContact(of: lead) { crm, record async throws(ServiceError) in
      try await crm.addNote(marker, text, record, pending.effect.createdAt, look)
    }
    return EffectResult(fold: { $0.desk.crm.notes[marker] = id })
  }

  private func task(
    _ marker: String, _ subject: String, _ due: Date, _ pending: PendingEffect, _ lead: Lead
  ) async throws(Failure) -> EffectResult {
    if lead.desk.crm.tasks[marker] != nil { return EffectResult() }
    let look = pending.outcomeUnknown
    let id = try await onContact(of: lead) { crm, record async throws(ServiceError) in
      try await crm.addTask(marker, subject, due, lead.desk.owner, record, look)
    }
    return EffectResult(fold: { $0.desk.crm.tasks[marker] = id })
  }

  private func list(_ lead: Lead) async throws(Failure) -> EffectResult {
    guard let list = policy.playbook.nurture.hubspotList else { return EffectResult() }
    try await onContact(of: lead) { crm, record async throws(ServiceError) in try await crm.addToList(list, record) }
    return EffectResult()
  }

  /// A contact that was merged into another or deleted since is found anew by its address, once.
  private func onContact<Value>(
    of lead: Lead, _ act: (CRM, CRMRecord) async throws(ServiceError) -> Value
  ) async throws(Failure) -> Value {
    let crm = try requireCRM()
    let record = try requireContact(lead)
    guard let write = CRMWriteBack.write(lead, policy: policy) else {
      return try await attempt { () async throws(ServiceError) in try await act(crm, record) }
    }
    do { return try await act(crm, record) } catch {
      guard error.code == "OBJECT_NOT_FOUND" else { throw .service(error) }
    }
    let found = try await attempt { () async throws(ServiceError) in try await crm.perform(.contact, write, record) }
    do { try await remember(found) } catch { throw .storage(error) }
    return try await attempt { () async throws(ServiceError) in try await act(crm, found) }
  }

  /// What HubSpot refuses here it refuses for good (no seat, no inbox, no consent): somebody writes by hand instead.
  private func sequence(
    _ sequence: String, or task: (marker: String, subject: String, due: Date), _ pending: PendingEffect, _ lead: Lead
  ) async throws(Failure) -> EffectResult {
    let crm = try requireCRM()
    let record = try requireContact(lead)
    do throws(ServiceError) {
      try await crm.enroll(sequence, lead.desk.owner, record)
      return EffectResult()
    } catch {
      guard error.retry == .never else { throw .service(error) }
      var result = try await self.task(task.marker, task.subject, task.due, pending, lead)
      result.history.append(
        HistoryEntry(at: now(), actor: "system", action: "sequence_refused", reason: error.code ?? error.detail))
      return result
    }
  }

  // MARK: Pieces

  private func deliver(
    _ act: (ChatDelivery) async throws(ServiceError) -> EffectResult
  ) async throws(Failure) -> EffectResult {
    guard let chat else { throw .service(.notConfigured("slack")) }
    let delivery = ChatDelivery(chat: chat, policy: policy, now: now) { lead in
      let contact = lead.desk.crm.contactID ?? lead.facts?.crm.contactID
      return contact.flatMap { id in crm?.recordURL(id) }
    }
    return try await attempt { () async throws(ServiceError) in try await act(delivery) }
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
