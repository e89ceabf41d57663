import Foundation
import RevOps

extension ChatDelivery {
  /// In the card's thread, as long as the clock runs. Where the thread is gone, its owner is told directly.
  func reminder(
    _ text: String, _ clock: DeskClock, _ pending: PendingEffect, _ lead: Lead
  ) async throws(ServiceError) -> EffectResult {
    guard let card = lead.desk.card else { return .withoutCard }
    guard lead.runs(clock), lead.desk.clock?.escalatedAt == nil else { return .outdated }
    let key = pending.effect.key
    do throws(ServiceError) {
      if pending.outcomeUnknown, try await chat.findLine(key, card, since(pending)) != nil { return EffectResult() }
      _ = try await chat.remind(text, clock, lead, key)
      return EffectResult()
    } catch {
      guard error.isLostMessage else { throw error }
      let entry = refused(card.channel, error)
      guard let owner = clock.owner else {
        return EffectResult(history: [entry], completion: .superseded, reason: "the card's thread is gone")
      }
      return try await direct(text, to: owner, key, lead, after: [entry])
    }
  }

  /// A channel that refuses it is named in the lead's history; for a person somebody else is told.
  func notice(
    _ notice: Notice, _ pending: PendingEffect, _ lead: Lead
  ) async throws(ServiceError) -> EffectResult {
    guard notice.holds(for: lead) else { return .outdated }
    var refusals: [HistoryEntry] = []
    var last = ServiceError.nobody
    for place in places(for: notice, of: lead) {
      do {
        let message = try await said(notice, at: place, pending, lead)
        return EffectResult(fold: { $0.desk.notifications.append(message) }, history: refusals)
      } catch  where error.isUndeliverable {
        last = error
        refusals.append(refused(Self.name(of: place), error))
      }
    }
    throw last
  }

  private func said(
    _ notice: Notice, at place: Notice.Place, _ pending: PendingEffect, _ lead: Lead
  ) async throws(ServiceError) -> PostedMessage {
    let key = pending.effect.key
    if pending.outcomeUnknown, let found = try await chat.findNotice(key, place, since(pending)) { return found }
    var notice = notice
    notice.to = place
    return try await chat.notify(notice, lead, key)
  }

  /// A word for the owner alone is nobody else's.
  private func places(for notice: Notice, of lead: Lead) -> [Notice.Place] {
    guard case .person(let email) = notice.to, notice.whileOwner == nil else { return [notice.to] }
    return CardPlace.recipients(insteadOf: email, of: lead, policy: policy).map { .person($0) }
  }

  private static func name(of place: Notice.Place) -> String {
    switch place {
    case .person(let name), .channel(let name): name
    }
  }

  private func since(_ pending: PendingEffect) -> Date { pending.effect.createdAt.addingTimeInterval(-60) }
}
