import Testing

@testable import VendorAPI

struct RedactionTests {
  @Test(arguments: [
    ("token xoxb-123-abc refused", "token [redacted] refused"),
    ("token=xoxe.xoxp-1-ab&x=1", "token=[redacted]"),
    ("'xapp-1-A0-9'", "'[redacted]'"),
    ("{\"secret\":\"whsec_MfKQ9r8=\"}", "{\"secret\":\"[redacted]\"}"),
    ("Authorization: Bearer abc.def, next", "Authorization: Bearer [redacted], next"),
    ("Authorization:bearer  abc", "Authorization:bearer  [redacted]"),
    ("POST https://hooks.slack.com/actions/T0/1/x failed", "POST https://[redacted] failed"),
    ("XOXB-UPPER", "[redacted]"),
    ("key pat-na1-0000-11 and sk-proj-1", "key [redacted] and [redacted]"),
  ])
  func `secrets are taken out`(_ text: String, _ expected: String) { #expect(Redaction.redact(text) == expected) }

  @Test(arguments: [
    ("no user ada@acme.example.", "no user [e-mail]"),
    ("<mailto:ada@acme.example|Ada>", "<[e-mail]|Ada>"),
    ("?email=ada%40acme.example&x", "[e-mail]"),
    ("\"ada l\"@acme.example", "\"ada l\"[e-mail]"),
    ("jörg@bücher.example,b@c.example", "[e-mail],[e-mail]"),
  ])
  func `e-mail addresses are taken out`(_ text: String, _ expected: String) {
    #expect(Redaction.redact(text) == expected)
  }

  @Test(arguments: [
    "channel_not_found", "risk-free and ask-me", "the bearer", "bearer", "at 12:00 @here, meet <@U123>", "", " \n ",
    "property \"baton_score\" does not exist",
  ])
  func `other text is left as it is`(_ text: String) { #expect(Redaction.redact(text) == text) }

  @Test func `twice the text takes about twice the time`() {
    let text = String(repeating: "ada@acme.example xox xoxb hooks.slack.co ", count: 5000)
    let clock = ContinuousClock()
    let single = clock.measure { _ = Redaction.redact(text) }
    let double = clock.measure { _ = Redaction.redact(text + text) }
    #expect(double < single * 6)
  }
}
