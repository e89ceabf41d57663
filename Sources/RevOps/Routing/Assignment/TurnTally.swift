/// What one member of a team was entitled to and what they took.
struct TurnTally: Codable, Sendable, Equatable {
  /// Turns charged and not credited.
  var taken = 0
  /// The entitled share: whole turns, and units of a turn from 0 up to one turn.
  private var share = 0
  private var part: Int64 = 0

  init() {}

  /// - Parameter units: At most one turn, either way.
  mutating func add(_ units: Int64) {
    part += units
    if part >= TurnUnits.perTurn {
      part -= TurnUnits.perTurn
      share += 1
    } else if part < 0 {
      part += TurnUnits.perTurn
      share -= 1
    }
  }

  /// Entitled minus taken, in units; cut off at 50,000 turns, where 64 bits end.
  var balance: Int64 {
    let turns = min(max(share - taken, -50_000), 50_000)
    return Int64(turns) * TurnUnits.perTurn + part
  }
}

extension TurnTally {
  private enum CodingKeys: String, CodingKey { case taken, share, part }

  /// Refuses numbers that no sequence of turns leads to: adding to them could overflow.
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    taken = try container.decode(Int.self, forKey: .taken)
    share = try container.decode(Int.self, forKey: .share)
    part = try container.decode(Int64.self, forKey: .part)
    let counts = 0...1_000_000_000_000
    guard counts.contains(taken), counts.contains(abs(max(share, -.max))), 0..<TurnUnits.perTurn ~= part else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not a count of turns"))
    }
  }
}
