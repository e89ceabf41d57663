import App
import Foundation
import Logging
import Sandbox
import ServiceLifecycle
import UnixSignals

/// Baton and the sandbox in one process, pointed at each other over loopback.
struct Demo {
  private let page: Int
  private let config: String
  private let logger: Logger
  private let folder: URL

  init(page: Int, config: String, isVerbose: Bool) throws {
    self.page = page
    self.config = config
    var logger = Logger(label: "baton")
    logger.logLevel = isVerbose ? .info : .error
    self.logger = logger
    folder = FileManager.default.temporaryDirectory.appending(path: "baton-demo-\(UUID().uuidString)")
  }

  /// Runs until it is interrupted. `ready` is given the page's address once everything listens.
  func run(ready: @escaping @Sendable (String) -> Void) async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var configuration = Sandbox.Configuration()
    configuration.port = page
    let sandbox = Sandbox(configuration)
    let serving = Task { try await sandbox.run() }
    defer { serving.cancel() }
    let port = try await listening(sandbox, serving)
    let baton = try await Baton(
      settings(for: configuration, sandbox: port), metrics: PrometheusMetrics(), logger: logger,
      onListening: { product in
        sandbox.world.setProductURL("http://127.0.0.1:\(product)")
        ready("http://127.0.0.1:\(port)/")
      })
    var group = ServiceGroupConfiguration(
      services: baton.services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint],
      logger: logger)
    group.maximumGracefulShutdownDuration = .seconds(5)
    group.maximumCancellationDuration = .seconds(2)
    try await ServiceGroup(configuration: group).run()
  }

  /// The sandbox's port, or the error that kept it from listening.
  private func listening(_ sandbox: Sandbox, _ serving: Task<Void, any Error>) async throws -> Int {
    try await withThrowingTaskGroup(of: Int?.self) { group in
      group.addTask { await sandbox.started() }
      group.addTask {
        try await serving.value
        return nil
      }
      guard let first = try await group.next(), let port = first else { throw CancellationError() }
      group.cancelAll()
      return port
    }
  }

  private func settings(for sandbox: Sandbox.Configuration, sandbox port: Int) -> BatonSettings {
    let base = "http://127.0.0.1:\(port)"
    var settings = BatonSettings()
    settings.port = 0
    settings.configFolder = config
    settings.dataFolder = folder.path
    settings.webhookSecrets = [sandbox.webhookSecret]
    settings.adminToken = "demo-admin-token"
    settings.slack = .init(
      botToken: sandbox.slackBotToken, signingSecrets: [sandbox.slackSigningSecret], apiURL: base + "/slack/api")
    settings.hubspot = .init(token: sandbox.hubSpotToken, portalID: "1000000", apiURL: base + "/hubspot")
    settings.apollo = .init(key: sandbox.apolloKey, apiURL: base + "/apollo/api/v1")
    settings.clearbit = .init(key: sandbox.clearbitKey, apiURL: base + "/clearbit")
    return settings
  }
}
