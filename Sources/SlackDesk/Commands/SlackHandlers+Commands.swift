import Foundation
import RevOps
import SlackAPI
import VendorAPI

extension SlackHandlers {
  /// `/lead TEXT`. Answered in the response itself; what takes longer than `patience` follows by the `response_url`.
  public func command(_ command: SlashCommand) async -> DeskReply {
    guard await isOurs(team: command.teamID, enterprise: command.enterpriseID) else { return .empty }
    let work = Task { await answer(command) }
    if let message = await Self.first(of: work, within: patience) {
      return DeskReply(body: CommandReply.ephemeral(message).json)
    }
    return DeskReply(afterwards: { await follow(work, command) })
  }

  private func follow(_ work: Task<Message, Never>, _ command: SlashCommand) async {
    guard let url = command.responseURL else { return }
    do throws(VendorError) { try await ports.client.respond(.note(await work.value), to: url) } catch {
      ports.report(ServiceError(error))
    }
  }

  /// Nil when the work takes longer; it goes on.
  private static func first(of work: Task<Message, Never>, within patience: Duration) async -> Message? {
    let (stream, answers) = AsyncStream.makeStream(of: Message.self)
    let timer = Task {
      // Cancelled when the answer came first.
      try? await Task.sleep(for: patience)
      answers.finish()
    }
    Task { answers.yield(await work.value) }
    defer { timer.cancel() }
    for await message in stream { return message }
    return nil
  }

  // MARK: Answers

  func answer(_ command: SlashCommand) async -> Message {
    do {
      let person = try await ports.directory.person(command.userID)
      let policy = ports.policy()
      if let refusal = Permissions.refusal(of: .lookUp, to: DeskActor(person), on: nil, policy: policy) {
        return Message(text: Mrkdwn(refusal))
      }
      return try await answer(LeadRequest(command.plainText), person)
    } catch let error as ServiceError {
      ports.report(error)
      return Message(text: "Slack didn't tell Baton who you are. Try again in a moment.")
    } catch {
      return Message(text: "Baton can't read its store now. Try again in a moment.")
    }
  }

  private func answer(_ request: LeadRequest, _ person: ChatPerson) async throws(StorageError) -> Message {
    switch request {
    case .help: return HelpText.message()
    case .unavailable(let word): return HelpText.message("`/lead \(word)` is not part of this version.")
    case .mine: return try await mine(person)
    case .queue: return try await queue()
    case .why(let text): return try await why(text)
    case .search(let text): return try await search(text)
    }
  }

  private func mine(_ person: ChatPerson) async throws(StorageError) -> Message {
    guard let email = person.email else { return Message(text: "Your Slack profile shows no e-mail address.") }
    let open: Set<LeadState> = [.delivered, .claimed, .worked]
    let leads = try await ports.leads.leads(LeadQuery(owner: email, limit: 100)).leads.filter {
      open.contains($0.state)
    }
    guard !leads.isEmpty else { return Message(text: "You have no open leads.") }
    return await list(leads.count == 1 ? "Your open lead" : "Your \(leads.count) open leads", leads)
  }

  private func queue() async throws(StorageError) -> Message {
    let review = try await ports.leads.leads(LeadQuery(state: .inReview, limit: 50)).leads
    let unclaimed = try await ports.leads.leads(LeadQuery(state: .delivered, limit: 100)).leads
      .filter { $0.desk.owner == nil }
    guard !(review + unclaimed).isEmpty else { return Message(text: "Nothing waits: no lead to review or to claim.") }
    return await list("\(review.count) to review, \(unclaimed.count) to claim", review + unclaimed)
  }

  private func why(_ text: String) async throws(StorageError) -> Message {
    guard !text.isEmpty else { return HelpText.message("Which lead? Give its id or the e-mail address.") }
    guard let lead = try await LeadSearch(leads: ports.leads).first(text) else {
      return Message(text: "No lead found for \(text, max: 200).")
    }
    let title: Mrkdwn = "*\(LeadTitle(lead).both, max: 300)*"
    let explanation = LeadExplanation(lead, policy: try await decider(of: lead))
    let blocks = await explanation.named(by: ports.directory, asking: true).blocks(limit: 2_500, blocks: 8)
    return Message(text: "Why \(LeadTitle(lead).both, max: 300)", blocks: [.text(title)] + blocks).fitted()
  }

  private func search(_ text: String) async throws(StorageError) -> Message {
    let found = try await LeadSearch(leads: ports.leads).all(text)
    guard found.isEmpty else {
      return await list(
        found.count == 1 ? "1 lead for \(text, max: 100)" : "\(found.count) leads for \(text, max: 100)", found)
    }
    let nothing: Mrkdwn = "No lead found for \(text, max: 100)."
    guard let close = LeadRequest.closest(to: text) else { return HelpText.message(nothing) }
    return HelpText.message("\(nothing) Did you mean \(Mrkdwn.code("/lead " + close))?")
  }

  private func list(_ title: Mrkdwn, _ leads: [Lead]) async -> Message {
    LeadList(
      title: title, leads: leads, people: await knownPeople(on: leads.prefix(LeadList.shown)),
      workspace: await ports.directory.knownIdentity()?.url, policy: ports.policy(), now: ports.now()
    ).message
  }

  /// Names from memory: a list is not worth a call for each owner.
  private func knownPeople(on leads: ArraySlice<Lead>) async -> CardPeople {
    var people = CardPeople()
    for email in Set(leads.flatMap(CardPeople.named)) {
      guard let name = await ports.directory.knownName(email: email) else { continue }
      people.known[email] = ChatPerson(
        id: "", email: email, name: name, isFullMember: true, isDeactivated: false, timezone: nil)
    }
    return people
  }
}
