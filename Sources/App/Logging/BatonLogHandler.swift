import Foundation
import Logging

/// Writes one line a message: a JSON object, or text for people. Every value is cleaned on its way.
public struct BatonLogHandler: LogHandler {
  public var logLevel: Logger.Level
  public var metadata: Logger.Metadata = [:]
  public var metadataProvider: Logger.MetadataProvider?
  private let label: String
  private let format: BatonEnvironment.LogFormat
  private let sink: LogSink
  private let now: @Sendable () -> Date

  public init(
    label: String, level: Logger.Level = .info, format: BatonEnvironment.LogFormat, sink: LogSink,
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.label = label
    logLevel = level
    self.format = format
    self.sink = sink
    self.now = now
  }

  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  public func log(event: LogEvent) {
    var fields = metadataProvider?.get() ?? [:]
    fields.merge(metadata) { _, own in own }
    fields.merge(event.metadata ?? [:]) { _, own in own }
    // An error's own words may quote what it failed on; its type is what is safe to tell.
    if let error = event.error { fields["error"] = "\(type(of: error))" }
    let sorted = fields.sorted { $0.key < $1.key }.map { (key: $0.key, value: Self.text($0.value)) }
    sink.write(format == .json ? json(event, sorted) : text(event, sorted))
  }

  private func json(_ event: LogEvent, _ fields: [(key: String, value: String)]) -> String {
    var line = "{\"time\":\"" + Self.time(now()) + "\",\"level\":\"\(event.level.rawValue)\""
    line += ",\"logger\":" + LogValue.json(label) + ",\"message\":" + LogValue.json(event.message.description)
    if !fields.isEmpty {
      let members = fields.map { LogValue.json($0.key) + ":" + LogValue.json($0.value) }
      line += ",\"metadata\":{" + members.joined(separator: ",") + "}"
    }
    return line + "}"
  }

  private func text(_ event: LogEvent, _ fields: [(key: String, value: String)]) -> String {
    let words = fields.map { " " + LogValue.plain($0.key) + "=" + LogValue.plain($0.value) }.joined()
    return Self.time(now()) + " " + event.level.rawValue + " " + LogValue.plain(label) + ": "
      + LogValue.plain(event.message.description) + words
  }

  private static func time(_ date: Date) -> String {
    date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  private static func text(_ value: Logger.MetadataValue) -> String {
    switch value {
    case .string(let text): text
    case .stringConvertible(let value): value.description
    case .array(let items): "[" + items.map(text).joined(separator: ", ") + "]"
    case .dictionary(let members):
      "{" + members.sorted { $0.key < $1.key }.map { $0.key + ": " + text($0.value) }.joined(separator: ", ") + "}"
    }
  }
}
