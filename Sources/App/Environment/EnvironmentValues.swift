import Configuration
import Foundation

/// Takes variables one by one, by name, and collects what is wrong with them.
struct EnvironmentValues {
  private let reader: ConfigReader
  /// Values that `config/env.example` shows for a variable, commented out or not.
  private let examples: [String: String]
  private(set) var problems: [EnvironmentProblem] = []
  private(set) var remarks: [EnvironmentProblem] = []

  /// Shorter secrets can be guessed.
  static let shortestSecret = 12

  init(reader: ConfigReader, examples: [String: String]) {
    self.reader = reader
    self.examples = examples
  }

  /// The trimmed value; nil when it is not set or not usable.
  mutating func text(_ variable: Variable) -> String? {
    guard let raw = raw(variable) else { return nil }
    let value = raw.trimmingCharacters(in: .whitespacesAndNewlines)
    if value.isEmpty {
      report(variable, "is set but blank; give it a value or remove it")
      return nil
    }
    return variable.isSecret ? secret(variable, value) : value
  }

  /// A secret's values, each held against the rules for secrets.
  mutating func list(_ variable: Variable) -> [String] {
    guard let whole = text(variable) else { return [] }
    return Self.parts(whole)
  }

  mutating func text(_ variable: Variable, default fallback: String) -> String { text(variable) ?? fallback }

  mutating func whole(_ variable: Variable, in range: ClosedRange<Int>) -> Int? {
    guard let value = text(variable) else { return nil }
    guard let number = Int(value), range.contains(number) else {
      report(variable, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
      return nil
    }
    return number
  }

  mutating func choice<Value: RawRepresentable & CaseIterable>(
    _ variable: Variable, _: Value.Type
  ) -> Value? where Value.RawValue == String {
    guard let value = text(variable) else { return nil }
    if let choice = Value(rawValue: value.lowercased()) { return choice }
    report(variable, "must be one of " + Value.allCases.map(\.rawValue).joined(separator: ", "))
    return nil
  }

  /// An http or https address without user, query or fragment, and without a slash at its end.
  mutating func address(_ variable: Variable, httpsOnly: Bool = false) -> String? {
    guard let value = text(variable) else { return nil }
    if let address = Self.address(value, httpsOnly: httpsOnly) { return address }
    report(variable, "must be an " + (httpsOnly ? "https" : "http or https") + " address without query")
    return nil
  }

  mutating func report(_ variable: Variable, _ message: String) { problems.append(.init(variable, message)) }
  mutating func remark(_ variable: Variable, _ message: String) { remarks.append(.init(variable, message)) }

  /// The keys are the variables' own names in lower case, which the provider turns back: `slack.api.url` would be the
  /// same variable.
  private func raw(_ variable: Variable) -> String? {
    let path = variable.name.lowercased().split(separator: "_").map(String.init)
    return reader.string(forKey: ConfigKey(path), isSecret: variable.isSecret)
  }

  private mutating func secret(_ variable: Variable, _ value: String) -> String? {
    let parts = variable.isList ? Self.parts(value) : [value]
    if parts.isEmpty || parts.contains(where: { $0.utf8.count < Self.shortestSecret }) {
      report(variable, "is shorter than \(Self.shortestSecret) characters")
      return nil
    }
    let shown = examples[variable.name].map { variable.isList ? Self.parts($0) : [$0] } ?? []
    if parts.contains(where: shown.contains) {
      report(variable, "is the value printed in env.example; make one of your own")
      return nil
    }
    return value
  }

  private static func parts(_ list: String) -> [String] {
    list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }

  private static func address(_ text: String, httpsOnly: Bool) -> String? {
    guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
      httpsOnly ? scheme == "https" : ["http", "https"].contains(scheme), parts.host?.isEmpty == false,
      parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil
    else { return nil }
    return String(text.reversed().drop { $0 == "/" }.reversed())
  }
}
