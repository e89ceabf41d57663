import Foundation
import RevOps
import Testing

/// A second account of who was entitled to what, kept in floating point and by the contract's words alone.
private struct Ledger {
  private var entitled: [String: Double] = [:]
  private var taken: [String: Double] = [:]

  mutating func give(to owner: String, sharedBy weights: [(String, Int)], times: Double = 1) {
    let total = Double(weights.reduce(0) { $0 + $1.1 })
    for (email, weight) in weights { entitled[email, default: 0] += times * Double(weight) / total }
    taken[owner, default: 0] += times
  }

  var widestGap: Double { entitled.map { abs($0.value - taken[$0.key, default: 0]) }.max() ?? 0 }
  func gap(of email: String) -> Double { entitled[email, default: 0] - taken[email, default: 0] }
}

/// A team over a year: weights change, people join, go on leave, return.
private struct Year {
  var random: SeededGenerator
  var weights: [Int]
  var away: Set<Int> = []

  init(seed: Int, members: ClosedRange<Int>, weight: ClosedRange<Int> = 1...5) {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: members, using: &random)
    weights = (0..<count).map { _ in Int.random(in: weight, using: &random) }
    self.random = random
  }

  mutating func happen() {
    for member in weights.indices where random.once(in: 40) {
      if away.remove(member) == nil, away.count < weights.count - 1 { away.insert(member) }
    }
    if random.once(in: 600) { weights.append(Int.random(in: 1...5, using: &random)) }
    if random.once(in: 300) {
      weights[Int.random(in: weights.indices, using: &random)] = Int.random(in: 1...5, using: &random)
    }
  }

  static func email(_ member: Int) -> String { "rep\(member)@x.example" }

  func available(without declined: Set<String> = []) -> [(String, Int)] {
    weights.indices.filter { !away.contains($0) }.map { (Self.email($0), weights[$0]) }
      .filter { !declined.contains($0.0) }
  }

  var team: Team {
    .desk(weights.indices.map { Member(email: Self.email($0), weight: ExactDecimal(weights[$0])) })
  }

  var roster: [String: RepStatus] {
    Dictionary(uniqueKeysWithValues: away.map { (Self.email($0), RepStatus(isAway: true)) })
  }
}

@Suite struct `Fairness of turns` {
  @Test(arguments: 1...8)
  func `below two leads at every step, with leave, joins, new weights, declines and owned accounts`(seed: Int) throws {
    var year = Year(seed: seed, members: 2...14)
    var (rotation, ledger) = (RotationState(), Ledger())
    let now = Date(timeIntervalSince1970: 1_790_000_000)
    for lead in 0..<5_000 {
      year.happen()
      if year.random.once(in: 5) { continue }  // an owned account: no turn
      var declined: Set<String> = []
      var outcome = Assignment.choose(team: year.team, roster: year.roster, rotation: rotation, now: now)
      if year.random.once(in: 20), year.available().count > 1, let owner = outcome.owner {
        declined.insert(owner)
        outcome.rotation.credit(owner, sharedBy: outcome.sharedBy)
        outcome = Assignment.choose(
          team: year.team, roster: year.roster, rotation: outcome.rotation, declined: declined, now: now)
      }
      let owner = try #require(outcome.owner)
      rotation = outcome.rotation
      ledger.give(to: owner, sharedBy: year.available(without: declined))
      guard ledger.widestGap < 2 else {
        Issue.record("lead \(lead): a gap of \(ledger.widestGap)")
        return
      }
    }
    for (email, _) in year.available() {
      #expect(abs(rotation.standing(of: email).double - ledger.gap(of: email)) < 1e-5)
    }
  }

