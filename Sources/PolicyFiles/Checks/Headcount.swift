import RevOps

/// Forms ask for headcounts in ranges, and a range counts as its lower end: a bound inside one splits it in a way that
/// its author may not expect.
struct Headcount {
  let report: Report

  /// The usual ranges: 1-10, 11-50, 51-200, 201-500, 501-1000, 1001-5000, 5001-10000, 10001 and more.
  private static let lowerEnds = [1, 11, 51, 201, 501, 1_001, 5_001, 10_001]

  func check(_ section: Section, min: ExactDecimal?, max: ExactDecimal?) {
    if let min, let node = section["min"], let range = Self.range(splitBy: min) {
      report.warning(
        node, "`min: \(min)` lies inside the usual range \(range.name), which counts as \(range.from) and so fails",
        suggestion: "use \(range.from) or \(range.next)")
    }
    if let max, let node = section["max"], let range = Self.range(splitBy: max + ExactDecimal(1)) {
      report.warning(
        node, "`max: \(max)` lies inside the usual range \(range.name), which counts as \(range.from) and so passes",
        suggestion: "use \(range.from - 1) or \(range.next - 1)")
    }
  }

  /// The range that has this number inside, not at its lower end.
  private static func range(splitBy number: ExactDecimal) -> (name: String, from: Int, next: Int)? {
    for (from, next) in zip(lowerEnds, lowerEnds.dropFirst())
    where ExactDecimal(from) < number && number < ExactDecimal(next) {
      return ("\(from)-\(next - 1)", from, next)
    }
    return nil
  }
}
