import Foundation
import PolicyFiles
import Testing

@testable import App

@Suite struct LabelledLeadsTests {
  private static let file = Northwind.folder.deletingLastPathComponent()
    .appending(path: "Tests/Fixtures/northwind-leads.jsonl")

  @Test func `at least 99 of 100 labelled leads come out as a person labelled them`() throws {
    let leads = try String(contentsOf: Self.file, encoding: .utf8)
    let report = try Evaluation(policy: Northwind.policy()).run(leads)
    #expect(report.total >= 100)
    #expect(report.overall >= 0.99, "\(report.text)")
  }

  @Test func `a label that nobody would give is a miss that says why`() throws {
    let wrong = try #require(
      String(contentsOf: Self.file, encoding: .utf8).split(separator: "\n").first { $0.contains("\"us-west\"") })
    let report = try Evaluation(policy: Northwind.policy()).run(
      wrong.replacingOccurrences(of: "\"us-west\"", with: "\"us-east\""))
    #expect(report.correct == 0)
    #expect(report.text.contains("expected us-east, got us-west"))
    #expect(report.misses.first?.why.contains("routed by: Western states") == true)
  }
}
