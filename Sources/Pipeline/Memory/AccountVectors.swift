import Foundation
import RevOps
import Synchronization

/// Draws accounts as vectors: by a service's model where one is configured, else here. A text is never sent twice.
final class AccountVectors: Sendable {
  struct Drawn: Sendable {
    var values: [Float]
    var model: String
    var scale: SimilarityScale
  }

  let embedding: Embedding?
  private let cache: any LookupCache
  let now: @Sendable () -> Date
  private let scale = Mutex<SimilarityScale?>(nil)

  init(embedding: Embedding?, cache: any LookupCache, now: @escaping @Sendable () -> Date) {
    self.embedding = embedding
    self.cache = cache
    self.now = now
  }

  /// How many numbers a vector has, as far as that can be known without asking.
  var dimension: Int? { embedding.map(\.dimension) ?? LocalEmbedding.dimension }

  /// Whose vectors these are.
  var model: String { embedding.map(Self.name) ?? LocalEmbedding.model }

  /// Nil when no fact is known that accounts are compared by.
  func draw(_ facts: LeadFacts) async throws(ServiceError) -> Drawn? {
    guard let embedding else {
      return LocalEmbedding.vector(AccountFacts(facts)).map {
        Drawn(values: $0, model: LocalEmbedding.model, scale: .plain)
      }
    }
    guard let text = AccountText.of(facts) else { return nil }
    let name = Self.name(embedding)
    if let known = scale.withLock({ $0 }), let values = await kept(text, name) {
      return Drawn(values: values, model: name, scale: known)
    }
    return try await ask(embedding, text, name)
  }

  /// The first question also asks for the accounts that the scale is measured by.
  private func ask(_ embedding: Embedding, _ text: String, _ name: String) async throws(ServiceError) -> Drawn {
    let known = scale.withLock { $0 }
    let answer = try await vectors([text] + (known == nil ? AccountText.unrelated : []), embedding)
    let scale = known ?? measured(by: Array(answer.dropFirst()))
    await keep(answer[0], of: text, name)
    return Drawn(values: answer[0], model: name, scale: scale)
  }

  /// How many numbers a vector has, by asking.
  func measure() async throws(ServiceError) -> Int {
    guard let embedding else { return LocalEmbedding.dimension }
    let answer = try await vectors(AccountText.unrelated, embedding)
    _ = measured(by: answer)
    return answer[0].count
  }

  private func measured(by vectors: [[Float]]) -> SimilarityScale {
    let measured = SimilarityScale(measuredBy: vectors)
    scale.withLock { $0 = measured }
    return measured
  }

  /// One of unit length for each text.
  private func vectors(_ texts: [String], _ embedding: Embedding) async throws(ServiceError) -> [[Float]] {
    let answer = try await embedding.vectors(texts).compactMap(Self.unit)
    guard answer.count == texts.count else {
      throw ServiceError(
        service: "embedding", code: "bad_embedding", detail: "the model's vectors could not be used", retry: .now)
    }
    return answer
  }

  /// Models that can give vectors of several lengths give another vector for each.
  private static func name(_ embedding: Embedding) -> String {
    embedding.model + (embedding.dimension.map { "/\($0)" } ?? "")
  }

  private static func unit(_ vector: [Float]) -> [Float]? {
    let squared = vector.reduce(0.0) { $0 + Double($1) * Double($1) }
    guard squared > 0, squared.isFinite else { return nil }
    let length = squared.squareRoot()
    return vector.map { Float(Double($0) / length) }
  }

  // MARK: What was drawn before

  private struct Kept: Codable {
    var text: String
    var values: [Float]
  }

  private static func key(_ text: String, _ name: String) -> String {
    let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    return "vector/\(name)/\(String(hash, radix: 16))"
  }

  /// A cache that can't be read costs a second question, not the lead.
  private func kept(_ text: String, _ name: String) async -> [Float]? {
    guard let found = try? await cache.cached(Self.key(text, name)),
      let kept = try? JSONDecoder().decode(Kept.self, from: found.content), kept.text == text
    else { return nil }
    return kept.values
  }

  private func keep(_ values: [Float], of text: String, _ name: String) async {
    guard let content = try? JSONEncoder().encode(Kept(text: text, values: values)) else { return }
    // As above.
    try? await cache.cache(Self.key(text, name), content: content, at: now())
  }
}
