import Synchronization

/// All numbers of the process, and their text for Prometheus.
public final class MetricBook: Sendable {
  /// Series of one name. Labels come from fixed sets; this bounds the harm of one that does not.
  static let mostSeries = 200

  private let series = Mutex<[String: [SeriesName: SeriesValue]]>([:])

  public init() {}

  /// Adds the series, at its first value, if it is new; gives the name under which it counts.
  func register(_ name: SeriesName, _ initial: SeriesValue) -> SeriesName {
    series.withLock { series in
      var family = series[name.name] ?? [:]
      if family[name] != nil { return name }
      let kept = family.count < Self.mostSeries ? name : name.overflow
      if family[kept] == nil { family[kept] = initial }
      series[name.name] = family
      return kept
    }
  }

  func change(_ name: SeriesName, _ change: (inout SeriesValue) -> Void) {
    series.withLock { series in
      guard var value = series[name.name]?[name] else { return }
      change(&value)
      series[name.name]?[name] = value
    }
  }

  func remove(_ name: SeriesName) {
    series.withLock { series in
      series[name.name]?[name] = nil
      if series[name.name]?.isEmpty == true { series[name.name] = nil }
    }
  }

  /// The text exposition format, version 0.0.4: families and series in a fixed order.
  public func render() -> String {
    let families = series.withLock { $0 }
    var text = ""
    for (name, family) in families.sorted(by: { $0.key < $1.key }) {
      let sorted = family.sorted { $0.key.labels < $1.key.labels }
      guard let type = sorted.first?.value.type else { continue }
      text += "# TYPE \(name) \(type)\n"
      for (series, value) in sorted where value.type == type { text += Self.lines(series, value) }
    }
    return text
  }

  private static func lines(_ name: SeriesName, _ value: SeriesValue) -> String {
    switch value {
    case .counter(let number), .gauge(let number): name.text() + " " + text(number) + "\n"
    case .histogram(let histogram): lines(name, histogram)
    }
  }

  private static func lines(_ name: SeriesName, _ histogram: Histogram) -> String {
    var output = ""
    var total = 0
    for (bound, count) in zip(histogram.bounds, histogram.counts) {
      total += count
      output += name.text(suffix: "_bucket", extra: "le=\"\(text(bound))\"") + " \(total)\n"
    }
    output += name.text(suffix: "_bucket", extra: "le=\"+Inf\"") + " \(histogram.count)\n"
    output += name.text(suffix: "_sum") + " " + text(histogram.sum) + "\n"
    return output + name.text(suffix: "_count") + " \(histogram.count)\n"
  }

  private static func text(_ number: Double) -> String {
    if number.isNaN { return "NaN" }
    if number.isInfinite { return number < 0 ? "-Inf" : "+Inf" }
    return Int(exactly: number).map(String.init) ?? String(number)
  }
}
