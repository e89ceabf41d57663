import Testing

@testable import Pinecone

@Suite struct PineconeTests {
  @Test func callsAreCountedUnderTheNameOfTheService() { #expect(PineconeService.vendor == "pinecone") }
}
