import Foundation
import Logging
import Synchronization
import Testing

@testable import App

@Suite("The log")
struct BatonLogHandlerTests {
  /// The lines that `work` writes.
  static func lines(_ format: BatonEnvironment.LogFormat = .json, _ work: (Logger) -> Void) -> [String] {
    let lines = Mutex<[String]>([])
    let sink = LogSink { line in lines.withLock { $0.append(line) } }
    let logger = Logger(label: "test") { label in
      BatonLogHandler(label: label, level: .debug, format: format, sink: sink) { Date(timeIntervalSince1970: 0) }
    }
    work(logger)
    return lines.withLock { $0 }
  }

  static func object(_ line: String?) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(try #require(line).utf8))
    return try #require(value as? [String: Any])
  }

  @Test("A message is one JSON object with time, level, logger, message and metadata")
  func shape() throws {
    let lines = Self.lines { $0.warning("Request answered", metadata: ["status": "200", "ms": .stringConvertible(3)]) }
    let object = try Self.object(lines.first)
    #expect(object["time"] as? String == "1970-01-01T00:00:00.000Z")
    #expect(object["level"] as? String == "warning")
    #expect(object["logger"] as? String == "test")
    #expect(object["message"] as? String == "Request answered")
    #expect(object["metadata"] as? [String: String] == ["status": "200", "ms": "3"])
  }

  @Test("No text can begin a line of its own", arguments: [BatonEnvironment.LogFormat.json, .text])
  func oneLine(_ format: BatonEnvironment.LogFormat) throws {
    let hostile = "a\nb\r\n\u{2028}c\u{2029}d\u{0}\u{1b}[31m\u{85}\u{202e}\"\\"
    let lines = Self.lines(format) { $0.error("\(hostile)", metadata: ["\(hostile)": "\(hostile)"]) }
    let line = try #require(lines.first)
    #expect(lines.count == 1)
    let forbidden: Set<Unicode.Scalar> = ["\n", "\r", "\u{2028}", "\u{2029}", "\u{0}", "\u{1b}", "\u{85}", "\u{202e}"]
    #expect(!line.unicodeScalars.contains { forbidden.contains($0) })
    if format == .json { #expect(try Self.object(line)["message"] as? String == hostile) }
  }

  @Test("A value is at most 1 KiB and whole in its characters", arguments: ["x", "é", "👩‍👩‍👧‍👦", "漢"])
  func bounded(_ character: String) throws {
    let long = String(repeating: character, count: 2_000)
    let cleaned = LogValue.clean(long)
    #expect(cleaned.utf8.count <= 1_024)
    #expect(cleaned.utf8.count > 900)
    #expect(cleaned.hasSuffix("…"))
  }

  @Test(
    "Addresses of people and secrets are not written, wherever they are",
    arguments: [
      "ada@acme.example", "to <ada.lovelace+x@mail.acme.example>, now", "email=ada@acme.example", "xoxb-1234567890-abc",
      "Bearer abcdef0123456789", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "https://hooks.slack.com/actions/T1/2/abc",
      "key sk-abcdefghijkl rest", "pat-eu1-0123456789", "v0=a2114d57b48eac39b9ad189dd8316235", "xapp-1-A-2-abc",
    ])
  func redacted(_ text: String) throws {
    for format in [BatonEnvironment.LogFormat.json, .text] {
      let line = try #require(
        Self.lines(format) { $0.info("m \(text)", metadata: ["v": "\(text)", "n": .array(["\(text)"])]) }.first)
      for word in ["ada@", "lovelace", "1234567890", "abcdef", "MfKQ", "T1/2", "0123456789", "a2114d", "A-2-abc"] {
        #expect(!line.contains(word))
      }
    }
  }

  @Test(
    "Plain words stay as they are",
    arguments: ["a @ b", "p07-01JD0000000000000000000000", "/admin/leads/{id}", "at 3.5 ms"])
  func kept(_ text: String) { #expect(LogValue.clean(text) == text) }

  @Test("Metadata of the logger and of the message are both there, the message's first")
  func merged() throws {
    let lines = Self.lines { logger in
      var logger = logger
      logger[metadataKey: "a"] = "1"
      logger[metadataKey: "b"] = "1"
      logger.info("m", metadata: ["b": "2"])
      logger.trace("below the level")
    }
    #expect(lines.count == 1)
    #expect(try Self.object(lines.first)["metadata"] as? [String: String] == ["a": "1", "b": "2"])
  }
}
