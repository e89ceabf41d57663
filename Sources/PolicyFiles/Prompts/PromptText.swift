/// A prompt file in its parts, each with the line of the file on which it begins.
struct PromptText {
  struct Part {
    var text: String
    /// From 1.
    var line: Int
  }

  /// The settings between the two lines `---`, with as many blank lines before them as the file has others.
  private(set) var settings: SourceFile?
  private(set) var system: Part?
  private(set) var user: Part?

  init(_ report: Report) {
    let lines = report.file.lines
    guard lines.first.map(Self.isFence) == true, let end = lines.dropFirst().firstIndex(where: Self.isFence) else {
      report.error(
        line: 1, column: 1, "the file must begin with its settings between two lines `---`",
        suggestion: "see the sample prompts")
      return
    }
    let front = [""] + lines[1..<end]
    settings = SourceFile(name: report.file.name, text: front.joined(separator: "\n"))
    system = Self.part("# System", in: lines, after: end, report)
    user = Self.part("# User", in: lines, after: end, report)
  }

  private static let headings = ["# System", "# User"]

  private static func isFence(_ line: Substring) -> Bool { trimmed(line) == "---" }

  private static func trimmed(_ line: Substring) -> String {
    String(
      line.prefix(line.lastIndex { !$0.isWhitespace }.map { line.distance(from: line.startIndex, to: $0) + 1 } ?? 0))
  }

  private static func part(_ heading: String, in lines: [Substring], after fence: Int, _ report: Report) -> Part? {
    let found = lines.indices.filter { $0 > fence && trimmed(lines[$0]) == heading }
    guard let start = found.first else {
      report.error(
        line: fence + 1, column: 1, "the part `\(heading)` is missing", suggestion: "add the line `\(heading)`")
      return nil
    }
    if let second = found.dropFirst().first {
      report.error(line: second + 1, column: 1, "there are two parts `\(heading)`", suggestion: "keep one of them")
    }
    let end = lines[(start + 1)...].firstIndex { headings.contains(trimmed($0)) } ?? lines.endIndex
    let content = lines[(start + 1)..<end]
    let first = content.firstIndex { !trimmed($0).isEmpty }
    guard let first, let last = content.lastIndex(where: { !trimmed($0).isEmpty }) else {
      report.error(line: start + 1, column: 1, "the part `\(heading)` is empty")
      return nil
    }
    return Part(text: lines[first...last].joined(separator: "\n"), line: first + 1)
  }
}
