/// Which facts two accounts share, from what is known of both.
public struct Similarity: Sendable, Equatable {
  private let same: [String]
  private let near: [String]
  /// They share what an account executive would compare them by: the line of business or, where one's is unknown, the
  /// size. A country alone makes no two companies alike, and a bank is no farm, however alike they are otherwise.
  public let isTelling: Bool

  public init(_ first: AccountFacts, _ second: AccountFacts) {
    let industry = Self.both(first.industry, second.industry) {
      $0 == $1 ? .same : Sector.areRelated($0, $1) ? .near : nil
    }
    let size = Self.both(first.employees, second.employees) {
      CompanySize.areSame($0, $1) ? .same : CompanySize.areSimilar($0, $1) ? .near : nil
    }
    let place = Self.both(first.country, second.country) { $0 == $1 ? .same : Self.areNeighbours($0, $1) ? .near : nil }
    same = [
      industry == .same ? "industry" : nil, size == .same ? "size" : nil, place == .same ? "country" : nil,
      place == .near ? "region" : nil,
    ].compactMap { $0 }
    near = [industry == .near ? "related industry" : nil, size == .near ? "similar size" : nil].compactMap { $0 }
    let isUnclear = first.industry == nil || second.industry == nil
    isTelling = industry != nil || (isUnclear && size != nil)
  }

  /// `same industry and size`, `same country, related industry`; nil: they share none that is known.
  public static func why(_ first: AccountFacts, _ second: AccountFacts) -> String? { Similarity(first, second).why }

  public var why: String? {
    let parts = [same.isEmpty ? nil : "same " + Self.list(same), near.isEmpty ? nil : Self.list(near)]
    let words = parts.compactMap { $0 }.joined(separator: ", ")
    return words.isEmpty ? nil : words
  }

  private enum Likeness { case same, near }

  private static func both<Fact>(
    _ first: Fact?, _ second: Fact?, _ compare: (Fact, Fact) -> Likeness?
  ) -> Likeness? {
    guard let first, let second else { return nil }
    return compare(first, second)
  }

  private static func areNeighbours(_ first: String, _ second: String) -> Bool {
    SalesRegion.of(first).map { $0 == SalesRegion.of(second) } ?? false
  }

  private static func list(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.joined() }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }
}
