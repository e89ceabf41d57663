import Yams

/// Composes a document although keys occur twice in a map, so that one such mistake does not hide all others.
///
/// Yams refuses the file at the first of them. The key is then marked in the text with a private-use character, which
/// makes it unique, and the file is read again. Marked keys are reported and left out.
struct DuplicateKeys {
  /// Where marks were put in: line → columns, as in the marked text.
  private var inserted: [Int: [Int]] = [:]

  /// U+E000 is for private use: no key of a configuration begins with it.
  private static let sign: Character = "\u{E000}"
  /// After this many the file has other problems.
  private static let maximum = 50

  /// Nil when the text is no document; the report says why. The root is nil for an empty one.
  static func compose(_ report: Report) -> (root: Node?, marks: DuplicateKeys)? {
    var marks = DuplicateKeys()
    var lines = report.file.lines.map(String.init)
    for round in 0...maximum {
      do {
        return (try Yams.compose(yaml: lines.joined(separator: "\n"), .basic), marks)
      } catch YamlError.duplicatedKeysInMapping(let names, let context) where round < maximum {
        let key = names.first ?? ""
        report.duplicate(key, context.mark, marks)
        guard marks.mark(key, at: context.mark, round: round, in: &lines) else { return nil }
      } catch {
        report.syntax(error, marks)
        return nil
      }
    }
    return nil
  }

  /// The place in the file as it was written.
  func place(of node: Node) -> (line: Int, column: Int) {
    guard let mark = node.mark else { return (1, 1) }
    return place(of: mark)
  }

  func place(of mark: Mark) -> (line: Int, column: Int) {
    let before = inserted[mark.line, default: []].count { $0 < mark.column }
    return (mark.line, mark.column - before * 2)
  }

  func isExtra(_ key: Node) -> Bool { key.scalar?.string.first == Self.sign }

  private mutating func mark(_ key: String, at mark: Mark, round: Int, in lines: inout [String]) -> Bool {
    guard lines.indices.contains(mark.line - 1), let unique = Unicode.Scalar(UInt32(0xE100 + round)) else {
      return false
    }
    var scalars = Array(lines[mark.line - 1].unicodeScalars)
    var index = mark.column - 1
    if scalars.indices.contains(index), scalars[index] == "\"" || scalars[index] == "'" { index += 1 }
    guard scalars.dropFirst(index).starts(with: key.unicodeScalars) else { return false }
    scalars.insert(contentsOf: ["\u{E000}", unique], at: index)
    lines[mark.line - 1] = String(String.UnicodeScalarView(scalars))
    inserted[mark.line, default: []].append(mark.column)
    return true
  }
}

extension Report {
  fileprivate func duplicate(_ key: String, _ mark: Mark, _ marks: DuplicateKeys) {
    let place = marks.place(of: mark)
    error(
      line: place.line, column: place.column, "the key `\(ConfigNode.short(key))` occurs more than once in this map",
      suggestion: "keep one of them")
  }

  /// Syntax errors by their place; the parser's words say what it expected.
  fileprivate func syntax(_ problem: any Error, _ marks: DuplicateKeys) {
    guard let problem = problem as? YamlError else {
      return error(line: 1, column: 1, "the file cannot be read as YAML")
    }
    switch problem {
    case .scanner(_, let text, let mark, _), .parser(_, let text, let mark, _):
      at(mark, marks, "this is no valid YAML: " + text, Self.advice(text))
    case .composer(_, let text, let mark, _) where text.contains("another document"):
      at(mark, marks, "a second document begins here", "a file holds one document: remove the line `---`")
    case .composer(_, let text, let mark, _):
      at(mark, marks, "this is no valid YAML: " + text, nil)
    case .reader(let text, let offset, _, _):
      let place = place(ofCharacter: offset ?? 0)
      error(line: place.line, column: place.column, "a character that no text may hold: " + text)
    default:
      error(line: 1, column: 1, "the file cannot be read as YAML")
    }
  }

  private func at(_ mark: Mark, _ marks: DuplicateKeys, _ message: String, _ suggestion: String?) {
    let place = marks.place(of: mark)
    error(line: place.line, column: place.column, message, suggestion: suggestion)
  }

  private static func advice(_ problem: String) -> String? {
    if problem.contains("cannot start any token") {
      return "indent with spaces, and quote texts that begin with a sign"
    }
    if problem.contains("mapping values are not allowed") { return "quote texts that contain `: `" }
    if problem.contains("did not find expected") { return "look at the indentation and the brackets before this place" }
    return nil
  }

  private func place(ofCharacter offset: Int) -> (line: Int, column: Int) {
    let before = file.text.prefix(offset)
    let lastLine = before.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
    return (before.count { $0 == "\n" } + 1, lastLine.unicodeScalars.count + 1)
  }
}
