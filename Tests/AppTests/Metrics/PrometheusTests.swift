import CoreMetrics
import Testing

@testable import App

@Suite("Metrics")
struct PrometheusTests {
  @Test("Counters add up and gauges are set, each under its type")
  func text() {
    let book = MetricBook()
    let factory = PrometheusFactory(book: book)
    let counter = Counter(label: "hits_total", dimensions: [("b", "2"), ("a", "1")], factory: factory)
    counter.increment(by: 2)
    Counter(label: "hits_total", dimensions: [("a", "1"), ("b", "2")], factory: factory).increment()
    Gauge(label: "depth", dimensions: [], factory: factory).record(1.5)
    Meter(label: "level", dimensions: [], factory: factory).set(7)
    #expect(
      book.render() == """
        # TYPE depth gauge
        depth 1.5
        # TYPE hits_total counter
        hits_total{a="1",b="2"} 3
        # TYPE level gauge
        level 7

        """)
  }

  @Test("A timer is a histogram in seconds whose buckets add up")
  func histogram() {
    let book = MetricBook()
    let timer = CoreMetrics.Timer(label: "took_seconds", dimensions: [], factory: PrometheusFactory(book: book))
    for milliseconds in [1, 3, 20, 90_000] { timer.recordMilliseconds(milliseconds) }
    let lines = book.render().split(separator: "\n").map(String.init)
    #expect(lines.contains("# TYPE took_seconds histogram"))
    #expect(lines.contains("took_seconds_bucket{le=\"0.001\"} 1"))
    #expect(lines.contains("took_seconds_bucket{le=\"0.005\"} 2"))
    #expect(lines.contains("took_seconds_bucket{le=\"60\"} 3"))
    #expect(lines.contains("took_seconds_bucket{le=\"+Inf\"} 4"))
    #expect(lines.contains("took_seconds_count 4"))
  }

  @Test("Names and label values cannot break the format")
  func escaping() {
    let book = MetricBook()
    Counter(label: "a.b-c", dimensions: [("l.x", "q\"\\\nz")], factory: PrometheusFactory(book: book)).increment()
    #expect(book.render() == "# TYPE a_b_c counter\na_b_c{l_x=\"q\\\"\\\\\\nz\"} 1\n")
  }

  @Test("More series than a name may have fall into one")
  func bounded() {
    let book = MetricBook()
    let factory = PrometheusFactory(book: book)
    for index in 0..<1_000 { Counter(label: "c", dimensions: [("l", "\(index)")], factory: factory).increment() }
    let lines = book.render().split(separator: "\n")
    #expect(lines.count == MetricBook.mostSeries + 2)
    #expect(lines.contains("c{overflow=\"true\"} 800"))
  }

  @Test("A gauge that is destroyed is gone, a counter stays")
  func destroyed() {
    let book = MetricBook()
    let factory = PrometheusFactory(book: book)
    Gauge(label: "g", dimensions: [], factory: factory).destroy()
    let counter = Counter(label: "c", dimensions: [], factory: factory)
    counter.increment()
    counter.destroy()
    #expect(book.render() == "# TYPE c counter\nc 1\n")
  }
}
