import Foundation
import Hummingbird
import Ingress
import Logging
import Metrics
import Pipeline
import RevOps
import ServiceLifecycle
import UnixSignals

/// The whole product, put together once from its settings: the only place that knows every part.
public struct Baton: Sendable {
  /// In the order of their start; they stop in the opposite one: no more requests, then no more work, then the store.
  public private(set) var services: [any Service]
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
      settings, policy: policy, documents: store,
      sharedLimits: opened.isShared ? SharedLimits(limiters: store, now: now) : nil, now: now,
      onRest: { Self.report($0, isResting: $1, logger) }, onAccepted: { acceptedAgain.yield($0) })
    let memory = PastAccounts(
      store: store, cache: store, index: services.memoryIndex, embedding: services.embedding, now: now,
      logger: logger)
    // Of more than a Home tab or a search needs, the oldest may be missed: both read the store.
    let (changes, news) = AsyncStream.makeStream(of: Lead.self, bufferingPolicy: .bufferingNewest(2_000))
    var dependencies = PipelineDependencies(
      storage: store, policy: { policy.current },
      normalize: { Normalizer.shared.normalize(payload: $0, enrichment: $1, crm: $2) },
      sources: services.sources, crm: services.crm, chat: services.chat,
      memory: memory, mode: settings.mode == .shadow ? .shadow : .live, now: now,
      logger: logger)
    dependencies.records = services.records
    dependencies.language = services.language
    dependencies.changed = { news.yield($0) }
    let pipeline = Pipeline(
      dependencies,
      instance: Self.instanceName(),
      // Where nobody else could take over, a shorter one would only cost writes.
      leaseTime: opened.isShared ? .seconds(6) : .seconds(30))
    let checks = ServiceChecks(
      settings: settings, services: services, memory: memory, store: opened, policy: policy,
      revival: Revival(storage: store, wake: { pipeline.wake($0) }, now: now, logger: logger), accepted: accepted)
    let desk = DeskService(settings, services, store, policy: policy, changes: changes, now: now, logger: logger)
    let ingress = IngressDependencies(
      inbox: store, leads: store, outbox: store,
      webhook: settings.webhook, hubspot: settings.hubspotEvents,
      slack: desk?.ingress(
        inbox: store, policies: store, wake: { pipeline.wake($0, urgent: true) },
        revoked: { await checks.slackRevoked() }),
      adminToken: settings.adminToken,
      readiness: { await checks.readiness() }, renderMetrics: { metrics.render() },
      policy: { version in (try? await store.policy(version: version)) ?? nil },
      isBulk: { payload, now in policy.current.playbook.isBulk(payload, now: now) },
      wake: { pipeline.wake($0) }, now: now)
    self.policy = policy
    self.services = [
      StoreService(store: opened), PipelineService(pipeline: pipeline), checks, ReloadService(policy: policy),
    ]
    if let desk { self.services.append(desk) }
    self.services.append(
      IngressServer.application(
        host: settings.host, port: settings.port, dependencies: ingress, logger: logger, onListening: onListening))
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
