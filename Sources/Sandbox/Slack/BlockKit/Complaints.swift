/// What is wrong with blocks or a view, each with the JSON pointer at which Slack would name it.
struct Complaints: Sendable {
  private(set) var lines: [String] = []

  mutating func add(_ what: String, at pointer: String) {
    lines.append("[ERROR] \(what) [json-pointer:\(pointer)]")
  }

  /// Complains unless the length lies in the bounds; nil where the text is missing.
  mutating func length(_ text: String?, _ bounds: ClosedRange<Int>, at pointer: String, needed: Bool = false) {
    guard let text else {
      if needed { add("missing required field", at: pointer) }
      return
    }
    // Slack counts UTF-16 code units in some places and characters in others; the stricter one is taken.
    let count = text.utf16.count
    if count > bounds.upperBound { add("must be less than \(bounds.upperBound + 1) characters", at: pointer) }
    if count < bounds.lowerBound { add("must be more than \(bounds.lowerBound - 1) characters", at: pointer) }
  }

  mutating func count(_ items: [JSON], _ bounds: ClosedRange<Int>, at pointer: String) {
    if items.count > bounds.upperBound { add("no more than \(bounds.upperBound) items allowed", at: pointer) }
    if items.count < bounds.lowerBound { add("no fewer than \(bounds.lowerBound) items allowed", at: pointer) }
  }

  /// Complains of members that Slack does not know on this thing.
  mutating func members(_ json: JSON, _ known: Set<String>, at pointer: String) {
    for name in json.fields.keys.sorted() where !known.contains(name) {
      add("invalid additional property: \(name)", at: pointer)
    }
  }
}
