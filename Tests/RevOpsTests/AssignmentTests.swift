import Foundation
import RevOps
import Testing

private typealias Gate = RoutingTrace.Candidate.Gate

@Suite struct `Gates of an assignment` {
  let noon = Date(timeIntervalSince1970: 1_795_435_200)  // Monday 2026-11-23, 12:00 UTC
  let office = WorkingHours.office("UTC")

  private func gate(
    of member: Member = Member(email: "a"), _ status: RepStatus = RepStatus(), load: Int = 0, declined: Bool = false,
    hours: WorkingHours? = nil
  ) -> Gate? {
    let outcome = Assignment.choose(
      team: .desk([member], hours: hours), roster: ["a": status], loads: ["a": load], declined: declined ? ["a"] : [],
      now: noon)
    return outcome.candidates[0].gate
  }

  @Test func `each excludes, and the first to fail is shown`() {
    let full = Member(email: "a", capacity: 3, hours: .office("UTC", 14, 18))
    let gone = RepStatus(isAway: true, activeInSlack: false, activeInCRM: false)
    #expect(gate(of: full, gone, load: 3, declined: true) == .outsideHours)
    #expect(gate(of: Member(email: "a", capacity: 3), gone, load: 3, declined: true) == .away)
    let inactive = RepStatus(activeInSlack: false, activeInCRM: false)
    #expect(gate(of: Member(email: "a", capacity: 3), inactive, load: 3, declined: true) == .atCapacity)
    #expect(gate(inactive, declined: true) == .inactiveInSlack)
    #expect(gate(RepStatus(activeInCRM: false), declined: true) == .inactiveInCRM)
    #expect(gate(declined: true) == .declined)
    #expect(gate() == nil)
  }

  @Test func `what is not known excludes nobody`() {
    let outcome = Assignment.choose(team: .desk([Member(email: "a")]), now: noon)
    #expect(outcome.owner == "a")
    #expect(outcome.waitUntil == nil)
  }

  @Test func `capacity counts open leads, and a rep's own number replaces the configured one`() {
    let member = Member(email: "a", capacity: 3)
    #expect(gate(of: member, load: 2) == nil)
    #expect(gate(of: member, load: 3) == .atCapacity)
    #expect(gate(of: member, RepStatus(capacityOverride: 5), load: 4) == nil)
    #expect(gate(of: member, RepStatus(capacityOverride: 0)) == .atCapacity)
    #expect(gate(load: 1_000_000) == nil)
  }

  @Test func `leave ends at its time`() {
    #expect(gate(RepStatus(isAway: true, awayUntil: noon + 1)) == .away)
    #expect(gate(RepStatus(isAway: true, awayUntil: noon)) == nil)
    #expect(gate(RepStatus(isAway: true)) == .away)
  }

  @Test func `the team's hours hold for members without their own`() {
    let evening = WorkingHours.office("UTC", 14, 18)
    #expect(gate(hours: evening) == .outsideHours)
    #expect(gate(of: Member(email: "a", hours: office), hours: evening) == nil)
  }

  @Test func `every member is listed in the order of the policy, with standing before the turn`() {
    var rotation = RotationState()
    _ = rotation.next(available: contenders(["b": 1, "a": 1]))
    let team = Team.desk([Member(email: "b"), Member(email: "a"), Member(email: "c")])
    let outcome = Assignment.choose(team: team, roster: ["c": RepStatus(isAway: true)], rotation: rotation, now: noon)
    #expect(outcome.candidates.map(\.email) == ["b", "a", "c"])
    #expect(outcome.candidates.map(\.gate) == [nil, nil, .away])
    #expect(outcome.candidates.map(\.standing) == [ExactDecimal("-0.5"), ExactDecimal("0.5"), ExactDecimal(0)])
    #expect(outcome.owner == "a")
    #expect(outcome.tookTurn)
    #expect(outcome.rotation.turns(of: "a") == 1)
    #expect(outcome.sharedBy.map(\.email) == ["b", "a"])
  }

