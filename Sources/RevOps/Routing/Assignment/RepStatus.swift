import Foundation

/// What is known of a rep at the moment, beside the configuration. A rep without one is here and active.
public struct RepStatus: Codable, Sendable, Equatable {
  public var isAway: Bool
  /// When they are back; nil while away: nobody knows. It decides by itself when it is there.
  public var awayUntil: Date?
  /// Nil: not known, which excludes nobody.
  public var activeInSlack: Bool?
  public var activeInCRM: Bool?
  /// Open leads at the most, in place of the configured number.
  public var capacityOverride: Int?
  /// Leads that they were given one after another and did not claim in time; nil: none.
  public var passedInARow: Int?

  public init(
    isAway: Bool = false, awayUntil: Date? = nil, activeInSlack: Bool? = nil, activeInCRM: Bool? = nil,
    capacityOverride: Int? = nil
  ) {
    self.isAway = isAway
    self.awayUntil = awayUntil
    self.activeInSlack = activeInSlack
    self.activeInCRM = activeInCRM
    self.capacityOverride = capacityOverride
  }

  public func isAway(at now: Date) -> Bool {
    awayUntil.map { now < $0 } ?? isAway
  }
}

extension RepStatus {
  /// After so many leads in a row that they did not claim in time, a rep counts as away.
  public static let passesAllowed = 3

  /// They let a lead pass. True: that was one too many, and they are away now until they say otherwise.
  public mutating func letOnePass() -> Bool {
    passedInARow = (passedInARow ?? 0) + 1
    guard let passed = passedInARow, passed >= Self.passesAllowed else { return false }
    passedInARow = nil
    isAway = true
    awayUntil = nil
    return true
  }
}
