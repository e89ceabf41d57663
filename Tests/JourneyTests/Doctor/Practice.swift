import Foundation
import Sandbox
import TestSupport
import Testing

/// The built `baton doctor` with stand-ins for the services, and nothing else running.
struct Practice: Sendable {
  let sandbox: Sandbox
  let folder: TemporaryFolder

  static let index = "past-accounts"

  var world: World { sandbox.world }

  /// - Parameters:
  ///   - edits: replace text of the sample configuration's files.
  static func open(
    _ configuration: Sandbox.Configuration = .init(), edits: [(file: String, old: String, new: String)] = [],
    _ story: @escaping @Sendable (Practice) async throws -> Void
  ) async throws {
    let practice = Practice(sandbox: Sandbox(configuration), folder: try TemporaryFolder())
    try practice.copyConfiguration(edits)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await practice.sandbox.run() }
      _ = await practice.sandbox.started()
      practice.world.addIndex(index, dimension: 256)
      try await story(practice)
      group.cancelAll()
    }
  }

  private func copyConfiguration(_ edits: [(file: String, old: String, new: String)]) throws {
    let copy = folder.url.appending(path: "config")
    try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
    for name in ["routing.yaml", "scoring.yaml", "playbook.yaml"] {
      var text = try String(contentsOf: Product.config.appending(path: name), encoding: .utf8)
      for edit in edits where edit.file == name {
        try #require(text.contains(edit.old), "config/\(name) no longer holds \(edit.old)")
        text = text.replacingOccurrences(of: edit.old, with: edit.new)
      }
      try text.write(to: copy.appending(path: name), atomically: true, encoding: .utf8)
    }
  }

  /// All that is set where everything is well.
  var environment: [String: String] {
    let own = [
      "BATON_PUBLIC_URL": "https://baton.northwind.example", "ADMIN_TOKEN": "practice-admin-token",
      "BATON_PROMPTS_DIR": Product.root.appending(path: "prompts").path,
      "HUBSPOT_APP_SECRET": sandbox.configuration.hubSpotAppSecret ?? "", "HUBSPOT_PORTAL_ID": "62515",
    ]
    return sandbox.configuration.environment(at: sandbox.baseURL).merging(own) { $1 }
  }

  /// What one run said.
  struct Visit: Sendable {
    var code: Int32
    var output: String
    var document: JSON

    var findings: [JSON] { document["findings"].items }

    func findings(_ service: String, _ check: String) -> [JSON] {
      findings.filter { $0["service"].text == service && $0["check"].text == check }
    }

    /// "service/check: detail" of all that is failing.
    var failures: [String] {
      findings.filter { $0["state"].text == "failing" }
        .map { "\($0["service"].text ?? "")/\($0["check"].text ?? ""): \($0["detail"].text ?? "")" }
    }
  }

  /// - Parameter changes: to the environment; nil takes a variable out.
  func visit(_ words: [String] = [], changes: [String: String?] = [:]) async throws -> Visit {
    var all = environment
    for (name, value) in changes { all[name] = value }
    let result = try await Product.run(["doctor", "--json"] + words, environment: all, directory: folder.url)
    let document = try #require(JSON.parse(Data(result.output.utf8)), "\(result.output)\(result.errors)")
    return Visit(code: result.code, output: result.output, document: document)
  }
}
