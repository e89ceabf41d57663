import Foundation
import RevOps

/// Reads a configuration folder and checks all of it: every mistake is found in one go.
public struct PolicyLoader: Sendable {
  private let folder: String

  /// - Parameter folder: a path; diagnostics name files as it is written.
  public init(folder: String) { self.folder = folder }

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

  // MARK: Files

  private func read(_ names: [String], _ found: inout [Diagnostic], isOptional: Bool = false) -> SourceFile? {
    let present = names.filter { FileManager.default.fileExists(atPath: path($0)) }
    guard let name = present.first else {
      if !isOptional { found.append(missing(names[0])) }
      return nil
    }
    if let other = present.dropFirst().first {
      found.append(error(other, "there is `\(name)` too: which one counts?", "remove one of them"))
    }
    return contents(name, &found)
  }

  private func contents(_ name: String, _ found: inout [Diagnostic]) -> SourceFile? {
    guard let handle = FileHandle(forReadingAtPath: path(name)),
      let data = try? handle.read(upToCount: SourceFile.maximumSize + 1)
    else {
      // An empty file reads as nothing at all.
      if isEmpty(name) { return SourceFile(name: path(name), text: "") }
      found.append(error(name, "the file cannot be read", "look at its permissions"))
      return nil
    }
    guard data.count <= SourceFile.maximumSize else {
      found.append(error(name, "the file is larger than 4 MiB", nil))
      return nil
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      found.append(error(name, "the file is not in UTF-8", "save it as UTF-8"))
      return nil
    }
    return SourceFile(name: path(name), text: text)
  }

  private func isEmpty(_ name: String) -> Bool {
    let size = try? FileManager.default.attributesOfItem(atPath: path(name))[.size] as? Int
    return size == 0
  }

  private func path(_ name: String) -> String { folder.hasSuffix("/") ? folder + name : folder + "/" + name }

  private func missing(_ name: String) -> Diagnostic {
    error(
      name, "the file is missing", "copy the one of the sample configuration, and set `BATON_CONFIG_DIR` to its folder")
  }

  private func error(_ name: String, _ message: String, _ suggestion: String?) -> Diagnostic {
    Diagnostic(.error, file: path(name), line: 1, column: 1, message: message, suggestion: suggestion)
  }
}
