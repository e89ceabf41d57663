import Foundation
import RevOps

/// Brings cards, lines and messages to people. What one place refuses goes to the next sensible one, and the lead's
/// history says so: nobody has to notice that a channel was archived for a lead to be seen.
struct ChatDelivery: Sendable {
  let chat: Chat
  let policy: Policy
  let now: @Sendable () -> Date
  /// The record's page in the CRM.
  let crmURL: @Sendable (Lead) -> String?

  // MARK: Cards

  /// Draws the live card anew, or posts one.
  func card(_ pending: PendingEffect, _ lead: Lead) async throws(ServiceError) -> EffectResult {
    if let live = lead.desk.card, !movesAway(lead, from: live) {
      do throws(ServiceError) {
        return try await edit(live, lead)
      } catch {
        guard error.isLostMessage else { throw error }
        return try await post(lead, after: [refused(live.channel, error)])
      }
    }
    if pending.outcomeUnknown, let found = try await lostCard(pending, lead) { return posted(found) }
    return try await post(lead)
  }

  /// A card that is not the live one any more becomes a line. Where it can't be edited it was deleted or its channel
  /// is closed: nobody is misled by it.
  func retire(_ message: PostedMessage, _ lead: Lead) async throws(ServiceError) -> EffectResult {
    guard lead.desk.card != message else { return EffectResult() }
    do {
      try await chat.retireCard(context(lead), message)
    } catch {
      guard error.isLostMessage else { throw error }
      return EffectResult(history: [refused(message.channel, error)])
    }
    return EffectResult()
  }

  /// A triage card is replaced by a card in the team's channel once the lead is qualified.
  private func movesAway(_ lead: Lead, from live: PostedMessage) -> Bool {
    live.kind == .triage && [.delivered, .claimed, .worked].contains(lead.state)
      && policy.playbook.notify.triageChannel != nil
  }

  private func edit(_ live: PostedMessage, _ lead: Lead) async throws(ServiceError) -> EffectResult {
    let reduced = try await chat.updateCard(context(lead), live)
    var result = EffectResult()
    result.drawnVersion = lead.version
    result.history = reduction(reduced, in: live.channel)
    return result
  }

  private func lostCard(_ pending: PendingEffect, _ lead: Lead) async throws(ServiceError) -> PostedMessage? {
    let since = pending.effect.createdAt.addingTimeInterval(-60)
    for case .channel(let channel) in CardPlace.candidates(lead, policy: policy) {
      do {
        if let found = try await chat.findCard(lead.id, channel, since), found != lead.desk.card { return found }
      } catch  where error.isUndeliverable {
        continue
      }
    }
    return nil
  }

  private func post(
    _ lead: Lead, after refusals: [HistoryEntry] = []
  ) async throws(ServiceError) -> EffectResult {
    let mention = lead.desk.owner != nil && (lead.desk.startsAt ?? .distantPast) <= now()
    var refusals = refusals
    var last = ServiceError(service: "chat", code: "no_channel", detail: "no channel is configured", retry: .never)
    for place in CardPlace.candidates(lead, policy: policy) {
      do {
        let card = try await post(lead, at: place, mention)
        var result = posted(card.message, drawn: lead.version, mentioning: mention)
        result.history = refusals + result.history + reduction(card.reduced, in: card.message.channel)
        return result
      } catch  where error.isUndeliverable {
        last = error
        refusals.append(refused(place.name, error))
      }
    }
    throw last
  }

