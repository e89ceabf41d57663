import Foundation
import RevOps

/// SplitMix64: the same seed gives the same run on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: some BinaryInteger) { state = UInt64(truncatingIfNeeded: seed) }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// True once in `times`.
  mutating func once(in times: Int) -> Bool { Int.random(in: 0..<times, using: &self) == 0 }
}

/// `2026-03-29T03:30:00+02:00`
func instant(_ text: String) throws -> Date {
  try Date(text, strategy: .iso8601)
}

func contenders(_ weights: KeyValuePairs<String, Int>) -> [RotationState.Contender] {
  weights.map { RotationState.Contender(email: $0.key, weight: ExactDecimal($0.value)) }
}

extension Team {
  static func desk(
    _ members: [Member], _ assignment: Assignment = .roundRobin, _ whenUnavailable: WhenUnavailable = .wait,
    hours: WorkingHours? = nil
  ) -> Team {
    Team(
      name: "desk", channel: "#desk", assignment: assignment, whenUnavailable: whenUnavailable, hours: hours,
      members: members)
  }
}

extension WorkingHours {
  /// Weekdays, full hours.
  static func office(
    _ zone: String, _ from: Int = 9, _ to: Int = 18, days: [Day] = [.mon, .tue, .wed, .thu, .fri],
    holidays: [String] = []
  ) -> WorkingHours {
    WorkingHours(timezone: zone, days: days, from: from * 60, to: to * 60, holidays: holidays)
  }
}
