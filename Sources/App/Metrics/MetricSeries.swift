import Synchronization

/// A metric's name and labels in the form that Prometheus takes.
struct SeriesName: Hashable, Sendable {
  let name: String
  /// `{route="/health",status="200"}`, or nothing.
  let labels: String

  init(_ label: String, _ dimensions: [(String, String)]) {
    name = Self.identifier(label, first: "_:")
    let pairs = dimensions.sorted { $0.0 < $1.0 }
    labels = pairs.map { Self.identifier($0.0, first: "_") + "=\"" + Self.escaped($0.1) + "\"" }.joined(separator: ",")
  }

  private init(name: String, labels: String) {
    self.name = name
    self.labels = labels
  }

  /// Where all series go that come after the most that one name may have.
  var overflow: SeriesName { SeriesName(name: name, labels: "overflow=\"true\"") }

  /// `name{labels}` with a suffix on the name and one label more.
  func text(suffix: String = "", extra: String? = nil) -> String {
    let all = [labels, extra ?? ""].filter { !$0.isEmpty }.joined(separator: ",")
    return name + suffix + (all.isEmpty ? "" : "{" + all + "}")
  }

  /// Letters, digits and underscores (and colons in names); everything else becomes an underscore.
  private static func identifier(_ text: String, first: String) -> String {
    let mapped = text.unicodeScalars.map { scalar -> Character in
      let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      return isPlain || first.unicodeScalars.contains(scalar) ? Character(scalar) : "_"
    }
    let word = String(mapped)
    return word.first.map { $0.isNumber ? "_" + word : word } ?? "_"
  }

  private static func escaped(_ value: String) -> String {
    var output = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\\": output += "\\\\"
      case "\"": output += "\\\""
      case "\n": output += "\\n"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }
}

/// One series' numbers.
enum SeriesValue: Sendable {
  case counter(Double)
  case gauge(Double)
  case histogram(Histogram)

  var type: String {
    switch self {
    case .counter: "counter"
    case .gauge: "gauge"
    case .histogram: "histogram"
    }
  }
}

/// Counts of observations up to each bound.
struct Histogram: Sendable, Equatable {
  /// Seconds: from an answer out of memory to the longest budget of a lead.
  static let seconds: [Double] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
  /// Anything that is counted: sizes, lengths, attempts.
  static let amounts: [Double] = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 10_000, 100_000, 1_000_000]

  let bounds: [Double]
  private(set) var counts: [Int]
  private(set) var count = 0
  private(set) var sum = 0.0

  init(bounds: [Double]) {
    self.bounds = bounds
    counts = Array(repeating: 0, count: bounds.count)
  }

  mutating func observe(_ value: Double) {
    guard value.isFinite else { return }
    if let index = bounds.firstIndex(where: { value <= $0 }) { counts[index] += 1 }
    count += 1
    sum += value
  }
}
