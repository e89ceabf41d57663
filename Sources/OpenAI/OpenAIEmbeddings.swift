import RevOps
import VendorAPI
import VendorPorts

/// Texts as vectors, for the memory of past accounts.
public struct OpenAIEmbeddings: Sendable {
  private let client: OpenAIClient
  private let model: String
  private let dimensions: Int?
  private let timeout: Duration

  /// The service takes no more in one call, of any kind.
  static let mostInputs = 2_048
  static let mostTokensEach = 8_192
  static let mostTokens = 300_000

  /// - Parameter dimensions: nil: the model's own.
  public static func make(
    client: OpenAIClient, model: String, dimensions: Int?, timeout: Duration = .seconds(8)
  ) -> Embedding {
    let service = OpenAIEmbeddings(client: client, model: model, dimensions: dimensions, timeout: timeout)
    return Embedding(model: model, dimension: dimensions) { texts throws(ServiceError) in
      try await service.vectors(texts)
    }
  }

  /// One vector for each text, in their order, all of one length. A blank text is refused before anything is sent; a
  /// long one is cut.
  private func vectors(_ texts: [String]) async throws(ServiceError) -> [[Float]] {
    guard texts.allSatisfy({ $0.contains { !$0.isWhitespace } }) else {
      throw ServiceError(service: OpenAIClient.vendor, detail: "embeddings: a text is blank", retry: .never)
    }
    var vectors: [[Float]] = []
    for batch in Self.batches(texts.map { TokenEstimate.cut($0, to: Self.mostTokensEach / 2) }) {
      do throws(OpenAIRefusal) {
        vectors += try await self.batch(batch)
      } catch { throw ServiceError(error.error) }
    }
    return vectors
  }

  private static func batches(_ texts: [String]) -> [[String]] {
    var batches: [[String]] = []
    var tokens = 0
    for text in texts {
      // Half of what is allowed: the estimate may be wrong, the limit is not.
      let size = TokenEstimate.of(text)
      if batches.isEmpty || batches[batches.count - 1].count >= mostInputs || tokens + size > mostTokens / 2 {
        batches.append([])
        tokens = 0
      }
      batches[batches.count - 1].append(text)
      tokens += size
    }
    return batches
  }

  private func batch(_ texts: [String]) async throws(OpenAIRefusal) -> [[Float]] {
    var body: JSONObject = [
      "model": .string(model), "input": .array(texts.map { .string($0) }), "encoding_format": .string("float"),
    ]
    if let dimensions { body["dimensions"] = .int(dimensions) }
    let answer = try await client.post("embeddings", ["embeddings"], body, timeout: timeout)
    guard let vectors = Self.vectors(in: answer, count: texts.count), dimensions.map({ $0 == vectors[0].count }) ?? true
    else {
      throw OpenAIRefusal(
        error: VendorError(
          vendor: OpenAIClient.vendor, operation: "embeddings", status: 200,
          detail: "the answer does not hold one vector for each text", retry: .never))
    }
    return vectors
  }

  /// By `index`: the order of the list is not promised.
  private static func vectors(in answer: JSONValue, count: Int) -> [[Float]]? {
    var byIndex: [Int: [Float]] = [:]
    for item in answer["data"]?.array ?? [] {
      guard let index = item["index"]?.int, let numbers = item["embedding"]?.array else { return nil }
      let vector = numbers.compactMap { $0.double.map { Float($0) } }
      guard vector.count == numbers.count, vector.allSatisfy(\.isFinite) else { return nil }
      byIndex[index] = vector
    }
    let vectors = (0..<count).compactMap { byIndex[$0] }
    guard vectors.count == count, let length = vectors.first?.count, length > 0 else { return nil }
    return vectors.allSatisfy { $0.count == length } ? vectors : nil
  }
}