  /// Seeds and sizes among them for which the largest deficit alone goes past the bound.
  @Test(arguments: 1...40)
  func `below 1.01 leads at every step while nobody is away`(seed: Int) throws {
    let year =
      seed % 2 == 0
      ? Year(seed: seed, members: 2...12, weight: 1...10) : Year(seed: seed, members: 15...30, weight: 1...3)
    var (rotation, ledger) = (RotationState(), Ledger())
    let weights = year.available()
    let team = weights.map { RotationState.Contender(email: $0.0, weight: ExactDecimal($0.1)) }
    for lead in 0..<400 {
      let owner = rotation.next(available: team)
      ledger.give(to: try #require(owner), sharedBy: weights)
      guard ledger.widestGap < 1.01 else {
        Issue.record("lead \(lead): a gap of \(ledger.widestGap)")
        return
      }
    }
  }

  @Test func `a team that the largest deficit alone would not serve in time is served in time`() throws {
    let weights = zip("abcdefg", [1, 1, 6, 1, 6, 1, 6]).map { (String($0), $1) }
    let team = weights.map { RotationState.Contender(email: $0.0, weight: ExactDecimal($0.1)) }
    var (rotation, fair, greedy) = (RotationState(), Ledger(), Ledger())
    var widest = (fair: 0.0, greedy: 0.0)
    for _ in 0..<44 {
      let owner = rotation.next(available: team)
      fair.give(to: try #require(owner), sharedBy: weights)
      let due = weights.map { greedy.gap(of: $0.0) + Double($0.1) / 22 }
      let largest = try #require(due.indices.first { due[$0] > (due.max() ?? 0) - 1e-9 })
      greedy.give(to: weights[largest].0, sharedBy: weights)
      widest = (max(widest.fair, fair.widestGap), max(widest.greedy, greedy.widestGap))
    }
    #expect(widest.greedy > 1.05)
    #expect(widest.fair < 1.000_001)
  }

  @Test func `the largest deficit is served whenever nobody else would wait too long`() throws {
    var random = SeededGenerator(seed: 7)
    var rotation = RotationState()
    let weights = [("a", 3), ("b", 2), ("c", 2), ("d", 1)]
    for _ in 0..<500 {
      let here = weights.filter { _ in !random.once(in: 4) }
      guard !here.isEmpty else { continue }
      let total = Double(here.reduce(0) { $0 + $1.1 })
      let due = here.map { rotation.standing(of: $0.0).double + Double($0.1) / total }
      let owner = rotation.next(available: here.map { .init(email: $0.0, weight: ExactDecimal($0.1)) })
      let place = try #require(here.firstIndex { $0.0 == owner })
      #expect(due[place] > (due.max() ?? 0) - 1e-5)
    }
  }

  @Test func `standings add up to zero after any mixture of turns, credits and charges`() {
    var random = SeededGenerator(seed: 3)
    var rotation = RotationState()
    let names = (0..<7).map { "rep\($0)" }
    for _ in 0..<3_000 {
      let name = names[Int.random(in: 0..<7, using: &random)]
      switch Int.random(in: 0..<6, using: &random) {
      case 0: rotation.credit(name)
      case 1: rotation.charge(name)
      default:
        let here = names.filter { _ in random.once(in: 2) }
        _ = rotation.next(
          available: here.map { .init(email: $0, weight: ExactDecimal(Int.random(in: 1...9, using: &random))) })
      }
    }
    let sum = names.reduce(0) { $0 + rotation.standing(of: $1).double }
    #expect(abs(sum) < 1e-5)
  }

  @Test func `ten thousand turns among weights that don't divide evenly shift nobody`() {
    // 41 + 59 + 97 = 197, a prime that the unit isn't a multiple of.
    var rotation = RotationState()
    let team = contenders(["a": 41, "b": 59, "c": 97])
    for _ in 0..<(197 * 50) { _ = rotation.next(available: team) }
    #expect(["a", "b", "c"].map(rotation.turns) == [41 * 50, 59 * 50, 97 * 50])
    #expect(["a", "b", "c"].allSatisfy { rotation.standing(of: $0) == ExactDecimal(0) })
  }
}
