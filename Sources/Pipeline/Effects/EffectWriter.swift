import Foundation
import RevOps

/// Names the effects of one lead's decision. A key says what the effect is, so that deciding it twice makes it once.
struct EffectWriter: Sendable {
  let lead: Lead
  let policy: Policy
  let hasChat: Bool
  let hasCRM: Bool
  let now: Date

  /// The live card shows the lead as it is now.
  func card() -> [Effect] { hasChat ? [effect("card", .card, target: "card")] : [] }

  /// The same for a change that is no new decision.
  func card(after change: String) -> [Effect] {
    hasChat && hasLiveCard ? [effect("card/\(change)", .card, target: "card")] : []
  }

  /// What a repeated submission brings: the card drawn anew, a line that asks the owner to look, a note.
  func touch(_ arrival: LeadID, line text: String, note: String, mention: String?) -> [Effect] {
    var effects: [Effect] = []
    if hasChat, hasLiveCard {
      effects.append(effect("card/\(arrival)", .card, target: "card"))
      effects.append(
        effect("touch/\(arrival)", .threadLine(text: text, mention: mention), target: "thread", after: ["card"]))
    }
    if hasCRM { effects.append(self.note("touch/\(arrival)", note)) }
    return effects
  }

  /// The same card, now with a link to the CRM's record.
  func linkedCard() -> [Effect] { hasChat ? [effect("card/crm", .card, target: "card")] : [] }

  /// What services said late: the card drawn anew, the CRM's record with it, and a word in the thread if there is one.
  func lateFacts(_ number: Int, line: String?) -> [Effect] {
    var effects = hasCRM ? [effect("crm/facts/\(number)", .crmRecord, target: "crm")] : []
    guard hasChat, hasLiveCard, !lead.intake.bulk else { return effects }
    effects.append(effect("card/facts/\(number)", .card, target: "card"))
    if let line {
      let body = Effect.Body.threadLine(text: line, mention: nil)
      effects.append(effect("facts/\(number)", body, target: "thread", after: ["card"]))
    }
    return effects
  }

  func retire(_ message: PostedMessage) -> [Effect] {
    guard hasChat else { return [] }
    return [
      effect("retire/\(message.channel)/\(message.timestamp)", .retireCard(message), target: "retire", after: ["card"])
    ]
  }

  /// Waits for the first card: its thread is where the line goes.
  func line(_ text: String, mention: String?) -> [Effect] {
    guard hasChat, hasLiveCard else { return [] }
    return [effect("line", .threadLine(text: text, mention: mention), target: "thread", after: ["card"])]
  }

  func shiftStartLine(_ text: String, owner: String) -> [Effect] {
    guard hasChat, hasLiveCard else { return [] }
    return [effect("shift", .threadLine(text: text, mention: owner), target: "thread", after: ["card"])]
  }

  /// Asks whose clock it is to act.
  func reminder(_ text: String, _ clock: DeskClock) -> [Effect] {
    guard hasChat, hasLiveCard else { return [] }
    return [
      effect("reminder/\(mark(clock))", .reminder(text: text, clock: clock), target: "thread", after: ["card"])
    ]
  }

  /// What the thread keeps of a clock that ran out.
  func line(_ text: String, mention: String?, about clock: DeskClock) -> [Effect] {
    guard hasChat, hasLiveCard else { return [] }
    let body = Effect.Body.threadLine(text: text, mention: mention)
    return [effect("late/\(mark(clock))", body, target: "thread", after: ["card"])]
  }

  /// Said once under that name, whatever is decided later.
  func notice(_ name: String, _ notice: Notice) -> [Effect] {
    guard hasChat else { return [] }
    var effect = effect("notice", .notice(notice), target: "notice/\(name)", after: ["card"])
    effect.key = "\(lead.id)/notice/\(name)"
    return [effect]
  }

  /// For an owner who wants a word beside the mention: never a second card.
  func ownerNote(_ owner: String) -> [Effect] {
    guard policy.playbook.notify.ownerDM, !lead.intake.bulk else { return [] }
    let notice = Notice(to: .person(owner), text: "this lead is yours.", whileOwner: owner)
    return self.notice("owner/\(owner)/\(lead.desk.decision)", notice)
  }

