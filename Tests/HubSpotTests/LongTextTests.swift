import Foundation
import RevOps
import Sandbox
import Testing

@testable import HubSpot

/// HubSpot takes 65,536 code units of a text, and people who write to a form may send more, in few characters.
@Suite(.timeLimit(.minutes(1))) struct LongTextTests {
  /// Five thousand characters as people count, a hundred thousand as HubSpot does.
  private static let towering = String(repeating: "Z" + String(repeating: "\u{301}", count: 20), count: 5_000)
  private static let quoted = String(repeating: "\"", count: 60_000)

  @Test(arguments: [towering, quoted, String(repeating: "👩🏽‍🚀", count: 9_000)])
  func `what is too long is cut where people see it`(text: String) throws {
    let cut = try #require(PropertyText.clean(text))
    #expect(cut.utf16.count <= 10_000 && cut.hasSuffix("…"))
    #expect(text.unicodeScalars.starts(with: cut.unicodeScalars.dropLast()))
  }

  @Test func `what is not too long is kept whole`() {
    let text = String(repeating: "x", count: 10_000)
    #expect(PropertyText.clean(text) == text)
  }

  @Test(arguments: [towering, quoted])
  func `a lead with an endless text is written, and its note too`(text: String) async throws {
    try await LoopbackHubSpot.open { crm, world in
      var write = try CRM.Write.lead()
      write.facts.payload.message = text
      write.facts.normalized.company = text
      write.routeReason = text
      var record = RevOps.CRMRecord()
      for step in [CRMStep.contact, .company, .association] { record = try await crm.perform(step, write, record) }
      _ = try await crm.addNote("why/1", text, record, Date(), false)
      _ = try await crm.addTask("task/1", text, Date(), nil, record, false)
      #expect(record.remarks.isEmpty)
      let contact = try #require(world.records(.contacts).first)
      #expect(contact.properties["message"]?.hasSuffix("…") == true)
      #expect(world.records(.notes).count == 1 && world.records(.tasks).count == 1)
    }
  }
}
