import Foundation
import RevOps
import SlackAPI
import VendorAPI

extension SlackHandlers {
  /// What is used beside a lead's own buttons. Names that this version doesn't know, and links, need no more than the 200.
  func use(_ action: BlockAction, _ actions: BlockActions) async -> DeskReply {
    switch action.actionID {
    case LeadListing.turn, LeadListing.turnBack:
      guard let listing = LeadListing(value: action.value) else { return .empty }
      return DeskReply(afterwards: { await turn(to: listing, actions) })
    case NewLeadModal.button:
      let opening = NewLeadOpening(
        draft: LeadDraft(), user: actions.context.userID, trigger: actions.context.triggerID,
        responseURL: actions.responseURL)
      return DeskReply(afterwards: { await open(opening) })
    case HomeAction.away: return DeskReply(afterwards: { await open(.away, of: action.value, actions) })
    case HomeAction.capacity: return DeskReply(afterwards: { await open(.capacity, of: action.value, actions) })
    case HomeAction.back: return DeskReply(afterwards: { await comeBack(action.value, actions) })
    case HomeAction.find: return DeskReply(afterwards: { await show(action.value, actions) })
    default: return .empty
    }
  }

  // MARK: Availability

  private func comeBack(_ member: String?, _ actions: BlockActions) async {
    await acting(actions) { person in
      let actor = DeskActor(person)
      guard let member = member ?? person.email else { return }
      if let refusal = refusal(ofAvailabilityOf: member, to: actor) { return await tell(refusal, actions) }
      _ = try await setBack(member, by: actor)
    }
  }

  private func open(_ form: RepForm, of member: String?, _ actions: BlockActions) async {
    await acting(actions) { person in
      let actor = DeskActor(person)
      guard let member = member ?? person.email, let trigger = actions.context.triggerID else { return }
      if let refusal = refusal(ofAvailabilityOf: member, to: actor) { return await tell(refusal, actions) }
      let status = try await Roster.read(from: ports.documents)[member]
      let limit = status?.capacityOverride ?? ports.policy().routing.capacity(of: member)
      let view = form.view(member: member, name: await named(member), isSelf: member == person.email, limit: limit)
      _ = try await ports.client.openView(view, trigger: trigger)
    }
  }

  func submit(_ form: RepForm, _ submission: ViewSubmission) async -> DeskReply {
    do {
      let person = try await ports.directory.person(submission.context.userID)
      guard let member = submission.view.privateMetadata ?? person.email else { return .empty }
      let actor = DeskActor(person)
      if let refusal = refusal(ofAvailabilityOf: member, to: actor) {
        throw FormErrors(RepForm.input, PlainText(refusal))
      }
      let typed = submission.view.state.text(RepForm.input, RepForm.action) ?? ""
      switch form {
      case .away: _ = try await setAway(member, until: try until(typed, member, person), by: actor)
      case .capacity: _ = try await setCapacity(member, to: try Self.count(typed), by: actor)
      }
      return .empty
    } catch let error as FormErrors {
      return DeskReply(body: ViewSubmissionReply.errors(error.errors).json)
    } catch {
      let sorry = FormErrors(RepForm.input, PlainText(Self.cannotStore))
      return DeskReply(body: ViewSubmissionReply.errors(sorry.errors).json)
    }
  }

  private func until(_ typed: String, _ member: String, _ person: ChatPerson) throws(FormErrors) -> Date? {
    switch reader(for: member, person).read(typed) {
    case .open: return nil
    case .moment(let date): return date
    case .impossible: throw FormErrors(RepForm.input, "That is past, or further away than anybody plans.")
    case .unreadable: throw FormErrors(RepForm.input, "Write it as friday, tomorrow 13:00, 24 Dec or 2h.")
    }
  }

  private static func count(_ typed: String) throws(FormErrors) -> Int? {
    let text = SlackText.singleLine(typed)
    if text.isEmpty { return nil }
    guard let count = Int(text), (0...mostLeads).contains(count) else {
      throw FormErrors(RepForm.input, "Write a number from 0 to 1000.")
    }
    return count
  }

  // MARK: One lead

  private func show(_ value: String?, _ actions: BlockActions) async {
    guard let id = value.flatMap({ LeadID($0) }) else { return }
    await acting(actions) { person in
      guard let trigger = actions.context.triggerID else { return }
      guard let lead = try await lead(id) else {
        return await tell("Baton no longer has this lead." as String, actions)
      }
      if let refusal = Permissions.refusal(of: .lookUp, to: DeskActor(person), on: lead, policy: ports.policy()) {
        return await tell(refusal, actions)
      }
      let view = View(
        .modal(View.Modal(title: "Lead", close: "Close")), blocks: try await sheet(of: lead).blocks)
      _ = try await ports.client.openView(view, trigger: trigger)
    }
  }

  /// Tells the person where Slack or the store is in the way.
  private func acting(_ actions: BlockActions, _ work: (ChatPerson) async throws -> Void) async {
    do {
      try await work(try await ports.directory.person(actions.context.userID))
    } catch let error as VendorError {
      ports.report(ServiceError(error))
      await tell("Slack didn't open the form in time. Try again." as Mrkdwn, actions)
    } catch let error as ServiceError {
      ports.report(error)
      await tell("Slack didn't tell Baton who you are. Try again." as Mrkdwn, actions)
    } catch {
      await tell("Baton can't reach its store now. Nothing was changed: try again in a moment." as Mrkdwn, actions)
    }
  }
}
