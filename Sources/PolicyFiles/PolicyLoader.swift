import RevOps

/// Reads a configuration folder and checks all of it: every mistake is found in one go.
public struct PolicyLoader: Sendable {
  private let folder: SourceFolder

  /// - Parameter folder: a path; diagnostics name files as it is written.
  public init(folder: String) { self.folder = SourceFolder(path: folder) }

  /// - Throws: every error and warning, when there is an error.
  public func load() throws(PolicyFailure) -> LoadedPolicy {
    var loose: [Diagnostic] = []
    let routing = read(["routing.yaml", "routing.yml", "routing.json"], &loose)
    let scoring = read(["scoring.yaml", "scoring.yml", "scoring.json"], &loose)
    let playbook = read(["playbook.yaml", "playbook.yml", "playbook.json"], &loose, isOptional: true)
    return try Self.load(routing: routing, scoring: scoring, playbook: playbook, found: loose)
  }

  /// Checks files in memory.
  public static func load(
    routing: SourceFile, scoring: SourceFile, playbook: SourceFile? = nil
  ) throws(PolicyFailure) -> LoadedPolicy {
    try load(routing: routing, scoring: scoring, playbook: playbook, found: [])
  }

  private static func load(
    routing: SourceFile?, scoring: SourceFile?, playbook: SourceFile?, found: [Diagnostic]
  ) throws(PolicyFailure) -> LoadedPolicy {
    var check = PolicyCheck(routing: routing, scoring: scoring, playbook: playbook)
    let policy = check.run()
    let diagnostics = (found + check.diagnostics).sorted()
    guard let policy, !diagnostics.contains(where: { $0.severity == .error }) else {
      throw PolicyFailure(diagnostics: diagnostics, salvaged: policy)
    }
    return LoadedPolicy(policy: policy, warnings: diagnostics)
  }

  private func read(_ names: [String], _ found: inout [Diagnostic], isOptional: Bool = false) -> SourceFile? {
    folder.read(
      names, &found, isOptional: isOptional,
      advice: "copy the one of the sample configuration, and set `BATON_CONFIG_DIR` to its folder")
  }
}
