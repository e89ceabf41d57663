import App
import ArgumentParser
import Foundation
import PolicyFiles
import RevOps

struct RouteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "route",
    abstract: "Dry run of one lead: every rule and every rep considered, and what each failed on.",
    discussion:
      "The file holds a lead payload as JSON, or an object with `lead`, `enrichment` and `crm` as in evaluation files. Calls no service."
  )

  @Option(help: "The lead as JSON; - reads standard input.")
  var lead: String

  @Option(help: "When the lead arrives (RFC 3339); now if left out.")
  var at: String?

  @Option(help: "The configuration folder.")
  var config = "./config"

  @Flag(help: "Prints one JSON document.")
  var json = false

  func run() async throws {
    let policy = try Output.policy(folder: config).policy
    let request = try DryRunRequest(json: Output.text(of: lead), at: at)
    let result = DryRun(policy: policy).run(
      request.payload, enrichment: request.enrichment, crm: request.crm, at: request.at)
    let report = DryRunReport(result, policy: policy)
    if json {
      FileHandle.standardOutput.write(try report.json())
      Output.print("\n")
    } else {
      Output.print(report.text)
    }
  }
}
