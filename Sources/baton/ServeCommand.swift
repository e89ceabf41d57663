import App
import ArgumentParser
import Foundation

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Runs the service.")

  func run() async throws {
    let environment = try await Self.environment()
    try await Start.serve(environment)
  }

  /// The environment, checked; all that is wrong with it is printed and the command ends with 1.
  static func environment() async throws -> BatonEnvironment {
    do {
      return try await BatonEnvironment.read()
    } catch let error as EnvironmentError {
      for problem in error.problems { Output.complain("\(problem)") }
      throw ExitCode(1)
    }
  }
}
