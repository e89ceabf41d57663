import RevOps

/// A configuration that holds together.
public struct LoadedPolicy: Sendable, Equatable {
  public var policy: Policy
  /// Doubtful, but no reason not to start.
  public var warnings: [Diagnostic]

  public init(policy: Policy, warnings: [Diagnostic]) {
    self.policy = policy
    self.warnings = warnings
  }
}

/// A configuration with errors; all of them.
public struct PolicyFailure: Error, Sendable, CustomStringConvertible {
  /// Errors and warnings, in the order of files and lines.
  public var diagnostics: [Diagnostic]
  /// What is left when the rules in error are dropped; nil when not even that stands. For looking at what a change
  /// would do (`baton backtest`), never for live leads.
  public var salvaged: Policy?

  public init(diagnostics: [Diagnostic], salvaged: Policy? = nil) {
    self.diagnostics = diagnostics
    self.salvaged = salvaged
  }

  public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
