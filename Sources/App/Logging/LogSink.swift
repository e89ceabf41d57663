import Foundation
import Synchronization

/// Where lines go: whole, one after another.
public final class LogSink: Sendable {
  private let output: @Sendable (String) -> Void
  private let order = Mutex(())

  public init(_ output: @escaping @Sendable (String) -> Void) { self.output = output }

  /// Standard error, unbuffered, so that the last line before a crash is there. Standard output belongs to commands.
  public static let standardError = LogSink { line in
    // A log that cannot be written has nowhere to complain.
    try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
  }

  func write(_ line: String) { order.withLock { _ in output(line) } }
}
