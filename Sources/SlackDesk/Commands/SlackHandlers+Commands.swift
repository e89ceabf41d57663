import Foundation
import RevOps
import SlackAPI
import VendorAPI

/// The answer to a command, and what may follow when a service has said more.
struct CommandAnswer: Sendable {
  var message: Message
  var more: (@Sendable () async -> Message?)?

  init(_ message: Message, more: (@Sendable () async -> Message?)? = nil) {
    self.message = message
    self.more = more
  }

  init(_ text: Mrkdwn) { self.init(Message(text: text)) }
}

/// Who asks for what, as it was typed.
struct Question: Sendable {
  var request: LeadRequest
  /// With people as tokens.
  var wire: String
  var person: ChatPerson
  /// The same for every delivery of one act.
  var key: String

  var actor: DeskActor { DeskActor(person) }
}

extension SlackHandlers {
  /// `/lead TEXT`. Answered in the response itself; what takes longer than `patience` follows by the `response_url`.
  public func command(_ command: SlashCommand) async -> DeskReply {
    guard await isOurs(team: command.teamID, enterprise: command.enterpriseID) else { return .empty }
    if case .new(let text) = LeadRequest(command.plainText) {
      let opening = NewLeadOpening(
        draft: LeadDraft(typed: text), user: command.userID, trigger: command.triggerID,
        responseURL: command.responseURL)
      return DeskReply(afterwards: { await open(opening) })
    }
    let work = Task { () async -> CommandAnswer in
      await answer(command.text, user: command.userID, key: command.triggerID ?? "")
    }
    guard let answer = await Self.first(of: work, within: patience) else {
      return DeskReply(afterwards: { await follow(await work.value, command, isLate: true) })
    }
    var reply = DeskReply(body: CommandReply.ephemeral(answer.message).json)
    if answer.more != nil { reply.afterwards = { await follow(answer, command, isLate: false) } }
    return reply
  }

  private func follow(_ answer: CommandAnswer, _ command: SlashCommand, isLate: Bool) async {
    guard let url = command.responseURL else { return }
    if isLate { await tell(answer.message, at: url) }
    if let more = await answer.more?() { await tell(more, at: url) }
  }

  func tell(_ message: Message, at url: ResponseURL) async {
    do throws(VendorError) { try await ports.client.respond(.note(message), to: url) } catch {
      ports.report(ServiceError(error))
    }
  }

  /// Nil when the work takes longer; it goes on.
  static func first<Value: Sendable>(of work: Task<Value, Never>, within patience: Duration) async -> Value? {
    let (stream, answers) = AsyncStream.makeStream(of: Value.self)
    let timer = Task {
      // Cancelled when the answer came first.
      try? await Task.sleep(for: patience)
      answers.finish()
    }
    Task { answers.yield(await work.value) }
    defer { timer.cancel() }
    for await value in stream { return value }
    return nil
  }

  // MARK: Answers

  /// - Parameter wire: as Slack sent it, with people as tokens.
  func answer(_ wire: String, user: String, key: String) async -> CommandAnswer {
    do {
      let question = Question(
        request: LeadRequest(SlackToken.plainText(wire)), wire: wire, person: try await ports.directory.person(user),
        key: key)
      if let refusal = refusal(of: question) { return CommandAnswer(Mrkdwn(await named(refusal))) }
      return try await answer(question)
    } catch let error as ServiceError {
      ports.report(error)
      return CommandAnswer("Slack didn't tell Baton who you are. Try again in a moment.")
    } catch {
      return CommandAnswer("Baton can't read its store now. Try again in a moment.")
    }
  }

  func named(_ text: String) async -> String { await ports.directory.named(text, asking: false) }

  /// What changes nothing needs the right to look; the rest is asked for by what it does.
  private func refusal(of question: Question) -> String? {
    switch question.request {
    case .help, .new, .away, .back, .cap: Permissions.refusal(ofNewLeadTo: question.actor)
    default: Permissions.refusal(of: .lookUp, to: question.actor, on: nil, policy: ports.policy())
    }
  }

  private func answer(_ question: Question) async throws(StorageError) -> CommandAnswer {
    switch question.request {
    case .help: return CommandAnswer(HelpText.message())
    case .mine: return CommandAnswer(try await listing(LeadListing(.mine), question.person))
    case .queue: return CommandAnswer(try await listing(LeadListing(.queue), question.person))
    case .why(let text): return CommandAnswer(try await why(text, question.person))
    case .new: return CommandAnswer(NewLeadModal.offer)
    case .stats(let text): return CommandAnswer(try await stats(text, question.person))
    case .away(let text): return CommandAnswer(try await away(text, question))
    case .back: return CommandAnswer(try await back(question))
    case .cap(let text): return CommandAnswer(try await cap(text, question))
    case .retry(let text): return CommandAnswer(try await retry(text, question))
    case .search(let text): return try await search(text, question.person)
    }
  }

  private func why(_ text: String, _ person: ChatPerson) async throws(StorageError) -> Message {
    guard !text.isEmpty else { return HelpText.message("Which lead? Give its id or the e-mail address.") }
    guard let lead = visible(try await finder.all(text), to: person).first else {
      return Message(text: "No lead found for \(text, max: 200).")
    }
    let title: Mrkdwn = "*\(LeadTitle(lead).both, max: 300)*"
    let explanation = LeadExplanation(lead, policy: try await decider(of: lead))
    let blocks = await explanation.named(by: ports.directory, asking: true).blocks(limit: 2_500, blocks: 8)
    return Message(text: "Why \(LeadTitle(lead).both, max: 300)", blocks: [.text(title)] + blocks).fitted()
  }

  private func retry(_ text: String, _ question: Question) async throws(StorageError) -> Message {
    guard !text.isEmpty else { return HelpText.message("Which lead? Give its id or the e-mail address.") }
    guard let lead = visible(try await finder.all(text), to: question.person).first else {
      return Message(text: "No lead found for \(text, max: 200).")
    }
    if let refusal = Permissions.refusal(of: .retry, to: question.actor, on: lead, policy: ports.policy()) {
      return Message(text: Mrkdwn(await named(refusal)))
    }
    guard lead.state == .parked || !lead.errors.isEmpty else {
      return Message(text: "Nothing has failed on *\(LeadTitle(lead).both, max: 300)*: there is nothing to go on with.")
    }
    try await store(.retry, on: lead.id, key: "slack/\(question.key)", user: question.person.id, reply: nil)
    return Message(text: "Baton goes on with what failed on *\(LeadTitle(lead).both, max: 300)*.")
  }
}
