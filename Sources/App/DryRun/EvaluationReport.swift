import Foundation
import RevOps

/// How many labelled leads came out right, and which did not.
public struct EvaluationReport: Sendable {
  public let verdicts: [Evaluation.Verdict]

  public var total: Int { verdicts.count }
  public var correct: Int { verdicts.count(where: \.isCorrect) }
  public var misses: [Evaluation.Verdict] { verdicts.filter { !$0.isCorrect } }
  /// 0…1
  public var overall: Double { total == 0 ? 0 : Double(correct) / Double(total) }

  /// 0…1 among the lines that judge the key; 1 where none does.
  public func accuracy(of key: String) -> Double {
    let judged = verdicts.compactMap { verdict in verdict.judged.first { $0.key == key } }
    guard !judged.isEmpty else { return 1 }
    return Double(judged.count { $0.expected == $0.got }) / Double(judged.count)
  }

  public var text: String {
    var lines = misses.map { miss in
      let wrong = miss.judged.filter { $0.expected != $0.got }
        .map { "\($0.key): expected \($0.expected ?? "null"), got \($0.got ?? "null")" }
      return "\(miss.id)  \(wrong.joined(separator: "; "))\n    \(miss.why)"
    }
    if !lines.isEmpty { lines.append("") }
    lines.append("\(correct) of \(total) correct: \(Self.percent(overall))")
    lines.append(contentsOf: ["path", "team", "owner"].map { "  \($0): \(Self.percent(accuracy(of: $0)))" })
    return lines.joined(separator: "\n") + "\n"
  }

  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(document)
  }

  private struct Document: Encodable {
    struct Miss: Encodable {
      var id: String
      var expected: [String: String?]
      var got: [String: String?]
      var why: String
    }

    var total: Int
    var correct: Int
    var accuracy: [String: Double]
    var misses: [Miss]
  }

  private var document: Document {
    var accuracy = ["overall": overall]
    for key in ["path", "team", "owner"] { accuracy[key] = self.accuracy(of: key) }
    return Document(
      total: total, correct: correct, accuracy: accuracy,
      misses: misses.map { miss in
        Document.Miss(
          id: miss.id,
          expected: Dictionary(uniqueKeysWithValues: miss.judged.map { ($0.key, $0.expected) }),
          got: Dictionary(uniqueKeysWithValues: miss.judged.map { ($0.key, $0.got) }), why: miss.why)
      })
  }

  static func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }
}
