import Foundation
import PolicyFiles
import RevOps
import Testing

/// The configuration and the leads that come with Baton.
@Suite struct SampleCompanyTests {
  private static let config = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "config")

  @Test("the sample configuration has neither errors nor warnings, and its examples hold")
  func loads() throws {
    let loaded = try PolicyLoader(folder: Self.config.path).load()
    #expect(loaded.warnings.isEmpty)
    #expect(loaded.policy.routing.teams.count > 15)
  }

  @Test("the sample playbook says the defaults")
  func defaults() throws {
    #expect(try PolicyLoader(folder: Self.config.path).load().policy.playbook == Playbook())
  }

  @Test("the environment file sets nothing")
  func environment() throws {
    let text = try String(contentsOf: Self.config.appending(path: "env.example"), encoding: .utf8)
    #expect(text.split(separator: "\n").allSatisfy { $0.hasPrefix("#") })
  }

  @Test("every sample lead goes where the table says", arguments: try rows())
  func samples(row: Row) throws {
    let policy = try PolicyLoader(folder: Self.config.path).load().policy
    let data = try Data(contentsOf: Self.config.appending(path: "samples/\(row.file)"))
    let payload = try LeadPayload.read(try JSONDecoder().decode(JSONValue.self, from: data))
    let facts = Normalizer.shared.normalize(payload: payload, enrichment: nil, crm: .notChecked)
    let score = Scoring.decide(facts, policy: policy.scoring)
    #expect(score.path.rawValue == row.path, "\(facts.normalized)")
    guard score.path != .disqualify else { return }
    let match = RuleMatching.match(facts, policy: policy.routing, score: score.score, isActive: { _ in true })
    #expect(match.target == .team(row.team), "\(facts.normalized)")
  }

  struct Row: Sendable {
    var file: String
    var path: String
    var team: String
  }

  private static func rows() throws -> [Row] {
    let table = try String(contentsOf: config.appending(path: "samples/README.md"), encoding: .utf8)
    return table.split(separator: "\n").filter { $0.hasPrefix("| [") }.map { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      return Row(file: String(cells[0].dropFirst().prefix { $0 != "]" }), path: cells[1], team: cells[2])
    }
  }
}
