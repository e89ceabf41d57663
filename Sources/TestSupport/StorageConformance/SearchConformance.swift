import Foundation
import RevOps

extension StorageConformance {
  static let searches: [Case] = [
    Case("pages come newest first and hold each lead once while new ones arrive") { store in
      var wanted: [LeadID] = []
      for number in 0..<25 {
        wanted.insert(try await store.store(.sample("a\(number)@acme.example", after: Double(number / 2))).id, at: 0)
      }
      var found: [LeadID] = []
      var cursor: String?
      repeat {
        let page = try await store.leads(LeadQuery(cursor: cursor, limit: 10))
        found += page.leads.map(\.id)
        cursor = page.nextCursor
        try await store.store(.sample("new\(found.count)@acme.example", after: 1000))
      } while cursor != nil && found.count < 99
      try expect(found.count, is: 25, "leads on all pages")
      try expect(Set(found), is: Set(wanted), "each once")
      let times = found.compactMap { id in wanted.firstIndex(of: id) }.map { ($0 + 1) / 2 }
      try expect(times, is: times.sorted(), "newest first")
    },

    Case("the last page has no cursor, also when it is full") { store in
      for number in 0..<4 { try await store.store(.sample("a\(number)@acme.example", after: Double(number))) }
      let first = try await store.leads(LeadQuery(limit: 2))
      let second = try await store.leads(LeadQuery(cursor: first.nextCursor, limit: 2))
      try expect(first.nextCursor != nil, "a second page")
      try expect(second.leads.count, is: 2, "leads on it")
      try expect(second.nextCursor, is: nil, "the end")
    },

    Case("a query holds to all of its conditions") { store in
      let wanted = try await store.store(
        .sample("ada@acme.example", state: .claimed, owner: "jo@n.example").captured(domain: "acme.example"))
      try await store.store(.sample("ada@acme.example", after: 1, state: .closed, owner: "jo@n.example"))
      try await store.store(.sample("bob@acme.example", after: 2, state: .claimed, owner: "an@n.example"))
      let queries = [
        LeadQuery(state: .claimed, owner: "jo@n.example"), LeadQuery(domain: "acme.example"),
        LeadQuery(state: .claimed, identity: "ada@acme.example"),
      ]
      for query in queries {
        try expect(try await store.leads(query).leads, is: [wanted], "\(query)")
      }
      try expect(try await store.leads(LeadQuery(owner: "nobody@n.example")).leads, is: [], "nobody's")
    },

    Case("a query can leave out deliveries that joined another lead") { store in
      let open = try await store.store(.sample("ada@acme.example", state: .claimed))
      for number in 1...12 {
        try await store.store(.sample("ada@acme.example", after: Double(number), state: .merged))
      }
      var query = LeadQuery(identity: "ada@acme.example", limit: 5)
      query.leavesOutMerged = true
      try expect(try await store.leads(query).leads, is: [open], "the one that they joined")
    },

    Case("a search finds the beginning of a person's name, a company's name or an address, newest first") { store in
      let ada = try await store.store(.sample("al@one.example", name: "Grace Hopper", company: "Navy"))
      let company = try await store.store(.sample("x@two.example", after: 1, name: "Jo", company: "Grace & Co"))
      let address = try await store.store(.sample("grace@three.example", after: 2, name: "Jo", company: "Three"))
      try await store.store(.sample("y@four.example", after: 3, name: "Jo Gracewood", company: "Disgrace"))
      let found = try await store.leads(matching: "grace", limit: 10)
      try expect(found.map(\.id), is: [address.id, company.id, ada.id], "found")
      try expect(try await store.leads(matching: "grace", limit: 1).map(\.id), is: [address.id], "the newest")
      try expect(try await store.leads(matching: "grace h", limit: 9).map(\.id), is: [ada.id], "more letters")
      try expect(try await store.leads(matching: "%", limit: 9), is: [], "no wildcard")
    },

    Case("names are found by their folded text") { store in
      let lead = try await store.store(.sample(name: "Åsa Straße", company: "ÉCLAIR"))
      for text in ["asa strasse", "ecl"] {
        try expect(try await store.leads(matching: text, limit: 9).map(\.id), is: [lead.id], text)
      }
    },

    Case("a search follows the lead's present names") { store in
      var lead = try await store.store(.sample(name: "Ada", company: "Old"))
      lead.intake.payload.company = "Newco"
      try await store.store(lead)
      try expect(try await store.leads(matching: "old", limit: 9), is: [], "the old name")
      try expect(try await store.leads(matching: "newco", limit: 9).map(\.id), is: [lead.id], "the new name")
    },
  ]
}
