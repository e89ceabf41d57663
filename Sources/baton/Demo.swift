import App
import Foundation
import Logging
import Sandbox
import ServiceLifecycle

/// Baton and the sandbox in one process, pointed at each other over loopback.
struct Demo {
  private let page: Int
  private let config: String
  private let prompts: String
  private let isVerbose: Bool
  private let folder: URL

  init(page: Int, config: String, prompts: String, isVerbose: Bool) {
    self.page = page
    self.config = config
    self.prompts = prompts
    self.isVerbose = isVerbose
    folder = FileManager.default.temporaryDirectory.appending(path: "baton-demo-\(UUID().uuidString)")
  }

  /// Runs until it is interrupted. `ready` is given the page's address once everything listens.
  func run(ready: @escaping @Sendable (String) -> Void) async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var configuration = Sandbox.Configuration()
    configuration.port = page
    configuration.workspace = .playground
    let clock = DemoClock()
    configuration.clock = clock
    configuration.now = { clock.now }
    let sandbox = Sandbox(configuration)
    sandbox.world.addSampleAccounts()
    let (ports, listening) = AsyncThrowingStream<Int, any Error>.makeStream()
    // The services' own, so that they are still there while Baton drains, and open pages are told of the end.
    let services = ServiceGroup(services: [sandbox], logger: Self.quiet)
    let serving = Task {
      do { try await services.run() } catch { listening.finish(throwing: error) }
      listening.finish()
    }
    defer { serving.cancel() }
    Task { listening.yield(await sandbox.started()) }
    guard let port = try await ports.first(where: { _ in true }) else { return }
    try copyConfiguration()
    // Kept to the end: given up earlier, somebody else could have it before Baton listens there.
    guard let own = ReservedPort() else { throw NoPort() }
    let environment = try BatonEnvironment.read(
      variables: variables(for: configuration, sandbox: port).merging(address(own.number, configuration)) { $1 })
    let metrics = Telemetry.start(environment, level: isVerbose ? .info : .critical)
    let logger = Logger(label: "baton")
    let baton = try await Baton(environment, now: { clock.now }, metrics: metrics, logger: logger) { product in
      sandbox.world.setProductURL("http://127.0.0.1:\(product)")
      ready("http://127.0.0.1:\(port)/")
    }
    try await baton.run(logger: logger)
    let isWatched = sandbox.world.watchers > 0
    sandbox.world.stopTelling()
    // What a page has just begun to ask for is still answered, instead of failing in its console. The page
    // does not say when it has heard of the end; cancelled, the demo ends with that error.
    if isWatched { try await Task.sleep(for: .seconds(1)) }
    await services.triggerGracefulShutdown()
    await serving.value
    // Its last use: until here the port is kept.
    _ = own.number
  }

  struct NoPort: Error, CustomStringConvertible {
    var description: String { "the system gives no free port on 127.0.0.1" }
  }

  /// HubSpot signs the address that it calls, so Baton's own has to be known before Baton listens.
  private func address(_ port: Int, _ sandbox: Sandbox.Configuration) -> [String: String] {
    var variables = ["BATON_PORT": String(port)]
    guard let secret = sandbox.hubSpotAppSecret else { return variables }
    variables["BATON_PUBLIC_URL"] = "http://127.0.0.1:\(port)"
    variables["HUBSPOT_APP_SECRET"] = secret
    return variables
  }

  /// The company's own, with a morning digest where it says nothing of one: the page's clock shows what it is like.
  private func copyConfiguration() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let copy = folder.appending(path: "config")
    try FileManager.default.copyItem(at: URL(filePath: config), to: copy)
    let playbook = copy.appending(path: "playbook.yaml")
    guard let text = try? String(contentsOf: playbook, encoding: .utf8) else { return }
    let digest = #"digest: { at: "08:30", days: [mon, tue, wed, thu, fri] }"#
    let morning = text.replacing(/(?m)^digest: off/) { _ in digest }
    try morning.write(to: playbook, atomically: true, encoding: .utf8)
  }

  private static let quiet: Logger = {
    var logger = Logger(label: "sandbox")
    logger.logLevel = .critical
    return logger
  }()

  /// The whole product is pointed at the stand-ins, as it would be at the real services.
  private func variables(for sandbox: Sandbox.Configuration, sandbox port: Int) -> [String: String] {
    let own = [
      "BATON_CONFIG_DIR": folder.appending(path: "config").path, "BATON_DATA_DIR": folder.path,
      "BATON_PROMPTS_DIR": prompts, "ADMIN_TOKEN": "demo-admin-token", "HUBSPOT_PORTAL_ID": String(Sandbox.portalID),
    ]
    return sandbox.environment(at: "http://127.0.0.1:\(port)").merging(own) { $1 }
  }
}
