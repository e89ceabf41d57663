import CoreMetrics

/// Serves swift-metrics out of a `MetricBook`. Timers are histograms in seconds, aggregating recorders histograms of
/// amounts.
public struct PrometheusFactory: MetricsFactory {
  private let book: MetricBook

  public init(book: MetricBook) { self.book = book }

  public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    series(label, dimensions, .counter(0))
  }

  public func makeFloatingPointCounter(
    label: String, dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler {
    series(label, dimensions, .counter(0))
  }

  public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    series(label, dimensions, .gauge(0))
  }

  public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
    series(label, dimensions, aggregate ? .histogram(Histogram(bounds: Histogram.amounts)) : .gauge(0))
  }

  public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    series(label, dimensions, .histogram(Histogram(bounds: Histogram.seconds)))
  }

  // Counters and timers made for one request are let go with it; what they counted stays.
  public func destroyCounter(_: any CounterHandler) {}
  public func destroyFloatingPointCounter(_: any FloatingPointCounterHandler) {}
  public func destroyTimer(_: any TimerHandler) {}

  /// A gauge that is let go has no value any more.
  public func destroyMeter(_ handler: any MeterHandler) { (handler as? MetricSeries)?.remove() }
  public func destroyRecorder(_ handler: any RecorderHandler) { (handler as? MetricSeries)?.remove() }

  private func series(_ label: String, _ dimensions: [(String, String)], _ initial: SeriesValue) -> MetricSeries {
    MetricSeries(book: book, name: book.register(SeriesName(label, dimensions), initial))
  }
}

/// One series, as each kind of metric writes it. What does not fit the kind of the series is passed over.
final class MetricSeries: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler, TimerHandler {
  private let book: MetricBook
  private let name: SeriesName

  init(book: MetricBook, name: SeriesName) {
    self.book = book
    self.name = name
  }

  func increment(by amount: Int64) { increment(by: Double(amount)) }

  func increment(by amount: Double) {
    book.change(name) {
      switch $0 {
      case .counter(let value) where amount >= 0: $0 = .counter(value + amount)
      case .gauge(let value): $0 = .gauge(value + amount)
      default: break
      }
    }
  }

  func decrement(by amount: Double) {
    book.change(name) { if case .gauge(let value) = $0 { $0 = .gauge(value - amount) } }
  }

  func reset() {
    book.change(name) { if case .counter = $0 { $0 = .counter(0) } }
  }

  func set(_ value: Int64) { set(Double(value)) }

  func set(_ value: Double) {
    book.change(name) { if case .gauge = $0 { $0 = .gauge(value) } }
  }

  func record(_ value: Int64) { record(Double(value)) }

  func record(_ value: Double) {
    book.change(name) {
      switch $0 {
      case .histogram(var histogram):
        histogram.observe(value)
        $0 = .histogram(histogram)
      case .gauge: $0 = .gauge(value)
      case .counter: break
      }
    }
  }

  func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

  func remove() { book.remove(name) }
}
