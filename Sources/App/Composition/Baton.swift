import Foundation
import Hummingbird
import Ingress
import Logging
import Metrics
import Pipeline
import RevOps
import ServiceLifecycle
import SlackAPI
import SlackDesk
import UnixSignals

/// The whole product, put together once from its settings: the only place that knows every part.
public struct Baton: Sendable {
  /// In the order of their start; they stop in the opposite one: no more requests, then no more work, then the store.
  public let services: [any Service]
  public let policy: LivePolicy

  /// Opens the store and checks the configuration; calls no service.
  ///
  /// - Parameters:
  ///   - now: the wall clock; the demo and tests move it.
  ///   - onListening: told the port once Baton listens.
  /// - Throws: `PolicyFailure` with all that is wrong with the configuration, `StorageError`.
  public init(
    _ settings: BatonEnvironment, now: @escaping @Sendable () -> Date = { Date() }, metrics: MetricBook,
    logger: Logger, onListening: @escaping @Sendable (Int) async -> Void = { _ in }
  ) async throws {
    let prompts = settings.openAI?.model == nil ? nil : settings.promptsDirectory
    let policy = try LivePolicy(folder: settings.configDirectory, prompts: prompts, logger: logger)
    let opened = try await OpenStore(settings, now: now)
    let store = opened.storage
    if let remark = await opened.remark() { logger.warning("the store", metadata: ["detail": "\(remark)"]) }
    let (accepted, acceptedAgain) = AsyncStream<String>.makeStream()
    let services = Services(
      settings, policy: policy, sharedLimits: opened.isShared ? SharedLimits(limiters: store, now: now) : nil, now: now,
      onRest: { Self.report($0, isResting: $1, logger) }, onAccepted: { acceptedAgain.yield($0) })
    let memory = PastAccounts(
      store: store, cache: store, index: services.memoryIndex, embedding: services.embedding, now: now,
      logger: logger)
    var dependencies = PipelineDependencies(
      storage: store, policy: { policy.current },
      normalize: { Normalizer.shared.normalize(payload: $0, enrichment: $1, crm: $2) },
      sources: services.sources, crm: services.crm, chat: services.chat,
      memory: memory, mode: settings.mode == .shadow ? .shadow : .live, now: now,
      logger: logger)
    dependencies.records = services.records
    dependencies.language = services.language
    let pipeline = Pipeline(
      dependencies,
      instance: Self.instanceName(),
      // Where nobody else could take over, a shorter one would only cost writes.
      leaseTime: opened.isShared ? .seconds(6) : .seconds(30))
    let checks = ServiceChecks(
      settings: settings, services: services, memory: memory, store: opened, policy: policy,
      revival: Revival(storage: store, wake: { pipeline.wake($0) }, now: now, logger: logger), accepted: accepted)
    let ingress = IngressDependencies(
      inbox: store, leads: store, outbox: store,
      webhook: settings.webhook, hubspot: settings.hubspotEvents,
      slack: Self.slack(settings, services, store, policy, pipeline, now, logger), adminToken: settings.adminToken,
      readiness: { await checks.readiness() }, renderMetrics: { metrics.render() },
      policy: { version in (try? await store.policy(version: version)) ?? nil },
      isBulk: { payload, now in policy.current.playbook.isBulk(payload, now: now) },
      wake: { pipeline.wake($0) }, now: now)
    self.policy = policy
    self.services = [
      StoreService(store: opened), PipelineService(pipeline: pipeline), checks, ReloadService(policy: policy),
      IngressServer.application(
        host: settings.host, port: settings.port, dependencies: ingress, logger: logger, onListening: onListening),
    ]
  }

  /// The random end keeps containers apart that share a host name and all have process 1.
  private static func instanceName() -> String {
    let process = ProcessInfo.processInfo
    return "\(process.hostName)/\(process.processIdentifier)/" + String(UInt32.random(in: .min ... .max), radix: 36)
  }

  private static func report(_ service: String, isResting: Bool, _ logger: Logger) {
    Gauge(label: "baton_service_resting", dimensions: [("service", service)]).record(isResting ? 1 : 0)
    logger.log(
      level: isResting ? .warning : .notice,
      isResting ? "a service has stopped answering and is left alone for a while" : "a service answers again",
      metadata: ["service": "\(service)"])
  }

  private static func slack(
    _ settings: BatonEnvironment, _ services: Services, _ store: any Storage, _ policy: LivePolicy,
    _ pipeline: Pipeline, _ now: @escaping @Sendable () -> Date, _ logger: Logger
  ) -> SlackIngress? {
    guard let slack = settings.slack, let client = services.slack, let directory = services.directory else {
      return nil
    }
    let handlers = SlackHandlers(
      .init(
        client: client, directory: directory, inbox: store, leads: store, policies: store,
        policy: { policy.current }, wake: { pipeline.wake($0, urgent: true) }, now: now,
        report: { error in
          logger.warning(
            "somebody in Slack could not be answered",
            metadata: ["code": "\(error.code ?? "-")", "detail": "\(error.detail)"])
        }))
    return SlackIngress(
      signingSecrets: slack.signingSecrets,
      command: { command in reply(await handlers.command(command)) },
      interaction: { interaction in reply(await handlers.interaction(interaction)) },
      options: { suggestion in reply(await handlers.interaction(.blockSuggestion(suggestion))) },
      event: { envelope in
        if case .eventCallback(let callback) = envelope { await handlers.event(callback) }
        return .ok
      })
  }

  private static func reply(_ reply: DeskReply) -> SlackReply { reply.started().map { .json($0) } ?? .ok }
}

extension Baton {
  /// Runs until SIGTERM or SIGINT, then drains: at most eight seconds to finish what runs, two to be cancelled.
  public func run(logger: Logger) async throws {
    // Half a second's work that the first lead with an unusual word in it would wait for.
    Task.detached(priority: .utility) { Normalizer.shared.warmUp() }
    var configuration = ServiceGroupConfiguration(
      services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    configuration.maximumGracefulShutdownDuration = .seconds(8)
    configuration.maximumCancellationDuration = .seconds(2)
    try await ServiceGroup(configuration: configuration).run()
  }
}
