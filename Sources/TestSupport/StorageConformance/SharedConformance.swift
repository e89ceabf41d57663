import Foundation
import RevOps

extension StorageConformance {
  static let shared: [Case] = [
    Case("a bucket lets its count through at once and then keeps to its rate") { store in
      var waits: [Duration] = []
      for _ in 0..<30 { waits.append(try await store.reserve("b", count: 10, per: .seconds(5), now: noon)) }
      try expect(waits[..<10].allSatisfy { $0 == .zero }, "ten at once")
      for (number, wait) in waits[10...].enumerated() {
        let wanted = Double(number + 1) * 0.5
        try expect(abs(wait / .seconds(1) - wanted) < 0.002, "the wait of call \(number + 11): \(wait)")
      }
      let other = try await store.reserve("c", count: 10, per: .seconds(5), now: noon)
      try expect(other, is: .zero, "another bucket")
    },

    Case("in the long run a bucket's calls keep to its rate") { store in
      var (now, calls) = (noon, 0)
      while now < noon + 100 {
        now += (try await store.reserve("b", count: 5, per: .seconds(1), now: now)) / .seconds(1)
        calls += 1
      }
      try expect((500...506).contains(calls), "500 calls in 100 s and the first burst: \(calls)")
    },

    Case("a bucket left alone fills up again, but not beyond its count") { store in
      for _ in 0..<4 { _ = try await store.reserve("b", count: 4, per: .seconds(2), now: noon) }
      let later = noon + 1000
      for _ in 0..<4 {
        try expect(try await store.reserve("b", count: 4, per: .seconds(2), now: later), is: .zero, "full again")
      }
      try expect(try await store.reserve("b", count: 4, per: .seconds(2), now: later) > .zero, "not fuller")
    },

    Case("a daily counter stops at its limit, also with many callers, and begins anew with the UTC day") {
      (harness: Harness) in
      let store = try await harness.make()
      let allowed = try await withThrowingTaskGroup(of: Bool.self) { group in
        for _ in 0..<60 { group.addTask { try await store.countToday("apollo", limit: 25, now: noon) } }
        return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      try expect(allowed, is: 25, "allowed")
      let later = try await harness.restart(store)
      try expect(try await !later.countToday("apollo", limit: 25, now: noon), "the limit survives a restart")
      try expect(try await later.countToday("clearbit", limit: 25, now: noon), "another counter")
      try expect(try await later.countToday("apollo", limit: 25, now: noon + 86_400), "the next day")
    },

    Case("what was looked up is kept with its time until it is replaced or forgotten") { (harness: Harness) in
      let store = try await harness.make()
      try await store.cache("apollo/a@b.example", content: Data([1, 0, 2]), at: noon)
      try await store.cache("apollo/a@b.example", content: Data(), at: noon + 5)
      try await store.cache("apollo/c@d.example", content: Data([3]), at: noon)
      try await store.cache("clearbit/a@b.example", content: Data([4]), at: noon)
      let later = try await harness.restart(store)
      let found = try unwrap(try await later.cached("apollo/a@b.example"), "a miss that was stored")
      try expect(found.content, is: Data(), "the later one")
      try expect(found.at, is: noon + 5, "its time")
      try expect(try await later.forgetCached(prefix: "apollo/"), is: 2, "forgotten")
      try expect(try await later.cached("apollo/c@d.example") == nil, "a forgotten one")
      try expect(try await later.cached("clearbit/a@b.example")?.content, is: Data([4]), "another")
    },

    Case("old answers are forgotten a few at a time, the oldest first, and one that came anew counts from then") {
      (harness: Harness) in
      let store = try await harness.make()
      for number in 0..<6 { try await store.cache("apollo/\(number)", content: Data([1]), at: noon + Double(number)) }
      try await store.cache("apollo/1", content: Data([2]), at: noon + 100)
      try expect(try await store.forgetCached(prefix: "apollo/2"), is: 1, "one forgotten by its name")
      let later = try await harness.restart(store)
      try expect(try await later.expireCached(upTo: noon + 4, limit: 1), is: 1, "one")
      try expect(try await later.cached("apollo/0") == nil, "the oldest")
      try expect(try await later.cached("apollo/3") != nil, "the next is still there")
      try expect(try await later.expireCached(upTo: noon + 4, limit: 9), is: 2, "the rest, to the very moment")
      try expect(try await later.expireCached(upTo: noon + 4, limit: 9), is: 0, "nothing twice")
      try expect(try await later.cached("apollo/5") != nil, "a later one")
      try expect(try await later.cached("apollo/1")?.content, is: Data([2]), "one that came anew")
    },

    Case("a configuration version is kept as it was first") { (harness: Harness) in
      let store = try await harness.make()
      let policy = Policy.sample(version: "0123456789abcdef")
      try await store.keep(policy: policy)
      try await store.keep(policy: policy)
      let later = try await harness.restart(store)
      try expect(try await later.policy(version: policy.version), is: policy, "the version")
      try expect(try await later.policy(version: "fedcba9876543210"), is: nil, "one never kept")
    },
  ]
}