  @Test func `the same facts in any order of the maps give the same answer`() {
    let names = (0..<20).map { "rep\($0)" }
    let team = Team.desk(names.map { Member(email: $0, capacity: 4) }, .leastLoaded)
    let loads = names.enumerated().map { ($0.element, $0.offset % 3) }
    let statuses = names.enumerated().map { ($0.element, RepStatus(isAway: $0.offset % 5 == 0)) }
    func outcome(_ order: [Int]) -> AssignmentOutcome {
      Assignment.choose(
        team: team, roster: Dictionary(uniqueKeysWithValues: order.map { statuses[$0] }),
        loads: Dictionary(uniqueKeysWithValues: order.map { loads[$0] }), now: noon)
    }
    var random = SeededGenerator(seed: 1)
    let first = outcome(Array(0..<20))
    #expect(first.owner == "rep3")
    for _ in 0..<10 { #expect(outcome((0..<20).shuffled(using: &random)) == first) }
  }
}

@Suite struct `Choosing an owner` {
  let noon = Date(timeIntervalSince1970: 1_795_435_200)  // Monday 2026-11-23, 12:00 UTC

  @Test func `a team that assigns nobody leaves the lead to the channel`() {
    let outcome = Assignment.choose(team: .desk([Member(email: "a")], .none), now: noon)
    #expect(outcome.owner == nil)
    #expect(outcome.unassigned == .channelClaims)
    #expect(!outcome.tookTurn)
    #expect(Assignment.choose(team: .desk([], .none), now: noon).unassigned == .channelClaims)
  }

  @Test func `least loaded takes no turn, and ties go to who was assigned longest ago, then by policy`() {
    let team = Team.desk([Member(email: "a"), Member(email: "b"), Member(email: "c")], .leastLoaded)
    func owner(_ loads: [String: Int], _ last: [String: Date] = [:]) -> String? {
      let outcome = Assignment.choose(team: team, loads: loads, lastAssigned: last, now: noon)
      #expect(!outcome.tookTurn && outcome.rotation == RotationState())
      return outcome.owner
    }
    #expect(owner(["a": 2, "b": 1, "c": 3]) == "b")
    #expect(owner([:], ["a": noon, "b": noon - 60, "c": noon - 30]) == "b")
    #expect(owner([:], ["a": noon, "b": noon - 60]) == "c")
    #expect(owner([:], ["a": noon, "b": noon, "c": noon]) == "a")
  }

  @Test func `a released lead is not offered again to the one who released it`() {
    let team = Team.desk([Member(email: "a"), Member(email: "b")])
    #expect(Assignment.choose(team: team, declined: ["a"], now: noon).owner == "b")
    #expect(Assignment.choose(team: team, declined: ["a", "b"], now: noon).unassigned == .nobodyAvailable)
  }

  @Test func `a member of no weight takes no turns`() {
    let idle = Member(email: "a", weight: ExactDecimal(0))
    #expect(Assignment.choose(team: .desk([idle, Member(email: "b")]), now: noon).owner == "b")
    #expect(Assignment.choose(team: .desk([idle]), now: noon).unassigned == .nobodyAvailable)
    #expect(Assignment.choose(team: .desk([idle], .leastLoaded), now: noon).owner == "a")
  }
}

@Suite struct `When nobody is available` {
  let night = Date(timeIntervalSince1970: 1_795_392_000)  // Monday 2026-11-23, 00:00 UTC
  let early = Member(email: "early", hours: .office("UTC", 7, 15))
  let late = Member(email: "late", hours: .office("UTC", 9, 17))
  let alsoEarly = Member(email: "early2", hours: .office("UTC", 7, 12))

  @Test func `the next to come on shift gets it, and the clock starts then`() {
    let outcome = Assignment.choose(team: .desk([late, early]), now: night)
    #expect(outcome.owner == "early")
    #expect(outcome.waitUntil == night + 7 * 3_600)
    #expect(outcome.tookTurn)
    #expect(outcome.candidates.map(\.gate) == [.outsideHours, .outsideHours])
  }

  @Test func `of several who come on at once it is the fair turn's, shared by them alone`() {
    let team = Team.desk([late, early, alsoEarly])
    let first = Assignment.choose(team: team, now: night)
    let second = Assignment.choose(team: team, rotation: first.rotation, now: night)
    #expect([first.owner, second.owner] == ["early", "early2"])
    #expect(second.rotation.standing(of: "late") == ExactDecimal(0))
  }

