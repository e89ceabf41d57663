import Foundation
import Sandbox
import TestSupport
import Testing

/// How an instance goes, and by when the others must have taken over what it had.
enum Departure: Sendable, CaseIterable {
  case told, killed

  var signal: Int32 { self == .told ? SIGTERM : SIGKILL }
  /// Promised is one second for an instance that was told to stop; two more are the machine's, which the tests keep
  /// busy. Without handing over it would be the six of a lease.
  var limit: Duration { self == .told ? .seconds(3) : .seconds(10) }
}

/// The call in which an instance stands still.
struct Standstill: Sendable, CustomTestStringConvertible {
  var service: StandIn
  var operation: String
  /// What becomes of that call.
  var fault: Fault

  var testDescription: String { "\(service.rawValue)/\(operation)" }

  /// Answered while nobody listens: once awake, the instance would go on to the very next call.
  private static let late = Fault.slow(milliseconds: 1_000)

  static let all = [
    Standstill(service: .slack, operation: "chat.postMessage", fault: .hang),
    Standstill(service: .slack, operation: "users.lookupByEmail", fault: late),
    // Followed by the company's creation.
    Standstill(service: .hubspot, operation: "contacts.create", fault: late),
    Standstill(service: .hubspot, operation: "companies.create", fault: late),
  ]
}

/// Instances and Redis come and go; what was accepted is done once.
@Suite(.timeLimit(.minutes(10)))
struct LostInstanceTests {
  @Test(arguments: Departure.allCases)
  func `what an instance had when it went is soon done by the others`(departure: Departure) async throws {
    try await Desk.open(.onShift.onRedis) { desk in
      let dealt = try await desk.dealt("greta")
      _ = try await desk.documented(dealt.form.email)
      let name = desk.sandbox.world.calls(.slack, "chat.postMessage").first?.caller
      let holder = try #require(desk.instances.first { $0.name == name })
      desk.passOver(holder)
      holder.process?.signal(departure.signal)
      let began = ContinuousClock.now
      try await Deed.claim.perform(on: dealt, as: dealt.owner)
      try await dealt.state("claimed")
      let time = ContinuousClock.now - began
      print("Instance \(departure): its lead was claimed after \(time)")
      #expect(time < departure.limit)
      try await dealt.card.reply(containing: Deed.claim.line)
      try await dealt.crm(owner: dealt.owner, status: Deed.claim.leadStatus)
      #expect(desk.cards(of: dealt.id).count == 1)
    }
  }

  @Test func `instances replaced one after the other under load refuse nothing, and every lead is delivered once`()
    async throws
  {
    try await Desk.open(Load.setup) { desk in
      let load = Load(desk)
      async let deliveries = load.run()
      try await load.accepted(10)
      var times: [Duration] = []
      for instance in desk.instances {
        let (ending, time) = try await desk.terminate(instance)
        #expect(ending == .exited(0))
        #expect(time < .seconds(10), "within the time that an orchestrator grants")
        times.append(time)
        try await desk.start(instance)
      }
      load.end()
      let all = try await deliveries
      print("\(all.count) leads while three instances ended after \(times)")
      for delivery in all { #expect(delivery.refusals.isEmpty, "\(delivery)") }
      try await load.expectOneCardEach(all)
    }
  }

  @Test func `while Redis is away a form is told when to come again, and what was accepted is delivered once`()
    async throws
  {
    try await Desk.open(Load.setup) { desk in
      let redis = try #require(desk.redis)
      let load = Load(desk)
      async let deliveries = load.run()
      try await load.accepted(20)
      try await redis.kill()
      // Each instance has noticed and says so.
      for instance in desk.instances {
        try await eventually("a 503 of each instance") {
          try await desk.isWell(instance) ? try await !desk.isReady(instance) : false
        }
      }
      try await load.refused(10)
      try await redis.start()
      let back = ContinuousClock.now
      let resumed = try await load.accepted(after: back)
      print("Back after \(resumed - back)")
      #expect(resumed - back < .seconds(1), "it went on after \(resumed - back)")
      try await load.accepted(60)
      load.end()
      let all = try await deliveries
      print("\(all.count) leads, \(all.filter { !$0.refusals.isEmpty }.count) of them refused at first")
      let refusals = all.flatMap(\.refusals)
      #expect(!refusals.isEmpty)
      for refusal in refusals { #expect(refusal.status == 503 && refusal.saysWhen, "\(refusal)") }
      try await load.expectOneCardEach(all)
    }
  }

  @Test(arguments: Standstill.all)
  func `an instance that stood still while the others took its work over does nothing twice`(at point: Standstill)
    async throws
  {
    try await Desk.open(.onShift.onRedis) { desk in
      let world = desk.sandbox.world
      world.setFault(point.fault, for: point.service, operation: point.operation, calls: 1)
      let form = FormLead.alone("stella")
      let answer = try await desk.submit(form)
      let name = try await eventually("a call under way", every: .milliseconds(5)) {
        world.calls(point.service, point.operation).first { $0.fault != nil }?.caller
      }
      let stopped = try #require(desk.instances.first { $0.name == name })
      stopped.process?.signal(SIGSTOP)
      desk.passOver(stopped)
      let began = ContinuousClock.now
      // All that the lead wants, and while one stands still only the others can do it.
      let card = try await desk.card(in: "#leads-dach", about: "Stella Winter")
      let time = ContinuousClock.now - began
      #expect(time < .seconds(10), "the others had it after \(time)")
      // Who stands still while it makes a company keeps the others waiting until HubSpot's search could tell.
      let contact = try await desk.documented(form.email)
      // A call that hangs ends without an answer; it would be made again.
      world.clearFaults()
      stopped.process?.signal(SIGCONT)
      desk.passOver(stopped, false)
      try await eventually("it is awake") { try await desk.isWell(stopped) }
      try await CrashStory(desk: desk).untilQuiet()
      #expect(desk.cards(of: answer.lead).count == 1 && card.replies.isEmpty)
      #expect(desk.contacts(form.email).count == 1 && desk.notes(of: contact).count == 1)
      #expect(world.records(.companies).filter { $0.properties["domain"] == "stellawerk.example" }.count == 1)
    }
  }
}
