import Testing

@testable import Curl

/// Who may use a connection, without any.
struct AdmissionTests {
  let here: Lane
  let there: Lane
  let sameAddress: Lane
  let now = ContinuousClock.now

  init() throws {
    let origin = try #require(Origin(url: "http://here.example/"))
    here = Lane(vendor: "crm", origin: origin)
    there = Lane(vendor: "crm", origin: try #require(Origin(url: "http://there.example/")))
    sameAddress = Lane(vendor: "chat", origin: origin)
  }

  private func full(limit: Int = 1, waiting: ClosedRange<UInt64> = 1...3) -> Admission {
    var admission = Admission(limit: limit)
    for _ in 0..<limit { _ = admission.arrive(0, in: here, deadline: now + .seconds(1)) }
    for id in waiting { _ = admission.arrive(id, in: here, deadline: now + .seconds(Int(id))) }
    return admission
  }

  @Test func `as many as the limit go at once, the rest in order of arrival`() {
    var admission = Admission(limit: 2)
    let atOnce = (1...4).map { admission.arrive($0, in: here, deadline: now) }
    #expect(atOnce == [true, true, false, false])
    let places = (1...4).map { _ in admission.finish(in: here) }
    #expect(places == [3, 4, nil, nil])
    let isAdmitted = admission.arrive(5, in: here, deadline: now)
    #expect(isAdmitted)
  }

  @Test func `origins do not share places`() {
    var admission = full()
    let isAdmitted = admission.arrive(9, in: there, deadline: now)
    #expect(isAdmitted)
  }

  @Test func `services behind one address do not share places`() {
    var admission = full()
    let isAdmitted = admission.arrive(9, in: sameAddress, deadline: now)
    #expect(isAdmitted)
  }

  @Test func `who gave up is passed over`() {
    var admission = full()
    let gaveUp = [1, 1, 0].map { admission.giveUp($0) }
    #expect(gaveUp == [true, false, false])
    let next = admission.finish(in: here)
    #expect(next == 2)
  }

  @Test func `a place passed on stays taken`() {
    var admission = full(waiting: 1...1)
    let next = admission.finish(in: here)
    #expect(next == 1)
    let isAdmitted = admission.arrive(2, in: here, deadline: now)
    #expect(!isAdmitted)
  }

  @Test func `those whose time is over leave the line`() {
    var admission = full()
    #expect(admission.nextDeadline == now + .seconds(1))
    let early = admission.expire(now: now)
    let late = admission.expire(now: now + .seconds(2))
    #expect(early == [] && late.sorted() == [1, 2])
    #expect(admission.nextDeadline == now + .seconds(3))
    let next = admission.finish(in: here)
    #expect(next == 3)
  }

  @Test func `a long line keeps its order while it is used up`() {
    var admission = full(waiting: 1...1)
    for id in UInt64(2)...1000 {
      _ = admission.arrive(id, in: here, deadline: now)
      let next = admission.finish(in: here)
      #expect(next == id - 1)
    }
  }
}
