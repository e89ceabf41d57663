import Foundation
import Testing

@testable import App

@Suite struct DoctorReportTests {
  private static let findings = [
    Finding("baton", "webhook", .off, "no form can send leads", remedy: "set WEBHOOK_SECRET"),
    Finding("slack", "token", .ok, "accepted"),
    Finding("slack", "channels", .failing, "#leads-x is archived", remedy: "unarchive it"),
  ]

  @Test func `the text has each service once, every finding, and what to do below it`() {
    let text = DoctorReport(Self.findings).text
    #expect(
      text == """
        baton
          off      webhook   no form can send leads
                             → set WEBHOOK_SECRET

        slack
          ok       token     accepted
          failing  channels  #leads-x is archived
                             → unarchive it

        1 ok, 1 off, 0 warning, 1 failing

        """)
  }

  @Test func `the document has the same keys for every finding, and the worst state on top`() throws {
    let json = try DoctorReport(Self.findings).json()
    let document = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
    #expect(document["status"] as? String == "failing")
    #expect(document["counts"] as? [String: Int] == ["ok": 1, "off": 1, "warning": 0, "failing": 1])
    let findings = try #require(document["findings"] as? [[String: Any]])
    #expect(findings.count == 3)
    for finding in findings { #expect(Set(finding.keys) == ["service", "check", "state", "detail", "remedy"]) }
    #expect(findings[1]["remedy"] is NSNull)
  }

  @Test(arguments: [(Finding.State.ok, false), (.off, false), (.warning, false), (.failing, true)])
  func `only what is failing makes the report one`(state: Finding.State, isFailing: Bool) {
    #expect(DoctorReport([Finding("slack", "token", state, "x")]).isFailing == isFailing)
  }
}
