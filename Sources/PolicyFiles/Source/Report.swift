/// Collects what is found in one file while it is read.
final class Report {
  let file: SourceFile
  private(set) var diagnostics: [Diagnostic] = []
  private var seen = Set<Diagnostic>()
  private lazy var lines = file.lines

  init(_ file: SourceFile) { self.file = file }

  private(set) var errorCount = 0
  var hasErrors: Bool { errorCount > 0 }

  func error(_ node: ConfigNode, _ message: String, suggestion: String? = nil) {
    add(.error, node.line, node.column, message, suggestion)
  }

  func error(line: Int, column: Int, _ message: String, suggestion: String? = nil) {
    add(.error, line, column, message, suggestion)
  }

  func warning(_ node: ConfigNode, _ message: String, suggestion: String? = nil) {
    add(.warning, node.line, node.column, message, suggestion)
  }

  private func add(
    _ severity: Diagnostic.Severity, _ line: Int, _ column: Int, _ message: String, _ suggestion: String?
  ) {
    let diagnostic = Diagnostic(
      severity, file: file.name, line: line, column: column, message: message, suggestion: suggestion,
      excerpt: excerpt(line))
    if severity == .error { errorCount += 1 }
    // The same value may be read under several rules, through an alias or a list.
    if seen.insert(diagnostic).inserted { diagnostics.append(diagnostic) }
  }

  private func excerpt(_ line: Int) -> String? {
    guard lines.indices.contains(line - 1) else { return nil }
    let text = lines[line - 1].drop { $0 == " " || $0 == "\t" }
    return text.count > 120 ? String(text.prefix(119)) + "…" : String(text)
  }

  /// Doubts a part of a country that no lead will ever be in.
  func checkLevel(_ code: String, _ node: ConfigNode) {
    guard let first = PlaceName.firstLevel(of: code) else { return }
    warning(
      node, "no lead is known to be in `\(code)`: leads carry the larger part `\(first)`", suggestion: "use `\(first)`")
  }
}
