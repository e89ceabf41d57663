import Foundation
import RevOps
import Testing

@Suite struct `Turns of a team` {
  @Test func `equal members take turns in the order of the policy, again and again`() {
    var rotation = RotationState()
    let team = contenders(["a": 1, "b": 1, "c": 1])
    let given = (0..<9).map { _ in rotation.next(available: team) }
    #expect(given == ["a", "b", "c", "a", "b", "c", "a", "b", "c"])
  }

  @Test func `a weight of two gets two of three turns, spread out`() {
    var rotation = RotationState()
    let given = (0..<6).map { _ in rotation.next(available: contenders(["a": 2, "b": 1])) }
    #expect(given == ["a", "b", "a", "a", "b", "a"])
  }

  @Test func `weights count by their proportion, whatever their scale`() throws {
    let half = try #require(ExactDecimal("0.5"))
    var (small, large) = (RotationState(), RotationState())
    for _ in 0..<50 {
      let first = small.next(available: [.init(email: "a", weight: half), .init(email: "b")])
      #expect(first == large.next(available: contenders(["a": 500_000, "b": 1_000_000])))
    }
  }

  @Test func `ties follow the order even where turns don't divide evenly`() {
    // 37 doesn't divide the unit: remainders accumulate, and must not put anybody first.
    let names = (0..<37).map { "rep\($0)" }
    var rotation = RotationState()
    for turn in 0..<370 {
      #expect(rotation.next(available: names.map { .init(email: $0) }) == names[turn % 37])
    }
  }

  @Test func `standing is the turns missing to the fair share`() {
    var rotation = RotationState()
    _ = rotation.next(available: contenders(["a": 1, "b": 1, "c": 1, "d": 1]))
    #expect(rotation.standing(of: "a") == ExactDecimal("-0.75"))
    #expect(rotation.standing(of: "d") == ExactDecimal("0.25"))
    #expect(rotation.standing(of: "stranger") == ExactDecimal(0))
    #expect(rotation.turns(of: "a") == 1)
  }

  @Test func `without anybody of weight there is no turn and no change`() {
    var rotation = RotationState()
    #expect(rotation.next(available: []) == nil)
    #expect(rotation.next(available: contenders(["a": 0, "b": -1])) == nil)
    #expect(rotation == RotationState())
  }

  @Test func `whoever is named twice counts once`() {
    var (once, twice) = (RotationState(), RotationState())
    for _ in 0..<7 {
      _ = once.next(available: contenders(["a": 1, "b": 1]))
      _ = twice.next(available: contenders(["a": 1, "b": 1, "a": 5]))
    }
    #expect(once == twice)
  }

  @Test func `a returner doesn't catch up with the turns of their leave`() {
    var rotation = RotationState()
    let all = contenders(["a": 1, "b": 1, "c": 1])
    for _ in 0..<6 { _ = rotation.next(available: all) }
    for _ in 0..<40 { _ = rotation.next(available: contenders(["a": 1, "b": 1])) }
    let after = (0..<6).compactMap { _ in rotation.next(available: all) }
    #expect(after.filter { $0 == "c" }.count == 2)
  }

  @Test func `a joiner starts at the current level`() {
    var rotation = RotationState()
    for _ in 0..<101 { _ = rotation.next(available: contenders(["a": 1, "b": 1])) }
    let after = (0..<30).compactMap { _ in rotation.next(available: contenders(["a": 1, "b": 1, "new": 1])) }
    #expect((9...11).contains(after.filter { $0 == "new" }.count))
  }

  @Test func `a credited turn was never given`() {
    var rotation = RotationState()
    let team = contenders(["a": 3, "b": 2, "c": 1])
    for _ in 0..<4 { _ = rotation.next(available: team) }
    let before = ["a", "b", "c"].map(rotation.standing)
    let owner = rotation.next(available: team)
    rotation.credit(owner ?? "", sharedBy: team)
    #expect(["a", "b", "c"].map(rotation.standing) == before)
    #expect(rotation.next(available: team) == owner)
  }

  @Test func `a turn of an earlier team is credited to those who shared it`() {
    var rotation = RotationState()
    let morning = contenders(["a": 1, "b": 1])
    _ = rotation.next(available: morning)
    _ = rotation.next(available: contenders(["c": 1, "d": 1]))
    rotation.credit("a", sharedBy: morning)
    #expect(rotation.standing(of: "a") == ExactDecimal(0))
    #expect(rotation.standing(of: "b") == ExactDecimal(0))
    #expect(rotation.standing(of: "c") == ExactDecimal("-0.5"))
  }

  @Test func `a takeover moves the turn from one to the other`() {
    var rotation = RotationState()
    let team = contenders(["a": 1, "b": 1])
    #expect(rotation.next(available: team) == "a")
    rotation.credit("a")
    rotation.charge("b")
    #expect(rotation.turns(of: "a") == 0)
    #expect(rotation.turns(of: "b") == 1)
    #expect(rotation.standing(of: "b") == ExactDecimal("-0.5"))
    #expect(rotation.next(available: team) == "a")
  }

  @Test func `credit without a turn to give back does nothing`() {
    var rotation = RotationState()
    _ = rotation.next(available: contenders(["a": 1, "b": 1]))
    let before = rotation
    rotation.credit("b")
    rotation.credit("stranger")
    #expect(rotation == before)
  }
}

@Suite struct `The stored rotation` {
  private func decode(_ text: String) throws -> RotationState {
    try JSONDecoder().decode(RotationState.self, from: Data(text.utf8))
  }

  @Test func `round-trips, and goes on where it was`() throws {
    var rotation = RotationState()
    let team = contenders(["a@x.example": 3, "b@x.example": 2, "c@x.example": 2])
    for _ in 0..<11 { _ = rotation.next(available: team) }
    rotation.credit("a@x.example")
    rotation.charge("former@x.example")
    var copy = try JSONDecoder().decode(RotationState.self, from: JSONEncoder().encode(rotation))
    #expect(copy == rotation)
    #expect((0..<20).map { _ in copy.next(available: team) } == (0..<20).map { _ in rotation.next(available: team) })
  }

  @Test func `members who left the team don't disturb, and keep their standing`() throws {
    var rotation = RotationState()
    _ = rotation.next(available: contenders(["former": 1, "a": 1]))
    let copy = try JSONDecoder().decode(RotationState.self, from: JSONEncoder().encode(rotation))
    var now = copy
    #expect((0..<4).map { _ in now.next(available: contenders(["a": 1, "b": 1])) } == ["a", "b", "a", "b"])
    #expect(now.standing(of: "former") == ExactDecimal("-0.5"))
  }

  @Test func `an empty document and one with unknown fields are read`() throws {
    #expect(try decode("{}") == RotationState())
    let later = #"{"members":{"a":{"taken":2,"share":1,"part":0,"new":true}},"later":[1]}"#
    #expect(try decode(later).standing(of: "a") == ExactDecimal(-1))
  }

  @Test(arguments: [
    #"{"members":{"a":{"taken":1,"share":0,"part":-1}}}"#,
    #"{"members":{"a":{"taken":1,"share":0,"part":9000000000000000000}}}"#,
    #"{"members":{"a":{"taken":-1,"share":0,"part":0}}}"#,
    #"{"members":{"a":{"taken":1,"share":-9223372036854775808,"part":0}}}"#,
    #"{"latest":{"a":5}}"#, #"{"latest":{"a":-1}}"#,
  ])
  func `impossible numbers are refused`(text: String) {
    #expect(throws: DecodingError.self) { try decode(text) }
  }
}