  /// Once for each lead, where the playbook names a channel for it.
  func highPriorityNote() -> [Effect] {
    let notify = policy.playbook.notify
    guard let channel = notify.highPriorityChannel, !lead.intake.bulk, let score = lead.scored?.score.score,
      score >= notify.highPriorityMinScore
    else { return [] }
    return notice("high_priority", Notice(to: .channel(channel), text: "high priority, score \(score)."))
  }

  private func mark(_ clock: DeskClock) -> String {
    "\(clock.kind.rawValue)/\(Int(clock.since.timeIntervalSince1970))"
  }

  func answer(_ text: String, to reply: ReplyAddress, message: String) -> [Effect] {
    guard hasChat else { return [] }
    return [effect("answer/\(message)", .answer(reply, text: text), target: "answer/\(message)")]
  }

  func crmRecord() -> [Effect] { hasCRM ? [effect("crm", .crmRecord, target: "crm")] : [] }

  func arrivalNote() -> [Effect] {
    guard hasCRM, let summarized = lead.summarized else { return [] }
    let text = ArrivalNote.text(lead, summary: summarized.summary, policy: policy)
    return [note("arrival", text)]
  }

  func note(_ name: String, _ text: String) -> Effect {
    effect("note/\(name)", .crmNote(marker: marker(name), text: text), target: "notes", after: ["crm"])
  }

  func nurtureTask() -> [Effect] {
    guard hasCRM, policy.playbook.nurture.task else { return [] }
    let task = nurtureTaskWords
    let body = Effect.Body.crmTask(marker: task.marker, subject: task.subject, due: task.due)
    return [effect("task/nurture", body, target: "notes", after: ["crm"])]
  }

  /// Mails go out in somebody's name: only where a person has sent the lead to nurture, and never to who opted out.
  func nurtureSequence() -> [Effect] {
    guard hasCRM, let sequence = policy.playbook.nurture.sequence, lead.facts?.crm.optedOut != true else { return [] }
    let task = nurtureTaskWords
    let body = Effect.Body.crmSequence(
      sequence: sequence, marker: task.marker, subject: task.subject, due: task.due)
    // In line with the task that may stand in for it.
    return [effect("sequence", body, target: "notes", after: ["crm"])]
  }

  private var nurtureTaskWords: (marker: String, subject: String, due: Date) {
    let due = lead.desk.revisitAt ?? now.addingTimeInterval(TimeInterval(policy.playbook.nurture.revisitAfter))
    let who = lead.facts?.normalized.fullName ?? lead.facts?.normalized.company ?? "this lead"
    return (marker("nurture"), "Look again at \(who)", due)
  }

  /// Somebody who opted out is on no list: the task alone remains.
  func nurtureList() -> [Effect] {
    guard hasCRM, policy.playbook.nurture.hubspotList != nil, lead.facts?.crm.optedOut != true else { return [] }
    return [effect("list", .crmList, target: "list", after: ["crm"])]
  }

  func remember(outcome: String, reason: String?) -> Effect {
    effect("memory/\(outcome)", .remember(outcome: outcome, reason: reason), target: Self.memoryTarget)
  }

  static let memoryTarget = "memory"

  /// What memory has kept, for an index that has not been told yet.
  func tell(_ memory: AccountMemory, to index: String) -> Effect {
    effect("memory/\(index)", .remember(outcome: memory.outcome, reason: memory.reason), target: Self.memoryTarget)
  }

  func timer(_ kind: LeadTimer.Kind, due: Date) -> LeadTimer { LeadTimer(kind, of: lead.id, due: due) }

  private var hasLiveCard: Bool { lead.desk.card != nil || lead.desk.deliveredAt == nil }

  private func marker(_ name: String) -> String { "\(lead.id)/\(name)/\(lead.desk.decision)" }

  private func effect(_ name: String, _ body: Effect.Body, target: String, after: [String] = []) -> Effect {
    Effect(
      key: key(name), leadID: lead.id, body: body, target: target, sequence: lead.version + 1,
      waitsFor: after.map(key), createdAt: now)
  }

  private func key(_ name: String) -> String { "\(lead.id)/\(name)/\(lead.desk.decision)" }
}

extension LeadTimer {
  /// A lead has one timer of a kind.
  init(_ kind: Kind, of lead: LeadID, due: Date) {
    self.init(key: "\(lead)/\(kind.rawValue)", leadID: lead, kind: kind, due: due)
  }
}
