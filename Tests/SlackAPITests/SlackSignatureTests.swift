import Foundation
import SlackAPI
import Testing

/// The example of Slack's documentation.
private enum Example {
  static let secret = "8f742231b10e8888abcd99yyyzzz85a5"
  static let timestamp = "1531420618"
  static let signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
  static let now = Date(timeIntervalSince1970: 1_531_420_618)
  static let body = Data(
    ("token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
      + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
      + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
      + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c").utf8)

  static func verdict(
    secrets: [String] = [secret], timestamp: String? = timestamp, signature: String? = signature, body: Data = body,
    now: Date = now
  ) -> SlackSignature.Verdict {
    SlackSignature.verify(secrets: secrets, timestamp: timestamp, signature: signature, body: body, now: now)
  }
}

@Suite struct SlackSignatureTests {
  @Test func `Slack's own example is valid`() {
    #expect(Example.verdict() == .valid)
  }

  @Test func `either of two secrets is accepted while one is rotated`() {
    #expect(Example.verdict(secrets: ["another secret", Example.secret]) == .valid)
    #expect(Example.verdict(secrets: [Example.secret, "another secret"]) == .valid)
  }

  @Test func `without a secret nothing is valid`() {
    #expect(Example.verdict(secrets: []) == .rejected(.noSecret))
    #expect(Example.verdict(secrets: [""]) == .rejected(.noSecret))
  }

  @Test func `one changed byte of the body, the timestamp or the secret is a wrong signature`() {
    #expect(Example.verdict(body: Example.body + [0x20]) == .rejected(.wrongSignature))
    #expect(Example.verdict(timestamp: "1531420619") == .rejected(.wrongSignature))
    #expect(Example.verdict(timestamp: "01531420618") == .rejected(.wrongSignature))
    #expect(Example.verdict(secrets: [Example.secret + "x"]) == .rejected(.wrongSignature))
  }

  @Test(arguments: [-301.0, 301, -86_400, 86_400])
  func `a timestamp more than 300 seconds away is stale, past or future`(offset: Double) {
    #expect(Example.verdict(now: Example.now + offset) == .rejected(.staleTimestamp))
  }

  @Test(arguments: [-300.0, 0, 300])
  func `a timestamp within 300 seconds is accepted`(offset: Double) {
    #expect(Example.verdict(now: Example.now + offset) == .valid)
  }

  @Test(arguments: [
    "+1531420618", "-1531420618", " 1531420618", "1531420618 ", "1531420618.0", "1e9", "0x5b4f", "١٥٣١٤٢٠٦١٨",
    "99999999999999999999", "abc", "1531420618,1531420618",
  ])
  func `a timestamp of anything but ASCII digits is malformed`(timestamp: String) {
    #expect(Example.verdict(timestamp: timestamp) == .rejected(.malformedTimestamp))
  }

  @Test func `missing headers are told apart`() {
    #expect(Example.verdict(timestamp: nil) == .rejected(.missingTimestamp))
    #expect(Example.verdict(timestamp: "") == .rejected(.missingTimestamp))
    #expect(Example.verdict(signature: nil) == .rejected(.missingSignature))
  }

  @Test(arguments: [
    "", "v0=", "v1=" + Example.signature.dropFirst(3), "V0=" + Example.signature.dropFirst(3),
    String(Example.signature.dropFirst(3)), Example.signature.uppercased(), Example.signature + "0",
    String(Example.signature.dropLast()), " " + Example.signature, Example.signature + "," + Example.signature,
    "v0=" + String(repeating: "g", count: 64), "v0=" + String(repeating: "é", count: 32),
  ])
  func `a signature of another form is malformed`(signature: String) {
    #expect(Example.verdict(signature: signature) == .rejected(.malformedSignature))
  }

  @Test func `a well-formed signature of something else is wrong`() {
    #expect(Example.verdict(signature: "v0=" + String(repeating: "0", count: 64)) == .rejected(.wrongSignature))
  }
}
