/// Whose turn it is in one team: a small document that is stored with a version number and changed by compare-and-set.
///
/// Each turn given adds one turn to the entitled shares of the members who were available for it, divided by their
/// weights; the one who gets it has one turn more taken. `standing` is the difference: turns missing to the fair share.
///
/// What always holds:
/// - The standings of all tallies add up to zero, exactly, whatever is credited or charged.
/// - Whoever is away gains nothing and loses nothing. So a returner goes on from where they stood, less than two turns
///   from the others, and a joiner starts at zero, which is the average: neither gets the leads of the time before.
/// - While the same members are available, with the same weights, no standing passes one turn either way (`FairTurn`).
///   Leave moves it further, and stays below two turns for every team and pattern of leave tried. It can't be excluded:
///   if all but one of eleven leave one by one, each right after a turn, the last has waited 2.02 turns under any rule.
///
/// The standings of members who left the team are kept: they may come back, and the sum needs them.
public struct RotationState: Codable, Sendable, Equatable {
  /// Somebody who could have got a turn.
  public struct Contender: Codable, Sendable, Equatable {
    public var email: String
    /// Takes part above 0, in proportion. Counted in millionths, up to a million.
    public var weight: ExactDecimal

    public init(email: String, weight: ExactDecimal = ExactDecimal(1)) {
      self.email = email
      self.weight = weight
    }
  }

  private var members: [String: TurnTally] = [:]
  /// How the latest turn was divided: units of `TurnUnits` by e-mail address. What a turn is credited by if nobody
  /// remembers who it was shared by.
  private var latest: [String: Int64] = [:]

  public init() {}

  /// Gives the next turn to the contender with the largest deficit, charges it, and says who. Equal ones go by their
  /// order in the list: give them in the order of the policy. Nil, and no change, if nobody has a weight above 0.
  public mutating func next(available contenders: [Contender]) -> String? {
    let shares = TurnShare.divide(among: contenders)
    let queue = shares.map { FairTurn.Entry(balance: tally(of: $0.email).balance + $0.units, units: $0.units) }
    guard let place = FairTurn.pick(from: queue) else { return nil }
    let email = shares[place].email
    accrue(shares, times: 1)
    members[email, default: TurnTally()].taken += 1
    latest = Dictionary(uniqueKeysWithValues: shares.map { ($0.email, $0.units) })
    return email
  }

  /// Takes a turn back (junk, released, reassigned): it was never given, so the shares in it are withdrawn too. Without
  /// a turn to give back nothing happens.
  ///
  /// - Parameter sharers: Those it was divided among; nil takes those of the latest turn, the same unless somebody came
  ///   or went since.
  public mutating func credit(_ email: String, sharedBy sharers: [Contender]? = nil) {
    guard let tally = members[email], tally.taken > 0 else { return }
    accrue(shares(in: sharers, or: email), times: -1)
    members[email, default: tally].taken -= 1
  }

  /// Counts a turn that somebody got without being next, by a claim or as the previous owner. For members of the team
  /// only: a lead that leaves the team is credited and charged to nobody.
  public mutating func charge(_ email: String, sharedBy sharers: [Contender]? = nil) {
    accrue(shares(in: sharers, or: email), times: 1)
    members[email, default: TurnTally()].taken += 1
  }

  /// Turns missing to the fair share; negative: turns ahead of it. To a millionth of a turn; 0 for a stranger.
  public func standing(of email: String) -> ExactDecimal {
    TurnUnits.decimal(tally(of: email).balance)
  }

  /// Turns charged and not credited.
  public func turns(of email: String) -> Int { tally(of: email).taken }

  private func tally(of email: String) -> TurnTally { members[email] ?? TurnTally() }

  private mutating func accrue(_ shares: [TurnShare], times: Int64) {
    for share in shares {
      members[share.email, default: TurnTally()].add(share.units * times)
    }
  }

  /// A turn that nobody shared is its taker's alone.
  private func shares(in sharers: [Contender]?, or email: String) -> [TurnShare] {
    let shares =
      sharers.map(TurnShare.divide(among:)) ?? latest.map { TurnShare(email: $0.key, units: $0.value) }
    return shares.isEmpty ? [TurnShare(email: email, units: TurnUnits.perTurn)] : shares
  }
}

extension RotationState {
  private enum CodingKeys: String, CodingKey { case members, latest }

  /// A missing part is empty: a team that never gave a turn, or a document from before there was such a part.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    members = try container.decodeIfPresent([String: TurnTally].self, forKey: .members) ?? [:]
    latest = try container.decodeIfPresent([String: Int64].self, forKey: .latest) ?? [:]
    let oneTurn = 0...TurnUnits.perTurn
    guard latest.values.allSatisfy(oneTurn.contains), latest.isEmpty || latest.values.reduce(0, +) == TurnUnits.perTurn
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .latest, in: container, debugDescription: "the shares of the latest turn don't add up to one")
    }
  }
}
