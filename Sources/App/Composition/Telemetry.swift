import CoreMetrics
import Foundation
import Logging

/// The process's one log and one set of metrics.
public enum Telemetry {
  /// To be called once, first. Gives the book that `/metrics` is rendered from.
  ///
  /// - Parameter level: in place of the environment's.
  public static func start(_ environment: BatonEnvironment, level: Logger.Level? = nil) -> MetricBook {
    let format = environment.logFormat ?? (isatty(STDERR_FILENO) == 1 ? .text : .json)
    LoggingSystem.bootstrap { label in
      BatonLogHandler(label: label, level: level ?? environment.logLevel, format: format, sink: .standardError)
    }
    let book = MetricBook()
    MetricsSystem.bootstrap(PrometheusFactory(book: book))
    return book
  }
}
