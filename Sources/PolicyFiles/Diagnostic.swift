/// Something that is wrong, or doubtful, in a configuration file, with the place and what to do.
public struct Diagnostic: Sendable, Hashable, Codable, CustomStringConvertible {
  public enum Severity: String, Sendable, Codable {
    /// Baton does not start, or keeps the configuration it has.
    case error
    case warning
  }

  public var severity: Severity
  /// As the reader knows it: the configuration folder as it was given, and the file's name.
  public var file: String
  /// From 1.
  public var line: Int
  /// From 1, in Unicode scalars.
  public var column: Int
  public var message: String
  /// What to write instead; one short sentence.
  public var suggestion: String?
  /// The line of the file, shortened.
  public var excerpt: String?

  public init(
    _ severity: Severity, file: String, line: Int, column: Int, message: String, suggestion: String? = nil,
    excerpt: String? = nil
  ) {
    self.severity = severity
    self.file = file
    self.line = line
    self.column = column
    self.message = message
    self.suggestion = suggestion
    self.excerpt = excerpt
  }

  /// One line as compilers write it: `config/routing.yaml:12:5: error: …`.
  public var description: String {
    let advice = suggestion.map { "; " + $0 } ?? ""
    return "\(file):\(line):\(column): \(severity.rawValue): \(message)\(advice)"
  }

  /// The same with the line of the file below.
  public var detailed: String {
    guard let excerpt, !excerpt.isEmpty else { return description }
    return description + "\n    " + excerpt
  }
}

/// The order in which a person works through them.
extension Diagnostic: Comparable {
  public static func < (left: Self, right: Self) -> Bool {
    (left.file, left.line, left.column, left.message) < (right.file, right.line, right.column, right.message)
  }
}
