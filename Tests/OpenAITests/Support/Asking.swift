import Foundation
import RevOps
import Synchronization
import VendorAPI

@testable import OpenAI

/// One question about a lead, and what came of it.
struct Asking {
  struct Outcome {
    var result: Result<JSONValue, LanguageModel.Failure>
    var use: LanguageUse
    var waits: [Duration]

    var failure: LanguageModel.Failure? { if case .failure(let failure) = result { failure } else { nil } }
    var value: JSONValue? { try? result.get() }
  }

  static let right = #"{"score":0.8,"reasons":[]}"#

  let server: any HTTPTransport
  let model: LanguageModel
  private let waits: Waits

  init(_ server: any HTTPTransport, now: @escaping @Sendable () -> Date = { Date(timeIntervalSince1970: 0) }) {
    let waits = Waits()
    self.server = server
    self.waits = waits
    let client = OpenAIClient(
      transport: server, baseURL: "https://llm.test/v1", apiKey: "sk-test-key", limiter: RateLimiter(rates: [:]))
    model = OpenAILanguageModel.make(
      client: client, model: "m-1", prompts: { Self.prompts }, now: now, sleep: { waits.add($0) })
  }

  func ask(
    budget: Duration = .seconds(6), extra: [String: JSONValue] = [:], mayCall: @escaping @Sendable () -> Bool = { true }
  ) async -> Outcome {
    let use = Mutex(LanguageUse(model: "m-1", promptVersion: "v"))
    let result = await model.ask(
      LanguageModel.Question(
        prompt: Self.prompts.scoring, lead: #"{"lead":{"employees":850}}"#, subject: "ada@acme.example", extra: extra,
        budget: budget, complaint: { ScoreOpinion.complaint(about: $0) }, mayCall: { mayCall() },
        spent: { spending in use.withLock { $0.add(spending) } }))
    return Outcome(result: result, use: use.withLock { $0 }, waits: waits.all)
  }

  static let prompts = Prompts(scoring: scoring, summary: scoring)

  private static let schema: JSONValue = .object([
    "type": .string("object"), "additionalProperties": .bool(false),
    "required": .array([.string("score"), .string("reasons")]),
    "properties": .object([
      "score": .object(["type": .string("number")]),
      "reasons": .object(["type": .string("array"), "items": .object(["type": .string("string")])]),
    ]),
  ])

  private static let scoring: Prompt = {
    guard let schema = try? JSONSchema(schema) else { preconditionFailure("the schema above is a right one") }
    return Prompt(
      name: "lead_score", version: "0123456789abcdef", temperature: ExactDecimal(0), maxOutputTokens: 400,
      maxLeadTokens: 1_500, schema: schema, system: "You judge. Answer with JSON.", user: { "Judge:\n" + $0 })
  }()
}

/// How long was to be waited; nobody waits.
private final class Waits: Sendable {
  private let state = Mutex<[Duration]>([])
  var all: [Duration] { state.withLock { $0 } }
  func add(_ wait: Duration) { state.withLock { $0.append(wait) } }
}
