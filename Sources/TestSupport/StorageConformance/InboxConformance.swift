import Foundation
import RevOps

extension StorageConformance {
  static let inbox: [Case] = [
    Case("a message appended is pending as it was, and survives a restart") { (harness: Harness) in
      let store = try await harness.make()
      let delivery = Lead.sample().delivery(key: "form/1")
      try expect(try await store.append(delivery, now: noon), is: .appended, "the first")
      let later = try await harness.restart(store)
      let pending = try await later.pendingMessages(in: delivery.message.leadID.partition, limit: 10)
      try expect(
        pending, is: [PendingMessage(message: delivery.message, wasRunning: false, deathsAlone: 0)], "pending")
      try expect(
        try await later.append(delivery, now: noon), is: .duplicate(delivery.message.leadID), "known after a restart")
    },

    Case("of 200 concurrent appends with one key exactly one is appended, and all name its lead") { store in
      let results = try await withThrowingTaskGroup(of: (AppendResult, LeadID).self) { group in
        for number in 0..<200 {
          let delivery = Lead.sample(after: Double(number)).delivery(key: "form/1")
          group.addTask { (try await store.append(delivery, now: noon), delivery.message.leadID) }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      let appended = results.filter { $0.0 == .appended }
      try expect(appended.count, is: 1, "appended")
      let first = try unwrap(appended.first, "the one").1
      try expect(results.filter { $0.0 == .duplicate(first) }.count, is: 199, "duplicates of it")
      try expect(try await store.pendingMessages(in: first.partition, limit: 10).count, is: 1, "messages")
    },

    Case("a known key with another body is a conflict whose body is kept in the first lead's history") { store in
      let first = Lead.sample()
      _ = try await store.append(first.delivery(key: "form/1", hash: "a"), now: noon)
      let body = JSONValue.object(["email": .string("ada@acme.example"), "seats": .int(9)])
      let other = Lead.sample().delivery(key: "form/1", hash: "b", raw: body)
      try expect(try await store.append(other, now: noon + 5), is: .conflict(first.id), "another body")
      let entry = HistoryEntry(at: noon + 5, actor: "system", action: "conflict", body: body)
      try expect(try await store.history(of: first.id), is: [entry], "history")
      try expect(try await store.pendingMessages(in: first.id.partition, limit: 10).count, is: 1, "messages")
    },

    Case("without a hash a repeat is never a conflict") { store in
      let lead = Lead.sample()
      _ = try await store.append(lead.delivery(key: "slack/1", hash: nil), now: noon)
      let repeated = lead.delivery(key: "slack/1", hash: "b")
      try expect(try await store.append(repeated, now: noon), is: .duplicate(lead.id), "a repeat")
    },

    Case("a key is forgotten after its time") { store in
      let lead = Lead.sample()
      let brief = lead.delivery(key: "form/1", keepFor: .seconds(60))
      _ = try await store.append(brief, now: noon)
      _ = try await store.append(lead.delivery(key: "form/2", keepFor: .seconds(600)), now: noon)
      try expect(try await store.append(brief, now: noon + 59), is: .duplicate(lead.id), "within its time")
      try expect(try await store.expireDeliveries(now: noon + 61, limit: 9), is: 1, "forgotten")
      let again = Lead.sample().delivery(key: "form/1", hash: "b")
      try expect(try await store.append(again, now: noon + 61), is: .appended, "the key anew")
    },

    Case("keys past their time are forgotten a few at a time, the oldest first, and those within it never") { store in
      let brief = (0..<5).map { Lead.sample().delivery(key: "form/\($0)", keepFor: .seconds(60 + $0)) }
      let lasting = Lead.sample().delivery(key: "form/lasting", keepFor: .seconds(600))
      for delivery in brief + [lasting] { _ = try await store.append(delivery, now: noon) }
      try expect(try await store.expireDeliveries(now: noon + 64, limit: 2), is: 2, "two of them")
      // At noon all are within their time: only one that is forgotten is new.
      let second = brief[2].message.leadID
      try expect(try await store.append(brief[2], now: noon), is: .duplicate(second), "one of the later")
      try expect(try await store.append(Lead.sample().delivery(key: "form/0"), now: noon), is: .appended, "the oldest")
      try expect(try await store.expireDeliveries(now: noon + 64, limit: 9), is: 3, "the rest")
      try expect(try await store.expireDeliveries(now: noon + 64, limit: 9), is: 0, "nothing twice")
      let known = AppendResult.duplicate(lasting.message.leadID)
      try expect(try await store.append(lasting, now: noon + 64), is: known, "one within its time")
    },

    Case("a key past its time is free even before it is swept") { store in
      _ = try await store.append(Lead.sample().delivery(key: "form/1", keepFor: .seconds(60)), now: noon)
      let again = Lead.sample().delivery(key: "form/1", hash: "b")
      try expect(try await store.append(again, now: noon + 61), is: .appended, "the key anew")
    },

    Case("pending messages of a partition come in the order of their ids, up to the limit") { store in
      let lead = Lead.sample()
      let deliveries = (0..<20).map { number in
        var delivery = lead.delivery(key: "form/\(number)")
        var random = SystemRandomNumberGenerator()
        delivery.message.id = ULID.make(now: noon + Double(number), random: &random)
        return delivery
      }
      for delivery in deliveries.shuffled() { _ = try await store.append(delivery, now: noon) }
      let pending = try await store.pendingMessages(in: lead.id.partition, limit: 12).map(\.message.id)
      try expect(pending, is: deliveries.prefix(12).map(\.message.id), "oldest first")
    },

    Case("an attempt is counted before the work: a death alone shows after a restart, rest takes it back") {
      (harness: Harness) in
      var store = try await harness.make()
      let delivery = Lead.sample().delivery(key: "form/1")
      let (id, partition) = (delivery.message.id, delivery.message.leadID.partition)
      _ = try await store.append(delivery, now: noon)
      for deaths in 1...2 {
        try await store.begin(message: id, alone: true, lease: try await store.lease(partition))
        store = try await harness.restart(store)
        let found = try unwrap(try await store.pendingMessages(in: partition, limit: 1).first, "the message")
        try expect(found.wasRunning, "it was running")
        try expect(found.deathsAlone, is: deaths, "deaths alone")
      }
      let lease = try await store.lease(partition)
      try await store.begin(message: id, alone: false, lease: lease)
      try expect(try await store.pendingMessages(in: partition, limit: 1).first?.deathsAlone, is: 2, "not alone")
      try await store.rest(message: id, lease: lease)
      let rested = try unwrap(try await store.pendingMessages(in: partition, limit: 1).first, "the message")
      try expect(!rested.wasRunning && rested.deathsAlone == 0, "rest takes the mark and the count back")
    },

    Case("commands survive as they were") { store in
      let lead = Lead.sample()
      var delivery = lead.delivery(key: "slack/1", hash: nil)
      delivery.message.body = .command(
        DeskCommand(
          action: .nurture(reason: "später", revisitAt: noon + 9), actor: .chatUser(id: "U1"), at: noon,
          reply: ReplyAddress(responseURL: nil, channel: "C1", user: "U1")))
      _ = try await store.append(delivery, now: noon)
      let found = try await store.pendingMessages(in: lead.id.partition, limit: 1).map(\.message)
      try expect(found, is: [delivery.message], "the command")
    },
  ]
}
