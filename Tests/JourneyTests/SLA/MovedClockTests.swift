import Curl
import Foundation
import Sandbox
import TestSupport
import Testing
import VendorAPI

/// `baton demo`, whose clock the page moves: the same calls without the page.
private struct Demo: Sendable {
  let address: String
  private let client = CurlClient()

  static func open(_ story: @Sendable (Demo) async throws -> Void) async throws {
    try await DeskRoom.shared.enter {
      let process = try ChildProcess(
        try Product.program(), ["demo", "--port", "0", "--config", Product.config.path], environment: Product.shell)
      do {
        let address: String = try await eventually("the demo prints its address") {
          process.output.firstMatch(of: /http:\/\/127\.0\.0\.1:\d+\//).map { String($0.0) }
        }
        try await story(Demo(address: address))
      } catch {
        Issue.record("\(error); the demo said \(process.errors.suffix(500))")
      }
      process.signal(SIGTERM)
      try await process.end()
    }
  }

  struct Refused: Error { var body: String }

  @discardableResult
  func post(_ name: String, _ body: JSON) async throws -> JSON {
    let response = try await client.send(
      VendorRequest(
        vendor: "sandbox", operation: name, method: .post, url: address + "sandbox/" + name,
        headers: [("content-type", "application/json")], body: Data(body.encoded.utf8)))
    guard response.status < 300 else { throw Refused(body: String(decoding: response.body, as: UTF8.self)) }
    return JSON.parse(response.body) ?? .null
  }

  func state(in channel: String? = nil) async throws -> JSON {
    let response = try await client.send(
      VendorRequest(
        vendor: "sandbox", operation: "state", method: .get,
        url: address + "sandbox/state" + (channel.map { "?channel=\($0)" } ?? "")))
    return JSON.parse(response.body) ?? .null
  }

  var now: Date {
    get async throws { Self.moment(try await state()["now"]) }
  }

  func move(to moment: Date) async throws {
    let seconds = moment.timeIntervalSince(try await now).rounded(.up)
    try await post("clock", ["seconds": .int(Int(seconds))])
  }

  /// Waits for a reply in the card's thread, and gives when it was posted.
  func reply(_ text: String, to card: JSON) async throws -> Date {
    let channel = card["channel"].text ?? ""
    return try await eventually("a reply with \(text)") {
      let messages = try await state(in: channel)["messages"].items
      let found = messages.first {
        $0["thread_ts"].text == card["ts"].text && $0["text"].text?.contains(text) == true
      }
      return found.map { Self.moment($0["ts"]) }
    }
  }

  func replies(to card: JSON) async throws -> [JSON] {
    try await state(in: card["channel"].text)["messages"].items.filter {
      $0["thread_ts"].text == card["ts"].text && $0["ts"].text != card["ts"].text
    }
  }

  static func moment(_ stamp: JSON) -> Date { Date(timeIntervalSince1970: Double(stamp.plain ?? "") ?? 0) }
}

/// Whole days of the desk within seconds.
@Suite(.timeLimit(.minutes(10)))
struct MovedClockTests {
  private static let berlin: Calendar = {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(identifier: "Europe/Berlin") ?? .gmt
    return calendar
  }()

  private static func moment(_ day: Date, plus days: Int, at hour: Int, _ minute: Int) throws -> Date {
    let later = try #require(berlin.date(byAdding: .day, value: days, to: day))
    return try #require(berlin.date(bySettingHour: hour, minute: minute, second: 0, of: later))
  }

  @Test func `a lead of Friday evening is asked for on Monday morning, and nobody is called in between`() async throws {
    try await Demo.open { demo in
      let users = try await demo.state()["users"].items
      let lena = try #require(users.first { $0["handle"].text == "lena" }?["id"].text)
      try await demo.post("clock", ["to": "monday", "user": .string(lena)])
      let monday = try await demo.now
      try await demo.move(to: try Self.moment(monday, plus: 4, at: 17, 55))
      let sent = try await demo.post("lead", ["lead": FormLead.alone("vera").json])
      let id = try #require(sent["answer"]["lead_id"].text)
      let card = try await eventually("the card") {
        try await demo.state()["posts"].items.first { $0["about"]["lead_id"].text == id }
      }
      let friday = try Self.moment(monday, plus: 4, at: 18, 0)
      let opening = try Self.moment(monday, plus: 7, at: 9, 0)
      let worked = friday.timeIntervalSince(Demo.moment(card["ts"]))
      try await demo.move(to: try Self.moment(monday, plus: 5, at: 12, 0))
      try await demo.move(to: opening.addingTimeInterval(-60))
      try await demo.move(to: opening.addingTimeInterval(600 - worked - 2))
      let reminded = try await demo.reply("still waits for you", to: card)
      #expect(try await demo.replies(to: card).count == 1)
      let lateness = reminded.timeIntervalSince(opening.addingTimeInterval(600 - worked))
      // A second for Baton, and two for a busy machine between the card's stamp and the store.
      #expect((0...3).contains(lateness), "\(lateness) s late")
      try await demo.move(to: opening.addingTimeInterval(900 - worked))
      let passed = try await demo.reply("Not claimed in time by", to: card)
      #expect(passed >= opening.addingTimeInterval(900 - worked))
      #expect(try await demo.replies(to: card).count == 2)
    }
  }
}
