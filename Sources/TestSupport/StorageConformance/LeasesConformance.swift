import Foundation
import RevOps

extension StorageConformance {
  static let leases: [Case] = [
    Case("a held partition is not given to another instance; each taking raises the epoch") { store in
      let partition = Partition.all[3]
      let first = try await store.lease(partition, instance: "one")
      try expect(try await store.acquire([partition], instance: "two", for: .seconds(9)), is: [], "held")
      let again = try await store.lease(partition, instance: "one")
      try expect(again.epoch > first.epoch, "a higher epoch")
      try await store.release([again], instance: "one")
      let second = try await store.lease(partition, instance: "two")
      try expect(second.epoch > again.epoch, "a higher epoch")
    },

    Case("of all partitions wanted by two instances each is held by one") { store in
      async let one = store.acquire(Partition.all, instance: "one", for: .seconds(600))
      async let two = store.acquire(Partition.all, instance: "two", for: .seconds(600))
      let held = try await one.map(\.partition) + two.map(\.partition)
      try expect(held.sorted(), is: Partition.all, "held")
    },

    Case("not more partitions are taken than asked for") { store in
      let some = try await store.acquire(Partition.all, atMost: 5, instance: "one", for: .seconds(600))
      try expect(some.count, is: 5, "taken")
      let rest = try await store.acquire(Partition.all, atMost: 64, instance: "two", for: .seconds(600))
      try expect(Set(rest.map(\.partition)).isDisjoint(with: some.map(\.partition)), "what is left")
      try expect(rest.count, is: 59, "what is left")
    },

    Case("an instance that attends counts itself") { store in
      try expect(try await store.attend(instance: "one", for: .seconds(600)), is: 1, "alone")
    },

    Case("renewing keeps the epoch, and only what is still held") { store in
      let mine = try await store.acquire(Array(Partition.all[..<4]), instance: "one", for: .seconds(600))
      try await store.release([mine[1]], instance: "one")
      let renewed = try await store.renew(mine, instance: "one", for: .seconds(600))
      try expect(renewed, is: [mine[0], mine[2], mine[3]], "renewed")
      try expect(try await store.renew(mine, instance: "two", for: .seconds(600)), is: [], "another's")
    },

    Case("a lease runs out by itself, and then another takes the partition") { store in
      let lead = try await store.store(.sample())
      let partition = lead.id.partition
      try await store.release([store.lease(partition)], instance: "worker")
      let brief = try unwrap(
        try await store.acquire([partition], instance: "one", for: .milliseconds(40)).first, "a lease")
      let deadline = ContinuousClock.now + .seconds(10)
      var taken: Lease?
      while taken == nil, ContinuousClock.now < deadline {
        taken = try await store.acquire([partition], instance: "two", for: .seconds(600)).first
        await Task.yield()
      }
      try expect(try unwrap(taken, "the lease after its time").epoch > brief.epoch, "a higher epoch")
      try expect(try await store.renew([brief], instance: "one", for: .seconds(9)), is: [], "lost")
      try expect(
        try await store.commit(LeadCommit(lease: brief, leads: [lead])), is: .staleLease, "a worker that came back")
    },

    Case("every write under an old epoch is refused and changes nothing") { store in
      let lead = Lead.sample()
      let effect = lead.effect("post")
      let delivery = lead.delivery(key: "form/1")
      _ = try await store.append(delivery, now: noon)
      let stored = try await store.store(lead) { $0.effects = [effect] }
      let old = try await store.lease(lead.id.partition)
      _ = try await store.lease(lead.id.partition)
      let (message, id) = (delivery.message.id, lead.id)
      try await expectStale("begin a message") { try await store.begin(message: message, alone: true, lease: old) }
      try await expectStale("rest") { try await store.rest(message: message, lease: old) }
      try await expectStale("begin an effect") {
        try await store.begin(effect: effect.key, lead: id, alone: true, lease: old)
      }
      try await expectStale("put off") {
        try await store.putOff(
          effect: effect.key, lead: id, until: noon + 60, outcomeUnknown: true, error: "", lease: old)
      }
      try await expectStale("revive") { _ = try await store.revive(lead: id, now: noon + 60, lease: old) }
      try expect(
        try await store.commit(LeadCommit(lease: old, leads: [stored])), is: .staleLease, "a commit")
      let untouched = try unwrap(try await store.pendingEffects(of: id).first, "the effect")
      try expect(untouched.attempts == 0 && untouched.notBefore == noon && !untouched.outcomeUnknown, "unchanged")
      try expect(
        try await store.pendingMessages(in: id.partition, limit: 1).first?.wasRunning, is: false, "the message")
    },

    Case("a lease that was never given is refused") { store in
      let lead = Lead.sample()
      let forged = Lease(partition: lead.id.partition, epoch: 0)
      try expect(try await store.commit(LeadCommit(lease: forged, leads: [lead])), is: .staleLease, "epoch 0")
    },
  ]
}
