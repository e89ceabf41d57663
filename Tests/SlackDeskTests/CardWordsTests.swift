import RevOps
import Testing

@testable import SlackDesk

@Suite struct CardWordsTests {
  @Test(arguments: [("DE-HE", "Hessen"), ("US-CA", "California"), ("JP-13", "Tokyo"), ("GB-ENG", nil), ("XX-1", nil)])
  func `a region has the name that people call it by, or none`(code: String, name: String?) {
    #expect(Region.name(of: code) == name)
  }

  @Test func `levels and departments are written as people write them`() {
    #expect(CardWords.seniority(.cLevel) == "C-level")
    #expect(CardWords.seniority(.vp) == "VP")
    #expect(CardWords.seniority(.director) == "Director")
    #expect(CardWords.department(.it) == "IT")
    #expect(CardWords.department(.customerSuccess) == "customer success")
  }
}