  private func post(_ lead: Lead, at place: CardPlace, _ mention: Bool) async throws(ServiceError) -> PostedCard {
    switch place {
    case .channel(let channel):
      return try await chat.postCard(context(lead), channel, mention)
    case .direct(let email):
      guard let person = try await chat.personByEmail(email) else { throw .nobody }
      return try await chat.postCard(context(lead), person.id, false)
    }
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

  // MARK: Lines and messages

  /// A line in the card's thread. Where the thread is gone, whom it mentions is told directly; a line that mentions
  /// nobody stays in the lead's history alone.
  func line(
    _ text: String, _ mention: String?, _ pending: PendingEffect, _ lead: Lead
  ) async throws(ServiceError) -> EffectResult {
    guard let card = lead.desk.card else { return .withoutCard }
    let key = pending.effect.key
    do throws(ServiceError) {
      if pending.outcomeUnknown {
        let since = pending.effect.createdAt.addingTimeInterval(-60)
        if try await chat.findLine(key, card, since) != nil { return EffectResult() }
      }
      _ = try await chat.postLine(text, mention, card, key)
      return EffectResult()
    } catch {
      guard error.isLostMessage else { throw error }
      let entry = refused(card.channel, error)
      guard let mention else {
        return EffectResult(history: [entry], completion: .superseded, reason: "the card's thread is gone")
      }
      return try await direct(text, to: mention, key, lead, after: [entry])
    }
  }

  /// A message to one person; who can't be reached is stood in for by their manager, then by an admin.
  func direct(
    _ text: String, to email: String, _ key: String, _ lead: Lead, after refusals: [HistoryEntry] = []
  ) async throws(ServiceError) -> EffectResult {
    var refusals = refusals
    var last = ServiceError.nobody
    for person in CardPlace.recipients(insteadOf: email, of: lead, policy: policy) {
      do {
        let message = try await chat.direct(text, person, key)
        return EffectResult(fold: { $0.desk.notifications.append(message) }, history: refusals)
      } catch  where error.isUndeliverable {
        last = error
        refusals.append(refused(person, error))
      }
    }
    throw last
  }

  /// Nobody waits longer than Slack keeps the address open: 30 minutes (Slack, "Handling user interaction").
  func answer(_ text: String, _ reply: ReplyAddress, _ pending: PendingEffect) async throws(ServiceError)
    -> EffectResult
  {
    if now().timeIntervalSince(pending.effect.createdAt) > 30 * 60 {
      return EffectResult(completion: .superseded, reason: "too late to answer")
    }
    do {
      try await chat.answer(text, reply)
    } catch {
      // Who acted is no longer there to read it.
      guard error.isUndeliverable else { throw error }
      let entry = refused("the person who asked", error)
      return EffectResult(history: [entry], completion: .superseded, reason: "nobody to answer")
    }
    return EffectResult()
  }

  // MARK: Pieces

  private func context(_ lead: Lead) -> CardContext {
    CardContext(lead: lead, policy: policy, now: now(), crmURL: crmURL(lead))
  }

  func refused(_ place: String, _ error: ServiceError) -> HistoryEntry {
    HistoryEntry(
      at: now(), actor: "system", action: "undeliverable", from: place, reason: error.code ?? error.detail)
  }

  private func reduction(_ reason: String?, in channel: String) -> [HistoryEntry] {
    guard let reason else { return [] }
    return [HistoryEntry(at: now(), actor: "system", action: "card_reduced", to: channel, reason: reason)]
  }
}

extension ServiceError {
  static let nobody = ServiceError(
    service: "chat", code: "user_not_found", detail: "no such person", retry: .never)

  /// That place or person can't be written to, so that the next one is tried.
  var isUndeliverable: Bool {
    guard retry == .never, let code else { return false }
    return Self.closedPlaces.contains(code) || code.hasPrefix("restricted_action")
  }

  /// What was posted can't be changed or answered any more: it was deleted, or its channel is closed.
  var isLostMessage: Bool {
    guard retry == .never, let code else { return false }
    return isUndeliverable || Self.lostMessages.contains(code)
  }

  private static let closedPlaces: Set = [
    "channel_not_found", "not_in_channel", "is_archived", "user_not_found", "users_not_found", "user_disabled",
    "user_not_visible", "user_not_in_channel", "cannot_dm_bot", "messages_tab_disabled",
  ]
  private static let lostMessages: Set = [
    "message_not_found", "thread_not_found", "is_inactive", "cant_update_message", "edit_window_closed",
    "cannot_reply_to_message",
  ]
}
