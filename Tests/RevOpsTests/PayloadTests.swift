import Foundation
import RevOps
import Testing

@Suite struct PayloadTests {
  private func read(_ json: String) throws -> LeadPayload {
    try LeadPayload.read(JSONValue.parse(Array(json.utf8)))
  }

  private func issues(_ json: String) throws -> [String] {
    let value = try JSONValue.parse(Array(json.utf8))
    do {
      _ = try LeadPayload.read(value)
      return []
    } catch {
      return error.issues.map { "\($0.pointer) \($0.code)" }
    }
  }

  @Test func `reads every field of the contract`() throws {
    let payload = try read(
      #"""
      {"event_id":"e1","email":" Ada@Acme.example ","full_name":"Ada L","first_name":"Ada","last_name":"L",
       "company":"Acme",
       "title":"CTO","phone":4930555,"website":"acme.example","country":"Germany ","state":"HE","city":"Frankfurt",
       "employees":850,"industry":"Bank","message":"Hi\r\nthere","product":"Planner","source":"demo","language":"de",
       "tags":["a"," b ","a"],"utm_source":"ads","utm_campaign":"partner-x","submitted_at":"2026-03-02T16:04:00+01:00",
       "plan":"gold","nested":{"b":[1,2]},"score":0.9,"owner":"me@x.example","flag":true,"none":null}
      """#)
    #expect(payload.email == "Ada@Acme.example" && payload.phone == "4930555" && payload.employees == "850")
    #expect(payload.country == "Germany" && payload.message == "Hi\nthere" && payload.tags == ["a", "b"])
    #expect(payload.utm == ["utm_source": "ads", "utm_campaign": "partner-x"])
    #expect(payload.submittedAt == Date(timeIntervalSince1970: 1_772_463_840))
    #expect(
      payload.custom == [
        "plan": "gold", "nested": #"{"b":[1,2]}"#, "score": "0.9", "owner": "me@x.example", "flag": "true",
      ])
  }

  @Test func `knows the second names of fields, the first one given counts`() throws {
    let payload = try read(#"{"email":"a@b.example","company_name":"B","domain":"b.example"}"#)
    #expect(payload.company == "B" && payload.website == "b.example")
    let both = try read(
      #"{"email":"a@b.example","company":"","company_name":"B","domain":"d.example","website":"w.example"}"#)
    #expect(both.company == "B" && both.website == "w.example" && both.custom.isEmpty)
  }

  @Test func `reads HubSpot's shape under HubSpot's names`() throws {
    let payload = try read(
      #"""
      {"vid":12,"properties":{"email":{"value":"a@b.example"},"firstname":{"value":"Ada"},"lastname":"L",
       "jobtitle":null,"numemployees":{"value":"250"},"company":{"value":null},"lifecyclestage":{"value":"lead"},
       "submitted_at":1772463840000}}
      """#)
    #expect(
      payload.email == "a@b.example" && payload.firstName == "Ada" && payload.lastName == "L" && payload.title == nil)
    #expect(payload.employees == "250" && payload.company == nil)
    #expect(payload.custom == ["vid": "12", "lifecyclestage": "lead"])
    #expect(payload.submittedAt == Date(timeIntervalSince1970: 1_772_463_840))
  }

  @Test func `names all that is wrong at once`() throws {
    let found = try issues(
      #"""
      {"email":"nope","title":true,"employees":{"min":5},"company":["x"],"country":49,"tags":[{}],
       "submitted_at":"soon","a/b~c":{}}
      """#
    )
    #expect(
      Set(found) == [
        "/email invalid_email", "/title wrong_type", "/employees wrong_type", "/company wrong_type",
        "/country wrong_type",
        "/tags wrong_type", "/submitted_at invalid_time",
      ])
    #expect(
      try issues(#"{"properties":{"email":{"value":"nope"},"jobtitle":{"value":7}}}"#)
        == ["/properties/email invalid_email", "/properties/jobtitle wrong_type"])
    #expect(try issues("[]") == [" wrong_type"])
    #expect(try issues("{}") == ["/email required"])
    #expect(try issues(#"{"email":null}"#) == ["/email required"])
    #expect(try issues(#"{"email":"  \u200b "}"#) == ["/email required"])
    #expect(try issues(#"{"email":5}"#) == ["/email wrong_type"])
  }

  @Test func `refuses long fields and cuts long messages between characters`() throws {
    let long = String(repeating: "x", count: 2_001)
    #expect(try issues(#"{"email":"a@b.example","company":"\#(long)"}"#) == ["/company too_long"])
    let message = try #require(
      try read(#"{"email":"a@b.example","message":"\#(String(repeating: "👩‍👩‍👧", count: 10_001))"}"#).message)
    #expect(message.utf8.count <= 40_000 && message.allSatisfy { $0 == "👩‍👩‍👧" })
    #expect(
      try read(#"{"email":"a@b.example","message":"\#(String(repeating: "é", count: 10_001))"}"#).message?.count
        == 10_000)
  }

  @Test func `errors hold no value`() throws {
    let value = try JSONValue.parse(Array(#"{"email":"hidden-value","title":["hidden-value"]}"#.utf8))
    let error = #expect(throws: PayloadError.self) { try LeadPayload.read(value) }
    #expect(error.map { "\($0)".contains("hidden-value") } == false)
  }

  @Test(arguments: [
    ("a\u{0000}b\u{001b}[31m", "ab[31m"), ("\u{202e}evil\u{202c}", "evil"), ("\u{2066}x\u{2069}", "x"),
    ("a\u{200b}\u{200b}b", "ab"),
    ("\u{feff}Acme", "Acme"), ("Ac\u{00ad}me", "Acme"), ("\u{e0041}\u{e0042}x", "x"), ("\u{2800}\u{3164}", ""),
    ("\u{200d}\u{200d}", ""),
    ("e\u{301}", "é"), ("a\u{2028}b", "a b"), ("a\r\nb\tc", "a b c"), ("🏴󠁧󠁢󠁳󠁣󠁴󠁿 Ltd", "🏴󠁧󠁢󠁳󠁣󠁴󠁿 Ltd"), ("👩‍💻", "👩‍💻"),
    ("می‌خواهم", "می‌خواهم"),
    ("שלום", "שלום"), ("क्‍ष", "क्‍ष"), ("❤️", "❤️"), ("a\u{200d}\u{200d}\u{200d}b", "a\u{200d}b"), ("\u{85}x", "x"),
    ("x" + String(repeating: "\u{0489}", count: 100), "x" + String(repeating: "\u{0489}", count: 8)),
  ])
  func `makes text harmless and leaves writing alone`(text: String, clean: String) throws {
    let json = JSONValue.object(["email": .string("a@b.example"), "company": .string(text)])
    #expect(try LeadPayload.read(json).company == (clean.isEmpty ? nil : clean))
  }

  @Test(arguments: [
    "a@b.example", "a.b+c@b.co.uk", "o'neil@b.example", "jürgen@bäcker.de", "A_b-c@1.example", "用户@例子.中国",
  ])
  func `takes one plain address`(email: String) throws {
    #expect(EmailAddress(email)?.text == email)
  }

  @Test(arguments: [
    "", "a", "a@", "@b.example", "a@b", "a b@b.example", "a@b example", "Ada <a@b.example>", "a@b.example,c@d.example",
    "a@b.example (x)",
    "\"a b\"@b.example", "a@[127.0.0.1]", "a@127.0.0.1", ".a@b.example", "a.@b.example", "a..b@b.example",
    "a@-b.example", "a@b..example",
    "a@b.example\nbcc:x@y.example", "a@b_c.example", "mailto:a@b.example", "a@b@c.example", "a@b.example;",
    "a,b@c.example",
  ])
  func `refuses what is not one plain address`(email: String) { #expect(EmailAddress(email) == nil) }

  @Test func `refuses addresses beyond SMTP's lengths`() {
    #expect(EmailAddress(String(repeating: "a", count: 65) + "@b.example") == nil)
    #expect(EmailAddress(String(repeating: "a", count: 64) + "@b.example") != nil)
    #expect(EmailAddress("a@" + String(repeating: "b", count: 64) + ".example") == nil)
    #expect(EmailAddress("a@" + String(repeating: "b.", count: 130) + "example") == nil)
  }

  @Test func `identity folds case and the domain, nothing else`() {
    #expect(EmailAddress.identity(of: " Ada+X@BÄCKER.de ") == "ada+x@xn--bcker-gra.de")
    #expect(EmailAddress.identity(of: "a.d.a@gmail.com") != EmailAddress.identity(of: "ada@gmail.com"))
    #expect(EmailAddress.identity(of: "Not An Address") == "not an address")
  }

  @Test(arguments: [
    ("münchen.de", "xn--mnchen-3ya.de"), ("bücher.example", "xn--bcher-kva.example"), ("例え.jp", "xn--r8jz45g.jp"),
    ("faß.de", "xn--fa-hia.de"),
    ("пример.рф", "xn--e1afmkfd.xn--p1ai"), ("BÜCHER。example", "xn--bcher-kva.example"), ("ＡＣＭＥ.com", "acme.com"),
  ])
  func `writes host names in ASCII`(host: String, ascii: String) {
    #expect(Domain.host(ofWebsite: host) == ascii)
  }

  @Test(arguments: [
    ("2026-03-02T15:04:00Z", 1_772_463_840.0), ("2026-03-02t15:04:00.5z", 1_772_463_840.5),
    ("2024-02-29T00:00:00-00:30", 1_709_166_600),
    ("1970-01-01T00:00:00Z", 0),
  ])
  func `reads RFC 3339 times`(text: String, seconds: Double) throws {
    let payload = try read(#"{"email":"a@b.example","submitted_at":"\#(text)"}"#)
    #expect(payload.submittedAt == Date(timeIntervalSince1970: seconds))
  }

  @Test(arguments: [
    "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-03-02", "2026-03-02T15:04:00", "2026-03-02T25:04:00Z",
    "2026-03-02T15:04:00.Z",
    "2026-03-02T15:04:00+0100", "yesterday", "1772463840", "２０２６-03-02T15:04:00Z", "2026-03-02T15:04:0-Z",
    "+026-03-02T15:04:00Z",
  ])
  func `refuses other times`(text: String) throws {
    #expect(try issues(#"{"email":"a@b.example","submitted_at":"\#(text)"}"#) == ["/submitted_at invalid_time"])
  }
}
