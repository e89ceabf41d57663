import App
import ArgumentParser
import Foundation
import Logging
import PolicyFiles
import RevOps

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Runs the service.")

  func run() async throws {
    let environment = try Self.environment()
    let metrics = Telemetry.start(environment)
    let logger = Logger(label: "baton")
    Self.announce(environment, logger)
    do {
      let baton = try await Baton(environment, metrics: metrics, logger: logger) { port in
        logger.notice("listening", metadata: ["host": "\(environment.host)", "port": "\(port)"])
      }
      try await baton.run(logger: logger)
    } catch let failure as PolicyFailure {
      for diagnostic in failure.diagnostics { Output.complain(diagnostic.detailed) }
      throw ExitCode(1)
    } catch let error as StorageError {
      Output.complain("\(environment.storePlace): \(error.detail)")
      throw ExitCode(1)
    }
  }

  /// The environment, checked; all that is wrong with it is printed and the command ends with 1.
  static func environment() throws -> BatonEnvironment {
    do {
      return try BatonEnvironment.load()
    } catch {
      for problem in error.problems { Output.complain("\(problem)") }
      throw ExitCode(1)
    }
  }

  private static func announce(_ environment: BatonEnvironment, _ logger: Logger) {
    for remark in environment.remarks { logger.warning("environment", metadata: ["remark": "\(remark)"]) }
    for integration in environment.integrations where !integration.isOn {
      logger.notice("not configured, Baton goes on without", metadata: ["integration": "\(integration.name)"])
    }
  }
}
