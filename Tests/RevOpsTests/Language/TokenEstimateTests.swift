import RevOps
import Testing

@Suite struct TokenEstimateTests {
  @Test(arguments: [("", 0), ("abcd", 1), ("abcde", 2), ("見積", 2), ("größe", 3), ("🎉", 1)])
  func `four plain letters are one token, any other character is one of its own`(text: String, tokens: Int) {
    #expect(TokenEstimate.of(text) == tokens)
  }

  @Test func `a long text is cut between words, a short one is left as it is`() {
    #expect(TokenEstimate.cut("one two three four", to: 3) == "one two…")
    #expect(TokenEstimate.cut("one two", to: 3) == "one two")
    let unspaced = TokenEstimate.cut(String(repeating: "見", count: 50), to: 10)
    #expect(TokenEstimate.of(unspaced) <= 10 && unspaced.hasSuffix("…"))
  }
}
