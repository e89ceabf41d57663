import Foundation
import OpenAI
import PolicyFiles
import RevOps
import VendorAPI

/// The language model's server: key, the models that are named, and how long they will be there.
struct OpenAIExamination: Sendable {
  let models: OpenAIModels
  let embedding: Embedding?
  let settings: OpenAISettings
  let today: Date
  /// A model that goes within this time is worth a word.
  private static let notice: TimeInterval = 90 * 86_400

  func findings() async -> [Finding] {
    let models = models
    do throws(VendorError) {
      let offered = try await Patience.call { () async throws(VendorError) in
        try await VendorError.translating { () async throws(ServiceError) in try await models.all() }
      }
      return [Finding("openai", "key", .ok, "accepted, \(offered.count) models offered")]
        + named.map { finding($0.check, $0.variable, $0.model, offered) } + absent + (await vectors())
    } catch {
      guard [404, 405, 501].contains(error.status) else { return [Self.failed("key", error)] }
      return [
        Finding(
          "openai", "key", .warning, "the server does not list its models: key and names show with the first lead")
      ] + absent + (await vectors())
    }
  }

  private var named: [(check: String, variable: String, model: String)] {
    [("model", "OPENAI_MODEL", settings.model), ("embedding", "OPENAI_EMBEDDING_MODEL", settings.embeddingModel)]
      .compactMap { check, variable, model in model.map { (check, variable, $0) } }
  }

  private var absent: [Finding] {
    var findings: [Finding] = []
    if settings.model == nil {
      findings.append(
        Finding(
          "openai", "model", .off, "OPENAI_MODEL is not set: the rules score alone, summaries are made by template"))
    }
    if settings.embeddingModel == nil {
      findings.append(
        Finding("openai", "embedding", .off, "OPENAI_EMBEDDING_MODEL is not set: vectors are worked out here"))
    }
    return findings
  }

  private func finding(
    _ check: String, _ variable: String, _ name: String, _ offered: [OpenAIModels.Model]
  ) -> Finding {
    guard let model = offered.first(where: { $0.id == name }) else {
      return Finding(
        "openai", check, .failing, "the service offers no model \(name) to this key",
        remedy: "set \(variable) to one that it does offer")
    }
    guard let date = model.shutdownDate, isNear(date) else {
      return Finding("openai", check, .ok, "\(name) is offered")
    }
    return Finding(
      "openai", check, .warning, "\(name) is shut down on \(date)",
      remedy: "set \(variable) to another model before that")
  }

  /// A day that can't be read is told rather than passed over.
  private func isNear(_ date: String) -> Bool {
    guard let day = try? Date(date + "T00:00:00Z", strategy: .iso8601) else { return true }
    return day < today.addingTimeInterval(Self.notice)
  }

  /// Whether the model gives vectors of the length that is asked for: a name alone does not tell.
  private func vectors() async -> [Finding] {
    guard let embedding else { return [] }
    do throws(VendorError) {
      let vectors = try await Patience.call { () async throws(VendorError) in
        try await VendorError.translating { () async throws(ServiceError) in try await embedding.vectors(["Baton"]) }
      }
      return [Finding("openai", "dimension", .ok, "\(embedding.model) gives \(vectors.first?.count ?? 0) numbers")]
    } catch {
      return [Self.failed("dimension", error)]
    }
  }

  private static func failed(_ check: String, _ error: VendorError) -> Finding {
    .failed(
      "openai", check, error, credentials: "copy an API key of the project into OPENAI_API_KEY",
      address: "OPENAI_BASE_URL")
  }
}
