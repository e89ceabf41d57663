import Foundation
import SlackAPI
import Testing

@Suite struct FormBodyTests {
  private func form(_ text: String) throws -> FormBody { try FormBody(text.utf8) }

  @Test func `plus is a space and percent signs are bytes of UTF-8`() throws {
    let form = try form("text=a+b%2Bc%20%C3%A9%F0%9F%94%A5&command=%2Flead")
    #expect(form["text"] == "a b+c é🔥")
    #expect(form["command"] == "/lead")
  }

  @Test func `raw slashes, colons, spaces and empty pairs are taken as they come`() throws {
    let form = try form("&response_url=https://hooks.slack.com/a b&&text=&flag")
    #expect(form["response_url"] == "https://hooks.slack.com/a b")
    #expect(form["text"]?.isEmpty == true)
    #expect(form["flag"]?.isEmpty == true)
    #expect(form["other"] == nil)
  }

  @Test func `of a repeated name the first value counts`() throws {
    #expect(try form("a=1&a=2")["a"] == "1")
  }

  @Test func `a value may hold an equals sign`() throws {
    #expect(try form("a=b=c")["a"] == "b=c")
  }

  @Test(arguments: ["a=%", "a=%2", "a=%zz", "a=%+1", "%=b", "a=%FF", "a=%C3", "a=%ED%A0%80"])
  func `a broken percent sign or broken UTF-8 is an error`(text: String) {
    #expect(throws: SlackPayloadError.malformedForm) { try form(text) }
  }

  @Test func `raw bytes that are no UTF-8 are an error`() {
    #expect(throws: SlackPayloadError.malformedForm) { try FormBody([0x61, 0x3D, 0xFF]) }
  }

  @Test func `the certificate probe is recognised by its value`() throws {
    #expect(try form("ssl_check=1&token=x").isSSLCheck)
    #expect(try form("&ssl_check=1").isSSLCheck)
    #expect(try !form("ssl_check=0").isSSLCheck)
    #expect(try !form("text=ssl_check").isSSLCheck)
  }
}
