import App
import ArgumentParser
import Foundation
import RevOps

struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Works stored decisions out again from the facts and the configuration that they were made with.",
    discussion: """
      Reads the store (REDIS_URL, or BATON_DATA_DIR), also while services work on it, and changes nothing. Ends with 1 \
      if a decision comes \
      out differently. Those whose facts or configuration are no longer kept are counted as expired.
      """)

  @Argument(help: "The leads; all if none is named.")
  var leads: [String] = []

  @Flag(help: "Prints one JSON document.")
  var json = false

  func validate() throws {
    if let wrong = leads.first(where: { LeadID($0) == nil }) { throw ValidationError("`\(wrong)` is no lead's id") }
  }

  func run() async throws {
    let environment = try ServeCommand.environment()
    let report = try await Output.past(environment) { past in
      try await ReplayReport(leads.isEmpty ? past.all() : named(in: past), in: past)
    }
    if json {
      FileHandle.standardOutput.write(try report.json())
      Output.print("\n")
    } else {
      Output.print(report.text)
    }
    if !report.differences.isEmpty { throw ExitCode(1) }
  }

  private func named(in past: PastLeads) async throws -> [Lead] {
    var found: [Lead] = []
    for id in leads.compactMap({ LeadID($0) }) {
      guard let lead = try await past.lead(id) else { throw ValidationError("there is no lead \(id)") }
      found.append(lead)
    }
    return found
  }
}
