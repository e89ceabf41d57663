import RevOps

/// Finds the name that was probably meant.
enum Suggestion {
  /// `did you mean emea-fintech?`; nil when nothing is near enough.
  static func nearest(to text: String, in names: some Sequence<String>) -> String? {
    nearestName(to: text, in: names).map { "did you mean `\($0)`?" }
  }

  static func nearestName(to text: String, in names: some Sequence<String>) -> String? {
    let sought = key(text)
    guard !sought.isEmpty else { return nil }
    let limit = max(1, min(3, sought.count / 3))
    var best: (name: String, distance: Int)?
    for name in names {
      let candidate = key(name)
      let distance = Self.distance(sought, candidate, isNear: limit)
      if distance <= limit, distance < best?.distance ?? .max { best = (name, distance) }
    }
    return best?.name ?? names.filter { key($0).starts(with: sought) && sought.count > 2 }.min()
  }

  /// A list of what may be written, when it is short enough to read.
  static func oneOf(_ names: [String]) -> String? {
    names.isEmpty || names.count > 12 ? nil : "use one of " + names.joined(separator: ", ")
  }

  /// The nearest name, else all that are allowed.
  static func among(_ names: [String], for text: String) -> String? {
    nearest(to: text, in: names) ?? oneOf(names)
  }

  private static func key(_ text: String) -> [Character] {
    TextFolding.fold(text).filter { $0 != "_" && $0 != "-" && $0 != " " }.map { $0 }
  }

  /// Optimal string alignment: insertions, deletions, replacements and swaps of neighbours.
  static func distance(_ left: [Character], _ right: [Character], isNear limit: Int) -> Int {
    guard abs(left.count - right.count) <= limit else { return .max }
    guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
    var before: [Int] = []
    var previous = Array(0...right.count)
    for i in 1...left.count {
      var current = [i]
      for j in 1...right.count {
        let replaced = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1)
        var cost = min(previous[j] + 1, current[j - 1] + 1, replaced)
        if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
          cost = min(cost, before[j - 2] + 1)
        }
        current.append(cost)
      }
      (before, previous) = (previous, current)
    }
    return previous[right.count]
  }
}
