/// The few best of many, best first. Equals stand in the order in which they were offered.
package struct Nearest {
  package private(set) var found: [(row: Int64, similarity: Float)] = []
  private let limit: Int

  package init(limit: Int) { self.limit = max(limit, 0) }

  package mutating func offer(_ row: Int64, similarity: Float) {
    if found.count == limit {
      guard let worst = found.last, similarity > worst.similarity else { return }
      found.removeLast()
    }
    let place = found.firstIndex { $0.similarity < similarity } ?? found.endIndex
    found.insert((row, similarity), at: place)
  }
}
