import Foundation
import RevOps
import TestSupport
import Testing

@testable import Pipeline

/// What people do in a CRM that does not tell, and in one that does.
@Suite(.timeLimit(.minutes(2))) struct CRMWatchTests {
  private static let ada = "contact of ada@acme.example"

  private func contact(_ owner: String, touched: Date? = nil) -> CRMContact {
    CRMContact(
      id: Self.ada, addresses: ["ada@acme.example"], owner: .person(id: owner, email: owner), lastContactedAt: touched)
  }

  private func other(than owner: String?) -> String { owner == "jo@n.example" ? "an@n.example" : "jo@n.example" }

  /// A lead of Ada's that has been delivered and written, in a pipeline that can read these records.
  private func open(
    _ records: FakeRecords, _ body: (Office, Pipeline, Lead) async throws -> Void
  ) async throws {
    let office = try await Office(everywhere: true)
    var dependencies = office.dependencies([.slack, .crm])
    dependencies.records = records.records
    let id = try await office.submit()
    try await office.open(office.pipeline(dependencies)) { pipeline in
      try await office.settled(id)
      try await body(office, pipeline, try await office.lead(id))
    }
  }

  private func mark(_ office: Office) async throws -> Date? {
    try await office.store.document(CRMWatch.key).map {
      try JSONDecoder().decode(CRMWatch.Mark.self, from: $0.content).lookedAt
    }
  }

  private func tell(_ hint: CRMEvent, _ office: Office, _ pipeline: Pipeline) async throws {
    var random = SystemRandomNumberGenerator()
    let message = hint.message(at: office.clock.now, random: &random)
    let delivery = Delivery(key: message.id, bodyHash: nil, keepFor: .seconds(60), message: message)
    #expect(try await office.store.append(delivery, now: office.clock.now) == .appended)
    pipeline.wake(message.leadID.partition)
  }

  @Test func `owners, touches and deals are found every five minutes, and not looked for before the first`()
    async throws
  {
    let records = FakeRecords()
    try await open(records) { office, _, lead in
      try await eventually("the first mark") { try await mark(office) == monday }
      #expect(records.windows.isEmpty)
      let other = other(than: lead.desk.owner)
      records.put(contact(other))
      office.clock.advance(by: CRMWatch.interval)
      try await eventually("the owner is followed") { try await office.lead(lead.id).desk.owner == other }
      let touch = office.clock.now
      records.put(contact(other, touched: touch))
      let call = CRMEngagement(kind: .call, by: .person(id: other, email: other), at: touch)
      records.put(call, with: Self.ada)
      office.clock.advance(by: CRMWatch.interval)
      try await eventually("the touch is found") { try await office.lead(lead.id).desk.firstTouchAt == touch }
      let now = office.clock.now
      let deal = ClosedDeal(id: "9", outcome: Outcome(result: .won, amount: "5"), at: now)
      records.put(CRMDeal(closed: deal, people: [["ada@acme.example"]], domains: []), "9", at: now)
      office.clock.advance(by: CRMWatch.interval)
      try await eventually("the deal is found") { try await office.lead(lead.id).desk.outcome == deal.outcome }
      records.put(CRMDeal(closed: nil, people: [], domains: []), "9", at: office.clock.now)
      records.put(CRMDeal(closed: nil, people: [], domains: []), "8", at: office.clock.now)
      office.clock.advance(by: CRMWatch.interval)
      try await eventually("it is found open again") { try await office.lead(lead.id).state == .worked }
      try await office.settled(lead.id)
      #expect(try await office.actions(lead.id).suffix(4) == ["reassigned", "first_touch", "outcome", "reopened"])
      // Each window begins a little before the last one's end.
      let starts = (0..<4).map { monday.addingTimeInterval(Double($0) * CRMWatch.interval - CRMWatch.overlap) }
      #expect(records.windows.map(\.lowerBound) == starts)
    }
  }

  @Test func `what was done while nobody looked is found afterwards, and a CRM that is away is asked again`()
    async throws
  {
    let records = FakeRecords()
    try await open(records) { office, _, lead in
      try await eventually("the first mark") { try await mark(office) == monday }
      let other = other(than: lead.desk.owner)
      records.put(contact(other))
      records.faults.set("contacts", .fails(.down))
      office.clock.advance(by: 10 * 3_600)
      try await eventually("it was tried") { records.faults.count("contacts") > 0 }
      #expect(try await mark(office) == monday, "nothing is passed over")
      records.faults.set("contacts", nil)
      office.clock.advance(by: 60)
      try await eventually("the owner is followed") { try await office.lead(lead.id).desk.owner == other }
      #expect(records.windows.allSatisfy { $0.lowerBound == monday.addingTimeInterval(-CRMWatch.overlap) })
    }
  }

  @Test func `a touch by somebody else is read once, not at every look`() async throws {
    let records = FakeRecords()
    try await open(records) { office, _, lead in
      try await eventually("the first mark") { try await mark(office) == monday }
      let owner = try #require(lead.desk.owner)
      let stranger = CRMOwner.person(id: "3", email: "eve@n.example")
      records.put(contact(owner, touched: monday.addingTimeInterval(5)))
      records.put(CRMEngagement(kind: .email, by: stranger, at: monday.addingTimeInterval(5)), with: Self.ada)
      for look in 1...3 {
        office.clock.advance(by: CRMWatch.interval)
        try await eventually("look \(look)") { try await mark(office) == office.clock.now }
      }
      try await eventually("it was read") { !records.read.isEmpty }
      #expect(records.read.count == 1)
      #expect(try await office.lead(lead.id).desk.firstTouchAt == nil)
    }
  }

  @Test func `a CRM that tells is not looked through`() async throws {
    let records = FakeRecords(announcesChanges: true)
    try await open(records) { office, pipeline, lead in
      let other = other(than: lead.desk.owner)
      records.put(contact(other))
      office.clock.advance(by: 3 * CRMWatch.interval)
      try await tell(CRMEvent(.contact, Self.ada), office, pipeline)
      try await eventually("the owner is followed") { try await office.lead(lead.id).desk.owner == other }
      #expect(try await mark(office) == nil)
      #expect(records.windows.isEmpty)
    }
  }

  @Test func `what was read before the lead changed here is read again`() async throws {
    let records = FakeRecords(announcesChanges: true)
    try await open(records) { office, pipeline, lead in
      let owner = try #require(lead.desk.owner)
      records.put(contact(owner))
      // Somebody's change of long ago, told only now.
      var old = lead
      old.desk.decision = 99
      let other = other(than: owner)
      let news = ContactNews(
        contactID: Self.ada, owner: .person(id: other, email: other), canOwn: true, engagements: [], basis: .init(old))
      try await office.command(.follow(.contact(news)), by: .crm, on: lead.id, waking: pipeline)
      try await eventually("the record is read") { !records.read.isEmpty }
      try await office.settled(lead.id)
      #expect(try await office.lead(lead.id).desk.owner == owner)
    }
  }

  @Test func `an event waits while Baton's own writes are on their way`() async throws {
    let records = FakeRecords(announcesChanges: true)
    try await open(records) { office, pipeline, lead in
      let owner = try #require(lead.desk.owner)
      let claimer = other(than: owner)
      office.crm.faults.set("perform", .holds)
      try await office.command(.claim, by: .user(claimer), on: lead.id, waking: pipeline)
      try await office.state(lead.id, is: .claimed)
      records.put(contact(owner))
      try await tell(CRMEvent(.contact, Self.ada), office, pipeline)
      try await eventually("the record is read") { !records.read.isEmpty }
      records.put(contact(claimer))
      office.crm.faults.set("perform", nil)
      try await office.settled(lead.id)
      office.clock.advance(by: 5)
      let mailbox = CRMEvent(.contact, Self.ada).mailbox
      try await eventually("the event is done") { try await office.messages(of: mailbox).isEmpty }
      #expect(try await office.lead(lead.id).desk.owner == claimer)
      #expect(try await !office.actions(lead.id).contains("reassigned"))
    }
  }

  @Test func `a contact that somebody makes is a lead, once, and one who has a lead is none`() async throws {
    let records = FakeRecords(announcesChanges: true)
    try await open(records) { office, pipeline, lead in
      records.put(contact(try #require(lead.desk.owner)))
      try await tell(CRMEvent(.contactCreated, Self.ada), office, pipeline)
      let bob = CRMContact(
        id: "7", addresses: ["bob@b.example"], owner: .nobody, createdAt: office.clock.now,
        properties: ["email": "bob@b.example", "firstname": "Bob"])
      records.put(bob)
      for _ in 0..<3 { try await tell(CRMEvent(.contactCreated, "7"), office, pipeline) }
      for contact in [Self.ada, "7"] {
        let mailbox = CRMEvent(.contact, contact).mailbox
        try await eventually("\(contact) is done") {
          // What met another at the same lead comes again a moment later.
          office.clock.advance(by: 1)
          return try await office.messages(of: mailbox).isEmpty
        }
      }
      try await eventually("Bob is a lead") { try await office.leads("bob@b.example").count == 1 }
      let found = try #require(try await office.leads("bob@b.example").first)
      try await office.settled(found.id)
      #expect(found.intake.channel == .hubspot)
      #expect(found.intake.payload.firstName == "Bob")
      #expect(try await office.leads("bob@b.example").count == 1)
      #expect(try await office.leads("ada@acme.example").count == 1)
    }
  }
}

extension Office {
  fileprivate func leads(_ identity: String) async throws -> [Lead] {
    try await store.leads(LeadQuery(identity: identity)).leads
  }
}
