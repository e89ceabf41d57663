import App
import ArgumentParser
import Foundation

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Checks everything against the live systems, and says what to do.",
    discussion: """
      Looks at the environment, the configuration, the store, and at each service that is configured: credentials, \
      scopes, people, channels, owners, properties, lists, index and models. Changes nothing without --fix, and may run \
      beside services. Ends with 1 if something is failing.
      """)

  @Flag(help: "Prints one JSON document.")
  var json = false

  @Flag(help: "Makes HubSpot's missing properties, and joins public channels if the Slack app may (channels:join).")
  var fix = false

  func run() async throws {
    let (environment, problems) = BatonEnvironment.examine()
    let report = await Doctor(environment, problems: problems, fixes: fix).examine()
    if json {
      FileHandle.standardOutput.write(try report.json())
      Output.print("\n")
    } else {
      Output.print(report.text)
    }
    if report.isFailing { throw ExitCode(1) }
  }
}
