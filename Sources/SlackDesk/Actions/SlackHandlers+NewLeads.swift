import Foundation
import RevOps
import SlackAPI
import VendorAPI

/// Somebody asked for the form of a new lead.
struct NewLeadOpening: Sendable {
  var draft: LeadDraft
  var user: String
  var trigger: String?
  var responseURL: ResponseURL?
}

extension SlackHandlers {
  /// Opens at once: the trigger is good for three seconds.
  func open(_ opening: NewLeadOpening) async {
    do {
      let person = try await ports.directory.person(opening.user)
      if let refusal = Permissions.refusal(ofNewLeadTo: DeskActor(person)) {
        return await say(Mrkdwn(refusal), opening)
      }
      guard let trigger = opening.trigger else { return }
      _ = try await ports.client.openView(NewLeadModal.view(opening.draft), trigger: trigger)
    } catch let error as ServiceError {
      ports.report(error)
      await say("Slack didn't tell Baton who you are. Try again in a moment.", opening)
    } catch {
      if let error = error as? VendorError { ports.report(ServiceError(error)) }
      await say("Slack didn't open the form in time. Try again.", opening)
    }
  }

  private func say(_ text: Mrkdwn, _ opening: NewLeadOpening) async {
    if let url = opening.responseURL { return await tell(Message(text: text), at: url) }
    await tellDirectly(Message(text: text), to: opening.user)
  }

  /// A message shortcut: the fields that the message names are filled in, for correction.
  func shortcut(_ shortcut: MessageShortcut) -> DeskReply {
    guard shortcut.callbackID == NewLeadModal.messageShortcut else { return .empty }
    let opening = NewLeadOpening(
      draft: shortcut.message.map { LeadDraft(message: $0) } ?? LeadDraft(), user: shortcut.context.userID,
      trigger: shortcut.context.triggerID, responseURL: shortcut.responseURL)
    return DeskReply(afterwards: { await open(opening) })
  }

  func shortcut(_ shortcut: GlobalShortcut) -> DeskReply {
    guard shortcut.callbackID == NewLeadModal.shortcut else { return .empty }
    let opening = NewLeadOpening(
      draft: LeadDraft(), user: shortcut.context.userID, trigger: shortcut.context.triggerID, responseURL: nil)
    return DeskReply(afterwards: { await open(opening) })
  }

  /// Stored durably, like a form's delivery, before the form says so.
  func submitNewLead(_ submission: ViewSubmission) async -> DeskReply {
    let user = submission.context.userID
    do throws(FormErrors) {
      let (payload, raw) = try NewLeadModal.payload(submission.view.state)
      if let refusal = Permissions.refusal(ofNewLeadTo: DeskActor(try await sender(user))) {
        throw FormErrors(NewLeadModal.block(.email), PlainText(refusal))
      }
      let key = "slack/\(user)/\(submission.view.id ?? submission.context.triggerID ?? "")"
      let lead = try await store(payload, raw, key: key)
      let name = payload.fullName ?? payload.company ?? payload.email
      return DeskReply(body: ViewSubmissionReply.update(NewLeadModal.stored(lead, name: name)).json)
    } catch {
      return DeskReply(body: ViewSubmissionReply.errors(error.errors).json)
    }
  }

  /// Nobody asks later who brought it in, as for a lead's own commands: so it is asked now, as long as the window waits.
  private func sender(_ user: String) async throws(FormErrors) -> ChatPerson {
    if let known = await ports.directory.knownPerson(user) { return known }
    let directory = ports.directory
    let asking = Task { () async -> ChatPerson? in try? await directory.person(user) }
    guard let person = await Self.first(of: asking, within: formPatience) ?? nil else {
      throw FormErrors(
        NewLeadModal.block(.email), "Slack didn't tell Baton who you are. Nothing was lost: send it again in a moment.")
    }
    return person
  }

  private func store(_ payload: LeadPayload, _ raw: JSONValue, key: String) async throws(FormErrors) -> LeadID {
    let now = ports.now()
    let identity = EmailAddress.identity(of: payload.email)
    var random = SystemRandomNumberGenerator()
    let id = LeadID(identity: identity, now: now, random: &random)
    let intake = Intake(channel: .slack, receivedAt: now, identity: identity, payload: payload, raw: raw)
    let message = InboxMessage(
      id: ULID.make(now: now, random: &random), leadID: id, body: .submission(intake), receivedAt: now)
    let delivery = Delivery(key: key, bodyHash: nil, keepFor: Self.remembered, message: message)
    do throws(StorageError) {
      switch try await ports.inbox.append(delivery, now: now) {
      case .appended:
        ports.wake(id.partition)
        return id
      case .duplicate(let first), .conflict(let first): return first
      }
    } catch {
      ports.desk.report(storage: error)
      throw FormErrors(NewLeadModal.block(.email), PlainText(Self.cannotStore))
    }
  }

  /// By a direct message: where there is no other place to answer at.
  func tellDirectly(_ message: Message, to user: String) async {
    do throws(VendorError) {
      let channel = try await ports.client.openDM(with: user)
      _ = try await ports.client.postMessage(message, to: channel)
    } catch {
      ports.report(ServiceError(error))
    }
  }
}
