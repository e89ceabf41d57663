import PolicyFiles
import RevOps

/// Configurations for tests: small ones that are right, to be broken in one place.
enum Sample {
  static let routing = """
    regions: { DACH: [DE, AT, CH], WEST: [US-CA, US-OR] }
    lists: { financial: [FinTech, Banking] }
    teams:
      emea-fintech:
        channel: "#leads-emea"
        manager: maria@northwind.example
        hours: { timezone: Europe/Berlin, from: "09:00", to: "18:00" }
        members: [{ email: jonas@northwind.example, weight: 2 }]
      general: { channel: "#general", assignment: none }
    rules:
      - { name: Owned, when: { account_owner: { exists: true } }, assign: account_owner }
      - { name: Finance, when: { country: DACH, industry: financial, employees: { min: 201 } }, assign: emea-fintech }
    default: general
    """

  static let scoring = """
    thresholds: { qualify: 0.7, nurture: 0.4 }
    rules:
      - { name: Business, when: { email_type: business }, points: 0.5 }
    """

  /// A routing file around these rules.
  static func rules(_ lines: String...) -> String { rules(lines) }

  static func rules(_ lines: [String]) -> String {
    """
    regions: { DACH: [DE, AT, CH], WEST: [US-CA, US-OR] }
    lists: { financial: [FinTech, Banking] }
    teams: { a: { channel: "#a", assignment: none }, b: { channel: "#b", assignment: none } }
    default: a
    rules:

    """ + lines.map { "  - " + $0 }.joined(separator: "\n") + "\n"
  }

  /// The line of the first rule of `rules`.
  static let firstRule = 6

  static func load(
    routing: String = routing, scoring: String = scoring, playbook: String? = nil
  ) throws(PolicyFailure) -> LoadedPolicy {
    try PolicyLoader.load(
      routing: SourceFile(name: "routing.yaml", text: routing),
      scoring: SourceFile(name: "scoring.yaml", text: scoring),
      playbook: playbook.map { SourceFile(name: "playbook.yaml", text: $0) })
  }

  /// All that is reported, also when it is only warnings.
  static func diagnostics(
    routing: String = routing, scoring: String = scoring, playbook: String? = nil
  ) -> [Diagnostic] {
    do {
      return try load(routing: routing, scoring: scoring, playbook: playbook).warnings
    } catch {
      return error.diagnostics
    }
  }
}

extension [Diagnostic] {
  /// Whether one of them is at that line and says these words.
  func has(_ line: Int, _ words: String, _ suggestion: String? = nil) -> Bool {
    contains { found in
      found.line == line && found.message.contains(words)
        && (suggestion.map { found.suggestion?.contains($0) ?? false } ?? true)
    }
  }

  var errors: [Diagnostic] { filter { $0.severity == .error } }
}
