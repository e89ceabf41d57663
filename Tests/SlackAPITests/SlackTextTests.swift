import SlackAPI
import Testing

@Suite struct SlackTextTests {
  @Test func `three characters are escaped, once`() {
    #expect(SlackText.escaped(#"a & b < c > d "e" 'f' &amp;"#) == #"a &amp; b &lt; c &gt; d "e" 'f' &amp;amp;"#)
  }

  @Test(arguments: Hostile.texts)
  func `unescaping undoes escaping`(text: String) {
    #expect(SlackText.unescaped(SlackText.escaped(text)) == text)
  }

  @Test func `unescaping is done once and leaves other entities`() {
    #expect(SlackText.unescaped("&amp;lt; &lt;b&gt; &quot; & &am") == "&lt; <b> &quot; & &am")
  }

  @Test(arguments: [
    ("  a \t b\r\n\r\nc\u{2028}d  ", "a b c d"), ("a\u{0}b\u{7F}c", "a b c"),
    ("\u{202E}evil\u{2066}x\u{2069}\u{200F}", "evilx"),
    ("in\u{200B}vis\u{FEFF}ible\u{AD}", "invisible"), ("a\u{E0041}b", "ab"), ("\u{200B} \u{2060}", ""),
    ("👩‍👩‍👧 می‌خواهم", "👩‍👩‍👧 می‌خواهم"), ("🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"),
    ("ada_lovelace+x@acme.example", "ada_lovelace+x@acme.example"),
  ])
  func `one line holds what can be seen and read`(text: String, expected: String) {
    #expect(SlackText.singleLine(text) == expected)
  }

  @Test func `lines are limited, trimmed and marked where they were cut`() {
    #expect(SlackText.lines("\n a \n\n\n b\r\nc\n\n", limit: 9) == ["a", "", "b", "c"])
    #expect(SlackText.lines("a\nb\nc", limit: 2) == ["a", "b…"])
    #expect(SlackText.lines("a\nb\n\n", limit: 2) == ["a", "b"])
    #expect(SlackText.lines(" \n ", limit: 2).isEmpty)
  }
}

@Suite struct PlainTextTests {
  @Test func `a plain_text object is escaped and knows no emoji`() throws {
    #expect(
      PlainText("R&D <b>\n:fire:").json
        == ["type": "plain_text", "text": "R&amp;D &lt;b&gt; :fire:", "emoji": false])
  }

  @Test(arguments: Hostile.texts, [1, 2, 24, 75, 150, 3000])
  func `clipping keeps the limit and never cuts an entity`(text: String, limit: Int) {
    let wire = PlainText(text).clipped(to: limit).wire
    #expect(wire.utf16.count <= limit)
    #expect(SlackText.escaped(SlackText.unescaped(wire)) == wire)
  }

  @Test func `clipping cuts between graphemes and says so`() {
    #expect(PlainText("Ada Lovelace").clipped(to: 5).wire == "Ada…")
    #expect(PlainText("👩‍👩‍👧‍👦👩‍👩‍👧‍👦").clipped(to: 13).wire == "👩‍👩‍👧‍👦…")
    #expect(PlainText("a&b").clipped(to: 5).wire == "a…")
    #expect(PlainText("Ada").clipped(to: 3).wire == "Ada")
  }

  @Test func `several lines stay lines`() {
    #expect(PlainText(lines: "a\r\n*b* & c", limit: 3).wire == "a\n*b* &amp; c")
    #expect(PlainText(lines: "a\n\n\nb\nc", limit: 3).wire == "a\n\nb…")
  }
}
