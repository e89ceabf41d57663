import ArgumentParser
import PolicyFiles
import RevOps

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Checks a configuration folder and runs its examples.")

  @Option(help: "The folder with routing.yaml, scoring.yaml and playbook.yaml.")
  var config = "./config"

  func run() async throws {
    let loaded = try Output.policy(folder: config, showsWarnings: true)
    let policy = loaded.policy
    Output.print(
      """
      \(config): no errors, \(loaded.warnings.count) warnings
      version \(policy.version): \(policy.routing.teams.count) teams, \(policy.routing.rules.count) routing rules, \
      \(policy.scoring.rules.count) scoring rules

      """)
  }
}
