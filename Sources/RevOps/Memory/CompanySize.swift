/// How large companies are to each other: people think in factors, not in differences.
enum CompanySize {
  /// Lower ends of the bands, three to a factor of ten: 1, 2, 5, 10, … 5,000,000.
  static let bands: [Int] = (0..<7).flatMap { power in
    [1, 2, 5].map { digit in (0..<power).reduce(digit) { value, _ in value * 10 } }
  }

  /// Nil for less than one person: that is no number that anybody means.
  static func band(of employees: Int) -> Int? { bands.lastIndex { $0 <= employees } }

  /// Neither is more than twice as large as the other.
  static func areSame(_ first: Int, _ second: Int) -> Bool { factor(first, second, isAtMost: 2) }

  /// Neither is more than five times as large as the other.
  static func areSimilar(_ first: Int, _ second: Int) -> Bool { factor(first, second, isAtMost: 5) }

  private static func factor(_ first: Int, _ second: Int, isAtMost limit: Double) -> Bool {
    let (small, large) = (Double(min(first, second)), Double(max(first, second)))
    return small >= 1 && large <= small * limit
  }
}
