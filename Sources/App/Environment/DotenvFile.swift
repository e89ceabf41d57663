import Foundation

/// A `.env` file: `NAME=value` a line, `#` before comments, an optional `export`, quotes around values that need them.
///
/// Parsed here and handed to the configuration library as variables: its own file reader passes over lines that it cannot
/// read, and a misspelt secret must not count as absent.
enum DotenvFile {
  struct Fault: Error, Equatable {
    var line: Int
  }

  static func parse(_ text: String) throws(Fault) -> [String: String] {
    var variables: [String: String] = [:]
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let trimmed = line.trimmingCharacters(in: .whitespaces)
      if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
      guard let pair = pair(trimmed) else { throw Fault(line: index + 1) }
      variables[pair.name] = pair.value
    }
    return variables
  }

  /// Every `NAME=value` of the example file, commented out or not.
  static func examples(_ text: String) -> [String: String] {
    var variables: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      let bare = line.drop { $0 == "#" || $0 == " " }
      if let pair = pair(String(bare)), !pair.value.isEmpty { variables[pair.name] = pair.value }
    }
    return variables
  }

  private static func pair(_ line: String) -> (name: String, value: String)? {
    let line = line.hasPrefix("export ") ? String(line.dropFirst("export ".count)) : line
    let halves = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = halves[0].trimmingCharacters(in: .whitespaces)
    guard halves.count == 2, isName(name), let value = value(halves[1].trimmingCharacters(in: .whitespaces)) else {
      return nil
    }
    return (name, value)
  }

  /// Of a plain value, ` #` begins a comment. A quoted one is taken literally; nothing but a comment may follow it.
  private static func value(_ text: String) -> String? {
    guard let quote = text.first, quote == "\"" || quote == "'" else {
      let end = text.range(of: " #")?.lowerBound ?? text.endIndex
      return text.hasPrefix("#") ? "" : text[..<end].trimmingCharacters(in: .whitespaces)
    }
    let inner = text.dropFirst()
    guard let end = inner.firstIndex(of: quote) else { return nil }
    let rest = inner[inner.index(after: end)...].trimmingCharacters(in: .whitespaces)
    return rest.isEmpty || rest.hasPrefix("#") ? String(inner[..<end]) : nil
  }

  private static func isName(_ name: String) -> Bool {
    !name.isEmpty && !(name.first?.isNumber ?? true)
      && name.utf8.allSatisfy { ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7a) || (0x30...0x39).contains($0) || $0 == 0x5f }
  }
}
