import Foundation
import RevOps
import VendorAPI

/// Chat Completions of any OpenAI-compatible server behind the port of the language model.
public struct OpenAILanguageModel: Sendable {
  private let client: OpenAIClient
  private let model: String
  private let dialect = ServerDialect()
  private let standing: Standing
  private let sleep: @Sendable (Duration) async throws -> Void

  /// - Parameter sleep: how retries wait; tests don't.
  public static func make(
    client: OpenAIClient, model: String, prompts: @escaping @Sendable () -> Prompts,
    now: @escaping @Sendable () -> Date = { Date() },
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) -> LanguageModel {
    let service = OpenAILanguageModel(
      client: client, model: model, standing: Standing(now: now), sleep: sleep)
    return LanguageModel(
      name: model, prompts: prompts, ask: { await service.ask($0) }, trouble: { service.standing.trouble?.words })
  }

  private init(
    client: OpenAIClient, model: String, standing: Standing, sleep: @escaping @Sendable (Duration) async throws -> Void
  ) {
    self.client = client
    self.model = model
    self.standing = standing
    self.sleep = sleep
  }

  /// What was cut off gets this many times the room: reasoning counts against the cap too.
  private static let repairCap = 4

  /// At most one repair: a larger cap for what was cut off, a second try for what was not in shape.
  private func ask(_ question: LanguageModel.Question) async -> Result<JSONValue, LanguageModel.Failure> {
    let deadline = ContinuousClock.now + question.budget
    var request = ChatRequest(
      model: model, prompt: question.prompt, lead: question.lead, maxTokens: question.prompt.maxOutputTokens,
      identifier: client.identifier(of: question.subject), extra: question.extra)
    do throws(LanguageModel.Failure) {
      let first = try await answer(request, question, deadline)
      guard let failure = first.failure else { return .success(first.value) }
      switch failure {
      case .truncated: request.maxTokens *= Self.repairCap
      case .invalid: request.repair = Self.repair(first)
      default: throw failure
      }
      let second = try await answer(request, question, deadline)
      return second.failure.map { .failure($0) } ?? .success(second.value)
    } catch {
      return .failure(error)
    }
  }

  private struct Answer {
    var value = JSONValue.null
    var text = ""
    /// Why it is no use, and for a repair what is wrong with it.
    var failure: LanguageModel.Failure?
    var complaint = ""
  }

  private func answer(
    _ request: ChatRequest, _ question: LanguageModel.Question, _ deadline: ContinuousClock.Instant
  ) async throws(LanguageModel.Failure) -> Answer {
    let reply = try await reply(to: request, question, deadline)
    question.spent(reply.spending)
    switch reply.ending {
    case .truncated: return Answer(failure: .truncated)
    case .filtered: return Answer(failure: .filtered)
    case .refused: return Answer(failure: .declined)
    case .unreadable: return Answer(failure: .invalid, complaint: "there was no text")
    case .text(let text): return Self.read(text, question)
    }
  }

  /// The whole text must be one JSON value: nothing is cut out of it, nothing is mended.
  private static func read(_ text: String, _ question: LanguageModel.Question) -> Answer {
    let value: JSONValue
    do { value = try JSONValue.parse(text.utf8) } catch {
      return Answer(text: text, failure: .invalid, complaint: "it is not one JSON value and nothing else")
    }
    let complaint = question.prompt.schema.complaint(about: value) ?? question.complaint(value)
    return Answer(value: value, text: text, failure: complaint == nil ? nil : .invalid, complaint: complaint ?? "")
  }

  private static func repair(_ answer: Answer) -> [ChatRequest.Turn] {
    let said = ChatRequest.Turn(role: "assistant", content: String(answer.text.prefix(2_000)))
    let wrong =
      "Your answer could not be used: \(answer.complaint). Answer again with JSON that fits the schema and "
      + "with nothing else."
    return (answer.text.isEmpty ? [] : [said]) + [ChatRequest.Turn(role: "user", content: wrong)]
  }

  // MARK: One answer, whatever it takes

  /// Tries again what failed in passing, as long as there is time, and in the server's dialect once it is known.
  private func reply(
    to request: ChatRequest, _ question: LanguageModel.Question, _ deadline: ContinuousClock.Instant
  ) async throws(LanguageModel.Failure) -> ChatReply {
    var failures = 0
    while true {
      try await permit(question, deadline)
      let words = dialect.words
      question.spent(LanguageUse.Spending(calls: 1))
      do throws(OpenAIRefusal) {
        let body = try await client.post(
          "chat.completions", ["chat", "completions"], request.body(words), timeout: deadline - .now)
        standing.clear()
        return ChatReply(body)
      } catch {
        if dialect.learn(from: error, used: words) { continue }
        failures += 1
        standing.note(error)
        guard failures <= Self.mostRetries, let wait = Self.wait(error.error.retry, failures) else {
          throw Self.failure(error, deadline)
        }
        try await pause(wait, deadline, or: error)
      }
    }
  }

  private func permit(
    _ question: LanguageModel.Question, _ deadline: ContinuousClock.Instant
  ) async throws(LanguageModel.Failure) {
    if let trouble = standing.trouble { throw trouble }
    guard ContinuousClock.now < deadline, !Task.isCancelled else { throw .timedOut }
    guard await question.mayCall() else { throw .dailyLimit }
  }

  private static let mostRetries = 2
  private static let backoff = Backoff(base: .milliseconds(500), cap: .seconds(8))

  private static func wait(_ retry: VendorError.Retry, _ failures: Int) -> Duration? {
    var random = SystemRandomNumberGenerator()
    return switch retry {
    case .now: backoff.delay(afterFailures: failures, using: &random)
    case .later(let wait): wait
    case .never: nil
    }
  }

  private static func failure(_ refusal: OpenAIRefusal, _ deadline: ContinuousClock.Instant) -> LanguageModel.Failure {
    ContinuousClock.now >= deadline ? .timedOut : refusal.failure
  }

  /// Waits no longer than there is time: who would have to is told at once.
  private func pause(
    _ wait: Duration, _ deadline: ContinuousClock.Instant, or refusal: OpenAIRefusal
  ) async throws(LanguageModel.Failure) {
    guard ContinuousClock.now + wait < deadline else {
      // The next lead has time of its own, unless the service itself asked for the wait.
      if case .later = refusal.error.retry { standing.rest(for: wait) }
      throw Self.failure(refusal, deadline)
    }
    do { try await sleep(wait) } catch { throw .timedOut }
  }
}
