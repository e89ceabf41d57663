import Foundation
import PolicyFiles
import RevOps

/// The outcome of a backtest in words and as JSON.
public struct BacktestReport: Sendable {
  public let outcomes: [Backtest.Outcome]
  /// What is wrong with the configuration; the rules in error were left out.
  public let errors: [Diagnostic]

  public init(_ outcomes: [Backtest.Outcome], errors: [Diagnostic] = []) {
    self.outcomes = outcomes
    self.errors = errors
  }

  public var moved: [Backtest.Outcome] { outcomes.filter(\.isMoved) }
  public var newlyUnrouted: [Backtest.Outcome] { outcomes.filter { $0.to.isUnrouted && !$0.from.isUnrouted } }
  /// Leads per rep under the configuration.
  public var load: [String: Int] { Self.load(outcomes.map(\.to)) }
  public var loadBefore: [String: Int] { Self.load(outcomes.map(\.from)) }

  private static func load(_ routes: [Backtest.Route]) -> [String: Int] {
    routes.reduce(into: [:]) { load, route in
      if let owner = route.owner { load[owner, default: 0] += 1 }
    }
  }

  public var text: String {
    var lines = ["\(outcomes.count) leads, \(moved.count) moved, \(newlyUnrouted.count) newly unrouted"]
    lines += section("Moved", moved.map { "\($0.lead)  \(Self.words($0.from)) → \(Self.words($0.to))" })
    lines += section("Newly unrouted", newlyUnrouted.map { "\($0.lead)  \(Self.words($0.to))" })
    lines += section("Leads per rep", loads)
    return lines.joined(separator: "\n") + "\n"
  }

  private var loads: [String] {
    let (before, after) = (loadBefore, load)
    return Set(before.keys).union(after.keys).sorted().map { rep in
      "\(rep): \(before[rep] ?? 0) → \(after[rep] ?? 0)"
    }
  }

  private func section(_ title: String, _ lines: [String]) -> [String] {
    lines.isEmpty ? [] : ["", title] + lines.map { "  " + $0 }
  }

  private static func words(_ route: Backtest.Route) -> String {
    guard route.path != .disqualify else { return "disqualified" }
    let place = [route.team, route.owner].compactMap(\.self).joined(separator: ", ")
    return (place.isEmpty ? "nobody" : place) + (route.path == .qualify ? "" : " (\(route.path.rawValue))")
  }

  /// `leads, moved: [{lead_id, from, to, …}], load, newly_unrouted`, and `errors` where there are.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(
      Document(
        leads: outcomes.count, moved: moved.map(Document.Move.init), load: load,
        newlyUnrouted: newlyUnrouted.map(\.lead.description),
        errors: errors.isEmpty ? nil : errors.map(\.description)))
  }

  private struct Document: Encodable {
    struct Move: Encodable {
      var lead: String
      /// The owner's address; the team's name while it has none; null for nobody.
      var from: String?
      var to: String?
      var fromTeam: String?
      var toTeam: String?
      var fromPath: Path
      var toPath: Path

      init(_ outcome: Backtest.Outcome) {
        lead = outcome.lead.description
        from = outcome.from.destination
        to = outcome.to.destination
        fromTeam = outcome.from.team
        toTeam = outcome.to.team
        fromPath = outcome.from.path
        toPath = outcome.to.path
      }

      enum CodingKeys: String, CodingKey {
        case lead = "lead_id"
        case from, to
        case fromTeam = "from_team"
        case toTeam = "to_team"
        case fromPath = "from_path"
        case toPath = "to_path"
      }

      /// With nulls: a member that is missing says nothing.
      func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(lead, forKey: .lead)
        try container.encode(from, forKey: .from)
        try container.encode(to, forKey: .to)
        try container.encode(fromTeam, forKey: .fromTeam)
        try container.encode(toTeam, forKey: .toTeam)
        try container.encode(fromPath, forKey: .fromPath)
        try container.encode(toPath, forKey: .toPath)
      }
    }

    var leads: Int
    var moved: [Move]
    var load: [String: Int]
    var newlyUnrouted: [String]
    var errors: [String]?

    enum CodingKeys: String, CodingKey {
      case leads, moved, load, errors
      case newlyUnrouted = "newly_unrouted"
    }
  }
}
