import Foundation

/// `POST /v1/embeddings`: vectors made of words, so that texts that share words are near one another.
enum EmbeddingCalls {
  private static let names: Set = ["model", "input", "dimensions", "encoding_format", "user"]
  private static let ownDimensions = 1_536

  static func answer(_ body: JSON, _ state: OpenAIState) throws(OpenAIError) -> JSON {
    if let unknown = body.fields.keys.sorted().first(where: { !names.contains($0) }) {
      throw .parameter(unknown, "Unknown parameter: '\(unknown)'.", code: "unknown_parameter")
    }
    guard let model = body["model"].text else {
      throw .parameter("model", "you must provide a model parameter", code: "missing_required_parameter")
    }
    guard state.models.contains(where: { $0.id == model }) else {
      throw OpenAIError(404, "The model `\(model)` does not exist.", code: "model_not_found")
    }
    guard !state.isOutOfQuota else {
      throw OpenAIError(429, "You exceeded your current quota.", type: "insufficient_quota", code: "insufficient_quota")
    }
    let texts = try inputs(body["input"])
    let dimensions = try dimensions(body["dimensions"])
    let isBase64 = try isBase64(body["encoding_format"])
    let data = texts.enumerated().map { index, text -> JSON in
      let vector = vector(text, dimensions)
      let embedding: JSON = isBase64 ? .string(base64(vector)) : .array(vector.map { .double(Double($0)) })
      return ["object": "embedding", "index": .int(index), "embedding": embedding]
    }
    let tokens = texts.map { ($0.utf8.count + 3) / 4 }.reduce(0, +)
    return [
      "object": "list", "model": .string(model), "data": .array(data),
      "usage": ["prompt_tokens": .int(tokens), "total_tokens": .int(tokens)],
    ]
  }

  private static func inputs(_ input: JSON) throws(OpenAIError) -> [String] {
    let texts = input.text.map { [$0] } ?? input.items.compactMap(\.text)
    guard !texts.isEmpty, input.text != nil || texts.count == input.items.count, texts.count <= 2_048 else {
      throw .parameter("input", "'$.input' is invalid.", code: "invalid_type")
    }
    guard texts.allSatisfy({ !$0.isEmpty }) else {
      throw .parameter("input", "'input' cannot be an empty string.")
    }
    guard texts.allSatisfy({ ($0.utf8.count + 3) / 4 <= 8_192 }) else {
      throw .parameter("input", "This model's maximum context length is 8192 tokens.", code: "context_length_exceeded")
    }
    return texts
  }

  private static func dimensions(_ value: JSON) throws(OpenAIError) -> Int {
    guard !value.isNull else { return ownDimensions }
    guard let dimensions = value.whole, (1...ownDimensions).contains(dimensions) else {
      throw .parameter("dimensions", "Invalid value for 'dimensions': at most \(ownDimensions).")
    }
    return dimensions
  }

  private static func isBase64(_ value: JSON) throws(OpenAIError) -> Bool {
    switch value {
    case .null, "float": return false
    case "base64": return true
    default: throw .parameter("encoding_format", "Invalid value for 'encoding_format'.")
    }
  }

  /// Each word moves three places by its FNV-1a hash; unit length.
  static func vector(_ text: String, _ dimensions: Int) -> [Float] {
    var vector = [Float](repeating: 0, count: dimensions)
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
    for word in words.isEmpty ? [text[...]] : words {
      var hash = fnv(word)
      for _ in 0..<3 {
        vector[Int(hash % UInt64(dimensions))] += hash & 1 << 40 == 0 ? 1 : -1
        hash = hash &* 0x9E37_79B9_7F4A_7C15 &+ 0x1656_67B1_9E37_79F9
        hash ^= hash >> 31
      }
    }
    let length = vector.map { $0 * $0 }.reduce(0, +).squareRoot()
    return length == 0 ? unit(dimensions) : vector.map { $0 / length }
  }

  private static func unit(_ dimensions: Int) -> [Float] { [1] + [Float](repeating: 0, count: dimensions - 1) }

  private static func fnv(_ word: Substring) -> UInt64 {
    word.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }

  private static func base64(_ vector: [Float]) -> String {
    Data(vector.flatMap { number in withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) } })
      .base64EncodedString()
  }
}
