import Foundation
import RevOps

extension StorageConformance {
  static let memory: [Case] = [
    Case("the nearest come best first, of the same model and length, without the excluded account") {
      (harness: Harness) in
      let store = try await harness.make()
      let lead = Lead.sample().id
      for degrees in [80.0, 10, 45, 0] { try await store.remember(.sample(degrees, lead: lead)) }
      try await store.remember(.sample(1, lead: lead, model: "other"))
      var longer = AccountMemory.sample(2, lead: lead)
      longer.vector.append(0)
      try await store.remember(longer)
      let found = try await harness.restart(store).nearest(
        to: AccountMemory.sample(0, lead: lead).vector, model: "m", limit: 2, excluding: "account 0.0")
      try expect(
        found.map(\.memory), is: [.sample(10, lead: lead), .sample(45, lead: lead)], "the nearest, as they were")
      try expect(abs(found[1].similarity - 0.5.squareRoot()) < 1e-5, "the cosine of 45 degrees")
    },

    Case("writing a memory again replaces it; forgetting takes all of one lead's") { store in
      let (mine, other) = (Lead.sample().id, Lead.sample("bob@b.example").id)
      var memory = AccountMemory.sample(10, lead: mine)
      try await store.remember(memory)
      memory.outcome = "lost"
      try await store.remember(memory)
      try await store.remember(.sample(20, lead: mine))
      try await store.remember(.sample(30, lead: other))
      let found = try await store.nearest(to: memory.vector, model: "m", limit: 9, excluding: nil)
      try expect(found.count, is: 3, "memories")
      try expect(found.first?.memory, is: memory, "the later one")
      try expect(try await store.forgetMemories(of: mine), is: 2, "forgotten")
      let left = try await store.nearest(to: memory.vector, model: "m", limit: 9, excluding: nil)
      try expect(left.map(\.memory.leadID), is: [other], "left")
    },

    Case("memories are listed by partition and model, in the order of their leads, page after page") { store in
      let here = (0..<5).map { _ in Lead.sample().id }.sorted { $0.description < $1.description }
      let elsewhere = Lead.sample("bob@b.example").id
      try expect(here[0].partition == elsewhere.partition, is: false, "two partitions")
      for (index, lead) in here.reversed().enumerated() {
        try await store.remember(.sample(Double(index), lead: lead))
        try await store.remember(.sample(Double(index), lead: lead, model: "other"))
      }
      try await store.remember(.sample(9, lead: elsewhere))
      let first = try await store.memories(of: "m", in: here[0].partition, after: nil, limit: 3)
      try expect(first.map(\.leadID), is: Array(here.prefix(3)), "the first page")
      try expect(first.first?.vector.count, is: 3, "numbers of its vector")
      let rest = try await store.memories(of: "m", in: here[0].partition, after: here[2], limit: 3)
      try expect(rest.map(\.leadID), is: Array(here.suffix(2)), "the rest")
      let none = try await store.memories(of: "m", in: here[0].partition, after: here[4], limit: 3)
      try expect(none.isEmpty, is: true, "nothing after the last")
    },

    Case("vectors of any length are compared in full") { store in
      for length in [3, 16, 19, 256] {
        let value = Float(1 / Double(length).squareRoot())
        var memory = AccountMemory.sample(0, lead: Lead.sample().id, model: "of \(length)")
        memory.id = "\(length)"
        memory.vector = (0..<length).map { $0.isMultiple(of: 2) ? value : -value }
        try await store.remember(memory)
        let found = try await store.nearest(to: memory.vector, model: memory.model, limit: 1, excluding: nil)
        try expect(abs((found.first?.similarity ?? 0) - 1) < 1e-5, "the cosine of a vector of \(length) with itself")
      }
    },
  ]
}

extension AccountMemory {
  /// A unit vector turned by that many degrees.
  fileprivate static func sample(_ degrees: Double, lead: LeadID, model: String = "m") -> AccountMemory {
    let angle = degrees * .pi / 180
    return AccountMemory(
      id: "\(degrees)/\(model)", account: "account \(degrees)", outcome: "won", reason: "price", at: noon,
      industry: "Banking", country: "DE", employees: 900, leadID: lead,
      vector: [Float(cos(angle)), Float(sin(angle)), 0], model: model)
  }
}
