import App
import ArgumentParser
import Foundation
import PolicyFiles

struct EvalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "Accuracy on labelled leads; calls no service.")

  @Option(help: "Labelled leads, one JSON object a line.")
  var leads: String

  @Option(help: "The configuration folder.")
  var config = "./config"

  @Option(help: "The share of correct leads below which the command ends with 1.")
  var min = 0.95

  @Flag(help: "Prints one JSON document.")
  var json = false

  func run() async throws {
    let policy = try Output.policy(folder: config).policy
    let report = try Evaluation(policy: policy).run(Output.text(of: leads))
    if json {
      FileHandle.standardOutput.write(try report.json())
      Output.print("\n")
    } else {
      Output.print(report.text)
    }
    if report.overall < min { throw ExitCode(1) }
  }
}
