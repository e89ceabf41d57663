/// What an account is like as a vector, worked out here: no service, no model file.
///
/// Every aspect of an account has dimensions of its own. An unknown one stays at zero: it lies between agreeing and
/// differing, and two accounts of which little is known are compared by what is. Only whole numbers, products, quotients
/// and square roots are used, which IEEE 754 defines to the last bit, so that every platform gives the same vector.
public enum LocalEmbedding {
  /// Stored with each vector. Whatever changes a vector (weights, tables, hashing) needs a new name: vectors of two
  /// models are never compared.
  public static let model = "local-1"
  public static let dimension = 256

  /// Of unit length; nil when no fact is known that accounts are compared by.
  public static func vector(_ facts: AccountFacts) -> [Float]? {
    var vector = [Double](repeating: 0, count: dimension)
    for aspect in EmbeddingAspect.all {
      var block = vector[aspect.dimensions]
      aspect.draw(facts, &block)
      guard let unit = scaled(block, to: aspect.share.squareRoot()) else { continue }
      vector.replaceSubrange(aspect.dimensions, with: unit)
    }
    return scaled(vector[...], to: 1)?.map { Float($0) }
  }

  /// Nil: it has no length to be changed.
  private static func scaled(_ values: ArraySlice<Double>, to length: Double) -> [Double]? {
    let squared = values.reduce(0) { $0 + $1 * $1 }
    guard squared > 0 else { return nil }
    let scale = length / squared.squareRoot()
    return values.map { $0 * scale }
  }
}
