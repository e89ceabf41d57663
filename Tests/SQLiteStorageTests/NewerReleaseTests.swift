import Foundation
import GRDB
import RevOps
import StoredForms
import TestSupport
import Testing

@testable import SQLiteStorage

/// A store that the next release has already written to.
@Suite struct NewerReleaseTests {
  let stores: TestStores

  init() throws { stores = try TestStores() }

  @Test func `a store with a later migration opens and works`() async throws {
    let file = stores.newFile()
    let store = try await stores.open(file)
    try await store.write { database in
      try database.execute(
        sql: """
          INSERT INTO grdb_migrations VALUES ('2027-02 something new');
          ALTER TABLE leads ADD COLUMN novelty TEXT NOT NULL DEFAULT 'none';
          CREATE TABLE novelties (id INTEGER PRIMARY KEY)
          """)
    }
    try await store.close()
    let later = try await stores.open(file)
    let lead = Lead.stored()
    try await later.keep(lead)
    #expect(try await later.lead(lead.id)?.version == 1)
  }

  @Test func `members of a lead that this release does not know stay when it is stored again`() async throws {
    let store = try await stores.make()
    let lead = Lead.stored()
    try await store.keep(lead)
    let novelty = #"{"a.b":[1,null,"ü"],"z":null}"#
    try await store.write { database in
      try database.run(
        "UPDATE leads SET document = json_set(document, '$.novelty', json(?), '$.\"two words\"', 1.5)", [novelty])
    }
    var again = try #require(try await store.lead(lead.id))
    again.warnings = ["changed"]
    try await store.keep(again)
    let found = try await store.read { database in
      let row = try database.row(
        "SELECT document -> '$.novelty', document -> '$.\"two words\"', document FROM leads")
      return try row.map { row in
        (row[0] as String?, row[1] as String?, try StoredJSON.value(Lead.self, from: row[2]))
      }
    }
    let stored = try #require(found)
    #expect(stored.0 == novelty)
    #expect(stored.1 == "1.5")
    #expect(stored.2.warnings == ["changed"])
    #expect(stored.2.version == 2)
  }

  @Test func `a known member that is taken away does not come back`() async throws {
    let store = try await stores.make()
    var lead = Lead.stored()
    lead.mergedInto = Lead.stored().id
    try await store.keep(lead)
    var again = try #require(try await store.lead(lead.id))
    again.mergedInto = nil
    try await store.keep(again)
    #expect(try await store.lead(lead.id)?.mergedInto == nil)
  }

  @Test func `the known members are those of a lead`() {
    let members = Mirror(reflecting: Lead.stored()).children.compactMap(\.label).sorted()
    #expect(Lead.storedMembers == members)
  }

  @Test func `a lead in an unknown state is unreadable alone`() async throws {
    let store = try await stores.make()
    let (good, strange) = (Lead.stored("bob@b.example"), Lead.stored())
    try await store.keep(good)
    try await store.keep(strange)
    try await store.write { database in
      try database.run(
        """
        UPDATE leads SET state = 'teleported', document = json_set(document, '$.state', 'teleported') WHERE id = ?
        """, [strange.id.description])
    }
    await #expect {
      try await store.lead(strange.id)
    } throws: {
      ($0 as? StorageError)?.cause == .unreadable && !"\($0)".contains("teleported")
    }
    #expect(try await store.lead(good.id)?.id == good.id)
    #expect(try await store.leads(LeadQuery()).leads.map(\.id) == [good.id])
    #expect(try await store.counts() == [.received: 1])
  }

  @Test func `a message that cannot be read stays and does not hold up the next`() async throws {
    let store = try await stores.make()
    let lead = Lead.stored()
    _ = try await store.append(lead.delivered(key: "form/1"), now: .now)
    try await store.write { try $0.run(#"UPDATE messages SET body = '{"novelty":1}', id = '0' || id"#) }
    let next = lead.delivered(key: "form/2")
    _ = try await store.append(next, now: .now)
    #expect(try await store.pendingMessages(in: lead.id.partition, limit: 1).map(\.message) == [next.message])
    #expect(try await store.read { try $0.int("SELECT count(*) FROM messages") } == 2)
  }
}
