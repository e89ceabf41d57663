import Foundation
import SlackAPI
import Testing

@Suite struct ResponseURLTests {
  private let api = "http://127.0.0.1:9090/api"

  @Test(arguments: [
    "https://hooks.slack.com/actions/T1/2/x", "https://HOOKS.slack.com/x", "https://hooks.slack.com:443/x",
    "http://127.0.0.1:9090/respond/1",
  ])
  func `Slack's host and the API's own origin are called`(url: String) throws {
    #expect(try ResponseURL(url).callable(apiURL: api) == url)
  }

  @Test(arguments: [
    ("http://hooks.slack.com/x", ResponseURL.Refusal.notHTTPS), ("https://evil.example/x", .foreignHost),
    ("https://hooks.slack.com.evil.example/x", .foreignHost), ("https://evilhooks.slack.com/x", .foreignHost),
    ("https://hooks.slack.com:8443/x", .foreignHost), ("https://slack.com/x", .foreignHost),
    ("http://127.0.0.1:9091/x", .notHTTPS), ("https://127.0.0.1:9090/x", .foreignHost),
    ("https://hooks.slack.com@evil.example/x", .malformed), ("https://a:b@hooks.slack.com/x", .malformed),
    ("https://evil.example\\@hooks.slack.com/", .malformed), ("https://hooks.slack.com/#@evil", .malformed),
    ("https://hooks.slack.com /x", .malformed), ("https://hooks.slack.com\n.evil.example/", .malformed),
    ("https://hooks。slack。com/x", .malformed), ("https:hooks.slack.com/x", .malformed), ("", .malformed),
    ("ftp://hooks.slack.com/x", .malformed), ("//hooks.slack.com/x", .malformed),
  ])
  func `every other address is refused`(url: String, reason: ResponseURL.Refusal) {
    #expect(throws: reason) { try ResponseURL(url).callable(apiURL: api) }
  }

  @Test func `it never shows itself`() {
    let url = ResponseURL("https://hooks.slack.com/actions/secret")
    var dumped = ""
    dump(url, to: &dumped)
    #expect(!"\(url)\(String(reflecting: url))\(dumped)".contains("secret"))
  }
}
