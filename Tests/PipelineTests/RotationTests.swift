import Foundation
import RevOps
import TestSupport
import Testing

@testable import Pipeline

@Suite struct RotationTests {
  @Test func `three hundred leads at once are shared exactly by weight`() async throws {
    let office = try await Office(
      .office(weights: [("jo@n.example", 2), ("an@n.example", 1), ("li@n.example", 1)]), everywhere: true)
    for number in 0..<300 { try await office.submit("ada@a\(number).example") }
    try await office.open([]) { _ in
      try await eventually("all are through", within: .seconds(30)) {
        try await office.store.counts()[.delivered] == 300
      }
    }
    let loads = try await office.store.loads(of: ["jo@n.example", "an@n.example", "li@n.example"])
    #expect(loads == ["jo@n.example": 150, "an@n.example": 75, "li@n.example": 75])
    let rotation = try await office.rotation()
    #expect(rotation.turns(of: "jo@n.example") == 150)
  }

  @Test func `more than is read at once is worked through without another wake`() async throws {
    let office = try await Office()
    let count = Feeder.limit + 30
    for _ in 0..<count { try await office.submit("ada@acme.example", "rival") }
    try await office.open([]) { _ in
      try await eventually("all are through", within: .seconds(30)) {
        // The first is disqualified, the second goes to review, all others join it.
        try await office.store.counts()[.merged] == count - 1
      }
    }
  }
}
