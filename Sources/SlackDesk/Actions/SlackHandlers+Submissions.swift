import Foundation
import RevOps
import SlackAPI

extension SlackHandlers {
  /// Checked for what can be told at once (input, permission, whether it is still possible), then stored.
  func submit(_ submission: ViewSubmission) async -> DeskReply {
    if submission.view.callbackID == NewLeadModal.callback { return await submitNewLead(submission) }
    if let form = RepForm(submission.view.callbackID) { return await submit(form, submission) }
    guard let modal = DeskModal(submission.view.callbackID), modal != .why,
      let subject = ModalSubject(metadata: submission.view.privateMetadata)
    else { return .empty }
    do throws(FormErrors) {
      let action = try await action(modal, submission, subject)
      try await check(action, modal, submission, subject)
      try await store(action, modal, submission, subject)
      return .empty
    } catch {
      return DeskReply(body: ViewSubmissionReply.errors(error.errors).json)
    }
  }

  private func action(
    _ modal: DeskModal, _ submission: ViewSubmission, _ subject: ModalSubject
  ) async throws(FormErrors) -> DeskCommand.Action {
    let state = submission.view.state
    switch modal {
    case .reassign:
      let owner = try await owner(ReassignModal.target(state))
      return .reassign(to: owner, reason: ReasonInput.reason(state))
    case .nurture:
      let person = await ports.directory.knownPerson(submission.context.userID)
      let zone = person?.timezone.flatMap { TimeZone(identifier: $0) }
      return try NurtureModal.action(state, zone: zone, now: ports.now())
    case .outcome: return try OutcomeModal.action(state)
    case .disqualify, .why: return DisqualifyModal.action(state)
    }
  }

  /// The address of whom the form names. Somebody of the whole workspace must be a full member with an address.
  private func owner(_ target: ReassignModal.Target) async throws(FormErrors) -> String {
    switch target {
    case .email(let email):
      let members = ports.policy().routing.teams.flatMap(\.members)
      guard members.contains(where: { $0.email == email }) else {
        throw FormErrors(ReassignModal.member, "That person is no longer in a team.")
      }
      return email
    case .user(let id):
      let person: ChatPerson
      do { person = try await ports.directory.person(id) } catch {
        throw FormErrors(ReassignModal.person, "Slack doesn't answer now. Try again in a moment.")
      }
      guard let email = person.email, person.isFullMember, !person.isDeactivated else {
        throw FormErrors(ReassignModal.person, "Choose a full member of this workspace.")
      }
      return email
    }
  }

  /// Only what is known now can be refused now; where Slack or the store doesn't answer, the lead's turn decides.
  private func check(
    _ action: DeskCommand.Action, _ modal: DeskModal, _ submission: ViewSubmission, _ subject: ModalSubject
  ) async throws(FormErrors) {
    guard let person = await ports.directory.knownPerson(submission.context.userID) else { return }
    let found: Lead?
    do { found = try await lead(subject.lead) } catch { return }
    guard let lead = found else { throw FormErrors(modal.errorBlock, "Baton no longer has this lead.") }
    let decision = DeskRules.decide(
      action, by: DeskActor(person), on: lead, policy: ports.policy(), now: ports.now())
    guard decision.changed else {
      let answer = await ports.directory.named(decision.answer ?? "That is no longer possible.", asking: false)
      throw FormErrors(modal.errorBlock, PlainText(answer))
    }
  }

  private func store(
    _ action: DeskCommand.Action, _ modal: DeskModal, _ submission: ViewSubmission, _ subject: ModalSubject
  ) async throws(FormErrors) {
    let user = submission.context.userID
    let view = submission.view.id ?? submission.context.triggerID ?? ""
    let reply = ReplyAddress(responseURL: nil, channel: subject.channel, user: user)
    do throws(StorageError) {
      try await store(action, on: subject.lead, key: "slack/\(user)/\(view)", user: user, reply: reply)
    } catch {
      ports.desk.report(storage: error)
      throw FormErrors(modal.errorBlock, PlainText(Self.cannotStore))
    }
  }
}
