import Testing

@testable import OpenAI

@Suite struct OpenAITests {
  @Test func callsAreCountedUnderTheNameOfTheService() { #expect(OpenAIService.vendor == "openai") }
}
