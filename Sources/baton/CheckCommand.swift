import ArgumentParser
import Foundation
import PolicyFiles
import RevOps

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Checks configuration and prompts, and runs the examples.")

  @Option(help: "The folder with routing.yaml, scoring.yaml and playbook.yaml.")
  var config = "./config"

  @Option(help: "The folder with scoring.md and summarize.md (default: ./prompts, where there is one).")
  var prompts: String?

  func run() async throws {
    let checkedPrompts = Result { try checkPrompts() }
    let loaded = try Output.policy(folder: config, showsWarnings: true)
    let promptLine = try checkedPrompts.get()
    let policy = loaded.policy
    Output.print(
      """
      \(config): no errors, \(loaded.warnings.count) warnings
      version \(policy.version): \(policy.routing.teams.count) teams, \(policy.routing.rules.count) routing rules, \
      \(policy.scoring.rules.count) scoring rules
      \(promptLine)

      """)
  }

  /// Complains about every mistake, and gives a line to print.
  private func checkPrompts() throws -> String {
    let standard = "./prompts"
    guard prompts != nil || FileManager.default.fileExists(atPath: standard) else { return "no prompts to check" }
    let folder = prompts ?? standard
    do {
      let prompts = try PromptLoader(folder: folder).load()
      return "\(folder): no errors, versions \(prompts.scoring.version) (scoring), \(prompts.summary.version) (summary)"
    } catch {
      for diagnostic in error.diagnostics { Output.complain(diagnostic.detailed) }
      Output.complain("\(folder): these prompts would not go live")
      throw ExitCode(1)
    }
  }
}
