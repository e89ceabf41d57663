import Foundation
import RevOps
import TestSupport
import Testing

@testable import Pipeline

@Suite struct AbsenceTests {
  private static let jo = "jo@n.example"
  private static let maria = "maria@n.example"
  private static let alone = Policy.punctual(weights: [("jo@n.example", 1)])

  /// Hands in a lead for Jo, who claims it or not, and lets its time run out.
  @discardableResult
  private func letPass(
    _ office: Office, _ pipeline: Pipeline, _ email: String, claiming: Bool = false
  ) async throws -> LeadID {
    let id = try await office.submit(email, waking: pipeline)
    try await office.settled(id)
    if claiming { try await office.command(.claim, by: .user(Self.jo), on: id, waking: pipeline) }
    try await office.settled(id)
    try await office.pass(minutes: 15, pipeline, id)
    return id
  }

  @Test func `who lets three in a row pass counts as away, and they and their manager are told`() async throws {
    let office = try await Office(Self.alone)
    try await office.open { pipeline in
      var last: LeadID?
      for email in ["ada@acme.example", "bob@b.example", "bob@other.example"] {
        #expect(try await office.roster()[Self.jo]?.isAway != true)
        last = try await letPass(office, pipeline, email)
      }
      #expect(try await office.roster()[Self.jo]?.isAway(at: office.clock.now) == true)
      let told = office.slack.notices(to: Self.jo)
      #expect(told.count == 1)
      #expect(told.first?.contains("/lead back") == true)
      // Of each lead, and of the absence.
      #expect(office.slack.notices(to: Self.maria).count == 4)
      #expect(try await office.actions(try #require(last)).contains("set_away"))
    }
  }

  @Test func `a claim begins the count anew`() async throws {
    let office = try await Office(Self.alone)
    try await office.open { pipeline in
      for email in ["ada@acme.example", "bob@b.example"] { try await letPass(office, pipeline, email) }
      let id = try await letPass(office, pipeline, "bob@other.example", claiming: true)
      #expect(try await office.lead(id).state == .claimed)
      #expect(try await office.roster()[Self.jo]?.passedInARow == nil)
      #expect(try await office.roster()[Self.jo]?.isAway == false)
      #expect(office.slack.notices(to: Self.jo).isEmpty)
    }
  }
}
