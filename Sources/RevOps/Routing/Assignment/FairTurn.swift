/// Chooses who gets a turn: the largest deficit, unless that would push somebody past a whole turn of waiting.
///
/// The largest deficit alone lets a standing pass 1 now and then: with a few large and many small weights, several small
/// ones come due at once and there are too few turns left to serve them (1.10 measured with 30 members of weights 1…3).
/// So before the largest is taken, the others' deadlines are looked at, the turns that each can still wait; if they can't
/// all be kept, the earliest goes first, provided that this saves them. It is as rare as the case itself: about 1 turn in
/// 2,000 for such a team, none for teams of five.
/// (That a schedule within one turn always exists is Tijdeman's chairman assignment theorem, 1980.)
enum FairTurn {
  struct Entry: Sendable, Equatable {
    /// Standing with this turn's share added, in units.
    var balance: Int64
    /// Share of this turn, and of the coming ones if nothing changes. Above 0.
    var units: Int64

    /// How many further turns may pass without one for this entry before its standing exceeds one turn; negative: none,
    /// it has already.
    fileprivate var patience: Int64 {
      let room = TurnUnits.perTurn - balance + FairTurn.tolerance
      return room < 0 ? -1 : room / units
    }

    fileprivate var rank: Int64 { TurnUnits.millionths(balance) }
  }

  /// The place in the list; the first of equals. Nil for an empty list.
  static func pick(from entries: [Entry]) -> Int? {
    guard let largest = first(of: entries, by: { $0.rank > $1.rank }) else { return nil }
    if canWait(entries, except: largest) { return largest }
    guard let urgent = first(of: entries, by: { ($0.patience, -$0.rank) < ($1.patience, -$1.rank) }) else { return nil }
    return urgent != largest && canWait(entries, except: urgent) ? urgent : largest
  }

  /// A millionth of a turn: the remainder of a division is no reason to hurry.
  private static let tolerance = TurnUnits.perTurn / 1_000_000

  private static func first(of entries: [Entry], by precedes: (Entry, Entry) -> Bool) -> Int? {
    entries.indices.reduce(nil as Int?) { best, place in
      guard let best else { return place }
      return precedes(entries[place], entries[best]) ? place : best
    }
  }

  /// Whether one turn after the other is enough for everybody else: the n-th most urgent has patience for the n-1 before.
  private static func canWait(_ entries: [Entry], except served: Int) -> Bool {
    let deadlines = entries.indices.filter { $0 != served }.map { entries[$0].patience }.sorted()
    return deadlines.enumerated().allSatisfy { $0.element >= Int64($0.offset) }
  }
}
