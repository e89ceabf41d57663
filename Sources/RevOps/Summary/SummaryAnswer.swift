/// The model's sentences, each with the facts that it says it rests on.
public enum SummaryAnswer {
  /// With fewer sentences that hold, the template speaks instead.
  public static let fewest = 3
  static let most = 8

  /// What is left of an answer; nil: too little.
  public static func bullets(_ answer: JSONValue, _ grounding: Grounding) -> [String]? {
    var kept: [String] = []
    var seen: Set<String> = []
    for line in (answer["lines"]?.array ?? []).prefix(2 * most) {
      guard let text = line["text"]?.string.map(trimmed), let keys = line["facts"]?.array?.compactMap(\.string),
        grounding.objection(to: text, restingOn: keys) == nil, seen.insert(TextFolding.fold(text)).inserted
      else { continue }
      kept.append(text)
    }
    return kept.count < fewest ? nil : Array(kept.prefix(most))
  }

  private static func trimmed(_ text: String) -> String {
    let plain = text.drop { $0.isWhitespace }
    let end = plain.lastIndex { !$0.isWhitespace }
    return end.map { String(plain[...$0]) } ?? ""
  }
}
