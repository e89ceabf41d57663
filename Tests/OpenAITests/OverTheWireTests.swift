import Curl
import Foundation
import PolicyFiles
import RevOps
import Sandbox
import TestSupport
import Testing
import VendorAPI

@testable import OpenAI

/// Against the stand-in, which takes what the service would take, with the prompts that come with Baton.
@Suite(.timeLimit(.minutes(1))) struct OverTheWireTests {
  private func open(_ story: @Sendable (Sandbox, OpenAIClient) async throws -> Void) async throws {
    let sandbox = Sandbox()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await sandbox.run() }
      _ = await sandbox.started()
      try await story(sandbox, Self.client(sandbox, sandbox.configuration.openAIKey))
      group.cancelAll()
    }
  }

  private static func client(_ sandbox: Sandbox, _ key: String) -> OpenAIClient {
    OpenAIClient(
      transport: CurlClient(), baseURL: sandbox.baseURL + "/openai/v1", apiKey: key, limiter: RateLimiter(rates: [:]))
  }

  private static func prompts() throws -> Prompts {
    var root = URL(filePath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    return try PromptLoader(folder: root.appending(path: "prompts").path).load()
  }

  private static func ask(
    _ client: OpenAIClient, _ prompt: (Prompts) -> Prompt, model: String = Sandbox.Configuration.languageModel
  ) async throws -> Result<JSONValue, LanguageModel.Failure> {
    let prompts = try prompts()
    let language = OpenAILanguageModel.make(client: client, model: model, prompts: { prompts }, sleep: { _ in })
    let lead = LeadPayload(
      email: "ada@acme.example", company: "Acme Bank", title: "CTO", country: "Germany", employees: "850",
      industry: "Bank",
      message: "We need a forecast.", source: "demo")
    let facts = Normalizer.shared.normalize(payload: lead, enrichment: nil, crm: .notChecked)
    return await language.ask(
      LanguageModel.Question(
        prompt: prompt(prompts), lead: LeadBrief(facts).json.jsonText, subject: "ada@acme.example",
        budget: .seconds(20),
        complaint: { $0["score"] == nil ? nil : ScoreOpinion.complaint(about: $0) }
      ))
  }

  @Test func `both questions are taken as they are, answered in shape, and depart in nothing from the document`()
    async throws
  {
    try await open { sandbox, client in
      let score = try await Self.ask(client) { $0.scoring }
      #expect(try score.get()["score"]?.double ?? -1 > 0.5)
      let summary = try await Self.ask(client) { $0.summary }
      #expect(try summary.get()["lines"]?.array?.count ?? 0 >= 6)
      let document = try OpenAPIDocument(.openai)
      for question in sandbox.world.languageQuestions {
        let request = OpenAPIRequest(
          method: "POST", path: "/chat/completions", headers: [(name: "Content-Type", value: "application/json")],
          body: question.data)
        #expect(document.violations(of: request) == [])
      }
      #expect(sandbox.world.languageQuestions.count == 2)
    }
  }

  @Test(arguments: [
    ["json_schema"], ["json_schema", "json_object"], ["max_completion_tokens"],
    ["json_schema", "json_object", "max_completion_tokens", "store", "safety_identifier", "prompt_cache_key"],
  ])
  func `a server that knows less is asked in its own words`(missing: Set<String>) async throws {
    try await open { sandbox, client in
      sandbox.world.setUnknownToLanguageModel(missing)
      let score = try await Self.ask(client) { $0.scoring }
      #expect(try score.get()["score"]?.double ?? -1 > 0.5)
    }
  }

  @Test func `a wrong key, a model that is gone and a used up quota are told apart`() async throws {
    try await open { sandbox, client in
      let wrong = try await Self.ask(Self.client(sandbox, "sk-wrong-key")) { $0.scoring }
      #expect(wrong == .failure(.refused))
      let gone = try await Self.ask(client, { $0.scoring }, model: "gone-1")
      #expect(gone == .failure(.noSuchModel))
      sandbox.world.setLanguageQuota(isUsedUp: true)
      let spent = try await Self.ask(client) { $0.scoring }
      #expect(spent == .failure(.quota))
      #expect(sandbox.world.calls(.openai, "chat.completions").map(\.status) == [401, 404, 429])
    }
  }

  @Test(arguments: ScriptedAnswer.allCases)
  func `one answer that is none is made good by the next, or the lead goes on without`(answer: ScriptedAnswer)
    async throws
  {
    try await open { sandbox, client in
      sandbox.world.setLanguageMind(.scripted([answer]))
      let score = try await Self.ask(client) { $0.scoring }
      let isFinal = [.refusal, .contentFilter].contains(answer)
      if case .failure(let failure) = score {
        #expect(isFinal, "\(failure)")
      } else {
        #expect(!isFinal)
      }
      #expect(sandbox.world.languageQuestions.count == (isFinal || answer == .extraMembers ? 1 : 2))
    }
  }

  @Test func `models are listed with the day of their end, and texts become vectors`() async throws {
    try await open { sandbox, client in
      sandbox.world.setLanguageModels([
        (id: Sandbox.Configuration.embeddingModel, shutdown: nil), (id: "old-1", shutdown: "2027-01-14"),
      ])
      let models = try await OpenAIModels(client: client).all()
      #expect(models.map(\.id) == [Sandbox.Configuration.embeddingModel, "old-1"])
      #expect(models.map(\.shutdownDate) == [nil, "2027-01-14"])
      let embedding = OpenAIEmbeddings.make(
        client: client, model: Sandbox.Configuration.embeddingModel, dimensions: 256)
      let vectors = try await embedding.vectors(["a bank in Berlin", "a bank in Bonn", "organic vegetables"])
      func product(_ left: [Float], _ right: [Float]) -> Float { zip(left, right).map { $0 * $1 }.reduce(0, +) }
      #expect(vectors.allSatisfy { $0.count == 256 && abs(product($0, $0) - 1) < 0.001 })
      #expect(product(vectors[0], vectors[1]) > product(vectors[0], vectors[2]) + 0.3)
    }
  }
}
