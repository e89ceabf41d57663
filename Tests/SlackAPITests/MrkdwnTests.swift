import Foundation
import SlackAPI
import Testing

@Suite struct MrkdwnTests {
  @Test func `what the source says formats, what is interpolated does not`() {
    let name = "*Ada*", company = "R&D <Labs>"
    let text: Mrkdwn = "*New lead* from \(name) at \(company) :fire:"
    #expect(text.wire == "*New lead* from `*Ada*` at R&amp;D &lt;Labs&gt; :fire:")
  }

  @Test func `a literal can't make a token either`() {
    let text: Mrkdwn = "score < 0.7 & > 0.4, <!here>"
    #expect(text.wire == "score &lt; 0.7 &amp; &gt; 0.4, &lt;!here&gt;")
  }

  @Test(arguments: [
    ("Ada Lovelace", "Ada Lovelace"), ("*a b*", "`*a` `b*`".replacing("` `", with: " ")), ("~5", "`~5`"),
    ("see acme.com now", "see `acme.com` now"), ("a_b c", "`a_b` c"), ("it`s", "`it's`"), ("> quote", "`&gt;` quote"),
    ("mail ada@acme.example please", "mail `ada@acme.example` please"), (":fire:", "`:fire:`"), ("10:30", "10:30"),
    ("http://1.2.3.4/", "`http://1.2.3.4/`"), ("#general", "`#general`"), ("@here", "`@here`"),
    ("e.g. this", "e.g. this"),
    ("3.5 million", "3.5 million"), ("Note: yes", "Note: yes"), ("", ""), ("  ", ""), ("a&b", "a&amp;b"),
  ])
  func `a stranger's word that Slack would act on is shown in a code span`(text: String, wire: String) {
    #expect(Mrkdwn(text).wire == wire)
  }

  @Test(arguments: Hostile.texts)
  func `no stranger's text makes a token, and nothing is added to what people copy`(text: String) {
    let wire = (Mrkdwn(text) + Mrkdwn.code(text) + Mrkdwn.quote(text) + .bold(Mrkdwn(text))).wire
    for token in SlackToken.parse(wire) {
      guard case .text = token else {
        Issue.record("a token in \(wire)")
        return
      }
    }
    #expect(!wire.unicodeScalars.contains { $0.value == 0x200B || $0.value == 0x202E })
  }

  @Test(arguments: Hostile.texts)
  func `outside of code spans nothing is left that formats`(text: String) {
    let outside = Mrkdwn(text).wire.unicodeScalars.split(separator: "`", omittingEmptySubsequences: false)
    // Every other part is inside a span; an odd number of parts means that each span is closed.
    #expect(outside.count % 2 == 1)
    for part in outside.enumerated() where part.offset % 2 == 0 {
      #expect(!part.element.contains { "*_~@".unicodeScalars.contains($0) })
    }
  }

