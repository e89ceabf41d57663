import Foundation
import RevOps
import SlackAPI
import Testing

@testable import SlackDesk

@Suite struct SubmissionTests {
  private static let won = #"{"result":{"result":{"type":"radio_buttons","selected_option":{"value":"won"}}}}"#

  private func knowing(_ desk: TestDesk, _ user: String = "U1JONAS") async throws {
    _ = try await desk.handlers.ports.directory.person(user)
  }

  @Test func `an outcome is stored with its reason and plain amount, once for a view`() async throws {
    let desk = TestDesk([Samples.lead(.claimed)])
    try await knowing(desk)
    let values = """
      {"result":{"result":{"type":"radio_buttons","selected_option":{"value":"lost"}}},
      "reason":{"reason":{"type":"plain_text_input","value":" too\\nsmall "}},
      "amount":{"amount":{"type":"plain_text_input","value":"12,000.50"}}}
      """
    #expect(try await desk.submit("outcome", values) == nil)
    try await desk.submit("outcome", values)
    #expect(desk.store.deliveries.map(\.key) == ["slack/U1JONAS/V1"])
    #expect(
      desk.store.commands.first?.action
        == .logOutcome(Outcome(result: .lost, reason: "too small", amount: "12000.50")))
    #expect(desk.store.commands.first?.reply?.channel == "C2EMEA")
  }

  @Test(
    "amounts are read as people write them",
    arguments: [
      ("12000", "12000"), ("12 000", "12000"), ("12.000,50", "12000.50"), ("1.500", "1500"), ("99,5", "99.5"),
      ("1'000", "1000"), ("many", nil), ("-5", nil), ("1.2.3", nil), ("1e9", nil),
    ])
  func amounts(_ typed: String, _ read: String?) { #expect(OutcomeModal.digits(typed) == read) }

  @Test func `a form that lacks its input shows that at the input, and stores nothing`() async throws {
    let desk = TestDesk([Samples.lead(.claimed)])
    let body = try await desk.submit("outcome", "{}")
    #expect(body?["response_action"].string == "errors")
    #expect(body?["errors"].object.keys.sorted() == ["result"])
    #expect(desk.store.deliveries.isEmpty)
  }

  @Test func `somebody who may not is refused in the form`() async throws {
    let desk = TestDesk([Samples.lead(.claimed)])
    try await knowing(desk, "U2ANNA")
    let body = try await desk.submit("outcome", Self.won, user: "U2ANNA")
    #expect(body?["errors"]["result"].string?.contains("Its owner (jonas@northwind.example)") == true)
    #expect(desk.store.deliveries.isEmpty)
  }

  @Test func `a form that comes too late says what happened meanwhile`() async throws {
    let desk = TestDesk([Samples.lead(.disqualified)])
    try await knowing(desk)
    let body = try await desk.submit("outcome", Self.won)
    #expect(body?["errors"]["result"].string?.contains("it is disqualified") == true)
  }

  @Test func `when Slack has not said who it is, the form is stored and judged in its turn`() async throws {
    let desk = TestDesk([Samples.lead(.claimed)])
    #expect(try await desk.submit("outcome", Self.won) == nil)
    #expect(desk.store.commands.count == 1)
  }

  @Test func `a store that is away keeps the form open`() async throws {
    let desk = TestDesk(isDown: true)
    let body = try await desk.submit("outcome", Self.won)
    #expect(body?["errors"]["result"].string?.contains("can't store that now") == true)
  }

  @Test func `nurture comes back in the morning of the person's own zone`() async throws {
    let desk = TestDesk()
    try await knowing(desk)
    let values = #"{"revisit":{"date":{"type":"datepicker","selected_date":"2026-12-01"}}}"#
    #expect(try await desk.submit("nurture", values) == nil)
    // Nine in Berlin in winter.
    let due = Date(timeIntervalSince1970: 1_796_112_000)
    #expect(desk.store.commands.first?.action == .nurture(reason: nil, revisitAt: due))
  }

  @Test(
    "a day that is over, far away or none is refused", arguments: ["2026-11-01", "2036-01-01", "2026-02-31", "soon"])
  func badDays(_ day: String) async throws {
    let desk = TestDesk()
    let body = try await desk.submit(
      "nurture", #"{"revisit":{"date":{"type":"datepicker","selected_date":"\#(day)"}}}"#)
    #expect(body?["errors"]["revisit"].string != nil)
    #expect(desk.store.deliveries.isEmpty)
  }

  @Test func `a lead is reassigned to a member, or to anybody of the workspace, never to a guest or to two`()
    async throws
  {
    let member =
      #""to_member":{"member":{"type":"static_select","selected_option":{"value":"anna@northwind.example"}}}"#
    func person(_ id: String) -> String {
      #""to_person":{"lead.people.v1":{"type":"external_select","selected_option":{"value":"\#(id)"}}}"#
    }
    let desk = TestDesk()
    #expect(try await desk.submit("reassign", "{\(member)}", view: "V1") == nil)
    #expect(try await desk.submit("reassign", "{\(person("U2ANNA"))}", view: "V2") == nil)
    let expected = DeskCommand.Action.reassign(to: Samples.anna, reason: nil)
    #expect(desk.store.commands.map(\.action) == [expected, expected])
    for bad in ["{\(person("U3GUEST"))}", "{\(person("U5GONE"))}", "{\(member),\(person("U2ANNA"))}", "{}"] {
      let body = try await desk.submit("reassign", bad, view: "V3")
      #expect(body?["errors"]["to_person"].string != nil)
    }
    #expect(desk.store.commands.count == 2)
  }

  @Test func `a submission without a lead of ours changes nothing`() async throws {
    let desk = TestDesk()
    let body = try await desk.send(
      #"{"type":"view_submission","user":{"id":"U1"},"view":{"id":"V","callback_id":"lead.outcome.v1","private_metadata":"{}"}}"#
    )
    #expect(body == nil && desk.store.deliveries.isEmpty)
  }
}
