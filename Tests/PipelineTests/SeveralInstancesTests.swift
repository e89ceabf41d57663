import Foundation
import Hiredis
import RedisStorage
import RevOps
import TestSupport
import Testing

@testable import Pipeline

/// Instances that share a Redis. One test after another: each measures times.
@Suite(.serialized, .timeLimit(.minutes(3))) struct SeveralInstancesTests {
  @Test func `two instances share the partitions; who comes later gets its half without anything being lost`()
    async throws
  {
    try await withInstances { instances async throws in
      let one = try await instances.start("one")
      try await eventually("all partitions") { one.pipeline.held.count == 64 }
      let two = try await instances.start("two")
      try await eventually("halves") { one.pipeline.held.count == 32 && two.pipeline.held.count == 32 }
      #expect(Set(one.pipeline.held).isDisjoint(with: two.pipeline.held))
      // Appended by a third process, which wakes nobody here.
      for number in 0..<40 { try await instances.office.submit("ada@a\(number).example") }
      try await eventually("all are through") {
        try await instances.office.store.counts()[.delivered] == 40
      }
    }
  }

  @Test func `rotation shares stay exact when leads arrive at two instances at once`() async throws {
    let policy = Policy.office(weights: [("jo@n.example", 2), ("an@n.example", 1), ("li@n.example", 1)])
    try await withInstances(policy) { instances async throws in
      let one = try await instances.start("one", [])
      let two = try await instances.start("two", [])
      try await eventually("halves") { one.pipeline.held.count == 32 && two.pipeline.held.count == 32 }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<200 { group.addTask { try await instances.office.submit("ada@a\(number).example") } }
        try await group.waitForAll()
      }
      try await eventually("all are through", within: .seconds(60)) {
        try await instances.office.store.counts()[.delivered] == 200
      }
      let loads = try await instances.office.store.loads(of: ["jo@n.example", "an@n.example", "li@n.example"])
      #expect(loads == ["jo@n.example": 100, "an@n.example": 50, "li@n.example": 50])
      #expect(try await instances.office.rotation().turns(of: "jo@n.example") == 100)
    }
  }

  @Test func `a dead instance's work is taken over within ten seconds, and done once`() async throws {
    try await withInstances(partitions: [Partition(of: "ada@acme.example")]) { instances async throws in
      let office = instances.office
      let one = try await instances.start("one")
      try await eventually("the lease") { one.pipeline.held.count == 1 }
      let two = try await instances.start("two")
      office.crm.faults.set("lookUp", .holds)
      let id = try await office.submit()
      try await eventually("a lead that is being worked on") { office.crm.faults.count("lookUp") == 1 }
      let death = ContinuousClock.now
      await one.die()
      office.crm.faults.set("lookUp", nil)
      try await office.state(id, is: .delivered)
      let took = ContinuousClock.now - death
      #expect(took < .seconds(10), "taken over after \(took)")
      try await office.settled(id)
      #expect(office.slack.cards(of: id).count == 1)
      #expect(two.pipeline.held.count == 1)
    }
  }

  @Test func `an instance told to stop hands its partitions over within a second`() async throws {
    try await withInstances { instances async throws in
      let one = try await instances.start("one")
      let two = try await instances.start("two")
      try await eventually("halves") { one.pipeline.held.count == 32 && two.pipeline.held.count == 32 }
      let told = ContinuousClock.now
      one.pipeline.stop()
      try await eventually("all partitions", every: .milliseconds(5)) { two.pipeline.held.count == 64 }
      let took = ContinuousClock.now - told
      #expect(took < .seconds(1), "handed over after \(took)")
      await one.run.value
    }
  }

  @Test func `a worker that was stopped past its lease has no effect when it goes on`() async throws {
    let partition = Partition(of: "ada@acme.example")
    try await withInstances(partitions: [partition]) { instances async throws in
      let office = instances.office
      let one = try await instances.start("one")
      try await eventually("the lease") { one.pipeline.held == [partition] }
      office.crm.faults.set("lookUp", .holds)
      let id = try await office.submit()
      try await office.command(.claim, by: .user("an@n.example"), on: id)
      try await eventually("a lead that is being worked on") { office.crm.faults.count("lookUp") == 1 }
      // What the others see of a stopped process: its lease runs out, and it says nothing.
      let redis = RedisConnection(.init(address: try RedisAddress(instances.server.url), name: "test"))
      let two = try await instances.start("two")
      try await eventually("the other's lease", every: .milliseconds(1)) {
        _ = try await redis.send(
          RedisCommand("HSET", "baton:{\(partition)}:lease", "until", "0", isRepeatable: true))
        return two.pipeline.held == [partition]
      }
      try await eventually("the other at work") { office.crm.faults.count("lookUp") >= 2 }
      office.crm.faults.set("lookUp", nil)
      try await office.settled(id)
      try await eventually("the first to end") { one.pipeline.isIdle }
      #expect(office.slack.cards(of: id).count == 1)
      let actions = try await office.actions(id).sorted()
      #expect(actions == ["assigned", "card_posted", "claimed", "delivered", "received"])
      #expect(try await office.rotation().turns(of: "an@n.example") == 1)
    }
  }

  @Test func `work that outlives its lease may not act any more, in time it may`() {
    let book = LeaseBook()
    let lease = Lease(partition: Partition.all[0], epoch: 1)
    let permit = WorkPermit(lease: lease, book: book)
    #expect(WorkPermit.mayAct)
    book.replace(with: [lease], taken: [lease], validUntil: .now + .seconds(600))
    #expect(WorkPermit.$current.withValue(permit) { WorkPermit.mayAct })
    book.replace(with: [lease], taken: [], validUntil: .now)
    #expect(!WorkPermit.$current.withValue(permit) { WorkPermit.mayAct })
    let again = Lease(partition: lease.partition, epoch: lease.epoch + 2)
    book.replace(with: [again], taken: [again], validUntil: .now + .seconds(600))
    #expect(!WorkPermit.$current.withValue(permit) { WorkPermit.mayAct })
  }

  @Test func `while Redis is away nothing is acknowledged, and work goes on within a second after it is back`()
    async throws
  {
    try await withInstances { instances async throws in
      let office = instances.office
      let one = try await instances.start("one", [])
      try await eventually("all partitions") { one.pipeline.held.count == 64 }
      for number in 0..<100 { try await office.submit("ada@a\(number).example") }
      try await instances.server.kill()
      let clock = ContinuousClock()
      for _ in 0..<5 {
        let took = await clock.measure {
          await #expect(throws: StorageError.self) { try await office.submit("late@late.example") }
        }
        #expect(took < .milliseconds(1_500), "refused after \(took)")
      }
      try await instances.server.start()
      let back = clock.now
      let late = try await eventually("a submission", every: .milliseconds(5)) {
        try? await office.submit("eve@later.example")
      }
      // The office's own clock stands still; what waits for a time waits for it.
      try await eventually("work", within: .seconds(20), every: .milliseconds(5)) {
        office.clock.advance(by: 0.005)
        return try await office.store.lead(late)?.state == .delivered
      }
      let took = clock.now - back
      #expect(took < .seconds(2), "\(took)")
      try await eventually("nothing is lost") {
        office.clock.advance(by: 0.1)
        return try await office.store.counts()[.delivered] == 101
      }
    }
  }
}
