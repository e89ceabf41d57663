import Foundation
import RevOps
import SlackAPI
import VendorAPI

extension SlackHandlers {
  func click(_ actions: BlockActions) async -> DeskReply {
    guard let action = actions.actions.first else { return .empty }
    guard let button = CardAction.button(of: action.actionID) else { return await use(action, actions) }
    guard let lead = action.value.flatMap({ LeadID($0) }) else {
      return note("Baton can't read this button. Look the lead up with `/lead`.", on: actions)
    }
    if let modal = DeskModal(button) {
      return DeskReply(afterwards: { await open(modal, lead, actions) })
    }
    guard let change = Self.immediate(button) else { return .empty }
    do {
      try await store(
        change, on: lead, key: Self.key(of: action, actions), user: actions.context.userID,
        reply: Self.reply(to: actions))
      return .empty
    } catch {
      ports.desk.report(storage: error)
      return note("\(Self.cannotStore)", on: actions)
    }
  }

  private static func immediate(_ button: DeskButton) -> DeskCommand.Action? {
    switch button {
    case .claim: .claim
    case .release: .release(reason: nil)
    case .reachedOut: .reachedOut
    case .snooze: .snooze
    case .undo: .undo
    case .qualify: .qualify
    case .reassign, .nurture, .logOutcome, .why, .disqualify: nil
    }
  }

  private static func key(of action: BlockAction, _ actions: BlockActions) -> String {
    let time = action.actionTS ?? actions.context.triggerID ?? ""
    return "slack/\(actions.context.userID)/\(time)/\(action.actionID.rawValue)"
  }

  private static func reply(to actions: BlockActions) -> ReplyAddress {
    ReplyAddress(
      responseURL: actions.responseURL?.address, channel: actions.channelID, user: actions.context.userID,
      thread: actions.isInThread ? actions.threadTS?.rawValue : nil)
  }

  // MARK: Modals

  /// Opens at once with what the store knows: the trigger is good for three seconds.
  private func open(_ modal: DeskModal, _ id: LeadID, _ actions: BlockActions) async {
    do {
      guard let lead = try await lead(id) else { return await tell("Baton no longer has this lead.", actions) }
      let person = try await ports.directory.person(actions.context.userID)
      if let refusal = refusal(of: modal, to: DeskActor(person), on: lead) { return await tell(refusal, actions) }
      guard let trigger = actions.context.triggerID else { return }
      let subject = ModalSubject(lead: lead.id, channel: actions.channelID, ts: actions.messageTS?.rawValue)
      let view = try await view(modal, lead, subject, asking: false)
      let opened = try await ports.client.openView(view, trigger: trigger)
      await fill(opened, view, modal, lead, subject)
    } catch let error as VendorError {
      ports.report(ServiceError(error))
      await tell("Slack didn't open the form in time. Press the button again.", actions)
    } catch let error as ServiceError {
      ports.report(error)
      await tell("Slack didn't tell Baton who you are. Press the button again.", actions)
    } catch {
      await tell("Baton can't read its store now. Press the button again in a moment.", actions)
    }
  }

  /// Names that were not known when the form had to open follow.
  private func fill(
    _ opened: IncomingView, _ shown: View, _ modal: DeskModal, _ lead: Lead, _ subject: ModalSubject
  ) async {
    guard let id = opened.id, let named = try? await view(modal, lead, subject, asking: true), named != shown else {
      return
    }
    do throws(VendorError) { _ = try await ports.client.updateView(.id(id), to: named, hash: opened.hash) } catch {
      // Closed or sent off meanwhile, which is normal: the form was complete without names.
      if error.retry != .never { ports.report(ServiceError(error)) }
    }
  }

  /// - Parameter asking: whether Slack is asked for names; otherwise they come from memory.
  private func view(
    _ modal: DeskModal, _ lead: Lead, _ subject: ModalSubject, asking: Bool
  ) async throws(StorageError) -> View {
    switch modal {
    case .reassign:
      return ReassignModal.view(lead, choices: try await choices(for: lead, asking: asking), subject: subject)
    case .nurture: return NurtureModal.view(lead, policy: ports.policy(), now: ports.now(), subject: subject)
    case .outcome: return OutcomeModal.view(lead, subject: subject)
    case .disqualify: return DisqualifyModal.view(lead, subject: subject)
    case .why:
      let explanation = LeadExplanation(lead, policy: try await decider(of: lead))
      return WhyModal.view(
        lead, explanation: await explanation.named(by: ports.directory, asking: asking), subject: subject)
    }
  }

  /// Why the form makes no sense: they may not, or the lead is past it. The submission is judged again.
  private func refusal(of modal: DeskModal, to actor: DeskActor, on lead: Lead) -> String? {
    let policy = ports.policy()
    let sample: DeskCommand.Action
    switch modal {
    case .reassign: sample = .reassign(to: "", reason: nil)
    case .nurture: sample = .nurture(reason: nil, revisitAt: nil)
    case .disqualify: sample = .disqualify(reason: nil)
    // Another outcome than the one that is logged, which the form would change.
    case .outcome: sample = .logOutcome(Outcome(result: lead.desk.outcome?.result == .won ? .lost : .won))
    case .why: return Permissions.refusal(of: .lookUp, to: actor, on: lead, policy: policy)
    }
    let decision = DeskRules.decide(sample, by: actor, on: lead, policy: policy, now: ports.now())
    return decision.changed ? nil : decision.answer
  }

  // MARK: Private answers

  private func note(_ text: Mrkdwn, on actions: BlockActions) -> DeskReply {
    DeskReply(afterwards: { await tell(text, actions) })
  }

  func tell(_ text: String, _ actions: BlockActions) async {
    await tell(Mrkdwn(await ports.directory.named(text, asking: true)), actions)
  }

  func tell(_ text: Mrkdwn, _ actions: BlockActions) async {
    var message = Message(text: text)
    // Windows and the Home tab have no place for a note.
    guard let url = actions.responseURL else { return await tellDirectly(message, to: actions.context.userID) }
    if actions.isInThread { message.threadTS = actions.threadTS }
    await tell(message, at: url)
  }
}