  @Test(arguments: Hostile.texts, [1, 2, 10, 75, 150, 2000])
  func `clipping keeps the limit, entities, tokens and spans whole`(text: String, limit: Int) {
    let whole: Mrkdwn = "*\(text)* & \(.mention("U123ABC")) \(.bold(Mrkdwn(text))) \(.code(text))"
    let wire = whole.clipped(to: limit).wire
    #expect(wire.utf16.count <= limit)
    #expect(
      SlackText.escaped(SlackText.unescaped(wire.replacing("<@U123ABC>", with: "")))
        == wire.replacing("<@U123ABC>", with: ""))
    #expect(wire.unicodeScalars.count { $0 == "`" } % 2 == 0)
  }

  @Test func `clipping drops a token that does not fit and closes what is open`() {
    #expect(("Hi \(.mention("U123ABC"))" as Mrkdwn).clipped(to: 8).wire == "Hi …")
    #expect((.bold("abcdef") + " x" as Mrkdwn).clipped(to: 6).wire == "*abc*…")
    #expect((.code("abcdef") as Mrkdwn).clipped(to: 6).wire == "`abc`…")
    #expect(("\("abcdef", max: 4) end" as Mrkdwn).wire == "abc… end")
  }

  @Test func `mentions, channels and groups need an id of their kind`() {
    #expect(Mrkdwn.mention("U123ABC").wire == "<@U123ABC>")
    #expect(Mrkdwn.channel("C123ABC").wire == "<#C123ABC>")
    #expect(Mrkdwn.userGroup("S123ABC").wire == "<!subteam^S123ABC>")
    for id in ["", "U", "C123", "u123", "U12 3", "U1>", "U1|x", "U١"] {
      #expect(!Mrkdwn.mention(id).wire.contains("<"))
    }
  }

  @Test(arguments: [
    ("https://hooks.example/a?b=1&c=2", "Open", "<https://hooks.example/a?b=1&amp;c=2|Open>"),
    ("https://x.example/a|b>c<d e", "x", "<https://x.example/a%7Cb%3Ec%3Cd%20e|x>"),
    ("https://x.example/ü", "x", "<https://x.example/%C3%BC|x>"),
    ("https://x.example", "a|b>c<d & *e*", "<https://x.example|abcd &amp; e>"),
    ("mailto:a@b.example", "mail", "<mailto:a@b.example|mail>"), ("https://x.example", "", "<https://x.example>"),
    ("javascript:alert(1)", "Click", "Click"), ("slack://open", "Open", "Open"), ("", "Open", "Open"),
  ])
  func `links have fixed schemes and can't be broken out of`(url: String, label: String, wire: String) {
    #expect(Mrkdwn.link(url, label).wire == wire)
  }

  @Test func `a date shows itself in the reader's zone`() {
    let date = Date(timeIntervalSince1970: 1_700_000_000.9)
    #expect(
      Mrkdwn.date(date, fallback: "Nov 14, 22:13 UTC").wire
        == "<!date^1700000000^{date_short_pretty} at {time}|Nov 14, 22:13 UTC>")
    #expect(Mrkdwn.date(date, format: .time, fallback: "a|b>^c").wire == "<!date^1700000000^{time}|abc>")
  }

  @Test func `lines and joins leave out what is empty`() {
    #expect(Mrkdwn.lines(["a", Mrkdwn(), "b", Mrkdwn("")]).wire == "a\nb")
    #expect(Mrkdwn.joined(["a", Mrkdwn(), "b"], separator: " · ").wire == "a · b")
    #expect(Mrkdwn.bold(Mrkdwn("")).isEmpty)
    #expect(Mrkdwn.code("\u{200B}").isEmpty)
  }

  @Test func `a quotation keeps every line inside`() {
    #expect(
      Mrkdwn.quote("Hi *all*\n\n> Owner: me\nbye", limit: 3).wire == "&gt; Hi `*all*`\n&gt; \n&gt; `&gt;` Owner: me…")
    #expect(Mrkdwn.quote(" ").isEmpty)
  }

  @Test func `text objects are verbatim or without emoji`() {
    #expect(TextObject.mrkdwn("*a*").json == ["type": "mrkdwn", "text": "*a*", "verbatim": true])
  }
}

@Suite struct SlackTokenTests {
  @Test func `each form of token is read`() {
    #expect(
      SlackToken.parse(
        "Hi <@U1|ann> in <#C1> <!here> <!subteam^S1|@g> <https://x.example/?a=1&amp;b|x> &lt;no&gt; <open") == [
          .text("Hi "), .user(id: "U1", name: "ann"), .text(" in "), .channel(id: "C1", name: nil), .text(" "),
          .special("here", fallback: nil), .text(" "), .userGroup(id: "S1", name: "@g"), .text(" "),
          .link(url: "https://x.example/?a=1&b", label: "x"), .text(" <no> <open"),
        ])
  }

  @Test func `a typed address comes back as typed`() {
    #expect(SlackToken.plainText("<mailto:ada@acme.example|ada@acme.example>") == "ada@acme.example")
    #expect(SlackToken.plainText("<http://acme.example|acme.example>") == "acme.example")
    #expect(SlackToken.plainText("why <@U1> R&amp;D") == "why @U1 R&D")
  }
}
