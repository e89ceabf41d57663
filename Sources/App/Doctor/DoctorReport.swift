import Foundation

/// All that `baton doctor` found, in the order in which it is printed.
public struct DoctorReport: Sendable, Equatable {
  public let findings: [Finding]

  public init(_ findings: [Finding]) { self.findings = findings }

  public var isFailing: Bool { count(.failing) > 0 }

  private func count(_ state: Finding.State) -> Int { findings.count { $0.state == state } }

  private var counts: String { Finding.State.allCases.map { "\(count($0)) \($0.rawValue)" }.joined(separator: ", ") }

  /// A paragraph for each service, a line for each finding with what to do below it.
  public var text: String {
    let width = (findings.map(\.check.count).max() ?? 0) + 2
    var lines: [String] = []
    var service: String?
    for finding in findings {
      if finding.service != service {
        lines += (service == nil ? [] : [""]) + [finding.service]
        service = finding.service
      }
      let state = finding.state.rawValue.padding(toLength: 9, withPad: " ", startingAt: 0)
      let check = finding.check.padding(toLength: width, withPad: " ", startingAt: 0)
      lines.append("  " + state + check + finding.detail)
      if let remedy = finding.remedy { lines.append(String(repeating: " ", count: 11 + width) + "→ " + remedy) }
    }
    return (lines + ["", counts]).joined(separator: "\n") + "\n"
  }

  /// `status: ok | warning | failing`, `counts`, `findings: [{service, check, state, detail, remedy}]`.
  public func json() throws -> Data {
    struct Document: Encodable {
      var status: Finding.State
      var counts: [String: Int]
      var findings: [Finding]
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let status: Finding.State = isFailing ? .failing : count(.warning) > 0 ? .warning : .ok
    let counts = Dictionary(uniqueKeysWithValues: Finding.State.allCases.map { ($0.rawValue, count($0)) })
    return try encoder.encode(Document(status: status, counts: counts, findings: findings))
  }
}
