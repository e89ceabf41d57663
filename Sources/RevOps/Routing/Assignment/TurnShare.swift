import Foundation

/// The unit in which turns are divided.
enum TurnUnits {
  /// The least common multiple of 1…36: a turn divides without remainder whenever the available weights, in lowest
  /// terms, add up to 36 or less. With others a share is off by less than one unit, so that a hundred million turns
  /// shift nobody by more than a millionth of a turn.
  static let perTurn: Int64 = 144_403_552_893_600

  /// Rounded to a millionth of a turn, so that a remainder of single units makes nobody first.
  static func millionths(_ units: Int64) -> Int64 {
    let scaled = Int128(units) * 1_000_000
    let half = Int128(perTurn) / 2
    return Int64((scaled + (scaled < 0 ? -half : half)) / Int128(perTurn))
  }

  static func decimal(_ units: Int64) -> ExactDecimal {
    ExactDecimal(Decimal(millionths(units)) / 1_000_000)
  }
}

/// One contender's part of one turn.
struct TurnShare: Sendable, Equatable {
  var email: String
  var units: Int64

  /// Divides exactly one turn by weight, in the order given. Contenders without weight and repeated ones are left out.
  static func divide(among contenders: [RotationState.Contender]) -> [TurnShare] {
    var seen: Set<String> = []
    let weighed = contenders.map { ($0.email, millionths(ofWeight: $0.weight)) }
      .filter { $0.1 > 0 && seen.insert($0.0).inserted }
    let total = weighed.reduce(Int128(0)) { $0 + Int128($1.1) }
    var sum = Int128(0)
    return weighed.map { email, weight in
      // The difference of two running totals: the rounding of one is made good by the next, and they add up to a turn.
      let before = Int128(TurnUnits.perTurn) * sum / total
      sum += Int128(weight)
      return TurnShare(email: email, units: Int64(Int128(TurnUnits.perTurn) * sum / total - before))
    }
  }

  private static func millionths(ofWeight weight: ExactDecimal) -> Int64 {
    guard weight.value > 0 else { return 0 }
    var scaled = min(weight.value, 1_000_000) * 1_000_000
    var rounded = Decimal()
    NSDecimalRound(&rounded, &scaled, 0, .plain)
    return max(1, NSDecimalNumber(decimal: rounded).int64Value)
  }
}
