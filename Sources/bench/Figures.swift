import Foundation

/// Measured values of one kind.
struct Figures {
  private let sorted: [Double]

  init(_ values: [Double]) { sorted = values.sorted() }

  var count: Int { sorted.count }
  var median: Double { percentile(50) }

  /// The smallest value that so many of a hundred do not exceed; 0 where nothing was measured.
  func percentile(_ share: Double) -> Double {
    guard !sorted.isEmpty else { return 0 }
    let rank = Int((share / 100 * Double(sorted.count)).rounded(.up))
    return sorted[min(max(rank, 1), sorted.count) - 1]
  }
}

extension Double {
  var asMilliseconds: String { String(format: "%.1f ms", self) }
}

extension Duration {
  var milliseconds: Double { self / .microseconds(1) / 1_000 }
}