  @Test func `three zones: whose morning comes first`() throws {
    let team = Team.desk([
      Member(email: "berlin", hours: .office("Europe/Berlin")),
      Member(email: "newyork", hours: .office("America/New_York")),
      Member(email: "sydney", hours: .office("Australia/Sydney")),
    ])
    func next(_ text: String) throws -> AssignmentOutcome { Assignment.choose(team: team, now: try instant(text)) }
    let gap = try next("2026-11-23T07:30:00Z")  // Sydney closed at 07:00 UTC, Berlin opens at 08:00
    #expect(gap.owner == "berlin")
    #expect(try gap.waitUntil == instant("2026-11-23T08:00:00Z"))
    #expect(try next("2026-11-23T18:00:00Z").owner == "newyork")
    #expect(try next("2026-11-23T18:00:00Z").waitUntil == nil)
    let weekend = try next("2026-11-28T12:00:00Z")
    #expect(weekend.owner == "sydney")
    #expect(try weekend.waitUntil == instant("2026-11-29T22:00:00Z"))
    // A week before Europe's change of the clock and after America's, Berlin is five hours ahead, not six.
    let spring = try next("2026-03-09T13:30:00Z")
    #expect(spring.candidates.map(\.gate) == [nil, nil, .outsideHours])
  }

  @Test func `leave with a known end counts from its end`() {
    let until = RepStatus(isAway: true, awayUntil: night + 9.5 * 3_600)
    let waiting = Assignment.choose(team: .desk([early, late]), roster: ["early": until], now: night)
    #expect(waiting.owner == "late")
    let alone = Assignment.choose(team: .desk([early]), roster: ["early": until], now: night)
    #expect(alone.waitUntil == night + 9.5 * 3_600)
    let open = Assignment.choose(team: .desk([early]), roster: ["early": RepStatus(isAway: true)], now: night)
    #expect(open.unassigned == .nobodyAvailable)
  }

  @Test func `all at capacity leaves it without owner, for the first with room`() {
    let team = Team.desk([Member(email: "a", capacity: 1), Member(email: "b", capacity: 2)])
    let full = Assignment.choose(team: team, loads: ["a": 1, "b": 2], now: night)
    #expect(full.owner == nil)
    #expect(full.unassigned == .atCapacity)
    #expect(full.rotation == RotationState() && !full.tookTurn)
    #expect(Assignment.choose(team: team, loads: ["a": 1, "b": 1], now: night).owner == "b")
  }

  @Test func `one who is full is passed over for the next with room to come on shift`() {
    let busy = Member(email: "busy", capacity: 1, hours: .office("UTC", 7, 15))
    #expect(Assignment.choose(team: .desk([busy, late]), loads: ["busy": 1], now: night).owner == "late")
  }

  @Test func `a team without members, or without shifts, has nobody`() {
    #expect(Assignment.choose(team: .desk([]), now: night).unassigned == .nobodyAvailable)
    let never = Member(email: "a", hours: .office("UTC", days: []))
    #expect(Assignment.choose(team: .desk([never]), now: night).unassigned == .nobodyAvailable)
  }

  @Test func `anyone ignores hours and nothing else`() {
    let members = [early, late, Member(email: "full", capacity: 0), Member(email: "gone", hours: .office("UTC"))]
    let team = Team.desk(members, .roundRobin, .anyone)
    let roster = ["gone": RepStatus(isAway: true), "late": RepStatus(activeInSlack: false)]
    let outcome = Assignment.choose(team: team, roster: roster, now: night)
    #expect(outcome.owner == "early")
    #expect(outcome.waitUntil == nil)
    #expect(Assignment.choose(team: team, roster: roster, declined: ["early"], now: night).unassigned == .atCapacity)
  }

  @Test func `another team is named, and no turn is taken`() {
    let team = Team.desk([early], .leastLoaded, .team("general"))
    let outcome = Assignment.choose(team: team, now: night)
    #expect(outcome.owner == nil)
    #expect(outcome.unassigned == .overflow)
    #expect(outcome.overflowTeam == "general")
    #expect(Assignment.choose(team: team, now: night + 8 * 3_600).overflowTeam == nil)
  }
}
