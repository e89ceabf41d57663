import RevOps
import VendorAPI

/// Whether the index of past accounts is there, answers, and takes the vectors that are drawn.
struct PineconeExamination: Sendable {
  let index: MemoryIndex
  /// Nil: vectors are worked out here.
  let embedding: Embedding?

  func findings() async -> [Finding] {
    let index = index
    let shape: MemoryIndex.Shape
    do throws(VendorError) {
      shape = try await Patience.call { () async throws(VendorError) in
        try await VendorError.translating { () async throws(ServiceError) in try await index.shape() }
      }
    } catch {
      return [absence(error) ?? Self.failed("index", error)]
    }
    return [Finding("pinecone", "index", .ok, "\(shape.name) is there"), await dimension(shape), metric(shape)]
      + (await answer(shape))
  }

  private func absence(_ error: VendorError) -> Finding? {
    guard error.status == 404 || error.code == "NOT_FOUND" else { return nil }
    return Finding(
      "pinecone", "index", .failing, "the index does not exist: memory is local",
      remedy: "correct PINECONE_INDEX, or make the index with metric cosine and dimension \(expectation)")
  }

  /// What a new index would have to have, as far as it is known without asking.
  private var expectation: String {
    guard let embedding else { return "\(LocalEmbedding.dimension)" }
    return embedding.dimension.map(String.init) ?? "of \(embedding.model)"
  }

  private func dimension(_ shape: MemoryIndex.Shape) async -> Finding {
    let model = embedding?.model ?? LocalEmbedding.model
    let length: Int
    do throws(VendorError) { length = try await measured() } catch {
      return Finding(
        "pinecone", "dimension", .warning, "\(model) gave no vector, so its length is not compared: \(error.detail)")
    }
    guard length == shape.dimension else {
      return Finding(
        "pinecone", "dimension", .failing,
        "\(shape.name) has dimension \(shape.dimension), \(model) gives \(length): memory is local",
        remedy: remedy(length, shape))
    }
    return Finding("pinecone", "dimension", .ok, "\(length), as \(model) gives")
  }

  private func remedy(_ length: Int, _ shape: MemoryIndex.Shape) -> String {
    let other = "make an index with dimension \(length) and name it in PINECONE_INDEX"
    return embedding == nil
      ? other + ", or set OPENAI_EMBEDDING_MODEL to a model that gives \(shape.dimension)"
      : other + ", or set OPENAI_EMBEDDING_DIMENSIONS=\(shape.dimension) if the model can be shortened to it"
  }

  /// The model is asked: what it gives is what counts, whatever is said of it.
  private func measured() async throws(VendorError) -> Int {
    guard let embedding else { return LocalEmbedding.dimension }
    let vectors = try await Patience.call { () async throws(VendorError) in
      try await VendorError.translating { () async throws(ServiceError) in try await embedding.vectors(["Baton"]) }
    }
    return vectors.first?.count ?? 0
  }

  private func metric(_ shape: MemoryIndex.Shape) -> Finding {
    switch shape.metric {
    case nil: Finding("pinecone", "metric", .warning, "the index does not say how it compares; it has to be cosine")
    // Vectors have unit length, so that the inner product is the cosine.
    case "cosine", "dotproduct": Finding("pinecone", "metric", .ok, shape.metric ?? "")
    case .some(let metric):
      Finding(
        "pinecone", "metric", .failing, "\(shape.name) compares by \(metric): memory is local",
        remedy: "make an index with metric cosine and name it in PINECONE_INDEX")
    }
  }

  /// The index's own address, and the key on it: one cheap question.
  private func answer(_ shape: MemoryIndex.Shape) async -> [Finding] {
    guard shape.dimension > 0 else { return [] }
    let index = index
    let vector = [Float](repeating: 1 / Float(shape.dimension).squareRoot(), count: shape.dimension)
    do throws(VendorError) {
      try await Patience.call { () async throws(VendorError) in
        try await VendorError.translating { () async throws(ServiceError) in
          _ = try await index.nearest(vector, LocalEmbedding.model, 1, nil)
        }
      }
      return [Finding("pinecone", "host", .ok, "the index answers")]
    } catch {
      return [Self.failed("host", error)]
    }
  }

  private static func failed(_ check: String, _ error: VendorError) -> Finding {
    .failed(
      "pinecone", check, error, credentials: "copy an API key of the index's project into PINECONE_API_KEY",
      address: "PINECONE_API_URL, PINECONE_INDEX_HOST")
  }
}
