import Foundation
import RevOps

extension StorageConformance {
  static let leads: [Case] = [
    Case("a lead comes back exactly as stored, one version on, also after a restart") { (harness: Harness) in
      let store = try await harness.make()
      var lead = Lead.sample().captured(domain: "acme.example")
      lead.desk.claimedAt = noon + 0.000_000_1
      lead.warnings = ["account not checked"]
      let stored = try await store.store(lead)
      lead.version = 1
      try expect(stored, is: lead, "the lead")
      let later = try await harness.restart(store)
      try expect(try await later.lead(lead.id), is: lead, "the lead after a restart")
      try expect(try await later.lead(Lead.sample("bob@b.example").id), is: nil, "a lead that was never stored")
    },

    Case("loads count open leads per owner, also those about to be delivered; owners without any are absent") { store in
      let states: [LeadState] = [
        .delivered, .claimed, .worked, .inReview, .nurturing, .closed, .disqualified, .parked, .processing, .merged,
      ]
      for (number, state) in states.enumerated() {
        try await store.store(.sample("a\(number)@acme.example", state: state, owner: "jo@n.example"))
      }
      try await store.store(.sample("z@acme.example", state: .closed, owner: "an@n.example"))
      let loads = try await store.loads(of: ["jo@n.example", "an@n.example", "nobody@n.example"])
      try expect(loads, is: ["jo@n.example": 5], "loads")
    },

    Case("a lead that changes hands moves from one load to the other, the last assignment stays") { store in
      var lead = Lead.sample(state: .delivered, owner: "jo@n.example")
      lead.desk.assignedAt = noon + 10
      lead = try await store.store(lead)
      lead.desk.owner = "an@n.example"
      lead.desk.assignedAt = noon + 20
      try await store.store(lead)
      let owners = ["jo@n.example", "an@n.example", "nobody@n.example"]
      try expect(try await store.loads(of: owners), is: ["an@n.example": 1], "loads")
      let times = try await store.lastAssignments(of: owners)
      try expect(times, is: ["jo@n.example": noon + 10, "an@n.example": noon + 20], "last assignments")
    },

    Case("unfinished leads are those received or processing in the partition") { store in
      let received = try await store.store(.sample("ada@acme.example", state: .received))
      let processing = try await store.store(.sample("ada@acme.example", after: 1, state: .processing))
      for state in LeadState.allCases where state != .received && state != .processing {
        try await store.store(.sample("ada@acme.example", after: 2, state: state))
      }
      let unfinished = try await store.unfinishedLeads(in: received.id.partition)
      try expect(Set(unfinished), is: [received.id, processing.id], "unfinished")
      try expect(unfinished.count, is: 2, "each once")
    },

    Case("counts tell how many leads stand in each state") { store in
      try await store.store(.sample("a@acme.example", state: .claimed))
      var moved = try await store.store(.sample("b@acme.example", state: .processing))
      moved.state = .claimed
      try await store.store(moved)
      try await store.store(.sample("c@acme.example", state: .parked))
      let counts = try await store.counts().filter { $0.value > 0 }
      try expect(counts, is: [.claimed: 2, .parked: 1], "counts")
    },

    Case("history keeps the order in which it was written, over commits and restarts") { (harness: Harness) in
      let store = try await harness.make()
      let lead = Lead.sample()
      let entries = (0..<6).map { HistoryEntry(at: noon, actor: "system", action: "step", reason: "\($0)") }
      let stored = try await store.store(lead) { work in work.history = entries[..<3].map { (lead.id, $0) } }
      try await store.store(stored) { work in work.history = entries[3...].map { (lead.id, $0) } }
      try expect(try await harness.restart(store).history(of: lead.id), is: entries, "history")
    },

    Case("check succeeds on a store that works") { store in try await store.check() },
  ]
}
