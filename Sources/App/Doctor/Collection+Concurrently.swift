extension Collection where Element: Sendable {
  /// What `body` gives for each element, worked out at the same time, in order.
  func concurrently<Value: Sendable>(
    _ body: @escaping @Sendable (Element) async -> Value
  ) async -> [(Element, Value)] {
    await withTaskGroup(of: (Int, Element, Value).self) { group in
      for (number, element) in enumerated() { group.addTask { (number, element, await body(element)) } }
      var all: [(Int, Element, Value)] = []
      for await one in group { all.append(one) }
      return all.sorted { $0.0 < $1.0 }.map { ($0.1, $0.2) }
    }
  }
}
