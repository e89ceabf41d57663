import Foundation
import RevOps

/// Whether stored decisions come out the same again: `baton replay`.
public struct ReplayReport: Sendable {
  public let verdicts: [(lead: LeadID, verdict: Replay.Verdict)]

  /// Works out every decision again.
  public init(_ leads: [Lead], in past: PastLeads) async throws(StorageError) {
    let policies = try await past.policies(of: leads)
    var verdicts: [(LeadID, Replay.Verdict)] = []
    for lead in leads { verdicts.append((lead.id, await Replay.check(lead) { policies[$0] })) }
    self.verdicts = verdicts
  }

  public var identical: Int { verdicts.count { $0.verdict == .identical } }
  public var undecided: Int { verdicts.count { $0.verdict == .undecided } }
  public var expired: [(lead: LeadID, reason: String)] {
    var found: [(LeadID, String)] = []
    for case (let lead, .expired(let reason)) in verdicts { found.append((lead, reason)) }
    return found
  }
  public var differences: [(lead: LeadID, difference: Replay.Difference)] {
    var found: [(LeadID, Replay.Difference)] = []
    for case (let lead, .differs(let differences)) in verdicts { found += differences.map { (lead, $0) } }
    return found
  }

  public var text: String {
    var lines = differences.map { lead, difference in
      "\(lead)  \(difference.decision.rawValue): stored \(Self.words(difference.stored)); "
        + "again \(Self.words(difference.recomputed))"
    }
    lines.append(
      "\(verdicts.count) leads: \(identical) identical, \(Set(differences.map(\.lead)).count) differ, "
        + "\(expired.count) expired, \(undecided) not decided yet")
    let reasons = Dictionary(grouping: expired, by: \.reason).mapValues(\.count)
    lines += reasons.sorted { $0.key < $1.key }.map { "  expired: \($0.value) since \($0.key)" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// `leads, identical, differing: [{lead_id, decision, stored, recomputed}], expired, undecided`.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(
      Document(
        leads: verdicts.count, identical: identical,
        differing: differences.map {
          Document.Difference(
            lead: $0.lead.description, decision: $0.difference.decision.rawValue,
            stored: Document.Result($0.difference.stored), recomputed: Document.Result($0.difference.recomputed))
        }, expired: expired.count, undecided: undecided))
  }

  private struct Document: Encodable {
    struct Result: Encodable {
      var path: String?
      var score: Double?
      var team: String?
      var owner: String?
      var reason: String?

      init(_ result: Replay.Result) {
        path = result.path?.rawValue
        score = result.score?.double
        team = result.team
        owner = result.owner
        reason = result.reason
      }
    }

    struct Difference: Encodable {
      var lead: String
      var decision: String
      var stored: Result
      var recomputed: Result

      enum CodingKeys: String, CodingKey {
        case decision, stored, recomputed
        case lead = "lead_id"
      }
    }

    var leads: Int
    var identical: Int
    var differing: [Difference]
    var expired: Int
    var undecided: Int
  }

  private static func words(_ result: Replay.Result) -> String {
    let score = [result.path?.rawValue, result.score.map { "score \($0)" }]
    let route = result.reason.map {
      ["team \(result.team ?? "none")", "owner \(result.owner ?? "nobody")", "by \($0)"]
    }
    return (score.compactMap(\.self) + (route ?? [])).joined(separator: ", ")
  }
}
