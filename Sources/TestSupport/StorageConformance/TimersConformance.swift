import Foundation
import RevOps

extension StorageConformance {
  static let timers: [Case] = [
    Case("due timers come oldest first, up to the limit, and stay until cancelled") { (harness: Harness) in
      let store = try await harness.make()
      let lead = Lead.sample()
      let timers = [
        lead.timer(.firstTouch, after: 30), lead.timer(.accept, after: 10), lead.timer(.revisit, after: 90),
      ]
      try await store.store(lead) { $0.timers = timers }
      let later = try await harness.restart(store)
      for _ in 0..<2 {
        let due = try await later.dueTimers(in: lead.id.partition, now: noon + 40, limit: 9)
        try expect(due, is: [timers[1], timers[0]], "due")
      }
      try expect(
        try await later.dueTimers(in: lead.id.partition, now: noon + 40, limit: 1), is: [timers[1]], "limit")
      try expect(try await later.nextTimer(in: lead.id.partition, after: noon), is: noon + 10, "the next")
      try expect(try await later.nextTimer(in: lead.id.partition, after: noon + 10), is: noon + 30, "the one after it")
    },

    Case("setting the same key again moves a timer") { store in
      let lead = Lead.sample()
      let stored = try await store.store(lead) { $0.timers = [lead.timer(.accept, after: 10)] }
      try await store.store(stored) { $0.timers = [lead.timer(.accept, after: 70)] }
      try expect(try await store.timers(of: lead.id), is: [lead.timer(.accept, after: 70)], "timers")
      try expect(try await store.dueTimers(in: lead.id.partition, now: noon + 60, limit: 9), is: [], "due")
    },

    Case("a cancelled timer is gone; cancelled and set in one commit it is set") { store in
      let lead = Lead.sample()
      let timers = [lead.timer(.accept, after: 10), lead.timer(.revisit, after: 20)]
      let stored = try await store.store(lead) { $0.timers = timers }
      try await store.store(stored) {
        $0.cancelledTimers = timers.map(\.key)
        $0.timers = [lead.timer(.revisit, after: 50)]
      }
      try expect(try await store.timers(of: lead.id), is: [lead.timer(.revisit, after: 50)], "timers")
      try expect(try await store.nextTimer(in: lead.id.partition, after: noon), is: noon + 50, "the next")
    },
  ]
}
